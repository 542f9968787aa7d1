/**
 * A step of a batch, shown as a row.
 * @module
 */

import type { Planned } from "./plan.ts";
import { place } from "./plan.ts";
import { ALL_DAYS, type ClockTime, LocalDay, LocalZone, type Millis, type Weekday } from "./time.ts";
import { type Batch, NONE, type Agent as WitAgent, type Zone as WitZone } from "./wit.ts";

/** An event that reached a key, or the moment at which the key entered or left the audience. */
export class Event {
	readonly #batch: Batch;
	readonly #step: number;
	readonly #planned: Planned;

	/** Made by the SDK. */
	constructor(batch: Batch, step: number, planned: Planned) {
		this.#batch = batch;
		this.#step = step;
		this.#planned = planned;
	}

	/** When it happened. */
	time(): Millis {
		return this.#batch.time[this.#step] as number;
	}

	/**
	 * The value of a planned metric, if the event has it; of a ratio numerator / denominator, if that is not 0.
	 * @throws RangeError if the plan has no such metric
	 */
	metric(name: string): number | undefined {
		// As `ratio`, without making an object for it: rules ask this of each event.
		const planned = this.#planned.metrics;
		let index = planned.indexOf(name);
		if (index < 0) index = place(planned, name, "the plan", "metric");
		const column = this.#batch.metrics[index];
		const value = column?.values[this.#step];
		if (value === undefined || Number.isNaN(value)) return undefined;
		const weight = column?.weights[this.#step] ?? 1;
		if (weight === 1) return value;
		return weight === 0 ? undefined : value / weight;
	}

	/** Value and weight of a planned metric: numerator and denominator of a ratio, otherwise weight 1. */
	ratio(name: string): { value: number; weight: number } | undefined {
		const column = this.#batch.metrics[place(this.#planned.metrics, name, "the plan", "metric")];
		const value = column?.values[this.#step];
		if (value === undefined || Number.isNaN(value)) return undefined;
		return { value, weight: column?.weights[this.#step] ?? 1 };
	}

	/** Whether the event has a planned metric. */
	has(metric: string): boolean {
		return this.ratio(metric) !== undefined;
	}

	/** The text of a planned attribute, if the event has it. */
	attribute(name: string): string | undefined {
		const column = this.#batch.attributes[place(this.#planned.attributes, name, "the plan", "attribute")];
		return column?.words[column.at[this.#step] as number];
	}

	/** The agent it speaks of; none for events of a team or a queue. */
	agent(): Agent | undefined {
		return agentAt(this.#batch, this.#batch.agentOf[this.#step]);
	}

	/** The zone of the agent, or of the key for events of a team or a queue. */
	zone(): LocalZone {
		return this.agent()?.zone() ?? slotZone(this.#batch, this.#batch.slotOf[this.#step] as number);
	}

	/** The local day, in {@link zone}. */
	day(): LocalDay {
		return this.zone().day(this.time());
	}

	/** The time on the wall, in {@link zone}. */
	clock(): ClockTime {
		return this.zone().clock(this.time());
	}

	/** The day of the week, in {@link zone}. */
	weekday(): Weekday {
		return this.day().weekday();
	}
}

/** An agent as the roster knew them at that time. */
export class Agent {
	readonly #agent: WitAgent;
	readonly #zone: WitZone;

	/** Made by the SDK. */
	constructor(agent: WitAgent, zone: WitZone) {
		this.#agent = agent;
		this.#zone = zone;
	}

	/** The opaque id. */
	get id(): string {
		return this.#agent.id;
	}

	/** The team's id, if in one. */
	get team(): string | undefined {
		return this.#agent.team || undefined;
	}

	/** Day of hire, if known. */
	get hired(): LocalDay | undefined {
		return dayOrNone(this.#agent.hiredDay);
	}

	/** Share of full time, in (0, 1]. */
	get share(): number {
		return this.#agent.share;
	}

	/** Days of the week on duty: bit 0 is Monday. */
	get workdays(): number {
		return this.#agent.workdays;
	}

	/** The zone of the site. */
	zone(): LocalZone {
		return new LocalZone(this.#zone);
	}

	/** Whether the agent works on this day: by their weekdays and the zone's holidays. */
	worksOn(day: LocalDay): boolean {
		return this.zone().isWorkday(day, this.workdays);
	}

	/** The last working day before `day`; `undefined` if there is none within a year. */
	previousWorkday(day: LocalDay): LocalDay | undefined {
		return this.zone().previousWorkday(day, this.workdays);
	}

	/** The first working day after `day`; `undefined` if there is none within a year. */
	nextWorkday(day: LocalDay): LocalDay | undefined {
		return this.zone().nextWorkday(day, this.workdays);
	}
}

/** An agent of a batch by index. */
export function agentAt(batch: Batch, index: number | undefined): Agent | undefined {
	const agent = index === undefined || index === NONE ? undefined : batch.agents[index];
	const zone = agent && batch.zones[agent.zone];
	return agent && zone && new Agent(agent, zone);
}

/** The zone of a slot. */
export function slotZone(batch: Batch, slot: number): LocalZone {
	return new LocalZone(batch.zones[batch.slots[slot]?.zone ?? 0] ?? { name: "UTC", transitions: [], holidays: [] });
}

/** A day that may be unknown. */
export function dayOrNone(day: number | null | undefined): LocalDay | undefined {
	return day === null || day === undefined ? undefined : new LocalDay(day);
}

export { ALL_DAYS };

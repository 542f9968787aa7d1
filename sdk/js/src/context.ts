/**
 * What a rule knows and may do while it folds.
 * @module
 */

import {
	type Arguments,
	awardOf,
	type Effects,
	type How,
	praiseOf,
	type Said,
	textOf,
	to,
	type What,
} from "./effects.ts";
import { type Agent, ALL_DAYS, agentAt, slotZone } from "./event.ts";
import { type Planned, place } from "./plan.ts";
import { decodeState } from "./state.ts";
import type { ClockTime, LocalDay, LocalZone, Millis } from "./time.ts";
import type { Timers } from "./timers.ts";
import type * as wit from "./wit.ts";

/** Where a key's steps and timers stand. */
export interface Surroundings<S> {
	readonly settings: S;
	readonly planned: Planned;
	readonly batch: wit.Batch;
	readonly slot: number;
	/** The time of the step or timer. */
	now: Millis;
	/** Index into the batch's agents: that of the latest step. */
	agent: number;
	/** The step that scores and tickets count for; none in a timer. */
	step: number | undefined;
	readonly timers: Timers;
	readonly effects: Effects;
}

/** The surroundings of a step or timer of a key, as long as the hook runs. `S` are the settings. */
export class Context<S> {
	/** The incentive's settings. */
	readonly settings: S;
	readonly #in: Surroundings<S>;

	/** Made by the SDK. */
	constructor(surroundings: Surroundings<S>) {
		this.settings = surroundings.settings;
		this.#in = surroundings;
	}

	/** The time of the step or timer: a rule knows no other clock. */
	now(): Millis {
		return this.#in.now;
	}

	/** The key: an agent's id, a team's, or the incentive's, as planned. */
	key(): string {
		return this.#in.batch.slots[this.#in.slot]?.id ?? "";
	}

	/** The agent of the step. In a timer of an agent's key the agent themselves, if the batch speaks of them. */
	agent(): Agent | undefined {
		return agentAt(this.#in.batch, this.#in.agent);
	}

	/** The key's zone: the agent's, the team's or the incentive's. */
	zone(): LocalZone {
		return slotZone(this.#in.batch, this.#in.slot);
	}

	/** The local day in the key's zone. */
	today(): LocalDay {
		return this.zone().day(this.#in.now);
	}

	/** The time on the wall in the key's zone. */
	clock(): ClockTime {
		return this.zone().clock(this.#in.now);
	}

	/** When today began in the key's zone. */
	dayStart(): Millis {
		return this.zone().startOf(this.today());
	}

	/** The next time at which the wall in the key's zone shows this. */
	next(time: ClockTime): Millis {
		return this.zone().next(this.#in.now, time);
	}

	/** The last working day before `day`, by the agent's weekdays (all days if there is no agent) and the holidays. */
	previousWorkday(day: LocalDay): LocalDay | undefined {
		return this.zone().previousWorkday(day, this.agent()?.workdays ?? ALL_DAYS);
	}

	/** Gives an award: to the key, unless `how.to` names somebody. `cx.award(badge("streak"), { with: { n: 5 } })`. */
	award(what: What, how: How = {}): void {
		this.#in.effects.awards.push([this.#origin(), how.to ?? to.itself, awardOf(what, how)]);
	}

	/** Praises the key, unless `how.to` names somebody. */
	praise(said: Said, how: How = {}): void {
		this.#in.effects.praise.push([this.#origin(), how.to ?? to.itself, praiseOf(said, how)]);
	}

	/**
	 * Adds to a column of a planned board, for this key; `weight` ≥ 0 is for means. Only from a step: a timer's score is
	 * logged and left out, as are values that are not finite.
	 * @throws RangeError if the plan has no such board or column
	 */
	score(board: string, column: string, value: number, weight = 1): void {
		const { planned, step, effects } = this.#in;
		const number = place(planned.boardNames, board, "the plan", "board");
		const index = planned.boards[number]?.index(column) ?? 0;
		if (step === undefined) {
			this.warn(`score ${value} on board ${board} is left out: timers can't score, only events`);
		} else if (Number.isFinite(value) && Number.isFinite(weight) && weight >= 0) {
			effects.scores.push({ step, board: number, column: index, value, weight });
		} else {
			this.warn(`score ${value} with weight ${weight} on board ${board} is left out: not a number to add`);
		}
	}

	/** Gives the key tickets of a planned draw. Only from a step; none are given for 0. */
	tickets(draw: string, count: number): void {
		const { planned, step, effects } = this.#in;
		const number = place(planned.draws, draw, "the plan", "draw");
		if (step === undefined) {
			this.warn(`${count} tickets of draw ${draw} are left out: timers can't give any, only events`);
		} else if (count > 0) {
			effects.tickets.push({ step, draw: number, count: Math.floor(count) });
		}
	}

	/**
	 * Has the host throw for an award: an instant win of a planned chance, `wins` in `of` on average. The same (name, key)
	 * of the award is the same throw, however often it is folded: let the key be the step's entity, a day or an ordinal.
	 */
	tryChance(chance: string, odds: { wins?: number; of: number }, what: What, how: How = {}): void {
		const of = Math.max(1, odds.of);
		const wins = Math.min(odds.wins ?? 1, of);
		const index = place(this.#in.planned.chances, chance, "the plan", "chance");
		const award = awardOf(what, how);
		this.#in.effects.chances.push({ at: this.#origin(), to: how.to ?? to.itself, chance: index, wins, of, award });
	}

	/** Shows the key what is within reach: `value` of `target`, with a message of the texts. The latest one counts. */
	progress(message: string, value: number, target: number, args: Arguments = {}): void {
		const { slot, effects } = this.#in;
		const standing = effects.progress.findIndex((shown) => shown.slot === slot);
		const shown = { slot, text: textOf(message, { with: args }), value, target };
		if (standing < 0) effects.progress.push(shown);
		else effects.progress[standing] = shown;
	}

	/**
	 * Has `onTimer(name)` called at that time; one of the same name is moved. What is not later than now fires a
	 * millisecond from now.
	 */
	timer(name: string, at: Millis): void {
		if (!Number.isSafeInteger(at)) {
			throw new RangeError(`the timer ${JSON.stringify(name)} is set to ${at}: it has to be whole milliseconds`);
		}
		this.#in.timers.set(name, Math.max(at, this.#in.now + 1));
	}

	/** Forgets a timer. */
	cancelTimer(name: string): void {
		this.#in.timers.cancel(name);
	}

	/** When a timer is due, if it is set. */
	timerAt(name: string): Millis | undefined {
		return this.#in.timers.at(name);
	}

	/** What the last final `conclude` left with `setShared`; `before` until then. */
	shared<T>(before: T): T {
		return shared(this.#in.batch.shared, before);
	}

	/** Writes a line for the operator. Don't log personal data. */
	log(line: string): void {
		this.#in.effects.logs.push(["info", line]);
	}

	/** As {@link log}, for what should not be. */
	warn(line: string): void {
		this.#in.effects.logs.push(["warn", line]);
	}

	#origin(): wit.Origin {
		const { step, slot, now } = this.#in;
		return step === undefined ? { tag: "timer", val: { slot, at: now } } : { tag: "step", val: step };
	}
}

/** What the bytes of a shared state stand for. */
export function shared<T>(bytes: Uint8Array, before: T): T {
	return bytes.length === 0 ? before : (decodeState(bytes) as T);
}

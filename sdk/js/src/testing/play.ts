/**
 * A stage for a rule: agents, events, passing time, closing periods; then see who got what.
 * @module
 */

import { settingsOf } from "../adapter.ts";
import { guarded } from "../guard.ts";
import { place, quotas } from "../plan.ts";
import type { AnyRule } from "../rule.ts";
import { ClockTime, LocalDay, type Millis } from "../time.ts";
import * as wit from "../wit.ts";
import { Book, type Given } from "./book.ts";
import { type Fact, INCENTIVE, type Measure, Stage, type Step, type World } from "./stage.ts";
import { zoneNamed } from "./zones.ts";

/** Metrics of an event, by name; of a ratio `[numerator, denominator]`. */
export type Metrics = Readonly<Record<string, Measure>>;

/** What may be said of an agent. */
export interface Member {
	/** The team's id; in none without it. */
	readonly team?: string;
	/** Day of hire, such as `2024-03-02`. */
	readonly hired?: string;
	/** Share of full time, in (0, 1]; 1 without it. */
	readonly share?: number;
	/** Days on duty, bit 0 is Monday; Monday to Friday without it. */
	readonly workdays?: number;
	/** IANA name of the site's zone; the stage's without it. */
	readonly zone?: string;
}

/** What may be said of a stage. */
export interface StageOptions {
	/** IANA name of its zone; `Europe/Madrid` without it. */
	readonly zone?: string;
	/** When it begins, as a day there; `2026-03-02` without it. */
	readonly day?: string;
	/** Days nobody works there, as `2026-04-03`. */
	readonly holidays?: readonly string[];
}

const MONDAY_TO_FRIDAY = 0b001_1111;

/**
 * A stage for a rule, in Madrid at midnight of 2026-03-02 unless said otherwise, nobody there yet:
 *
 * ```ts
 * const stage = play(rule, { length: 3 }).agent("ana");
 * stage.at("2026-03-02T09:00[Europe/Madrid]").events(3, "ana", { csat: 5 });
 * assert.deepEqual(stage.awards("ana"), ["streak"]);
 * ```
 * @throws if the settings have problems, as every method does if the test is wrong or the rule fails
 */
export function play(rule: AnyRule, settings: object = {}, options: StageOptions = {}): Play {
	return new Play(rule, settings, options);
}

/** Problems of settings as [field, message]; none if they are right. */
export function problems(rule: AnyRule, settings: object): [field: string, message: string][] {
	const read = guarded(() => settingsOf(rule, JSON.stringify(settings)));
	return "problems" in read ? read.problems.map(({ field, message }) => [field, message]) : [];
}

/** A rule on its stage: {@link play}. */
export class Play {
	readonly #rule: AnyRule;
	readonly #document: string;
	readonly #start: Millis;
	readonly #book = new Book();
	readonly #facts: Fact[] = [];
	readonly #lucky = new Set<string>();
	#stage: Stage;
	#agents: wit.Agent[] = [];
	#zones: wit.Zone[];
	#now: Millis;
	/** When the next event was, if it comes late. */
	#late: Millis | undefined;
	#attributes: Record<string, string> = {};
	#entities = 0;

	/** Made by {@link play}. */
	constructor(rule: AnyRule, settings: object, options: StageOptions) {
		const holidays = (options.holidays ?? []).map((day) => LocalDay.parse(day).number).sort((a, b) => a - b);
		this.#zones = [zoneNamed(options.zone ?? "Europe/Madrid", holidays)];
		this.#rule = rule;
		this.#document = JSON.stringify(settings);
		this.#start = Stage.zoneOf(this.#world()).startOf(LocalDay.parse(options.day ?? "2026-03-02"));
		this.#now = this.#start;
		this.#stage = this.#anew();
	}

	/** Adds an agent, or changes what is said of one from now on. {@link enter} has them join the audience. */
	agent(id: string, member: Member = {}): this {
		const known = this.#agents.find((agent) => agent.id === id);
		const agent: wit.Agent = {
			id,
			team: member.team ?? known?.team ?? "",
			zone: member.zone === undefined ? (known?.zone ?? 0) : this.#zone(member.zone),
			hiredDay: member.hired === undefined ? known?.hiredDay : LocalDay.parse(member.hired).number,
			share: member.share ?? known?.share ?? 1,
			workdays: member.workdays ?? known?.workdays ?? MONDAY_TO_FRIDAY,
		};
		this.#agents = known ? this.#agents.map((other) => (other === known ? agent : other)) : [...this.#agents, agent];
		return this;
	}

	/** Moves the clock to a local time, as `2026-03-02T09:00[Europe/Madrid]` or without the zone; timers before it fire. */
	at(time: string): this {
		const at = this.#instant(time);
		if (at < this.#now) {
			throw new RangeError(
				`time does not run backwards: ${time} is before what was told already; use late(${JSON.stringify(time)})`,
			);
		}
		if (at > this.#now) {
			this.#tell(at - 1, { pass: true });
			this.#now = at;
		}
		return this;
	}

	/** Lets time pass until then, inclusive: timers due fire. */
	until(time: string): this {
		const at = this.#instant(time);
		this.#tell(at, { pass: true });
		this.#now = Math.max(this.#now, at);
		return this;
	}

	/** Lets so much time pass, such as `days(3)`: timers due fire. */
	advance(time: Millis): this {
		if (!(time >= 0)) throw new RangeError(`time does not run backwards: ${time} ms`);
		this.#now += time;
		this.#tell(this.#now, { pass: true });
		return this;
	}

	/** The next event happened at this earlier time and is heard of only now. */
	late(time: string): this {
		const at = this.#instant(time);
		if (at > this.#now) throw new RangeError(`${time} is not yet: what comes late has happened before`);
		this.#late = at;
		return this;
	}

	/** Texts of the next event; `entity` is numbered (`e1`, `e2`, …) unless given. */
	with(attributes: Readonly<Record<string, string>>): this {
		Object.assign(this.#attributes, attributes);
		return this;
	}

	/** The entity of the next event, such as a contact's id: what {@link correct} and {@link retract} name. */
	entity(id: string): this {
		return this.with({ entity: id });
	}

	/** Tries of this key win: an entity unless the rule chose another key. Say it before they try. */
	lucky(key: string): this {
		this.#lucky.add(key);
		return this;
	}

	/** An event of an agent, now, with its metrics by name. */
	event(agent: string, metrics: Metrics): this {
		return this.#step(wit.STEP.event, this.#index(agent), undefined, metrics);
	}

	/** So many such events, at the same time. */
	events(count: number, agent: string, metrics: Metrics): this {
		for (let n = 0; n < count; n += 1) this.event(agent, metrics);
		return this;
	}

	/** An event of a team or of a queue that the roster maps to it. */
	teamEvent(team: string, metrics: Metrics): this {
		return this.#step(wit.STEP.event, wit.NONE, team, metrics);
	}

	/** An agent joins the audience. */
	enter(agent: string): this {
		return this.#step(wit.STEP.entered, this.#index(agent), undefined, {});
	}

	/** An agent leaves the audience. */
	leave(agent: string): this {
		return this.#step(wit.STEP.left, this.#index(agent), undefined, {});
	}

	/** A newer version of an event, by its entity: these metrics instead of those it had, at the same time. */
	correct(entity: string, metrics: Metrics): this {
		const fact = this.#fact(entity);
		fact.act = { step: { ...(fact.act as { step: Step }).step, metrics } };
		return this.#again();
	}

	/** An event turns out never to have been. */
	retract(entity: string): this {
		this.#facts.splice(this.#facts.indexOf(this.#fact(entity)), 1);
		return this.#again();
	}

	/** Closes a period, now: ranks the boards, concludes, and begins anew with empty boards. By default it is called by its day. */
	closePeriod(name = Stage.zoneOf(this.#world()).day(this.#now).toString()): this {
		this.#tell(this.#now, { close: name });
		return this;
	}

	/** A board as it stands, best first. Rank 0 is not ranked. */
	standings(board: string): { id: string; rank: number; value: number }[] {
		return this.#stage.standings(place(this.#stage.planned.boardNames, board, "the plan", "board"), this.#world());
	}

	/** Tickets of a draw in the open period. */
	tickets(key: string, draw: string): number {
		return this.#stage.ticketsOf(key, place(this.#stage.planned.draws, draw, "the plan", "draw"));
	}

	/** Names of somebody's awards, in order. What was given twice by (name, key) is one; what a quota leaves out is none. */
	awards(to: string): string[] {
		return this.given().flatMap((given) => (given.to === to && given.reward ? [given.name] : []));
	}

	/** Names of somebody's praise, in order. */
	praise(to: string): string[] {
		return this.given().flatMap((given) => (given.to === to && !given.reward ? [given.name] : []));
	}

	/** Points of somebody that stand, of all currencies. */
	points(to: string): number {
		const units = (given: Given): number => (given.reward?.tag === "points" ? given.reward.val.units : 0);
		return this.given().reduce((sum, given) => sum + (given.to === to ? units(given) : 0), 0);
	}

	/** Names of the awards that somebody had, until a correction took them. */
	takenBack(to: string): string[] {
		return this.#book.takenBack.flatMap((given) => (given.to === to ? [given.name] : []));
	}

	/** Awards and praise as they stand, in order of time. */
	given(): Given[] {
		return this.#book.standing.map((ask) => ask.given);
	}

	/**
	 * All that stands, a line each, in order of time: when, who, what, and the message with its arguments; then what was
	 * taken back. For a snapshot. How a message reads in each language is for `plaudit plugin run` to show.
	 */
	transcript(): string {
		const zone = Stage.zoneOf(this.#world());
		const line = (given: Given): string => {
			const args = given.text.arguments.map(({ name, value }) => `${name}: ${value.val}`).join(", ");
			const said = args ? `${given.text.message} { ${args} }` : given.text.message;
			const when = `${zone.day(given.at)} ${zone.clock(given.at)}`;
			return `${when}  ${given.to}  ${given.name}/${given.key}  ${what(given)}  ${said}\n`;
		};
		return [...this.given().map(line), ...this.#book.takenBack.map((given) => `taken back: ${line(given)}`)].join("");
	}

	/** The draws that the closes so far asked for. */
	draws(): readonly wit.DrawSpec[] {
		return this.#stage.draws;
	}

	/** Keys of the tries of somebody, in order. */
	tries(key: string): string[] {
		return this.#stage.tries.filter((tried) => tried.key === key).map((tried) => tried.for);
	}

	/** What is shown to a key as within reach. */
	progress(key: string): { value: number; target: number } | undefined {
		const shown = this.#stage.progress.get(key);
		return shown && { value: shown.value, target: shown.target };
	}

	/** Lines that the rule logged. */
	logs(): readonly string[] {
		return this.#stage.logs;
	}

	/** When the earliest timer of a key is due. */
	wakesAt(key: string): Millis | undefined {
		return this.#stage.wakesAt(key);
	}

	#world(): World {
		return { agents: this.#agents, zones: this.#zones };
	}

	#zone(name: string): number {
		const found = this.#zones.findIndex((zone) => zone.name === name);
		if (found >= 0) return found;
		this.#zones = [...this.#zones, zoneNamed(name)];
		return this.#zones.length - 1;
	}

	#index(agent: string): number {
		return place(
			this.#agents.map((known) => known.id),
			agent,
			"the stage",
			"agent",
		);
	}

	#fact(entity: string): Fact {
		const found = this.#facts.findLast(({ act }) => "step" in act && act.step.attributes.entity === entity);
		if (!found) throw new RangeError(`no event of the entity ${JSON.stringify(entity)} was told`);
		return found;
	}

	#instant(time: string): Millis {
		const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d))?(?:\[([^\]]+)\])?$/.exec(time);
		if (!parts) throw new RangeError(`${JSON.stringify(time)} is no time such as 2026-03-02T09:00[Europe/Madrid]`);
		const [, day = "", clock = "", seconds = "0", zone] = parts;
		const zones = zone === undefined ? this.#zones : [zoneNamed(zone)];
		const at = Stage.zoneOf({ agents: [], zones }).instant(LocalDay.parse(day), ClockTime.parse(clock));
		return at + Number(seconds) * 1000;
	}

	#step(kind: number, agent: number, team: string | undefined, metrics: Metrics): this {
		this.#entities += 1;
		const view = this.#agents[agent];
		const { per } = this.#stage.planned.plan;
		if (per === "agent" && !view) throw new TypeError("a team's event reaches no agent's key");
		const key = per === "incentive" ? INCENTIVE : per === "team" ? (team ?? view?.team ?? "") : (view?.id ?? "");
		const attributes = { entity: `e${this.#entities}`, ...this.#attributes };
		const at = this.#late ?? this.#now;
		this.#attributes = {};
		this.#late = undefined;
		this.#tell(at, { step: { key, kind, agent, metrics, attributes } });
		return this;
	}

	/** Takes a fact down and plays it; what is before another one has everything played again. */
	#tell(time: Millis, act: Fact["act"]): void {
		const fact: Fact = { time, world: this.#world(), act };
		const later = this.#facts.findIndex((other) => other.time > time);
		if (later < 0) {
			this.#facts.push(fact);
			this.#stage.play(fact);
			this.#settle();
		} else {
			this.#facts.splice(later, 0, fact);
			this.#again();
		}
	}

	#again(): this {
		this.#stage = this.#anew();
		for (const fact of this.#facts) this.#stage.play(fact);
		this.#settle();
		return this;
	}

	#settle(): void {
		this.#book.settle(this.#stage.asked, quotas(this.#stage.planned.plan), this.#stage.period);
	}

	#anew(): Stage {
		return new Stage(this.#rule, this.#document, this.#start, this.#lucky);
	}
}

function what({ reward }: Given): string {
	switch (reward?.tag) {
		case "points":
			return `${reward.val.units} ${reward.val.currency}`;
		case "badge":
			return `badge ${reward.val.name} ${reward.val.level}`;
		case "prize":
			return reward.val;
		default:
			return "praise";
	}
}

/**
 * Plays facts in order and collects what the rule asks for.
 * @module
 */

import { Adapter, settingsOf } from "../adapter.ts";
import { Effects } from "../effects.ts";
import { guarded } from "../guard.ts";
import { type Planned, planned } from "../plan.ts";
import type { AnyRule } from "../rule.ts";
import { LocalZone, type Millis } from "../time.ts";
import * as wit from "../wit.ts";
import { rank, type Scored } from "./board.ts";
import { Asked } from "./book.ts";

/** The key of a rule for the whole incentive. */
export const INCENTIVE = "incentive";
/** The host's limit of a key's state, in bytes. */
const STATE_BYTES_MAX = 16 * 1024;

/** Agents and zones at one time; the first zone is the stage's. */
export interface World {
	readonly agents: readonly wit.Agent[];
	readonly zones: readonly wit.Zone[];
}

/** A metric's value, or its numerator and denominator. */
export type Measure = number | readonly [value: number, weight: number];

/** A step of a batch before it is one. */
export interface Step {
	readonly key: string;
	readonly kind: number;
	readonly agent: number;
	readonly metrics: Readonly<Record<string, Measure>>;
	readonly attributes: Readonly<Record<string, string>>;
}

/** Something that was told, with when it happened and who was there when it was told. */
export interface Fact {
	readonly time: Millis;
	readonly world: World;
	/** Time passes up to the fact's time, inclusive; a step; a period of this name closes. */
	act: { readonly pass: true } | { readonly step: Step } | { readonly close: string };
}

interface Kept {
	readonly state: Uint8Array;
	readonly wakeAt: Millis | undefined;
}

/** All that follows from the facts played so far. */
export class Stage {
	readonly planned: Planned;
	readonly asked = new Asked();
	readonly progress = new Map<string, wit.Progress>();
	readonly draws: wit.DrawSpec[] = [];
	readonly tries: { readonly key: string; readonly for: string }[] = [];
	readonly logs: string[] = [];
	/** Periods closed so far. */
	period = 0;
	readonly #document: string;
	readonly #adapter: Adapter;
	readonly #lucky: ReadonlySet<string>;
	readonly #states = new Map<string, Kept>();
	#now: Millis;
	#periodStart: Millis;
	#world: World = { agents: [], zones: [] };
	#shared: Uint8Array = new Uint8Array();
	/** Scores and tickets of the open period, with their key. */
	#scores: Scored[] = [];
	#tickets: (readonly [key: string, tickets: wit.Tickets])[] = [];

	constructor(rule: AnyRule, document: string, start: Millis, lucky: ReadonlySet<string>) {
		this.#document = document;
		this.#adapter = new Adapter(rule);
		this.#now = start;
		this.#periodStart = start;
		this.#lucky = lucky;
		this.planned = guarded(() => {
			const read = settingsOf(rule, document);
			if ("problems" in read) {
				throw new TypeError(`the settings: ${read.problems.map((of) => `${of.field} ${of.message}`).join("; ")}`);
			}
			return planned(rule.plan(read.settings));
		});
	}

	play({ time, world, act }: Fact): void {
		this.#world = world;
		if ("pass" in act) this.#pass(time);
		else if ("step" in act) {
			this.#pass(time - 1);
			this.#now = time;
			this.#step(act.step);
		} else {
			this.#now = time;
			this.#close(act.close);
		}
		this.#now = time;
	}

	standings(board: number, world: World): { id: string; rank: number; value: number }[] {
		const ids = this.#entrants(world).map((entrant) => entrant.id);
		const of = this.planned.boards[board];
		const rows = of ? rank(of.document, board, ids, this.#scores).rows : [];
		return rows.map((row) => ({ id: ids[row.entrant] as string, rank: row.rank, value: row.value }));
	}

	ticketsOf(key: string, draw: number): number {
		const mine = this.#tickets.filter(([whose, tickets]) => whose === key && tickets.draw === draw);
		return mine.reduce((sum, [, tickets]) => sum + tickets.count, 0);
	}

	wakesAt(key: string): Millis | undefined {
		return this.#states.get(key)?.wakeAt;
	}

	#step(step: Step): void {
		const measures = this.planned.metrics.map((name) => column(step.metrics[name]));
		const heard = step.kind !== wit.STEP.event || measures.some(({ values }) => !Number.isNaN(values[0]));
		if (!heard) return;
		const batch: wit.Batch = {
			...this.#batch(step.key, this.#now),
			kind: [step.kind],
			slotOf: [0],
			agentOf: [step.agent],
			time: [this.#now],
			metrics: measures,
			attributes: this.planned.attributes.map((name) => words(step.attributes[name])),
		};
		this.#fold(step.key, batch, step.attributes.entity ?? "");
	}

	/** Fires what is due, key by key in order of time. */
	#pass(until: Millis): void {
		for (;;) {
			let due: [Millis, string] | undefined;
			for (const [key, { wakeAt }] of this.#states) {
				const sooner = wakeAt !== undefined && wakeAt <= until;
				if (sooner && (!due || wakeAt < due[0] || (wakeAt === due[0] && key < due[1]))) due = [wakeAt, key];
			}
			if (!due) return;
			const [at, key] = due;
			this.#fold(key, this.#batch(key, at), "");
		}
	}

	#close(id: string): void {
		const entrants = this.#entrants(this.#world);
		const ids = entrants.map((entrant) => entrant.id);
		const standings = this.planned.boards.map((of, i) => rank(of.document, i, ids, this.#scores));
		const zone = this.#world.zones[0] as wit.Zone;
		const period = { id, start: this.#periodStart, end: this.#now, zone };
		const effects = new Effects();
		const [document, shared] = [this.#document, this.#shared];
		this.#shared = guarded(() => this.#adapter.conclude(document, period, entrants, standings, shared, effects));
		this.#record(effects, "", "");
		this.#scores = [];
		this.#tickets = [];
		if (this.planned.plan.anewEachPeriod) {
			this.#states.clear();
			this.progress.clear();
		}
		this.period += 1;
		this.#periodStart = this.#now;
	}

	#batch(key: string, until: Millis): wit.Batch {
		const { agents, zones } = this.#world;
		const zone = agents.find((agent) => agent.id === key)?.zone ?? 0;
		const state = this.#states.get(key)?.state ?? new Uint8Array();
		return {
			slots: [{ id: key, zone, state, until }],
			agents,
			zones,
			shared: this.#shared,
			kind: [],
			slotOf: [],
			agentOf: [],
			time: [],
			metrics: this.planned.metrics.map(() => ({ values: [], weights: [] })),
			attributes: this.planned.attributes.map(() => ({ words: [], at: [] })),
		};
	}

	#fold(key: string, batch: wit.Batch, entity: string): void {
		const effects = new Effects();
		const before = this.#states.get(key) ?? { state: new Uint8Array(), wakeAt: undefined };
		this.#states.set(key, before);
		for (const change of guarded(() => this.#adapter.fold(this.#document, batch, effects))) {
			if (change.state.length > STATE_BYTES_MAX) {
				throw new RangeError(`the state of ${key} has ${change.state.length} bytes; ${STATE_BYTES_MAX} are allowed`);
			}
			this.#states.set(key, { state: change.state, wakeAt: change.wakeAt });
		}
		this.#record(effects, key, entity);
	}

	#record(effects: Effects, key: string, entity: string): void {
		for (const [origin, to, award] of effects.awards) this.#award(origin, to, award, key, entity);
		for (const [origin, to, praise] of effects.praise) {
			this.#ask(origin, to, { ...praise, reward: undefined }, key, entity);
		}
		this.#scores.push(...effects.scores.map((score) => [key, score] as const));
		this.#tickets.push(...effects.tickets.map((tickets) => [key, tickets] as const));
		for (const shown of effects.progress) this.progress.set(key, shown);
		this.draws.push(...effects.draws);
		for (const chance of effects.chances) {
			const thrownFor = chance.award.key || entity;
			this.tries.push({ key, for: thrownFor });
			const won = chance.wins === chance.of || this.#lucky.has(thrownFor);
			if (won) this.#award(chance.at, chance.to, chance.award, key, entity);
		}
		this.logs.push(...effects.logs.map(([, line]) => line));
	}

	#award(origin: wit.Origin, to: wit.Subject, award: wit.Award, key: string, entity: string): void {
		this.#ask(origin, to, { ...award, text: award.because }, key, entity);
	}

	#ask(
		origin: wit.Origin,
		to: wit.Subject,
		of: { name: string; key: string; span: wit.Span; reward: wit.Reward | undefined; text: wit.Text },
		itself: string,
		entity: string,
	): void {
		const at = origin.tag === "timer" ? origin.val.at : this.#now;
		const key = of.key || entity;
		const toTeam = to.tag === "team" || (to.tag === "itself" && this.planned.plan.per === "team");
		for (const who of this.#subjects(to, itself)) {
			const span = of.span === "period" ? this.period : "ever";
			const id = JSON.stringify([span, of.reward === undefined, of.name, who, key]);
			const team = toTeam ? who : (this.#world.agents.find((agent) => agent.id === who)?.team ?? "");
			const given = { at, to: who, team, name: of.name, key, reward: of.reward, text: of.text };
			this.asked.add({ id, period: this.period, given });
		}
	}

	#subjects(to: wit.Subject, itself: string): string[] {
		const { agents } = this.#world;
		switch (to.tag) {
			case "itself":
				return [itself];
			case "agent":
			case "team":
				return [to.val];
			case "team-members":
				return agents.filter((agent) => agent.team === to.val).map((agent) => agent.id);
			case "everyone":
				return agents.map((agent) => agent.id);
		}
	}

	#entrants({ agents }: World): wit.Entrant[] {
		const entrant = (id: string, of?: wit.Agent): wit.Entrant => ({
			id,
			team: of?.team ?? "",
			share: of?.share ?? 1,
			members: 1,
			hiredDay: of?.hiredDay,
			tickets: this.planned.draws.map((_, draw) => this.ticketsOf(id, draw)),
		});
		const sorted = (all: wit.Entrant[]): wit.Entrant[] => all.sort((a, b) => (a.id < b.id ? -1 : 1));
		switch (this.planned.plan.per) {
			case "agent":
				return sorted(agents.map((agent) => entrant(agent.id, agent)));
			case "team": {
				const teams = [...new Set(agents.map((agent) => agent.team))].filter((team) => team !== "");
				const members = (team: string): wit.Agent[] => agents.filter((agent) => agent.team === team);
				const share = (team: string): number => members(team).reduce((sum, agent) => sum + agent.share, 0);
				return sorted(teams.map((team) => ({ ...entrant(team), share: share(team), members: members(team).length })));
			}
			case "incentive":
				return [entrant(INCENTIVE)];
		}
	}

	/** The stage's zone. */
	static zoneOf(world: World): LocalZone {
		return new LocalZone(world.zones[0] as wit.Zone);
	}
}

function column(measure: Measure | undefined): wit.MetricColumn {
	if (measure === undefined) return { values: [Number.NaN], weights: [] };
	return typeof measure === "number"
		? { values: [measure], weights: [] }
		: { values: [measure[0]], weights: [measure[1]] };
}

function words(word: string | undefined): wit.TextColumn {
	return word === undefined ? { words: [], at: [wit.NONE] } : { words: [word], at: [0] };
}

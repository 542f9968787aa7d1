/**
 * What a rule knows and may do when a period closes.
 * @module
 */

import { shared } from "./context.ts";
import {
	awardOf,
	type DrawPrize,
	type Effects,
	type How,
	praiseOf,
	type Said,
	type Target,
	textOf,
	type What,
} from "./effects.ts";
import { dayOrNone } from "./event.ts";
import { type Planned, place } from "./plan.ts";
import { encodeState } from "./state.ts";
import { type LocalDay, LocalZone, type Millis } from "./time.ts";
import type * as wit from "./wit.ts";

/** What `conclude` is handed. */
export interface Closing<S> {
	readonly settings: S;
	readonly planned: Planned;
	readonly period: wit.Period;
	readonly entrants: readonly wit.Entrant[];
	readonly standings: readonly wit.BoardStandings[];
	readonly shared: Uint8Array;
	readonly effects: Effects;
}

/** The period that closes, its audience and its ranked boards; and what it gives. `S` are the settings. */
export class Close<S> {
	/** The incentive's settings. */
	readonly settings: S;
	readonly #in: Closing<S>;
	#shared: Uint8Array;

	/** Made by the SDK. */
	constructor(closing: Closing<S>) {
		this.settings = closing.settings;
		this.#in = closing;
		this.#shared = closing.shared;
	}

	/** The period's name, such as `2026-03-02` or `2026-W10`. */
	period(): string {
		return this.#in.period.id;
	}

	/** The period's first instant. */
	start(): Millis {
		return this.#in.period.start;
	}

	/** The first instant after the period. */
	end(): Millis {
		return this.#in.period.end;
	}

	/** The incentive's own zone, in which its periods are cut. */
	zone(): LocalZone {
		return new LocalZone(this.#in.period.zone);
	}

	/** The whole audience, by id, those without an event too. */
	entrants(): Entrant[] {
		return this.#in.entrants.map((entrant) => new Entrant(entrant, this.#in.planned));
	}

	/** The rows of a planned board: qualified ones first, best first. */
	rows(board: string): Row[] {
		const { planned, standings, entrants } = this.#in;
		const number = place(planned.boardNames, board, "the plan", "board");
		const rows = standings[number]?.rows ?? [];
		return rows.flatMap((row) => {
			const entrant = entrants[row.entrant];
			return entrant ? [new Row(row, new Entrant(entrant, planned), planned, number)] : [];
		});
	}

	/** The rows that have a rank, best first. */
	ranked(board: string): Row[] {
		return this.rows(board).filter((row) => row.rank > 0);
	}

	/** Gives somebody an award. Nobody is the key of a close: name them, as `to.agent(row.id)`. */
	award(somebody: Target, what: What, how: How = {}): void {
		this.#in.effects.awards.push([{ tag: "close" }, somebody, awardOf(what, how)]);
	}

	/** Praises somebody. */
	praise(somebody: Target, said: Said, how: How = {}): void {
		this.#in.effects.praise.push([{ tag: "close" }, somebody, praiseOf(said, how)]);
	}

	/** Says how a planned draw is drawn: its prizes in their order, and who is left out, with the message that says why. */
	draw(name: string, prizes: readonly DrawPrize[], excluded: { readonly [entrant: string]: string } = {}): void {
		const { planned, effects } = this.#in;
		const draw = place(planned.draws, name, "the plan", "draw");
		const method = planned.plan.draws?.[name] ?? "weighted";
		effects.draws.push({
			draw,
			method,
			prizes: prizes.map(({ winners, what, ...how }) => ({ winners, award: awardOf(what, how) })),
			excluded: Object.entries(excluded).map(([entrant, why]) => ({ entrant, because: textOf(why, {}) })),
		});
	}

	/** What the last final `conclude` left; `before` until then. */
	shared<T>(before: T): T {
		return shared(this.#in.shared, before);
	}

	/** Leaves something (JSON, at most 256 KiB) for the next periods. Without this call what stands stays. */
	setShared(value: unknown): void {
		this.#shared = encodeState(value, "the shared state");
	}

	/** Writes a line for the operator. Don't log personal data. */
	log(line: string): void {
		this.#in.effects.logs.push(["info", line]);
	}

	/** The shared state as it is now. */
	sharedBytes(): Uint8Array {
		return this.#shared;
	}
}

/** One of the audience when a period closes. */
export class Entrant {
	readonly #entrant: wit.Entrant;
	readonly #planned: Planned;

	/** Made by the SDK. */
	constructor(entrant: wit.Entrant, planned: Planned) {
		this.#entrant = entrant;
		this.#planned = planned;
	}

	/** The agent's or team's id. */
	get id(): string {
		return this.#entrant.id;
	}

	/** The agent's team, if in one. */
	get team(): string | undefined {
		return this.#entrant.team || undefined;
	}

	/** Share of full time, in (0, 1]; of a team the sum of its members' shares. */
	get share(): number {
		return this.#entrant.share;
	}

	/** How many agents are in it: 1 for an agent. */
	get members(): number {
		return this.#entrant.members;
	}

	/** Day of hire, if known. */
	get hired(): LocalDay | undefined {
		return dayOrNone(this.#entrant.hiredDay);
	}

	/** Tickets of a planned draw. */
	tickets(draw: string): number {
		return this.#entrant.tickets[place(this.#planned.draws, draw, "the plan", "draw")] ?? 0;
	}
}

/** A row of a board. */
export class Row {
	/** Whose it is. */
	readonly entrant: Entrant;
	readonly #row: wit.Standing;
	readonly #planned: Planned;
	readonly #board: number;

	/** Made by the SDK. */
	constructor(row: wit.Standing, entrant: Entrant, planned: Planned, board: number) {
		this.entrant = entrant;
		this.#row = row;
		this.#planned = planned;
		this.#board = board;
	}

	/** The agent's or team's id. */
	get id(): string {
		return this.entrant.id;
	}

	/** 1 is best; equal after all tie-breaks means equal rank. 0 is not ranked. */
	get rank(): number {
		return this.#row.rank;
	}

	/** Whether all guards hold. */
	get qualified(): boolean {
		return this.#row.qualified;
	}

	/** The ranked value; NaN where it can't be said. */
	get value(): number {
		return this.#row.value;
	}

	/** A column, if anything was scored in it. */
	column(name: string): number | undefined {
		const value = this.#row.columns[this.#planned.boards[this.#board]?.index(name) ?? 0];
		return value === undefined || Number.isNaN(value) ? undefined : value;
	}
}

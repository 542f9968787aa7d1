/**
 * What a rule subscribes to and has kept for it.
 * @module
 */

import type { DrawMethod } from "./wit.ts";

/** What a rule asks the host for, given its settings. */
export interface Plan {
	/** What a state is kept for: each agent, each team, or the whole incentive. */
	readonly per: "agent" | "team" | "incentive";
	/** Metrics of the catalogue, by name. An event with none of them is no step. One named twice is one. */
	readonly metrics?: readonly string[];
	/** Event fields handed in as texts; `type` and `entity` are the event's own. */
	readonly attributes?: readonly string[];
	/** Rankings that the host keeps: {@link board}. */
	readonly boards?: readonly Board[];
	/** Draws, held when a period closes: name and how tickets count. */
	readonly draws?: Readonly<Record<string, DrawMethod>>;
	/** Instant wins, by name: {@link Context.tryChance}. The name is no draw's. */
	readonly chances?: readonly string[];
	/** At most so many awards of a name in a period: {@link Quota}. */
	readonly quotas?: Readonly<Record<string, number | Quota>>;
	/**
	 * Whether each key begins anew with each period: its state is as at the beginning again, and timers are gone. What the
	 * rule counts, it counts within the period then.
	 */
	readonly anewEachPeriod?: boolean;
	/** A message of the texts that everyone of the audience is told once when a period opens, with its arguments. */
	readonly opening?: { readonly message: string; readonly with?: Readonly<Record<string, number | string>> };
	/** Whether somebody whose award was told hears of it when it is taken back. */
	readonly tellCorrections?: boolean;
	/** Whether messages wait for the settle delay, so that they need no correction when events come a little late. */
	readonly tellLate?: boolean;
}

/** A limit on how often an award may be given. */
export interface Quota {
	/** At most so many in a period. */
	readonly perPeriod: number;
	/** Whether each team has so many; those who are in none are together. Who is where is decided by the award's time. */
	readonly eachTeam?: boolean;
	/**
	 * `at-once` (the default): whose fact arrives first, within seconds. `at-close`: whose event happened first, when the
	 * period closes.
	 */
	readonly decided?: "at-once" | "at-close";
}

/** How the scores of a column add up within a period. */
export type Aggregate = "sum" | "mean" | "max" | "min" | "last";

/** A condition on a column, as the host reads it. */
export interface GuardDocument {
	readonly column: number;
	readonly at_least: number | null;
	readonly at_most: number | null;
	or_nothing: boolean;
}

/** A ranking as the host reads it. */
export interface BoardDocument {
	readonly name: string;
	readonly columns: { readonly name: string; readonly aggregate: Aggregate }[];
	readonly value: { readonly column: number; readonly factor: number }[];
	per: number | null;
	readonly guards: GuardDocument[];
	readonly ties: { readonly column: number; readonly lowest_first: boolean }[];
	lowest_first: boolean;
}

/** A ranking that the host keeps: columns that scores add to, and how a row's value follows from them. */
export class Board {
	/** As the host reads it. */
	readonly document: BoardDocument;

	/** @param name stable name */
	constructor(name: string) {
		this.document = { name, columns: [], value: [], per: null, guards: [], ties: [], lowest_first: false };
	}

	/** A column that adds scores up; `factor` is its weight in the row's value, 0 to leave it out. */
	sum(name: string, factor = 1): this {
		return this.column(name, "sum", factor);
	}

	/** A column of Σ value / Σ weight. */
	mean(name: string, factor = 1): this {
		return this.column(name, "mean", factor);
	}

	/** A column that keeps the largest score. */
	max(name: string, factor = 1): this {
		return this.column(name, "max", factor);
	}

	/** A column that keeps the smallest score. */
	min(name: string, factor = 1): this {
		return this.column(name, "min", factor);
	}

	/** A column that keeps the latest score. */
	last(name: string, factor = 1): this {
		return this.column(name, "last", factor);
	}

	/** A column of any kind. */
	column(name: string, aggregate: Aggregate, factor: number): this {
		const column = this.document.columns.length;
		this.document.columns.push({ name, aggregate });
		if (factor !== 0) this.document.value.push({ column, factor });
		return this;
	}

	/** Divides the value by this column, for rates such as calls an hour. Rows where it is 0 are not ranked. */
	per(column: string): this {
		this.document.per = this.index(column);
		return this;
	}

	/** Ranks only rows whose column is at least this; nothing scored fails. */
	atLeast(column: string, bound: number): this {
		this.document.guards.push({ column: this.index(column), at_least: bound, at_most: null, or_nothing: false });
		return this;
	}

	/** Ranks only rows whose column is at most this; nothing scored fails. */
	atMost(column: string, bound: number): this {
		this.document.guards.push({ column: this.index(column), at_least: null, at_most: bound, or_nothing: false });
		return this;
	}

	/**
	 * The guard named last holds for rows, too, in whose column nothing was scored: "no error" is no error.
	 * @throws RangeError if no guard is named
	 */
	orNothing(): this {
		const guard = this.document.guards.at(-1);
		if (!guard) throw new RangeError("name a guard first: .atMost(column, bound).orNothing()");
		guard.or_nothing = true;
		return this;
	}

	/** Among equal values the larger of this column is better; the first that tells rows apart decides. */
	tie(column: string): this {
		this.document.ties.push({ column: this.index(column), lowest_first: false });
		return this;
	}

	/** As {@link tie}, the smaller is better. */
	tieLowest(column: string): this {
		this.document.ties.push({ column: this.index(column), lowest_first: true });
		return this;
	}

	/** The smallest value is best. */
	lowestFirst(): this {
		this.document.lowest_first = true;
		return this;
	}

	/**
	 * The number of a column.
	 * @throws RangeError if the board has no such column
	 */
	index(column: string): number {
		const { columns, name } = this.document;
		const found = columns.findIndex((known) => known.name === column);
		if (found >= 0) return found;
		return place(
			columns.map((known) => known.name),
			column,
			`board ${JSON.stringify(name)}`,
			"column",
		);
	}
}

/** A ranking without columns: `board("ranking").sum("calls").mean("csat", 0).atLeast("csat", 4)`. */
export function board(name: string): Board {
	return new Board(name);
}

/** A plan with its names at hand. */
export interface Planned {
	readonly plan: Plan;
	readonly metrics: readonly string[];
	readonly attributes: readonly string[];
	readonly boards: readonly Board[];
	readonly boardNames: readonly string[];
	readonly draws: readonly string[];
	readonly chances: readonly string[];
}

/** Puts a plan in order. */
export function planned(plan: Plan): Planned {
	return {
		plan,
		metrics: [...new Set(plan.metrics ?? [])],
		attributes: [...new Set(plan.attributes ?? [])],
		boards: plan.boards ?? [],
		boardNames: (plan.boards ?? []).map((known) => known.document.name),
		draws: Object.keys(plan.draws ?? {}),
		chances: plan.chances ?? [],
	};
}

/** The plan as the host reads it. */
export function planDocument(of: Planned): unknown {
	const { plan } = of;
	return {
		key: plan.per,
		metrics: of.metrics,
		attributes: of.attributes,
		boards: of.boards.map((one) => one.document),
		draws: of.draws.map((name) => ({ name, method: plan.draws?.[name] })),
		chances: of.chances.map((name) => ({ name })),
		quotas: quotas(plan),
		state: plan.anewEachPeriod ? "period" : "ever",
		opening: plan.opening ? { message: plan.opening.message, arguments: plan.opening.with ?? {} } : null,
		tell_corrections: plan.tellCorrections ?? false,
		tell_late: plan.tellLate ?? false,
	};
}

/** A quota as the host reads it. */
export interface QuotaDocument {
	readonly award: string;
	readonly per_period: number;
	readonly per: "incentive" | "team";
	readonly decided: "at-once" | "at-close";
}

/** The plan's quotas, each with when it is decided. */
export function quotas(plan: Plan): QuotaDocument[] {
	return Object.entries(plan.quotas ?? {}).map(([award, given]) => {
		const quota: Quota = typeof given === "number" ? { perPeriod: given } : given;
		const per = quota.eachTeam ? "team" : "incentive";
		return { award, per_period: quota.perPeriod, per, decided: quota.decided ?? "at-once" };
	});
}

/** Where a name stands in a list. */
export function place(names: readonly string[], name: string, whose: string, what: string): number {
	const found = names.indexOf(name);
	if (found < 0) {
		const known = names.length > 0 ? `there are: ${names.join(", ")}` : "there are none";
		throw new RangeError(`${whose} has no ${what} ${JSON.stringify(name)}; ${known}`);
	}
	return found;
}

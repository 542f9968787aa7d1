/**
 * The contract's own types (`sdk/wit/rule.wit`), as the engine within the component hands them over. Rules need them only
 * where they build a {@link Batch} by hand.
 * @module
 */

/** The contract that this SDK is built for. */
export const CONTRACT = "plaudit:rule@1.0.0";

/** `agentOf` and `TextColumn.at` where there is nothing. */
export const NONE = 4294967295;

/** Kinds of steps; what is of any other kind is passed over. */
export const STEP = { event: 0, entered: 1, left: 2 } as const;

/** From `at` on, local time is UTC + `offsetMinutes`. */
export interface Transition {
	readonly at: number;
	readonly offsetMinutes: number;
}

/** A time zone around the batch, with the days nobody works there. */
export interface Zone {
	readonly name: string;
	/** Rising; the first holds before it, too. */
	readonly transitions: readonly Transition[];
	/** Days since 1970-01-01, rising. */
	readonly holidays: readonly number[];
}

/** An agent as the roster knew them at the time of some steps. */
export interface Agent {
	readonly id: string;
	/** Empty when in no team. */
	readonly team: string;
	/** Index into the batch's zones. */
	readonly zone: number;
	/** Days since 1970-01-01. */
	readonly hiredDay?: number | null | undefined;
	/** Share of full time, in (0, 1]. */
	readonly share: number;
	/** Bit 0 is Monday. */
	readonly workdays: number;
}

/** A key with its state. */
export interface Slot {
	readonly id: string;
	readonly zone: number;
	/** Empty at the very beginning. */
	readonly state: Uint8Array;
	/** Timers due up to here, inclusive, have to fire. */
	readonly until: number;
}

/** A column of texts: `words[at[i]]` belongs to step i. */
export interface TextColumn {
	readonly words: readonly string[];
	readonly at: readonly number[];
}

/** A planned metric, one entry per step; NaN where absent. */
export interface MetricColumn {
	readonly values: readonly number[];
	/** Denominators of a ratio; empty when each weighs 1. */
	readonly weights: readonly number[];
}

/** Steps of one or several keys, as columns. Steps of one key stand in event time. */
export interface Batch {
	readonly slots: readonly Slot[];
	readonly agents: readonly Agent[];
	readonly zones: readonly Zone[];
	readonly shared: Uint8Array;
	readonly kind: ArrayLike<number>;
	readonly slotOf: readonly number[];
	readonly agentOf: readonly number[];
	readonly time: readonly number[];
	readonly metrics: readonly MetricColumn[];
	readonly attributes: readonly TextColumn[];
}

/** A slot's new state. */
export interface Change {
	readonly slot: number;
	readonly state: Uint8Array;
	/** When the earliest timer in the state is due. */
	readonly wakeAt: number | undefined;
}

/** What an effect follows from. */
export type Origin =
	| { readonly tag: "step"; readonly val: number }
	| { readonly tag: "timer"; readonly val: { readonly slot: number; readonly at: number } }
	| { readonly tag: "close" };

/** Who gets something. */
export type Subject =
	| { readonly tag: "itself" }
	| { readonly tag: "agent"; readonly val: string }
	| { readonly tag: "team"; readonly val: string }
	| { readonly tag: "team-members"; readonly val: string }
	| { readonly tag: "everyone" };

/** An argument's value. */
export type Value =
	| { readonly tag: "number"; readonly val: number }
	| { readonly tag: "text"; readonly val: string }
	| { readonly tag: "agent"; readonly val: string }
	| { readonly tag: "team"; readonly val: string }
	| { readonly tag: "day"; readonly val: number };

/** An argument of a text. */
export interface Argument {
	readonly name: string;
	readonly value: Value;
}

/** A message of the plugin's texts, with its arguments. */
export interface Text {
	readonly message: string;
	readonly arguments: readonly Argument[];
}

/** What somebody gets. */
export type Reward =
	| { readonly tag: "points"; readonly val: { readonly currency: string; readonly units: number } }
	| { readonly tag: "badge"; readonly val: { readonly name: string; readonly level: number } }
	| { readonly tag: "prize"; readonly val: string };

/** How long a key is unique. */
export type Span = "period" | "ever";

/** An award as the host settles it. */
export interface Award {
	readonly name: string;
	readonly span: Span;
	readonly key: string;
	readonly reward: Reward;
	readonly because: Text;
}

/** The tone of praise. */
export type Tone = "thanks" | "congratulation" | "encouragement" | "notice";

/** Praise as the host tells it. */
export interface Praise {
	readonly name: string;
	readonly span: Span;
	readonly key: string;
	readonly tone: Tone;
	readonly text: Text;
}

/** Something added to a board's column. */
export interface Score {
	readonly step: number;
	readonly board: number;
	readonly column: number;
	readonly value: number;
	readonly weight: number;
}

/** Tickets for the slot of a step. */
export interface Tickets {
	readonly step: number;
	readonly draw: number;
	readonly count: number;
}

/** What is within reach of a key. */
export interface Progress {
	readonly slot: number;
	readonly text: Text;
	readonly value: number;
	readonly target: number;
}

/** How tickets count. */
export type DrawMethod = "weighted" | "equal";

/** How a planned draw is to be drawn. */
export interface DrawSpec {
	readonly draw: number;
	readonly method: DrawMethod;
	readonly prizes: readonly { readonly winners: number; readonly award: Award }[];
	readonly excluded: readonly { readonly entrant: string; readonly because: Text }[];
}

/** An award that is given with some chance: `wins` in `of`. */
export interface Chance {
	readonly at: Origin;
	readonly to: Subject;
	readonly chance: number;
	readonly wins: number;
	readonly of: number;
	readonly award: Award;
}

/** One key of the audience when a period closes. */
export interface Entrant {
	readonly id: string;
	readonly team: string;
	readonly share: number;
	readonly members: number;
	readonly hiredDay?: number | null | undefined;
	readonly tickets: readonly number[];
}

/** A row of a board. */
export interface Standing {
	readonly entrant: number;
	readonly rank: number;
	readonly qualified: boolean;
	readonly value: number;
	readonly columns: readonly number[];
}

/** A ranked board. */
export interface BoardStandings {
	readonly rows: readonly Standing[];
}

/** `[start, end)` */
export interface Period {
	readonly id: string;
	readonly start: number;
	readonly end: number;
	readonly zone: Zone;
}

/** A settings field and what is wrong with it. */
export interface Problem {
	/** JSON pointer such as `/tiers/0/at`. */
	readonly field: string;
	/** A message of the plugin's texts, by id, or else a sentence in English. */
	readonly message: string;
	readonly arguments: readonly Argument[];
}

/** Where a component's effects go: the contract's interface `effects`. */
export interface Sinks {
	giveAward(at: Origin, to: Subject, award: Award): void;
	sendPraise(at: Origin, to: Subject, praise: Praise): void;
	addScores(scores: readonly Score[]): void;
	addTickets(tickets: readonly Tickets[]): void;
	showProgress(progress: readonly Progress[]): void;
	holdDraw(spec: DrawSpec): void;
	tryChances(chances: readonly Chance[]): void;
}

/** How loud a line of the log is. */
export type Level = "debug" | "info" | "warn";

/** Where a component's log goes: the contract's interface `log`. */
export interface Log {
	write(level: Level, line: string): void;
}

/**
 * What a rule may give: awards, praise, draws, with the texts that say why.
 * @module
 */

import { LocalDay } from "./time.ts";
import type * as wit from "./wit.ts";

/** Who gets something. */
export type Target = wit.Subject;

/** Who gets something: {@link Target}s by name. */
export const to = {
	/** The key itself: the agent or the team. Not for keys of the whole incentive, and not at a close. */
	itself: { tag: "itself" } as Target,
	/** One agent, by id. */
	agent: (id: string): Target => ({ tag: "agent", val: id }),
	/** A team as such, by id. */
	team: (id: string): Target => ({ tag: "team", val: id }),
	/** Each one who was in the team at that time. */
	teamMembers: (id: string): Target => ({ tag: "team-members", val: id }),
	/** Each one of the audience at that time. */
	everyone: { tag: "everyone" } as Target,
};

/** Who is named in a text: the host shows the name, which a rule never sees. */
export class Named {
	/** As the contract has it. */
	readonly value: wit.Value;

	private constructor(value: wit.Value) {
		this.value = value;
	}

	/** An agent by id. */
	static agent(id: string): Named {
		return new Named({ tag: "agent", val: id });
	}

	/** A team by id. */
	static team(id: string): Named {
		return new Named({ tag: "team", val: id });
	}
}

/** What a text's arguments may be. Numbers and days are written as the reader's language does. */
export type Arguments = { readonly [name: string]: number | string | LocalDay | Named };

/** What is awarded, under a stable name. */
export interface What {
	/** Stable name, such as `silver` or `first-place`. */
	readonly name: string;
	/** What is given. */
	readonly reward: wit.Reward;
}

/** What is said, under a stable name. */
export interface Said {
	/** Stable name. */
	readonly name: string;
	/** Its tone. */
	readonly tone: wit.Tone;
}

/** How an award or praise is unique, and what it says. */
export interface How {
	/** The message of the plugin's texts; without it, the one with the award's name. */
	readonly because?: string;
	/** Arguments of that message. */
	readonly with?: Arguments;
	/** `once` by default; an ordinal or a day where it may be given again. */
	readonly key?: string | number | LocalDay;
	/** Once per entity of the step (a contact, a survey, an order), instead of a key. */
	readonly perEntity?: boolean;
	/** Unique for ever rather than within its period. */
	readonly forEver?: boolean;
	/** Who gets it; the key itself by default. */
	readonly to?: Target;
}

/** A badge of the plugin's texts: `badge-<name>` is its title. Level 1 is the lowest. */
export function badge(name: string, level = 1): What {
	return { name, reward: { tag: "badge", val: { name, level } } };
}

/** Whole units of a currency, more than 0. */
export function points(name: string, currency: string, units: number): What {
	return { name, reward: { tag: "points", val: { currency, units } } };
}

/** A thing, by the name that the settings give it. */
export function prize(name: string, thing: string): What {
	return { name, reward: { tag: "prize", val: thing } };
}

/** "Thank you". */
export function thanks(name: string): Said {
	return { name, tone: "thanks" };
}

/** "Well done". */
export function congratulation(name: string): Said {
	return { name, tone: "congratulation" };
}

/** "It gets better". */
export function encouragement(name: string): Said {
	return { name, tone: "encouragement" };
}

/** What is neither good nor bad: that something begins, or who is met next. */
export function notice(name: string): Said {
	return { name, tone: "notice" };
}

/** A prize of a draw: `winners` entrants get it, each. */
export interface DrawPrize extends How {
	readonly winners: number;
	readonly what: What;
}

/** Everything a call asked for, in order. */
export class Effects {
	readonly awards: [wit.Origin, wit.Subject, wit.Award][] = [];
	readonly praise: [wit.Origin, wit.Subject, wit.Praise][] = [];
	readonly scores: wit.Score[] = [];
	readonly tickets: wit.Tickets[] = [];
	readonly progress: wit.Progress[] = [];
	readonly draws: wit.DrawSpec[] = [];
	readonly chances: wit.Chance[] = [];
	readonly logs: [wit.Level, string][] = [];

	/** Hands all to the host, with as few calls as there are kinds that come in lists. */
	flush(sinks: wit.Sinks): void {
		for (const [at, subject, award] of this.awards) sinks.giveAward(at, subject, award);
		for (const [at, subject, praise] of this.praise) sinks.sendPraise(at, subject, praise);
		if (this.scores.length > 0) sinks.addScores(this.scores);
		if (this.tickets.length > 0) sinks.addTickets(this.tickets);
		if (this.progress.length > 0) sinks.showProgress(this.progress);
		for (const spec of this.draws) sinks.holdDraw(spec);
		if (this.chances.length > 0) sinks.tryChances(this.chances);
	}
}

/** An award as the contract has it. */
export function awardOf(what: What, how: How): wit.Award {
	return { name: what.name, ...uniqueness(what.name, how), reward: what.reward, because: textOf(what.name, how) };
}

/** Praise as the contract has it. */
export function praiseOf(said: Said, how: How): wit.Praise {
	return { name: said.name, ...uniqueness(said.name, how), tone: said.tone, text: textOf(said.name, how) };
}

/** A message with its arguments. */
export function textOf(message: string, how: Pick<How, "because" | "with">): wit.Text {
	const args = Object.entries(how.with ?? {});
	return {
		message: how.because ?? message,
		arguments: args.map(([name, value]) => ({ name, value: argumentValue(name, value) })),
	};
}

function uniqueness(name: string, how: How): { span: wit.Span; key: string } {
	if (how.perEntity && how.key !== undefined) {
		throw new TypeError(`${JSON.stringify(name)} has a key and is once per entity: say one of the two`);
	}
	const key = how.perEntity ? "" : String(how.key ?? "once");
	return { span: how.forEver ? "ever" : "period", key };
}

function argumentValue(name: string, value: Arguments[string]): wit.Value {
	if (typeof value === "number") return { tag: "number", val: value };
	if (typeof value === "string") return { tag: "text", val: value };
	if (value instanceof LocalDay) return { tag: "day", val: value.number };
	if (value instanceof Named) return value.value;
	throw new TypeError(
		`the argument ${JSON.stringify(name)} is ${String(value)}: it has to be a number, a text, a LocalDay or Named`,
	);
}

/**
 * What stands: what the rule asks for, compared with what was given before, as the host settles it.
 * @module
 */

import type { QuotaDocument } from "../plan.ts";
import type { Millis } from "../time.ts";
import type { Reward, Text } from "../wit.ts";

/** An award or praise that somebody got. */
export interface Given {
	/** When: the time of its step or timer, or of the close. */
	readonly at: Millis;
	/** The key itself, an agent's or team's id. */
	readonly to: string;
	/** The team of whoever got it, at that time; empty for none. */
	readonly team: string;
	/** Its name. */
	readonly name: string;
	/** Its key, the step's entity in place of an empty one. */
	readonly key: string;
	/** The reward; none for praise. */
	readonly reward: Reward | undefined;
	/** The message with its arguments. */
	readonly text: Text;
}

/** What was asked for: what makes it the same one, and the period it counts in. */
export interface Ask {
	readonly id: string;
	readonly period: number;
	readonly given: Given;
}

/** What was asked for, by id, in the order in which it was. */
export class Asked {
	readonly list: Ask[] = [];
	readonly places = new Map<string, number>();

	/** Asked for again by the same id it is the same. */
	add(ask: Ask): void {
		if (this.places.has(ask.id)) return;
		this.places.set(ask.id, this.list.length);
		this.list.push(ask);
	}
}

/** The plan's quotas. */
export type Quotas = readonly QuotaDocument[];

/** Who competes with each other for the places of a quota: those of a period, or of a team in it. */
function race(quota: QuotaDocument, { period, given }: Ask): string {
	return JSON.stringify([period, quota.per === "team" ? given.team : ""]);
}

/** What stands, and what stood. */
export class Book {
	standing: Ask[] = [];
	readonly takenBack: Given[] = [];

	/**
	 * First what goes, since it frees places; then what comes, in order of time, as far as quotas allow. `open` is the
	 * period that is not closed yet.
	 */
	settle(asked: Asked, limits: Quotas, open: number): void {
		const leftOut = leftOutAtClose(asked.list, limits, open);
		const before = this.standing;
		this.standing = [];
		for (const ask of before) {
			const place = asked.places.get(ask.id);
			if (place !== undefined && !leftOut.has(place)) this.standing.push(asked.list[place] as Ask);
			// What was said is said.
			else if (place === undefined && ask.given.reward === undefined) this.standing.push(ask);
			else this.takenBack.push(ask.given);
		}
		const order = asked.list.filter((_, place) => !leftOut.has(place)).sort((a, b) => a.given.at - b.given.at);
		for (const ask of order) {
			const stands = this.standing.some((known) => known.id === ask.id);
			if (!stands && this.#hasPlace(ask, limits)) this.standing.push(ask);
		}
		const place = (ask: Ask): number => asked.places.get(ask.id) ?? -1;
		this.standing.sort((a, b) => a.given.at - b.given.at || place(a) - place(b));
	}

	#hasPlace(ask: Ask, limits: Quotas): boolean {
		const { name, reward } = ask.given;
		const quota = limits.find(({ decided, award }) => decided === "at-once" && award === name);
		if (!reward || !quota) return true;
		const rivals = this.standing.filter(
			(other) => other.given.name === name && other.given.reward && race(quota, other) === race(quota, ask),
		);
		return rivals.length < quota.per_period;
	}
}

/**
 * Who has no place by a quota that is decided at the close: everyone as long as the period is open, then all but the first
 * by event time (at the same time, by subject).
 */
function leftOutAtClose(list: readonly Ask[], limits: Quotas, open: number): Set<number> {
	const leftOut = new Set<number>();
	for (const quota of limits.filter(({ decided }) => decided === "at-close")) {
		const rivals = list
			.map((ask, place) => ({ ask, place }))
			.filter(({ ask: { given } }) => given.name === quota.award && given.reward)
			.sort((a, b) => a.ask.given.at - b.ask.given.at || (a.ask.given.to < b.ask.given.to ? -1 : 1));
		const taken = new Map<string, number>();
		for (const { ask, place } of rivals) {
			const before = taken.get(race(quota, ask)) ?? 0;
			taken.set(race(quota, ask), before + 1);
			if (before >= (ask.period < open ? quota.per_period : 0)) leftOut.add(place);
		}
	}
	return leftOut;
}

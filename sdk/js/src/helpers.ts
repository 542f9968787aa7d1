/**
 * What many rules count, so that nobody writes it wrongly. Each part is plain JSON that lives in the rule's state, made by a
 * function of its name (`streak()`), and changed in place by the others.
 * @module
 */

import type { LocalDay, LocalZone, Millis } from "./time.ts";

// Tiers: a list that rises.

/** The highest tier that a value reaches, with its level (1 is the lowest); `undefined` below the first. */
export function reached<T>(
	tiers: readonly T[],
	at: (tier: T) => number,
	value: number,
): { level: number; tier: T } | undefined {
	const level = tiers.findLastIndex((tier) => at(tier) <= value) + 1;
	return level === 0 ? undefined : { level, tier: tiers[level - 1] as T };
}

/** The tiers that lie above `before`, up to `after`, each with its level: a jump may pass several. */
export function passed<T>(
	tiers: readonly T[],
	at: (tier: T) => number,
	before: number,
	after: number,
): { level: number; tier: T }[] {
	const levels = tiers.map((tier, i) => ({ level: i + 1, tier }));
	return levels.filter(({ tier }) => before < at(tier) && at(tier) <= after);
}

/** The next tier above a value. */
export function nextTier<T>(tiers: readonly T[], at: (tier: T) => number, value: number): T | undefined {
	return tiers.find((tier) => at(tier) > value);
}

/** The place of the first tier that does not rise above the one before it, for `check`. */
export function outOfOrder<T>(tiers: readonly T[], at: (tier: T) => number): number | undefined {
	const found = tiers.findIndex((tier, i) => i > 0 && at(tiers[i - 1] as T) >= at(tier));
	return found < 0 ? undefined : found;
}

// Streaks.

/** Good ones in a row. */
export interface Streak {
	/** How many now. */
	length: number;
	/** The most so far. */
	best: number;
	/** How many runs have begun. */
	runs: number;
}

/** No streak yet. */
export const streak = (): Streak => ({ length: 0, best: 0, runs: 0 });

/** One more, good or not; gives the length. */
export function addToStreak(of: Streak, good: boolean): number {
	if (good && of.length === 0) of.runs += 1;
	of.length = good ? of.length + 1 : 0;
	of.best = Math.max(of.best, of.length);
	return of.length;
}

/** Good working days in a row. */
export interface DayStreak extends Streak {
	/** The last good day, as a {@link LocalDay}'s number; `null` if there is none. */
	last: number | null;
}

/** No good day yet. */
export const dayStreak = (): DayStreak => ({ ...streak(), last: null });

/** Missed days that are forgiven. */
export interface Freezes {
	/** How many are there. */
	saved: number;
	/** Good days towards the next one. */
	towards: number;
}

/** None saved. */
export const freezes = (): Freezes => ({ saved: 0, towards: 0 });

/** A good day towards a freeze: every so many days one, at most so many saved. */
export function earnFreeze(of: Freezes, every: number, atMost: number): void {
	of.towards = of.saved >= atMost ? 0 : of.towards + 1;
	if (of.saved < atMost && of.towards >= every) {
		of.saved += 1;
		of.towards = 0;
	}
}

/**
 * A good day; gives the length. The run goes on if no day that is worked lies between, or if there are freezes for all that
 * do, which are spent then. A day that was counted, or lies before, changes nothing.
 */
export function goodDay(of: DayStreak, day: LocalDay, worksOn: (day: LocalDay) => boolean, saved = freezes()): number {
	if (of.last !== null && day.number <= of.last) return of.length;
	let missed = 0;
	// More days than freezes break the run, whatever they are: no need to look at a year of them.
	for (let n = 1; of.last !== null && n < day.number - of.last && missed <= saved.saved; n += 1) {
		if (worksOn(day.plus(-n))) missed += 1;
	}
	const goesOn = of.last !== null && missed <= saved.saved;
	if (goesOn) saved.saved -= missed;
	else of.runs += 1;
	of.length = goesOn ? of.length + 1 : 1;
	of.best = Math.max(of.best, of.length);
	of.last = day.number;
	return of.length;
}

// Caps and pauses.

/** A count that begins anew each day. */
export interface PerDay {
	/** As a {@link LocalDay}'s number; `null` before the first. */
	day: number | null;
	count: number;
}

/** Nothing yet. */
export const perDay = (): PerDay => ({ day: null, count: 0 });

/** Takes as many of `wanted` as the day's cap leaves; gives how many. */
export function takeOfDay(of: PerDay, day: LocalDay, wanted: number, cap = Number.MAX_SAFE_INTEGER): number {
	const before = of.day === day.number ? of.count : 0;
	const taken = Math.min(wanted, Math.max(0, cap - before));
	of.day = day.number;
	of.count = before + taken;
	return taken;
}

/** When something was done last; `null` before the first time. */
export interface Cooldown {
	last: Millis | null;
}

/** Not done yet. */
export const cooldown = (): Cooldown => ({ last: null });

/** Whether the pause is over; if it is, it begins again. */
export function takeAfter(of: Cooldown, now: Millis, pause: Millis): boolean {
	if (of.last !== null && now - of.last < pause) return false;
	of.last = now;
	return true;
}

// Means, rates, bests.

/** Σ value / Σ weight. */
export interface Mean {
	sum: number;
	weight: number;
}

/** Nothing yet. */
export const mean = (): Mean => ({ sum: 0, weight: 0 });

/** One more value. */
export function addToMean(of: Mean, value: number, weight = 1): void {
	of.sum += value;
	of.weight += weight;
}

/** The mean, if there is any weight. */
export function meanOf(of: Mean): number | undefined {
	return of.weight > 0 ? of.sum / of.weight : undefined;
}

/** Whether a measure is there and within bounds, both inclusive: speed counts only together with quality. */
export function holds(measure: number | undefined, bounds: { atLeast?: number; atMost?: number }): boolean {
	if (measure === undefined || Number.isNaN(measure)) return false;
	return measure >= (bounds.atLeast ?? -Infinity) && measure <= (bounds.atMost ?? Infinity);
}

/** The best of somebody's own marks. */
export interface PersonalBest {
	/** `null` before the first. */
	mark: number | null;
	/** Values so far. */
	seen: number;
	/** How often it was beaten. */
	records: number;
}

/** No mark yet. */
export const personalBest = (): PersonalBest => ({ mark: null, seen: 0, records: 0 });

/** A value; gives the mark that it beats, once `warmUp` values were seen. The larger is better unless `lowest` says so. */
export function offerBest(of: PersonalBest, value: number, warmUp: number, lowest = false): number | undefined {
	const { mark } = of;
	const beats = mark !== null && (lowest ? value < mark : value > mark);
	const counts = of.seen >= warmUp;
	of.seen += 1;
	if (beats || mark === null) of.mark = value;
	if (!beats || !counts) return undefined;
	of.records += 1;
	return mark;
}

/** Which of the last ones were good, the latest last: `1` or `0` each. */
export interface LastFew {
	list: string;
}

/** None yet. */
export const lastFew = (): LastFew => ({ list: "" });

/** One more, of which the last `most` are kept; gives how many of those are good. */
export function addToLastFew(of: LastFew, good: boolean, most: number): number {
	of.list = `${of.list}${good ? "1" : "0"}`.slice(-most);
	return of.list.replaceAll("0", "").length;
}

// Windows.

/** Windows of the calendar. */
export type Calendar = "day" | "week" | "month";

/** The first day of the window that a day lies in. */
export function windowStart(calendar: Calendar, day: LocalDay): LocalDay {
	if (calendar === "day") return day;
	return calendar === "week" ? day.weekStart() : day.monthStart();
}

/** The first day of the window after. */
export function nextWindow(calendar: Calendar, day: LocalDay): LocalDay {
	if (calendar === "day") return day.plus(1);
	// A month has at most 31 days, so the 32nd lies in the next.
	return calendar === "week" ? day.weekStart().plus(7) : day.monthStart().plus(31).monthStart();
}

/** When the window of a day ends in a zone. */
export function windowEnd(calendar: Calendar, day: LocalDay, zone: LocalZone): Millis {
	return zone.startOf(nextWindow(calendar, day));
}

/** Sums of the last days. */
export interface Rolling {
	/** Days (as numbers, rising) with their sums. */
	days: [day: number, sum: number][];
}

/** Nothing yet. */
export const rolling = (): Rolling => ({ days: [] });

/** Adds to a day that is not before the latest, and gives the sum of the `length` days up to it. */
export function addToRolling(of: Rolling, day: LocalDay, value: number, length: number): number {
	const latest = of.days.at(-1);
	if (latest && latest[0] >= day.number) latest[1] += value;
	else of.days.push([day.number, value]);
	of.days = of.days.filter(([number]) => number > day.number - length);
	return of.days.reduce((sum, [, part]) => sum + part, 0);
}

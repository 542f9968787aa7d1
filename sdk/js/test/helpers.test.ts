import assert from "node:assert/strict";
import { test } from "node:test";
import * as help from "../src/helpers.ts";
import { HOUR, LocalDay, LocalZone } from "../src/index.ts";
import { zoneNamed } from "../src/testing/index.ts";

const day = LocalDay.parse;
const weekdays = (of: LocalDay): boolean => of.weekdayIndex() < 5;

test("tiers are reached, passed, and in order", () => {
	const tiers = [3, 5, 10];
	const at = (tier: number): number => tier;
	assert.deepEqual(help.reached(tiers, at, 7), { level: 2, tier: 5 });
	assert.equal(help.reached(tiers, at, 2), undefined);
	assert.deepEqual(
		help.passed(tiers, at, 3, 10).map(({ level }) => level),
		[2, 3],
	);
	assert.equal(help.nextTier(tiers, at, 5), 10);
	assert.deepEqual([help.outOfOrder(tiers, at), help.outOfOrder([3, 3], at)], [undefined, 1]);
});

test("streaks break, and those of days pass over weekends", () => {
	const events = help.streak();
	assert.deepEqual(
		[true, true, false, true].map((good) => help.addToStreak(events, good)),
		[1, 2, 0, 1],
	);
	assert.deepEqual(events, { length: 1, best: 2, runs: 2 });
	const days = help.dayStreak();
	const lengths = ["2026-03-05", "2026-03-06", "2026-03-09", "2026-03-09", "2026-03-11"].map((date) =>
		help.goodDay(days, day(date), weekdays),
	);
	assert.deepEqual(lengths, [1, 2, 3, 3, 1], "Tuesday was missed");
	assert.deepEqual([days.best, days.runs], [3, 2]);
});

test("a freeze is earned, and forgives a missed day", () => {
	const saved = help.freezes();
	for (let n = 0; n < 4; n += 1) help.earnFreeze(saved, 2, 1);
	assert.deepEqual(saved, { saved: 1, towards: 0 });
	const days = help.dayStreak();
	help.goodDay(days, day("2026-03-09"), weekdays, saved);
	assert.equal(help.goodDay(days, day("2026-03-11"), weekdays, saved), 2);
	assert.equal(saved.saved, 0);
	assert.equal(help.goodDay(days, day("2026-03-13"), weekdays, saved), 1);
});

test("caps, pauses, means, bests and the last few", () => {
	const capped = help.perDay();
	const taken = ["2026-03-02", "2026-03-02", "2026-03-03"].map((date) => help.takeOfDay(capped, day(date), 2, 3));
	assert.deepEqual(taken, [2, 1, 2]);
	const pause = help.cooldown();
	assert.deepEqual(
		[0, HOUR - 1, HOUR].map((now) => help.takeAfter(pause, now, HOUR)),
		[true, false, true],
	);
	const ratings = help.mean();
	assert.equal(help.meanOf(ratings), undefined);
	help.addToMean(ratings, 9, 2);
	assert.equal(help.meanOf(ratings), 4.5);
	assert.ok(help.holds(4.5, { atLeast: 4 }) && !help.holds(4.5, { atMost: 4 }) && !help.holds(undefined, {}));
	const best = help.personalBest();
	assert.deepEqual(
		[5, 7, 6, 8].map((value) => help.offerBest(best, value, 2)),
		[undefined, undefined, undefined, 7],
	);
	const last = help.lastFew();
	assert.deepEqual(
		[true, false, true, true].map((good) => help.addToLastFew(last, good, 3)),
		[1, 1, 2, 2],
	);
});

test("windows of the calendar and rolling ones", () => {
	const wednesday = day("2026-03-04");
	assert.equal(help.windowStart("week", wednesday).toString(), "2026-03-02");
	assert.equal(help.nextWindow("month", day("2026-01-31")).toString(), "2026-02-01");
	const madrid = new LocalZone(zoneNamed("Europe/Madrid"));
	assert.equal(help.windowEnd("day", wednesday, madrid), Date.UTC(2026, 2, 4, 23));
	const sums = help.rolling();
	const given = ["2026-03-02", "2026-03-02", "2026-03-04", "2026-03-09"].map((date) =>
		help.addToRolling(sums, day(date), 1, 7),
	);
	assert.deepEqual(given, [1, 2, 3, 2], "the 2nd is no longer among the last seven days");
});

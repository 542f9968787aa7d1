import assert from "node:assert/strict";
import { test } from "node:test";
import { ClockTime, DAY, HOUR, LocalDay, LocalZone, MINUTE } from "../src/index.ts";
import { decodeState, encodeState } from "../src/state.ts";
import { zoneNamed } from "../src/testing/index.ts";
import { Timers } from "../src/timers.ts";

const madrid = new LocalZone(zoneNamed("Europe/Madrid", [LocalDay.parse("2026-04-03").number]));
const MONDAY_TO_FRIDAY = 0b1_1111;

test("days are those of the calendar", () => {
	for (let number = -800_000; number < 800_000; number += 997) {
		const day = new LocalDay(number);
		const { year, month, day: ofMonth } = day.date();
		assert.equal(LocalDay.of(year, month, ofMonth).number, number);
		const node = new Date(number * DAY);
		assert.deepEqual([year, month, ofMonth], [node.getUTCFullYear(), node.getUTCMonth() + 1, node.getUTCDate()]);
		assert.equal(day.weekdayIndex(), (node.getUTCDay() + 6) % 7);
	}
	assert.equal(LocalDay.parse("2026-03-04").weekStart().toString(), "2026-03-02");
	assert.equal(LocalDay.parse("2026-03-04").monthStart().toString(), "2026-03-01");
	assert.throws(() => LocalDay.parse("2026-02-30"), /no date/);
});

test("days around a change of clocks have 23 and 25 hours", () => {
	const hours = (date: string): number => {
		const day = LocalDay.parse(date);
		return (madrid.startOf(day.plus(1)) - madrid.startOf(day)) / HOUR;
	};
	assert.deepEqual(["2026-03-29", "2026-10-25", "2026-07-01"].map(hours), [23, 25, 24]);
});

test("a time in the gap is its end, one in the overlap its first instant", () => {
	const jump = LocalDay.parse("2026-03-29").number * DAY + HOUR;
	assert.equal(madrid.instant(LocalDay.parse("2026-03-29"), ClockTime.of(2, 30)), jump);
	assert.equal(madrid.instant(LocalDay.parse("2026-03-29"), ClockTime.of(1, 59)), jump - MINUTE);
	const autumn = LocalDay.parse("2026-10-25");
	assert.equal(madrid.instant(autumn, ClockTime.of(2, 30)), autumn.number * DAY + HOUR / 2);
	assert.equal(madrid.clock(autumn.number * DAY + HOUR / 2).toString(), "02:30");
	assert.equal(madrid.next(jump, ClockTime.of(3, 0)), jump + DAY - 0);
});

test("working days pass over weekends and holidays", () => {
	const afterEaster = LocalDay.parse("2026-04-06");
	assert.equal(madrid.previousWorkday(afterEaster, MONDAY_TO_FRIDAY)?.toString(), "2026-04-02");
	assert.equal(madrid.nextWorkday(LocalDay.parse("2026-04-02"), MONDAY_TO_FRIDAY)?.toString(), "2026-04-06");
	assert.equal(madrid.nextWorkday(afterEaster, 0), undefined);
});

test("equal states are equal bytes, in any alphabet", () => {
	const state = { b: [1, -0, 0.5], a: { text: "ąé好😀\u0000", none: undefined, no: null } };
	const bytes = encodeState(state, "it");
	assert.deepEqual(bytes, encodeState({ a: { no: null, text: "ąé好😀\u0000" }, b: [1, 0, 0.5] }, "it"));
	assert.deepEqual(bytes, new TextEncoder().encode(new TextDecoder().decode(bytes)));
	assert.deepEqual(decodeState(bytes), { a: { no: null, text: "ąé好😀\u0000" }, b: [1, 0, 0.5] });
});

test("timers fire in order of time and name, and a name has one", () => {
	const timers = new Timers();
	timers.set("b", 10);
	timers.set("a", 10);
	timers.set("c", 5);
	timers.set("c", 20);
	timers.set("gone", 1);
	timers.cancel("gone");
	assert.equal(timers.next(), 10);
	assert.deepEqual([timers.popDue(15), timers.popDue(15), timers.popDue(15)], [[10, "a"], [10, "b"], undefined]);
	assert.equal(timers.at("c"), 20);
});

/** The first rule, told as a story. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, problems } from "@plaudit/sdk/testing";
import rule from "../src/rule.ts";

const good = { csat: 5 };
const bad = { csat: 2 };

test("three good calls in a row make a streak", () => {
	const stage = play(rule, { length: 3 }).agent("ana").agent("ben");
	stage.at("2026-03-02T09:00[Europe/Madrid]").event("ana", good).event("ana", good).event("ben", good);
	stage.at("2026-03-02T09:10").event("ben", bad).event("ana", good).events(2, "ben", good);
	assert.deepEqual(stage.awards("ana"), ["streak"]);
	assert.deepEqual(stage.given()[0]?.text.arguments, [{ name: "n", value: { tag: "number", val: 3 } }]);
	assert.deepEqual(stage.awards("ben"), [], "a bad call broke the run");
});

test("a late bad call takes the streak back", () => {
	const stage = play(rule, { length: 2 }).agent("ana").at("2026-03-02T09:00").event("ana", good);
	stage.at("2026-03-02T10:00").event("ana", good).late("2026-03-02T09:30").event("ana", bad);
	assert.deepEqual([stage.awards("ana"), stage.takenBack("ana")], [[], ["streak"]]);
});

test("wrong settings are named by field", () => {
	assert.deepEqual(problems(rule, { length: 1, goood: 3, good: "4" }), [
		["/goood", "is no setting; there are: good, length"],
		["/good", 'has to be a number, not "4"'],
		["/length", "is 1, has to be at least 2"],
	]);
});

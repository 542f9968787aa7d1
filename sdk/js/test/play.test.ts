import assert from "node:assert/strict";
import { test } from "node:test";
import { badge, board, defineRule } from "../src/index.ts";
import { days, play, problems } from "../src/testing/index.ts";
import { contest, streak } from "./rules.ts";

test("three good ratings in a row make a streak", () => {
	const stage = play(streak).agent("ana").agent("ben");
	stage.at("2026-03-02T09:00[Europe/Madrid]").events(2, "ana", { csat: 5 }).event("ben", { csat: 5 });
	stage.at("2026-03-02T09:10").event("ben", { csat: 2 }).event("ana", { csat: 4 }).events(2, "ben", { csat: 5 });
	assert.deepEqual(stage.awards("ana"), ["streak"]);
	assert.deepEqual(stage.awards("ben"), [], "a bad rating broke the run");
	assert.equal(stage.transcript(), "2026-03-02 09:10  ana  streak/once  badge streak 1  streak { n: 3 }\n");
});

test("what comes late, is corrected or retracted is folded again", () => {
	const stage = play(streak).agent("ana");
	stage.at("2026-03-02 09:00").event("ana", { csat: 5 }).entity("s2").event("ana", { csat: 5 });
	stage.at("2026-03-02 10:00").event("ana", { csat: 5 });
	assert.deepEqual(stage.awards("ana"), ["streak"]);
	stage.late("2026-03-02 09:30").event("ana", { csat: 1 });
	assert.deepEqual([stage.awards("ana"), stage.takenBack("ana")], [[], ["streak"]]);
	stage.retract("e4");
	assert.deepEqual(stage.awards("ana"), ["streak"]);
	stage.correct("s2", { csat: 3 });
	assert.deepEqual(stage.awards("ana"), []);
});

test("a ranking has its guards, ties, prizes and draws", () => {
	const stage = play(contest).agent("ana", { team: "red" }).agent("ben", { hired: "2024-03-02", share: 0.5 });
	stage
		.at("2026-03-02 09:00")
		.event("ana", { calls: 1, csat: 5 })
		.events(3, "ben", { calls: 1, csat: [3, 1] });
	assert.deepEqual(stage.standings("ranking"), [
		{ id: "ana", rank: 1, value: 1 },
		{ id: "ben", rank: 0, value: 3 },
	]);
	assert.equal(stage.tickets("ben", "evening"), 3);
	assert.deepEqual(stage.awards("ana"), [], "who was early is known when the period closes");
	stage.closePeriod();
	assert.deepEqual(stage.awards("ana"), ["early", "first"]);
	assert.equal(stage.points("ana"), 10);
	assert.equal(stage.draws()[0]?.prizes[0]?.award.name, "evening");
	stage.late("2026-03-02 08:00").event("ben", { calls: 1, csat: 5 });
	assert.equal(stage.points("ben"), 10, "the earlier one takes the place");
});

test("praise is told once per contact, and luck is the test's", () => {
	const stage = play(contest).agent("ana").lucky("c2");
	stage.at("2026-03-02 09:00").with({ queue: "hard" }).entity("c1").event("ana", { calls: 1 });
	stage.entity("c2").event("ana", { calls: 1 });
	assert.deepEqual(stage.praise("ana"), ["hard"]);
	assert.deepEqual(stage.tries("ana"), ["c1", "c2"]);
	assert.deepEqual(stage.awards("ana"), ["box"]);
});

test("wrong settings are named by field, all at once", () => {
	assert.deepEqual(problems(streak, { length: 1, goood: 3, good: "4" }), [
		["/goood", "is no setting; there are: good, length"],
		["/good", 'has to be a number, not "4"'],
		["/length", "is 1, has to be at least 2"],
	]);
	const prizes = [
		{ thing: "cake", from: 2 },
		{ thing: "tea", from: 2 },
	];
	assert.deepEqual(problems(contest, { prizes }), [["/prizes/1/from", "has to rise"]]);
	assert.deepEqual(problems(contest, { prizes: [{ thing: "", from: 0.5 }] }), [
		["/prizes/0/thing", 'has to be a text that is not empty, not ""'],
		["/prizes/0/from", "has to be a whole number, not 0.5"],
	]);
	assert.throws(() => play(streak, { length: 0 }), /length is 0, has to be at least 2/);
});

test("a test that is wrong is told so", () => {
	const stage = play(streak).agent("ana").at("2026-03-02 09:00");
	assert.throws(() => stage.event("bea", { csat: 5 }), /no agent "bea"; there are: ana/);
	assert.throws(() => stage.at("2026-03-01 09:00"), /use late/);
	assert.throws(() => stage.at("soon"), /no time such as/);
	assert.throws(() => stage.late("2026-03-03 09:00"), /is not yet/);
	assert.throws(() => stage.correct("s9", {}), /no event of the entity "s9"/);
	assert.throws(() => stage.tickets("ana", "evening"), /the plan has no draw "evening"; there are none/);
	stage.advance(days(1));
});

test("a plan may begin anew each period, give places to each team, and let nothing pass a guard", () => {
	const second = defineRule({
		name: "second",
		settings: {},
		state: () => ({ sales: 0 }),
		plan: () => ({
			per: "agent",
			metrics: ["sales", "errors"],
			anewEachPeriod: true,
			boards: [board("sales").sum("sales").sum("errors", 0).atMost("errors", 0).orNothing()],
			quotas: { fastest: { perPeriod: 1, eachTeam: true } },
		}),
		onEvent(state, event, cx) {
			state.sales += 1;
			cx.score("sales", "sales", event.metric("sales") ?? 0);
			cx.award(badge("fastest"));
			if (state.sales === 2) cx.award(badge("second"));
		},
	});
	const stage = play(second)
		.agent("ana", { team: "red" })
		.agent("ben", { team: "red" })
		.agent("cleo", { team: "blue" });
	stage.at("2026-03-02 09:00").event("ana", { sales: 1 }).event("ben", { sales: 1 }).event("cleo", { sales: 1 });
	assert.deepEqual(
		["ana", "ben", "cleo"].map((who) => stage.awards(who)),
		[["fastest"], [], ["fastest"]],
	);
	assert.deepEqual(
		stage.standings("sales").map(({ rank }) => rank),
		[1, 1, 1],
	);
	stage.at("2026-03-03 00:00").closePeriod("2026-03-02").at("2026-03-03 09:00").event("ben", { sales: 1 });
	assert.deepEqual(stage.awards("ben"), ["fastest"], "the sale of yesterday no longer counts");
});

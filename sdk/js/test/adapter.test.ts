import assert from "node:assert/strict";
import { test } from "node:test";
import { Adapter } from "../src/adapter.ts";
import { explained } from "../src/component.ts";
import { defineRule, Effects, ImpureError, manifest } from "../src/index.ts";
import { play } from "../src/testing/index.ts";
import type { Batch } from "../src/wit.ts";
import { streak } from "./rules.ts";

/** Steps of one agent with these ratings. */
function batch(ratings: number[], state = new Uint8Array()): Batch {
	const nothing = ratings.map(() => 0);
	return {
		slots: [{ id: "ana", zone: 0, state, until: 1_000_000 }],
		agents: [{ id: "ana", team: "", zone: 0, share: 1, workdays: 31 }],
		zones: [{ name: "UTC", transitions: [], holidays: [] }],
		shared: new Uint8Array(),
		kind: nothing,
		slotOf: nothing,
		agentOf: nothing,
		time: ratings.map((_, i) => i),
		metrics: [{ values: ratings, weights: [] }],
		attributes: [],
	};
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test("calls of any size leave the same state and effects", () => {
	const whole = new Effects();
	const [all] = new Adapter(streak).fold("{}", batch([5, 5, 2, 5, 5, 5, 4]), whole);
	let state = new Uint8Array();
	let awards = 0;
	for (const rating of [5, 5, 2, 5, 5, 5, 4]) {
		const effects = new Effects();
		const [change] = new Adapter(streak).fold("{}", batch([rating], state), effects);
		if (change) state = Uint8Array.from(change.state);
		awards += effects.awards.length;
	}
	assert.equal(text(state), text(all?.state));
	assert.equal(text(state), '{"state":{"run":4},"timers":[]}');
	assert.deepEqual([whole.awards.length, awards], [1, 1]);
});

test("a state that is as at the beginning is stored as absent", () => {
	assert.deepEqual(new Adapter(streak).fold("{}", batch([1]), new Effects()), []);
	const before = new TextEncoder().encode('{"state":{"run":1},"timers":[]}');
	const [change] = new Adapter(streak).fold("{}", batch([1], before), new Effects());
	assert.equal(change?.state.length, 0);
});

test("what a manager sets becomes a form", () => {
	const { settings, contract, texts } = manifest(streak, { version: "1.2.3", texts: { en: "streak = Streak" } });
	assert.deepEqual(settings, {
		$schema: "https://json-schema.org/draft/2020-12/schema",
		type: "object",
		properties: {
			good: { type: "number", minimum: 1, maximum: 5, title: "Good is at least", default: 4 },
			length: { type: "integer", minimum: 2, maximum: 100, title: "How many in a row", default: 3 },
		},
		required: [],
		additionalProperties: false,
	});
	assert.equal(contract, "plaudit:rule@1.0.0");
	assert.deepEqual(texts, { en: "streak = Streak" });
});

/** A rule that does this with each event. */
const doing = (onEvent: (state: { kept?: unknown }) => unknown) =>
	defineRule({
		name: "doing",
		settings: {},
		state: (): { kept?: unknown } => ({}),
		plan: () => ({ per: "agent", metrics: ["csat"] }),
		onEvent: (state) => onEvent(state) as undefined,
	});

test("what is not the same everywhere throws and says what to write instead", () => {
	const cases: [() => unknown, RegExp][] = [
		[() => Date.now(), /Date is not for rules: .*cx\.now\(\)/],
		[() => new Date(), /cx\.now\(\)/],
		[() => Math.random(), /Math\.random is not for rules: .*a draw is the host's/],
		[() => new Intl.NumberFormat("lt"), /the host writes it as the reader does/],
		[() => "a".localeCompare("b"), /compare with < and >/],
		[() => (5).toLocaleString(), /toLocaleString/],
		[() => setTimeout(() => {}, 1), /cx\.timer/],
		[() => console.log("x"), /cx\.log/],
		[() => process.env.HOME, /put it into the settings/],
		[() => fetch("http://localhost"), /send it as events/],
		[() => performance.now(), /no clock/],
		[() => crypto.randomUUID(), /no dice/],
		[() => new WeakRef({}), /state/],
	];
	for (const [use, message] of cases) {
		const stage = play(doing(() => void use())).agent("ana");
		assert.throws(
			() => stage.event("ana", { csat: 5 }),
			(error) => error instanceof ImpureError && message.test(error.message),
			String(use),
		);
	}
	assert.equal(typeof Date.now(), "number", "a test has its clock back");
});

test("a hook that gives something is told what it does", () => {
	const promise = play(doing(async () => {})).agent("ana");
	assert.throws(() => promise.event("ana", { csat: 5 }), /onEvent returned a promise: .*without async/);
	const value = play(doing(() => 3)).agent("ana");
	assert.throws(() => value.event("ana", { csat: 5 }), /change the state in place/);
});

test("a state that can't be stored is named by its place", () => {
	const cases: [unknown, RegExp][] = [
		[Number.NaN, /the state of ana\.state\.kept is NaN/],
		[new Map(), /is a Map, which can't be stored/],
		[() => 1, /is a function/],
		[[1, [10n]], /kept\[1\]\[0\] is a bigint/],
	];
	for (const [kept, message] of cases) {
		const stage = play(
			doing((state) => {
				state.kept = kept;
			}),
		).agent("ana");
		assert.throws(() => stage.event("ana", { csat: 5 }), message);
	}
});

test("an error names the rule's own files and lines", () => {
	const error = new TypeError("x is undefined");
	error.stack =
		"    at count (componentize-qjs:user.js:2:5)\n    at fold (componentize-qjs:user.js:3:1)\n    at native";
	const lines = { files: ["src/rule.ts"], lines: [0 as const, [0, 21] as const, 0 as const] };
	assert.equal(explained(error, lines), "TypeError: x is undefined\n  at count (src/rule.ts:21)");
	assert.equal(explained("no", lines), "the rule threw no");
});

/**
 * The rule itself.
 * @module
 */

import type { Close } from "./close.ts";
import type { Context } from "./context.ts";
import type { Event } from "./event.ts";
import type { Plan } from "./plan.ts";
import type { Fields, SettingsOf } from "./settings.ts";
import type { Problem } from "./wit.ts";

/**
 * An incentive's rule: a pure function from events to rewards.
 *
 * It is called for one key at a time (an agent, a team or the whole incentive, as its plan says), in the order of event
 * time, however the events arrive. It has no clock, no randomness and no memory besides its state: it may be called again
 * for the same events and has to give the same rewards.
 *
 * `F` are the fields of the form, `T` is the state.
 */
export interface Rule<F extends Fields, T extends object> {
	/** Stable name of the plugin: lower-case letters, digits and dashes. */
	readonly name: string;
	/** Semantic version of the plugin; without it, that of the `package.json`. */
	readonly version?: string;
	/** What a manager sets: it becomes the form, and `cx.settings`. */
	readonly settings: F;
	/** The state of a key at its very beginning: a plain object of JSON, at most 16 KiB. Hooks change it in place. */
	readonly state?: () => T;
	/** Raise it when the state's shape or meaning changes: states are then rebuilt from the events. 1 without it. */
	readonly stateSchema?: number;
	/** Fluent resources by locale; without them, the files of the folder `texts`. */
	readonly texts?: Readonly<Record<string, string>>;
	/** What the rule subscribes to and has kept for it. */
	plan(settings: SettingsOf<F>): Plan;
	/** What is wrong with settings whose single values are all right, such as tiers out of order: `problem(field, …)`. */
	check?(settings: SettingsOf<F>): Problem[];
	/** A planned metric's event. */
	onEvent(state: T, event: Event, cx: Context<SettingsOf<F>>): void;
	/** The key joined the audience. Every key of the audience gets this before its first event. */
	onEntered?(state: T, event: Event, cx: Context<SettingsOf<F>>): void;
	/** The key left the audience. */
	onLeft?(state: T, event: Event, cx: Context<SettingsOf<F>>): void;
	/** A timer set by `cx.timer(name, …)` is due. At equal times timers come before events, and by name. */
	onTimer?(state: T, name: string, cx: Context<SettingsOf<F>>): void;
	/** A period closes: gives prizes by the ranked boards, and says how planned draws are drawn. */
	conclude?(close: Close<SettingsOf<F>>): void;
}

/**
 * Makes a rule, with all types inferred from its settings and state:
 *
 * ```ts
 * export default defineRule({
 * 	name: "streak",
 * 	settings: { length: whole({ title: "How many in a row", default: 5, min: 2, max: 100 }) },
 * 	state: () => ({ run: 0 }),
 * 	plan: () => ({ per: "agent", metrics: ["top-ratings"] }),
 * 	onEvent(state, event, cx) {
 * 		state.run = event.metric("top-ratings") ? state.run + 1 : 0;
 * 		if (state.run === cx.settings.length) cx.award(badge("streak"), { with: { n: state.run } });
 * 	},
 * });
 * ```
 */
export function defineRule<const F extends Fields, T extends object = Record<string, never>>(
	rule: Rule<F, T>,
): Rule<F, T> {
	return rule;
}

/** A rule of any settings and state. */
// biome-ignore lint/suspicious/noExplicitAny: hooks take what settings and state infer, and nothing narrower fits all
export type AnyRule = Rule<any, any>;

/** Settings of any rule. */
// biome-ignore lint/suspicious/noExplicitAny: they are what the rule's own fields read
export type AnySettings = any;

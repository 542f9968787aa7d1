/**
 * Write an incentive for Plaudit as a small pure function.
 *
 * A rule sees one key at a time (an agent, a team or the whole incentive), its events in the order in which they happened,
 * and gives awards, praise, scores and tickets. It has no clock, no randomness and no memory besides its state. Late events,
 * corrections and retractions need no code: the host folds again and settles the difference.
 *
 * Begin with {@link defineRule}; tests are in `@plaudit/sdk/testing`.
 * @module
 */

export { Adapter, type Manifest, manifest, type Package, planOf, settingsOf } from "./adapter.ts";
export { type Close, type Entrant, Row } from "./close.ts";
export type { Context } from "./context.ts";
export {
	type Arguments,
	badge,
	congratulation,
	type DrawPrize,
	Effects,
	encouragement,
	type How,
	Named,
	notice,
	points,
	prize,
	type Said,
	type Target,
	thanks,
	to,
	type What,
} from "./effects.ts";
export type { Agent, Event } from "./event.ts";
export { ImpureError } from "./guard.ts";
export { type Aggregate, Board, board, type Plan, type Quota } from "./plan.ts";
export { type AnyRule, defineRule, type Rule } from "./rule.ts";
export {
	choice,
	currency,
	type Field,
	type Fields,
	flag,
	group,
	list,
	metric,
	number,
	optional,
	problem,
	queue,
	type SettingsOf,
	team,
	text,
	whole,
} from "./settings.ts";
export { ClockTime, DAY, HOUR, LocalDay, LocalZone, MINUTE, type Millis, WEEKDAYS, type Weekday } from "./time.ts";
export { CONTRACT, type Problem } from "./wit.ts";

/**
 * A stage for a rule: it runs the very code that runs in a component, in milliseconds, with breakpoints.
 * @module
 */

export type { Given } from "./book.ts";
export { type Member, type Metrics, Play, play, problems, type StageOptions } from "./play.ts";
export { days, hours, minutes, zoneNamed } from "./zones.ts";

/**
 * The component's exports: what the build puts around a rule. Rules don't need it.
 * @module
 */

import { Adapter, manifest, type Package, planOf } from "./adapter.ts";
import { Effects } from "./effects.ts";
import { guardForGood } from "./guard.ts";
import type { AnyRule } from "./rule.ts";
import type { Batch, BoardStandings, Change, Entrant, Log, Period, Sinks } from "./wit.ts";

/** Where lines of the bundle come from: files, and per line of the bundle [index of the file, line]. */
export interface Lines {
	readonly files: readonly string[];
	readonly lines: readonly (readonly [file: number, line: number] | 0)[];
}

/** What a component exports. */
export interface Exports {
	describe(): string;
	plan(settings: string): string;
	fold(settings: string, batch: Batch): Change[];
	conclude(
		settings: string,
		period: Period,
		entrants: Entrant[],
		standings: BoardStandings[],
		shared: Uint8Array,
	): Uint8Array;
}

/** Makes a rule a component's exports. From here on nothing is there that a rule must not use. */
export function connect(rule: AnyRule, of: Package, sinks: Sinks, log: Log, lines: () => Lines): Exports {
	guardForGood();
	const adapter = new Adapter(rule);
	/** What a contract's function throws is its error: a text. */
	const told = <T>(call: (effects: Effects) => T): T => {
		const effects = new Effects();
		try {
			return call(effects);
		} catch (error) {
			throw explained(error, lines());
		} finally {
			for (const [level, line] of effects.logs) log.write(level, line);
		}
	};
	return {
		describe: () => JSON.stringify(manifest(rule, of)),
		plan(settings) {
			const planned = told(() => planOf(rule, settings));
			if ("problems" in planned) throw planned.problems;
			return JSON.stringify(planned.plan);
		},
		fold: (settings, batch) =>
			told((effects) => {
				const changes = adapter.fold(settings, batch, effects);
				effects.flush(sinks);
				return changes;
			}),
		conclude: (settings, period, entrants, standings, shared) =>
			told((effects) => {
				const left = adapter.conclude(settings, period, entrants, standings, shared, effects);
				effects.flush(sinks);
				return left;
			}),
	};
}

/** Frames of a stack that are told. */
const FRAMES_MAX = 5;

/** What was thrown, and where in the rule's own files. */
export function explained(error: unknown, { files, lines }: Lines): string {
	if (!(error instanceof Error)) return `the rule threw ${String(error)}`;
	const frames = (error.stack ?? "").split("\n").flatMap((frame) => {
		const found = /at (?:(\S+) \()?[^()\s]*?:(\d+)(?::\d+)?\)?$/.exec(frame.trim());
		const place = found && lines[Number(found[2]) - 1];
		return place ? [`${found?.[1] ?? "the rule"} (${files[place[0]]}:${place[1]})`] : [];
	});
	const where = frames.slice(0, FRAMES_MAX).map((frame) => `\n  at ${frame}`);
	return `${error.name}: ${error.message}${where.join("")}`;
}

/**
 * Between the contract's columns and the rule's rows: the same code in a component and natively.
 * @module
 */

import { Close } from "./close.ts";
import { Context, type Surroundings } from "./context.ts";
import type { Effects } from "./effects.ts";
import { Event } from "./event.ts";
import { type Planned, planDocument, planned } from "./plan.ts";
import type { AnyRule, AnySettings } from "./rule.ts";
import { documentSchema, readSettings } from "./settings.ts";
import { encodeJson } from "./state.ts";
import type { Millis } from "./time.ts";
import { Timers } from "./timers.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";
import {
	type Batch,
	type BoardStandings,
	type Change,
	CONTRACT,
	type Entrant,
	NONE,
	type Period,
	type Problem,
	type Slot,
	STEP,
} from "./wit.ts";

/** What a plugin says of itself, as the host reads it. */
export interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly contract: string;
	readonly settings: unknown;
	readonly state_schema: number;
	readonly texts: Readonly<Record<string, string>>;
}

/** What the build knows of a rule's package. */
export interface Package {
	/** The contract that it is built against, if it is not this SDK's own. */
	readonly contract?: string;
	readonly version: string;
	readonly texts: Readonly<Record<string, string>>;
}

/** What the plugin says of itself. */
export function manifest(rule: AnyRule, of: Package): Manifest {
	return {
		name: rule.name,
		version: rule.version ?? of.version,
		contract: of.contract ?? CONTRACT,
		settings: documentSchema(rule.settings),
		state_schema: rule.stateSchema ?? 1,
		texts: rule.texts ?? of.texts,
	};
}

/** The settings of a document, or everything that is wrong with it. */
export function settingsOf(rule: AnyRule, document: string): { settings: AnySettings } | { problems: Problem[] } {
	const read = readSettings(rule.settings, document);
	if ("problems" in read) return read;
	const problems = rule.check?.(read.settings) ?? [];
	return problems.length === 0 ? read : { problems };
}

/** The plan for a settings document, as the host reads it. */
export function planOf(rule: AnyRule, document: string): { plan: unknown } | { problems: Problem[] } {
	const read = settingsOf(rule, document);
	return "problems" in read ? read : { plan: planDocument(planned(rule.plan(read.settings))) };
}

/** What is stored of a key: its timers beside its state. */
interface Stored {
	readonly state: object;
	readonly timers: [Millis, string][];
}

interface Prepared {
	readonly document: string;
	readonly settings: AnySettings;
	readonly planned: Planned;
	/** A state at its very beginning, as it would be stored. */
	readonly absent: string;
}

/** A rule with its settings at hand. Calls are pure: the settings are kept only so as not to parse them each time. */
export class Adapter {
	readonly #rule: AnyRule;
	#prepared: Prepared | undefined;

	/** @param rule what is adapted */
	constructor(rule: AnyRule) {
		this.#rule = rule;
	}

	/**
	 * Applies the steps of a batch and the timers that are due.
	 * @throws if settings are wrong, a state can't be stored, or the rule throws; no effect counts then
	 */
	fold(document: string, batch: Batch, effects: Effects): Change[] {
		const prepared = this.#prepare(document);
		const keys = batch.slots.map((slot, index) => new Key(this.#rule, prepared, batch, slot, index, effects));
		const { time, slotOf } = batch;
		for (let step = 0; step < time.length; step += 1) {
			const key = keys[slotOf[step] as number];
			if (!key) throw new RangeError(`step ${step} names slot ${slotOf[step]}, which is not there`);
			key.fire(time[step] as number);
			key.step(step);
		}
		return keys.flatMap((key) => key.finish());
	}

	/**
	 * Closes a period; gives the new shared state.
	 * @throws as {@link fold}
	 */
	conclude(
		document: string,
		period: Period,
		entrants: readonly Entrant[],
		standings: readonly BoardStandings[],
		shared: Uint8Array,
		effects: Effects,
	): Uint8Array {
		const { settings, planned } = this.#prepare(document);
		const close = new Close({ settings, planned, period, entrants, standings, shared, effects });
		isDone(this.#rule.conclude?.(close), "conclude");
		return close.sharedBytes();
	}

	#prepare(document: string): Prepared {
		if (this.#prepared?.document !== document) {
			const read = settingsOf(this.#rule, document);
			if ("problems" in read) {
				const lines = read.problems.map((problem) => `${problem.field}: ${problem.message}`);
				throw new TypeError(`the settings are not valid: ${lines.join("; ")}`);
			}
			const { settings } = read;
			const absent = encodeJson({ state: beginning(this.#rule), timers: [] }, `the state of ${this.#rule.name}`);
			this.#prepared = { document, settings, planned: planned(this.#rule.plan(settings)), absent };
		}
		return this.#prepared;
	}
}

/** A key while its steps are applied. */
class Key {
	readonly #rule: AnyRule;
	readonly #slot: Slot;
	readonly #state: object;
	readonly #dueBefore: Millis | undefined;
	/** The state as it came, and as it is at the very beginning: JSON. */
	readonly #before: string;
	readonly #absent: string;
	/** One for all steps of the key: an engine within a component takes its time for each object. */
	readonly #in: Surroundings<AnySettings>;
	readonly #cx: Context<AnySettings>;
	#touched = false;

	constructor(rule: AnyRule, prepared: Prepared, batch: Batch, slot: Slot, index: number, effects: Effects) {
		this.#rule = rule;
		this.#slot = slot;
		this.#absent = prepared.absent;
		this.#before = slot.state.length > 0 ? decodeUtf8(slot.state) : "";
		let timers: Timers;
		if (this.#before !== "") {
			const stored = JSON.parse(this.#before) as Stored;
			this.#state = stored.state;
			timers = new Timers(stored.timers);
		} else {
			this.#state = beginning(rule);
			timers = new Timers();
		}
		this.#dueBefore = timers.next();
		const { settings, planned } = prepared;
		this.#in = { settings, planned, batch, slot: index, now: 0, agent: NONE, step: undefined, timers, effects };
		this.#cx = new Context(this.#in);
	}

	step(step: number): void {
		const rule = this.#rule;
		const at = this.#in;
		const batch = at.batch;
		at.agent = batch.agentOf[step] as number;
		at.now = batch.time[step] as number;
		at.step = step;
		this.#touched = true;
		const event = new Event(batch, step, at.planned);
		switch (batch.kind[step]) {
			case STEP.event:
				isDone(rule.onEvent(this.#state, event, this.#cx), "onEvent");
				break;
			case STEP.entered:
				isDone(rule.onEntered?.(this.#state, event, this.#cx), "onEntered");
				break;
			case STEP.left:
				isDone(rule.onLeft?.(this.#state, event, this.#cx), "onLeft");
				break;
		}
	}

	fire(until: Millis): void {
		const at = this.#in;
		if (at.timers.list.length === 0) return;
		for (let due = at.timers.popDue(until); due; due = at.timers.popDue(until)) {
			this.#touched = true;
			at.now = due[0];
			at.step = undefined;
			if (at.agent === NONE) {
				// Before the first step: the agent with the key's id, if the batch speaks of them.
				const own = at.batch.agents.findIndex((agent) => agent.id === this.#slot.id);
				at.agent = own < 0 ? NONE : own;
			}
			isDone(this.#rule.onTimer?.(this.#state, due[1], this.#cx), "onTimer");
		}
	}

	finish(): Change[] {
		this.fire(this.#slot.until);
		if (!this.#touched) return [];
		const timers = this.#in.timers;
		const wakeAt = timers.next();
		const text = encodeJson({ state: this.#state, timers: timers.list }, `the state of ${this.#slot.id}`);
		// An absent state reads as the one at the beginning, so that one is stored as absent: whether a key came back to it
		// within one call or over several makes no difference.
		const stored = text === this.#absent ? "" : text;
		if (wakeAt === this.#dueBefore && stored === this.#before) return [];
		return [{ slot: this.#in.slot, state: encodeUtf8(stored), wakeAt }];
	}
}

function beginning(rule: AnyRule): object {
	const state: unknown = rule.state?.() ?? {};
	if (typeof state !== "object" || state === null) {
		throw new TypeError(
			`the state of ${rule.name} begins as ${String(state)}: it has to be an object, as () => ({ run: 0 })`,
		);
	}
	return state;
}

/** A hook that gives something is mistaken: a promise never ends here, and a state is changed in place. */
function isDone(given: unknown, hook: string): void {
	if (given === undefined) return;
	const what =
		given instanceof Promise
			? "a promise: a rule runs at once and to its end, without async"
			: "a value: change the state in place";
	throw new TypeError(`${hook} returned ${what}`);
}

/**
 * A key's timers: they live inside its state and fire inside the rule.
 * @module
 */

import type { Millis } from "./time.ts";

/** Sorted by (time, name); at most one per name. */
export class Timers {
	/** As they are stored. */
	readonly list: [at: Millis, name: string][];

	/** @param list as it was stored */
	constructor(list: [Millis, string][] = []) {
		this.list = list;
	}

	set(name: string, at: Millis): void {
		this.cancel(name);
		const later = this.list.findIndex(([time, other]) => time > at || (time === at && other > name));
		this.list.splice(later < 0 ? this.list.length : later, 0, [at, name]);
	}

	cancel(name: string): void {
		const found = this.list.findIndex(([, other]) => other === name);
		if (found >= 0) this.list.splice(found, 1);
	}

	at(name: string): Millis | undefined {
		return this.list.find(([, other]) => other === name)?.[0];
	}

	next(): Millis | undefined {
		return this.list[0]?.[0];
	}

	/** Takes out the earliest one that is due. */
	popDue(until: Millis): [Millis, string] | undefined {
		const next = this.next();
		return next !== undefined && next <= until ? this.list.shift() : undefined;
	}
}

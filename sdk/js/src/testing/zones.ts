/**
 * The clocks of a test, as Node knows them.
 * @module
 */

import { DAY, HOUR, MINUTE, type Millis } from "../time.ts";
import type { Transition, Zone } from "../wit.ts";

/** The years whose changes of clocks a test knows. */
const YEARS = [2020, 2036] as const;

const known = new Map<string, readonly Transition[]>();

/**
 * A time zone by its IANA name, such as `Europe/Madrid`.
 * @throws RangeError if there is no such zone
 */
export function zoneNamed(name: string, holidays: readonly number[] = []): Zone {
	let transitions = known.get(name);
	if (!transitions) {
		transitions = changes(name);
		known.set(name, transitions);
	}
	return { name, transitions, holidays };
}

function changes(name: string): Transition[] {
	const clock = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
	const offsetAt = (at: Millis): number => {
		const zone = clock.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
		const parts = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(zone);
		const minutes = Number(parts?.[2] ?? 0) * 60 + Number(parts?.[3] ?? 0);
		return parts?.[1] === "-" ? -minutes : minutes;
	};
	let at = Date.UTC(YEARS[0], 0, 1);
	const end = Date.UTC(YEARS[1], 0, 1);
	let offset = offsetAt(at);
	const found: Transition[] = [{ at, offsetMinutes: offset }];
	for (; at < end; at += 7 * DAY) {
		const later = offsetAt(at + 7 * DAY);
		if (later === offset) continue;
		let [low, high] = [at, at + 7 * DAY];
		while (high - low > MINUTE) {
			const middle = low + Math.floor((high - low) / (2 * MINUTE)) * MINUTE;
			if (offsetAt(middle) === offset) low = middle;
			else high = middle;
		}
		found.push({ at: high, offsetMinutes: later });
		offset = later;
	}
	return found;
}

/** So many minutes, for `advance`. */
export const minutes = (n: number): Millis => n * MINUTE;
/** So many hours, for `advance`. */
export const hours = (n: number): Millis => n * HOUR;
/** So many times 24 hours, for `advance`: over a change of clocks the wall shows another time then. */
export const days = (n: number): Millis => n * DAY;

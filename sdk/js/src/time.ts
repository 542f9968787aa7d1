/**
 * Local days, weekdays and clock times, from the zones that a batch hands in. There is no clock here.
 * @module
 */

import type * as wit from "./wit.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

/** One minute, in milliseconds. */
export const MINUTE = 60_000;
/** One hour, in milliseconds. */
export const HOUR = 60 * MINUTE;
/** 24 hours, in milliseconds. Local days may be shorter or longer: see {@link LocalZone.startOf}. */
export const DAY = 24 * HOUR;

/** Days that a search for a working day looks at before it gives up. */
const SEARCH_DAYS = 366;
/** Every day of the week. */
export const ALL_DAYS = 0b111_1111;

/** Days of the week; Monday is 0, as in `workdays`. */
export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

const floorDiv = (a: number, b: number): number => Math.floor(a / b);

/** A day of the calendar. In a state keep its {@link number}. */
export class LocalDay {
	/** Days since 1970-01-01. */
	readonly number: number;

	/** @param number days since 1970-01-01; whole */
	constructor(number: number) {
		this.number = number;
	}

	/** The day of a date of the Gregorian calendar: year, month (1 to 12), day of month. */
	static of(year: number, month: number, day: number): LocalDay {
		// Days from civil: years begin in March, so that a leap day is a year's last.
		const y = year - (month <= 2 ? 1 : 0);
		const era = floorDiv(y, 400);
		const ofEra = y - era * 400;
		const ofYear = floorDiv(153 * ((month + 9) % 12) + 2, 5) + day - 1;
		const days = era * 146_097 + ofEra * 365 + floorDiv(ofEra, 4) - floorDiv(ofEra, 100) + ofYear - 719_468;
		return new LocalDay(days);
	}

	/**
	 * Reads `2026-03-02`.
	 * @throws RangeError if it is no date
	 */
	static parse(date: string): LocalDay {
		const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
		const day = parts && LocalDay.of(Number(parts[1]), Number(parts[2]), Number(parts[3]));
		if (!day || day.toString() !== date) throw new RangeError(`${JSON.stringify(date)} is no date such as 2026-03-02`);
		return day;
	}

	/** Year, month (1 to 12) and day of month (1 to 31). */
	date(): { year: number; month: number; day: number } {
		const z = this.number + 719_468;
		const era = floorDiv(z, 146_097);
		const ofEra = z - era * 146_097;
		const yearOfEra = floorDiv(
			ofEra - floorDiv(ofEra, 1_460) + floorDiv(ofEra, 36_524) - floorDiv(ofEra, 146_096),
			365,
		);
		const ofYear = ofEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100));
		const shifted = floorDiv(5 * ofYear + 2, 153);
		const day = ofYear - floorDiv(153 * shifted + 2, 5) + 1;
		const month = shifted < 10 ? shifted + 3 : shifted - 9;
		return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
	}

	/** So many days later; earlier if negative. */
	plus(days: number): LocalDay {
		return new LocalDay(this.number + days);
	}

	/** Days from `other` to this one. */
	since(other: LocalDay): number {
		return this.number - other.number;
	}

	/** Whether it is the same day. */
	equals(other: LocalDay): boolean {
		return this.number === other.number;
	}

	/** 0 for Monday to 6 for Sunday. */
	weekdayIndex(): number {
		// 1970-01-01 was a Thursday.
		return (((this.number + 3) % 7) + 7) % 7;
	}

	/** The day of the week. */
	weekday(): Weekday {
		return WEEKDAYS[this.weekdayIndex()] as Weekday;
	}

	/** The Monday of its week. */
	weekStart(): LocalDay {
		return this.plus(-this.weekdayIndex());
	}

	/** The first of its month. */
	monthStart(): LocalDay {
		return this.plus(1 - this.date().day);
	}

	/** Such as `2026-03-02`. */
	toString(): string {
		const { year, month, day } = this.date();
		return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
	}
}

/** A time on the wall, in minutes since midnight. */
export class ClockTime {
	/** 0 to 1439. */
	readonly minutes: number;

	/** @param minutes since midnight, 0 to 1439 */
	constructor(minutes: number) {
		this.minutes = minutes;
	}

	/** Hours (0 to 23) and minutes (0 to 59). */
	static of(hours: number, minutes = 0): ClockTime {
		return new ClockTime(hours * 60 + minutes);
	}

	/**
	 * Reads `09:30`, as a setting holds it.
	 * @throws RangeError if it is no time
	 */
	static parse(time: string): ClockTime {
		const parts = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
		if (!parts) throw new RangeError(`${JSON.stringify(time)} is no time such as 09:30`);
		return ClockTime.of(Number(parts[1]), Number(parts[2]));
	}

	/** Such as `09:30`. */
	toString(): string {
		const hours = String(floorDiv(this.minutes, 60)).padStart(2, "0");
		return `${hours}:${String(this.minutes % 60).padStart(2, "0")}`;
	}
}

/** A time zone with its calendar, as far as the batch reaches. */
export class LocalZone {
	readonly #zone: wit.Zone;

	/** @param zone as the contract has it */
	constructor(zone: wit.Zone) {
		this.#zone = zone;
	}

	/** IANA name, such as `Europe/Madrid`. */
	get name(): string {
		return this.#zone.name;
	}

	/** Local time minus UTC at an instant, in minutes. */
	offsetMinutes(at: Millis): number {
		const transitions = this.#zone.transitions;
		let low = 0;
		let high = transitions.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((transitions[middle] as wit.Transition).at <= at) low = middle + 1;
			else high = middle;
		}
		return transitions[Math.max(low - 1, 0)]?.offsetMinutes ?? 0;
	}

	/** The local day of an instant. */
	day(at: Millis): LocalDay {
		return new LocalDay(floorDiv(at + this.offsetMinutes(at) * MINUTE, DAY));
	}

	/** The time on the wall at an instant. */
	clock(at: Millis): ClockTime {
		const local = at + this.offsetMinutes(at) * MINUTE;
		return new ClockTime(floorDiv(local - floorDiv(local, DAY) * DAY, MINUTE));
	}

	/** The first instant at which the wall shows this on that day; in a gap, the gap's end. */
	instant(day: LocalDay, time: ClockTime): Millis {
		const local = day.number * DAY + time.minutes * MINUTE;
		// The offset just before and just after decide; the earlier instant that really shows the time counts.
		const before = local - this.offsetMinutes(local - DAY) * MINUTE;
		const after = local - this.offsetMinutes(local + DAY) * MINUTE;
		const shows = (at: Millis): boolean => at + this.offsetMinutes(at) * MINUTE === local;
		const candidates = before <= after ? [before, after] : [after, before];
		const found = candidates.find(shows);
		if (found !== undefined) return found;
		const [low = before, high = after] = candidates;
		return this.#zone.transitions.find((t) => t.at > low && t.at <= high)?.at ?? high;
	}

	/** When a local day begins: not always at midnight by the wall. */
	startOf(day: LocalDay): Millis {
		return this.instant(day, new ClockTime(0));
	}

	/** The next instant, later than `after`, at which the wall shows this. */
	next(after: Millis, time: ClockTime): Millis {
		const today = this.day(after);
		const at = this.instant(today, time);
		return at > after ? at : this.instant(today.plus(1), time);
	}

	/** Whether nobody works on this day. */
	isHoliday(day: LocalDay): boolean {
		return this.#zone.holidays.includes(day.number);
	}

	/** Whether a day is worked: by weekdays (bit 0 is Monday) and the zone's holidays. */
	isWorkday(day: LocalDay, workdays: number): boolean {
		return (workdays & (1 << day.weekdayIndex())) !== 0 && !this.isHoliday(day);
	}

	/** The last working day before `day`; none within a year is `undefined`. */
	previousWorkday(day: LocalDay, workdays: number): LocalDay | undefined {
		return this.#workday(day, workdays, -1);
	}

	/** The first working day after `day`; none within a year is `undefined`. */
	nextWorkday(day: LocalDay, workdays: number): LocalDay | undefined {
		return this.#workday(day, workdays, 1);
	}

	#workday(day: LocalDay, workdays: number, step: 1 | -1): LocalDay | undefined {
		for (let days = 1; days <= SEARCH_DAYS; days += 1) {
			const candidate = day.plus(step * days);
			if (this.isWorkday(candidate, workdays)) return candidate;
		}
		return undefined;
	}
}

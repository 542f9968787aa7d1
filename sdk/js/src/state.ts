/**
 * A key's state as it is stored: JSON, with the keys of objects in order, so that equal states are equal bytes.
 * @module
 */

import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

/** What a state may be made of: JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * A value as JSON text. Members that are `undefined` are left out.
 * @throws TypeError naming the place of what JSON can't hold
 */
export function encodeJson(value: unknown, at: string): string {
	switch (typeof value) {
		case "number":
			if (!Number.isFinite(value)) throw unfit(at, String(value));
			return String(value === 0 ? 0 : value);
		case "boolean":
			return value ? "true" : "false";
		case "string":
			return JSON.stringify(value);
		case "object":
			if (value === null) return "null";
			if (Array.isArray(value)) return `[${value.map((item, i) => encodeJson(item, `${at}[${i}]`)).join(",")}]`;
			return encodeObject(value, at);
		default:
			throw unfit(at, `a ${typeof value}`);
	}
}

function encodeObject(value: object, at: string): string {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) {
		throw unfit(at, `a ${value.constructor?.name ?? "object of a class"}`);
	}
	const members = value as Record<string, unknown>;
	const names = Object.keys(members).filter((name) => members[name] !== undefined);
	// By code unit, which no locale changes.
	if (names.length > 1) names.sort();
	const parts = names.map((name) => `${JSON.stringify(name)}:${encodeJson(members[name], `${at}.${name}`)}`);
	return `{${parts.join(",")}}`;
}

function unfit(at: string, what: string): TypeError {
	return new TypeError(
		`${at} is ${what}, which can't be stored: keep finite numbers, texts, booleans, lists and plain objects (of a LocalDay its number)`,
	);
}

/** A value as the bytes that are stored. */
export function encodeState(value: unknown, at: string): Uint8Array {
	return encodeUtf8(encodeJson(value, at));
}

/** What bytes stand for. */
export function decodeState(bytes: Uint8Array): unknown {
	return JSON.parse(decodeUtf8(bytes));
}

/** Whether two stored values are the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

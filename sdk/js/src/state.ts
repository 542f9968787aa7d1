/**
 * A key's state as it is stored: JSON, with the keys of objects in order, so that equal states are equal bytes.
 * @module
 */

import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

/** What a state may be made of: JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What JSON can't hold, as a message; the place is put before it by whoever knows it. */
class Unfit extends TypeError {
	/** From the inside out. */
	readonly path: string[] = [];
}

/**
 * A value as JSON text. Members that are `undefined` are left out. `at` is what the value is called.
 * @throws TypeError naming the place of what JSON can't hold
 */
export function encodeJson(value: unknown, at: string): string {
	try {
		return encoded(value);
	} catch (error) {
		if (!(error instanceof Unfit)) throw error;
		throw new TypeError(
			`${at}${error.path.reverse().join("")} is ${error.message}, which can't be stored: keep finite numbers, texts, booleans, lists and plain objects (of a LocalDay its number)`,
		);
	}
}

function encoded(value: unknown): string {
	switch (typeof value) {
		case "number":
			if (!Number.isFinite(value)) throw new Unfit(String(value));
			return String(value === 0 ? 0 : value);
		case "boolean":
			return value ? "true" : "false";
		case "string":
			return JSON.stringify(value);
		case "object":
			if (value === null) return "null";
			return Array.isArray(value) ? encodedList(value) : encodedObject(value);
		default:
			throw new Unfit(`a ${typeof value}`);
	}
}

function encodedList(items: readonly unknown[]): string {
	let text = "[";
	for (let i = 0; i < items.length; i += 1) {
		if (i > 0) text += ",";
		text += within(items[i], () => `[${i}]`);
	}
	return `${text}]`;
}

function encodedObject(value: object): string {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) {
		throw new Unfit(`a ${value.constructor?.name ?? "object of a class"}`);
	}
	const members = value as Record<string, unknown>;
	const names = Object.keys(members);
	// By code unit, which no locale changes.
	if (names.length > 1) names.sort();
	let text = "";
	for (const name of names) {
		if (members[name] === undefined) continue;
		text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${within(members[name], () => `.${name}`)}`;
	}
	return `{${text}}`;
}

/** A part of a value; its place is made a text only if something is wrong with it. */
function within(value: unknown, place: () => string): string {
	try {
		return encoded(value);
	} catch (error) {
		if (error instanceof Unfit) error.path.push(place());
		throw error;
	}
}

/** What bytes stand for. */
export function decodeState(bytes: Uint8Array): unknown {
	return JSON.parse(decodeUtf8(bytes));
}

/** A value as the bytes that are stored. */
export function encodeState(value: unknown, at: string): Uint8Array {
	return encodeUtf8(encodeJson(value, at));
}

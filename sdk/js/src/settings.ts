/**
 * What a manager sets: read with all its problems at once, and described as a JSON Schema for the form. Titles and help are
 * in English here; the texts translate them (`settings-<path>`, `settings-<path>.help`).
 * @module
 */

import type { Argument, Problem } from "./wit.ts";

/** A JSON Schema, as far as the form reads it. */
export type Schema = { [key: string]: unknown };

/** What every field of the form may have. */
export interface About<T> {
	/** What the form calls it. */
	readonly title: string;
	/** More about it. */
	readonly help?: string;
	/** What it is if nobody says; without one the field has to be given. */
	readonly default?: T;
}

/** Ranges of a number. */
export interface Range {
	/** Inclusive. */
	readonly min?: number;
	/** Inclusive. */
	readonly max?: number;
	/** Such as `s` or `%`, shown behind the field. */
	readonly unit?: string;
}

/** How many entries a list has. */
export interface Items {
	/** Inclusive. */
	readonly itemsMin?: number;
	/** Inclusive. */
	readonly itemsMax?: number;
}

/** Reads a value of a settings document, or notes what is wrong with it and gives `undefined`. */
type Read<T> = (value: unknown, at: string, problems: Problem[]) => T | undefined;

/** A field of the form; `T` is what a rule reads. */
export interface Field<T> {
	/** Its JSON Schema. */
	readonly schema: Schema;
	/** Reads it. */
	readonly read: Read<T>;
	/** What an absent one means. */
	readonly absent?: { readonly value: T };
}

/** The fields of a form, by name. */
export type Fields = { readonly [name: string]: Field<unknown> };

/** What a rule reads of a field. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** What a rule reads of a form: `SettingsOf<typeof fields>`. */
export type SettingsOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** A problem of a field: `problem("/tiers/1/at", "has to be more than 3, the tier before it")`. */
export function problem(field: string, message: string, args: readonly Argument[] = []): Problem {
	return { field, message, arguments: args };
}

/** A number. */
export function number(about: About<number> & Range): Field<number> {
	return ranged("number", about, "a number", (value) => typeof value === "number" && Number.isFinite(value));
}

/** A whole number. */
export function whole(about: About<number> & Range): Field<number> {
	return ranged("integer", about, "a whole number", Number.isSafeInteger);
}

/** Yes or no. */
export function flag(about: About<boolean>): Field<boolean> {
	return field({ type: "boolean" }, about, (value, at, problems) =>
		typeof value === "boolean" ? value : wrong(problems, at, "true or false", value),
	);
}

/** A text that is not empty. */
export function text(about: About<string>): Field<string> {
	return word(about);
}

/** The name of a metric of the catalogue. */
export function metric(about: About<string>): Field<string> {
	return word(about, "metric");
}

/** The id of a team. */
export function team(about: About<string>): Field<string> {
	return word(about, "team");
}

/** The name of a currency of the house. */
export function currency(about: About<string>): Field<string> {
	return word(about, "currency");
}

/** The name of a queue. */
export function queue(about: About<string>): Field<string> {
	return word(about, "queue");
}

/** One of several words, each with the title that the form shows. */
export function choice<K extends string>(choices: { readonly [word in K]: string }, about: About<K>): Field<K> {
	const words = Object.keys(choices) as K[];
	const oneOf = words.map((name) => ({ const: name, title: choices[name] }));
	return field({ type: "string", oneOf }, about, (value, at, problems) => {
		const found = words.find((name) => name === value);
		if (found === undefined) {
			problems.push(problem(at, `is ${shown(value)}, has to be one of ${words.join(", ")}`));
		}
		return found;
	});
}

/** A list of values of one kind. */
export function list<T>(of: Field<T>, about: About<readonly T[]> & Items): Field<readonly T[]> {
	const { itemsMin, itemsMax } = about;
	const schema = defined({ type: "array", items: of.schema, minItems: itemsMin, maxItems: itemsMax });
	return field(schema, about, (value, at, problems) => {
		if (!Array.isArray(value)) return wrong(problems, at, "a list", value);
		if (itemsMin !== undefined && value.length < itemsMin) {
			problems.push(problem(at, `has ${value.length} entries, needs at least ${itemsMin}`));
		}
		if (itemsMax !== undefined && value.length > itemsMax) {
			problems.push(problem(at, `has ${value.length} entries, may have at most ${itemsMax}`));
		}
		// Every item is read, so that every problem is found.
		const before = problems.length;
		const items = value.map((item, index) => of.read(item, `${at}/${index}`, problems));
		return problems.length === before ? (items as T[]) : undefined;
	});
}

/** Fields that belong together, such as a tier of a list. */
export function group<F extends Fields>(fields: F, about?: About<SettingsOf<F>>): Field<SettingsOf<F>> {
	return field(objectSchema(fields), about ?? { title: "" }, (value, at, problems) =>
		readObject(fields, value, at, problems),
	);
}

/** A field that need not be given: `undefined` then. */
export function optional<T>(of: Field<T>): Field<T | undefined> {
	const read: Read<T | undefined> = (value, at, problems) =>
		value === null ? undefined : of.read(value, at, problems);
	return { schema: of.schema, read, absent: { value: undefined } };
}

/** The JSON Schema of a whole settings document. */
export function documentSchema(fields: Fields): Schema {
	return { ...objectSchema(fields), $schema: "https://json-schema.org/draft/2020-12/schema" };
}

/** Reads a settings document: the settings, or everything that is wrong with it, by field. */
export function readSettings<F extends Fields>(
	fields: F,
	document: string,
): { settings: SettingsOf<F> } | { problems: Problem[] } {
	let value: unknown;
	try {
		value = JSON.parse(document);
	} catch (error) {
		return { problems: [problem("", `is no JSON document: ${error instanceof Error ? error.message : error}`)] };
	}
	const problems: Problem[] = [];
	const settings = readObject(fields, value, "", problems);
	if (settings !== undefined && problems.length === 0) return { settings };
	return { problems: problems.length > 0 ? problems : [problem("", "can't be read")] };
}

function field<T>(kind: Schema, about: About<T>, read: Read<T>): Field<T> {
	const { title, help } = about;
	const schema = defined({ ...kind, title: title || undefined, description: help, default: about.default });
	return about.default === undefined ? { schema, read } : { schema, read, absent: { value: about.default } };
}

function ranged(
	type: "number" | "integer",
	about: About<number> & Range,
	wanted: string,
	fits: (value: unknown) => boolean,
): Field<number> {
	const { min, max, unit } = about;
	const schema = defined({ type, minimum: min, maximum: max, "x-plaudit-unit": unit });
	return field(schema, about, (value, at, problems) => {
		if (!fits(value)) return wrong(problems, at, wanted, value);
		const given = value as number;
		if (min !== undefined && given < min) problems.push(problem(at, `is ${given}, has to be at least ${min}`));
		if (max !== undefined && given > max) problems.push(problem(at, `is ${given}, may be at most ${max}`));
		return given;
	});
}

function word(about: About<string>, pick?: string): Field<string> {
	return field(defined({ type: "string", minLength: 1, "x-plaudit": pick }), about, (value, at, problems) =>
		typeof value === "string" && value !== "" ? value : wrong(problems, at, "a text that is not empty", value),
	);
}

function objectSchema(fields: Fields): Schema {
	const names = Object.keys(fields);
	return {
		type: "object",
		properties: Object.fromEntries(names.map((name) => [name, fields[name]?.schema])),
		required: names.filter((name) => fields[name]?.absent === undefined),
		additionalProperties: false,
	};
}

/** Notes unknown fields first, which are misspelt ones. */
function readObject<F extends Fields>(
	fields: F,
	value: unknown,
	at: string,
	problems: Problem[],
): SettingsOf<F> | undefined {
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		return wrong(problems, at, "an object", value);
	}
	const given = value as Record<string, unknown>;
	const known = Object.keys(fields);
	const before = problems.length;
	for (const name of Object.keys(given).filter((name) => !known.includes(name))) {
		problems.push(problem(`${at}/${name}`, `is no setting; there are: ${known.join(", ")}`));
	}
	const read: Record<string, unknown> = {};
	for (const name of known) {
		const of = fields[name] as Field<unknown>;
		if (Object.hasOwn(given, name)) read[name] = of.read(given[name], `${at}/${name}`, problems);
		else if (of.absent) read[name] = of.absent.value;
		else problems.push(problem(`${at}/${name}`, "is missing"));
	}
	return problems.length === before ? (read as SettingsOf<F>) : undefined;
}

function wrong(problems: Problem[], at: string, wanted: string, value: unknown): undefined {
	problems.push(problem(at, `has to be ${wanted}, not ${shown(value)}`));
	return undefined;
}

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** Without what is `undefined`. */
function defined(schema: Schema): Schema {
	return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

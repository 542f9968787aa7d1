/**
 * What a rule must not use, because the same events have to give the same result everywhere: each of it throws, and says
 * what to write instead.
 * @module
 */

const CLOCK = "a rule has no clock: use cx.now(), event.time(), cx.today() or cx.clock()";
const CHANCE = "a rule throws no dice: give tickets (cx.tickets) or try a chance (cx.tryChance); a draw is the host's";
const LATER = "a rule runs at once and to its end: set a timer with cx.timer(name, at), which calls onTimer";
const LOCALE =
	"a rule knows no language: give the number or day to a text (with: { n }), and the host writes it as the reader does";
const OUTSIDE = "a rule sees nothing but what it is handed: put it into the settings, or send it as events";
const GARBAGE = "when memory is freed is not the same everywhere: keep what the rule remembers in its state";

/** Globals that throw when they are used, and what to do instead. */
const GLOBALS: readonly (readonly [name: string, advice: string])[] = [
	["Date", CLOCK],
	["performance", CLOCK],
	["Temporal", CLOCK],
	["crypto", CHANCE],
	["Intl", LOCALE],
	...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame"].map(
		(name) => [name, LATER] as const,
	),
	...[
		"fetch",
		"XMLHttpRequest",
		"WebSocket",
		"EventSource",
		"process",
		"require",
		"navigator",
		"location",
		"localStorage",
	].map((name) => [name, OUTSIDE] as const),
	["console", "a rule has no console: use cx.log(line)"],
	["WeakRef", GARBAGE],
	["FinalizationRegistry", GARBAGE],
];

/** Methods that throw when they are called. */
const METHODS: readonly (readonly [on: object, whose: string, name: string, advice: string])[] = [
	[Math, "Math", "random", CHANCE],
	[Number.prototype, "Number.prototype", "toLocaleString", LOCALE],
	[Array.prototype, "Array.prototype", "toLocaleString", LOCALE],
	[Object.prototype, "Object.prototype", "toLocaleString", LOCALE],
	[String.prototype, "String.prototype", "localeCompare", "a rule knows no language: compare with < and >"],
	[String.prototype, "String.prototype", "toLocaleLowerCase", "a rule knows no language: use toLowerCase()"],
	[String.prototype, "String.prototype", "toLocaleUpperCase", "a rule knows no language: use toUpperCase()"],
];

/** A use of what is not the same everywhere. */
export class ImpureError extends Error {
	override readonly name = "ImpureError";
}

function impure(name: string, advice: string): never {
	throw new ImpureError(`${name} is not for rules: ${advice}`);
}

/** What stands in for a global: whatever is done with it throws. */
function forbidden(name: string, advice: string): unknown {
	const refuse = (): never => impure(name, advice);
	return new Proxy(function refused() {}, {
		get: refuse,
		set: refuse,
		has: refuse,
		apply: refuse,
		construct: refuse,
	});
}

/** A property as it was, and where. */
type Before = readonly [on: object, name: string, was: PropertyDescriptor | undefined];

let replacements: [on: object, name: string, by: unknown][] | undefined;

function all(): [on: object, name: string, by: unknown][] {
	replacements ??= [
		...GLOBALS.map(([name, advice]): [object, string, unknown] => [globalThis, name, forbidden(name, advice)]),
		...METHODS.map(([on, whose, name, advice]): [object, string, unknown] => [
			on,
			name,
			() => impure(`${whose}.${name}`, advice),
		]),
	];
	return replacements;
}

/** Takes away for good what a rule must not use: within a component. */
export function guardForGood(): void {
	install();
}

/** Runs `body` without what a rule must not use, and puts it back afterwards: within a test. */
export function guarded<T>(body: () => T): T {
	const before = install();
	try {
		return body();
	} finally {
		for (const [on, name, was] of before) {
			if (was) Object.defineProperty(on, name, was);
			else Reflect.deleteProperty(on, name);
		}
	}
}

function install(): Before[] {
	return all().map(([on, name, value]): Before => {
		const was = Object.getOwnPropertyDescriptor(on, name);
		Object.defineProperty(on, name, { value, configurable: true, enumerable: false, writable: true });
		return [on, name, was];
	});
}

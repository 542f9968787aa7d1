#!/usr/bin/env node
// What `plaudit plugin` and `npm test` start in a rule's folder: `plaudit-js build`, `plaudit-js test`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BuildProblem, build } from "./build.mjs";

const HELP = `plaudit-js build [--out FILE] [--json]   the rule of this folder as a component
plaudit-js test [arguments of node]      its tests (test/*.test.ts), under node --test`;

/** Runs the tests of this folder; gives the exit code. */
function test(given) {
	const folder = "test";
	const names = existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
	const files = names.filter((name) => name.endsWith(".test.ts")).sort();
	if (files.length === 0) {
		console.error(`there is no ${join(folder, "*.test.ts")} here: go to the rule's folder, or write a test`);
		return 1;
	}
	const register = new URL("./register.mjs", import.meta.url).href;
	const command = ["--import", register, "--enable-source-maps", ...given, "--test"];
	const ended = spawnSync(process.execPath, [...command, ...files.map((name) => join(folder, name))], {
		stdio: "inherit",
	});
	return ended.status ?? 1;
}

/** The value behind an option, if it is given. */
function option(given, name) {
	const at = given.indexOf(name);
	return at < 0 ? undefined : given[at + 1];
}

const [verb, ...given] = process.argv.slice(2);
// Each way ends with `process.exit`: whoever leaves it to Node waits for its compiler's threads, and now and then forever
// (https://github.com/nodejs/node/issues/54918).
try {
	if (verb === "build") {
		const built = await build(process.cwd(), option(given, "--out"));
		console.log(given.includes("--json") ? JSON.stringify(built) : `${built.component}: ${built.bytes} bytes`);
		process.exit(0);
	} else if (verb === "test") {
		process.exit(test(given));
	} else {
		console.error(HELP);
		process.exit(2);
	}
} catch (error) {
	if (!(error instanceof BuildProblem)) throw error;
	console.error(error.message);
	process.exit(1);
}

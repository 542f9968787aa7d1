import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

interface Built {
	readonly component: string;
	readonly bytes: number;
	readonly package: string;
	readonly fresh: boolean;
}

// The tool is plain JavaScript: Node runs it as it is.
const tool = new URL("../tool/build.mjs", import.meta.url).href;
const { build } = (await import(tool)) as { build: (folder: string) => Promise<Built> };

const made: string[] = [];
after(() => {
	for (const folder of made) rmSync(folder, { recursive: true });
});

/** A rule's folder with this at the rule's beginning and in its hook. */
function folder(top = "", hook = ""): string {
	const at = mkdtempSync(join(tmpdir(), "plaudit-rule-"));
	made.push(at);
	for (const inside of ["src", "texts", "node_modules/@plaudit"]) mkdirSync(join(at, inside), { recursive: true });
	symlinkSync(new URL("..", import.meta.url).pathname, join(at, "node_modules/@plaudit/sdk"));
	const manifest = { name: "@acme/small", version: "2.0.0", type: "module", plaudit: { rule: "src/rule.ts" } };
	writeFileSync(join(at, "package.json"), JSON.stringify(manifest));
	writeFileSync(join(at, "texts/en.ftl"), "small = Small\n");
	const rule = `import { defineRule } from "@plaudit/sdk";
${top}
export default defineRule({
	name: "small",
	settings: {},
	plan: () => ({ per: "agent", metrics: ["csat"] }),
	onEvent() {${hook}},
});
`;
	writeFileSync(join(at, "src/rule.ts"), rule);
	return at;
}

test("a rule becomes a component without WASI, and is not built again when nothing changed", async () => {
	const at = folder();
	const built = await build(at);
	assert.equal(built.component, join(at, "target/plugins/acme-small.wasm"));
	assert.deepEqual([built.package, built.fresh], ["@acme/small", true]);
	assert.deepEqual(await build(at), { ...built, fresh: false });
	writeFileSync(join(at, "texts/en.ftl"), "small = Smaller\n");
	assert.equal((await build(at)).fresh, true, "texts are part of the component");
});

test("an import that no rule can have is named by file and line, with what to write instead", async () => {
	const cases: [string, RegExp][] = [
		[
			'import { readFileSync } from "node:fs";\nexport const read = readFileSync;',
			/src\/rule\.ts:2:\d+: a rule can't import "node:fs": .*settings/,
		],
		['import "crypto";', /"crypto": a draw is the host's/],
		['import "wasi:clocks/wall-clock@0.2.6";', /there is no clock: use cx\.now\(\)/],
		['import "plaudit:rule/effects@1.0.0";', /cx\.award/],
		['import "lodash-is-not-there";', /src\/rule\.ts:2:\d+: Could not resolve "lodash-is-not-there"/],
		["const x: = 1;", /src\/rule\.ts:2:\d+: /],
	];
	for (const [top, message] of cases) {
		await assert.rejects(build(folder(top)), message, top);
	}
});

test("what the rule's file does when it is first run is said by its own line", async () => {
	await assert.rejects(build(folder("const seed = Math.random();\nconsole.log(seed);")), {
		message: /fails when it is first run: Error: Math\.random is not for rules: .*\n {2}at src\/rule\.ts:2/,
	});
});

test("a folder that names no rule says what to write", async () => {
	const at = folder();
	writeFileSync(join(at, "package.json"), JSON.stringify({ name: "x", plaudit: { rule: "src/none.ts" } }));
	await assert.rejects(build(at), /write "plaudit": \{ "rule": "src\/rule\.ts" \}/);
});

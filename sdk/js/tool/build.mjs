// From a rule's folder to a component: bundle, then snapshot the rule within the engine, without anything of WASI.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { linesOf } from "./lines.mjs";
import { packageOf, versionOf } from "./packages.mjs";

/** What the author of the rule can do something about. */
export class BuildProblem extends Error {}

/** Says in a component what runs in it: an interpreted rule has limits of its own. */
const LANGUAGE_SECTION = "plaudit:language";
/** The contract: in the package, or in the checkout. */
const WIT = ["../wit", "../../wit"].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Builds the rule of a folder; gives where the component is, and whether it was there already. */
export async function build(folder, out) {
	const described = ruleOf(folder);
	const wit = WIT.find((path) => existsSync(path));
	const contract = contractOf(wit);
	const component = out ?? join(folder, "target", "plugins", `${described.file}.wasm`);
	const bundle = await bundled(folder, described, contract);
	const stamp = stampOf([bundle.code, contract, versionOf("componentize-qjs", folder), readAll(wit)]);
	const stampFile = `${component}.stamp`;
	if (existsSync(component) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) {
		return { component, bytes: readFileSync(component).length, package: described.name, fresh: false };
	}
	const bytes = Buffer.concat([await componentized(folder, wit, bundle), section(LANGUAGE_SECTION, "typescript")]);
	mkdirSync(dirname(component), { recursive: true });
	writeFileSync(`${component}.part`, bytes);
	renameSync(`${component}.part`, component);
	writeFileSync(stampFile, stamp);
	return { component, bytes: bytes.length, package: described.name, fresh: true };
}

/** What the package says of the rule. */
function ruleOf(folder) {
	const file = join(folder, "package.json");
	const { name, version, plaudit } = JSON.parse(readFileSync(file, "utf8"));
	const rule = plaudit?.rule;
	if (!rule || !existsSync(join(folder, rule))) {
		throw new BuildProblem(`${file} names no rule: write "plaudit": { "rule": "src/rule.ts" } with the rule's file`);
	}
	const texts = join(folder, plaudit.texts ?? "texts");
	const locales = existsSync(texts)
		? readdirSync(texts)
				.filter((of) => of.endsWith(".ftl"))
				.sort()
		: [];
	const read = (of) => [basename(of, ".ftl"), readFileSync(join(texts, of), "utf8")];
	const of = { version: version ?? "0.0.0", texts: Object.fromEntries(locales.map(read)) };
	return { name, file: name.replace(/^@/, "").replaceAll("/", "-"), rule, of };
}

/** The version of the contract that the SDK has beside it. */
function contractOf(wit) {
	const found = /^package plaudit:rule@([^;\s]+);/m.exec(readAll(wit));
	if (!found) throw new BuildProblem(`${wit} holds no contract: the SDK is not whole, install it again`);
	return found[1];
}

function readAll(folder) {
	const files = readdirSync(folder)
		.filter((name) => name.endsWith(".wit"))
		.sort();
	return files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
}

/** The rule with the SDK as one module. */
async function bundled(folder, { rule, of }, contract) {
	const { build } = await packageOf("esbuild", folder);
	const entry = `import "@plaudit/sdk/guard";
import * as effects from "plaudit:rule/effects@${contract}";
import * as log from "plaudit:rule/log@${contract}";
import { connect } from "@plaudit/sdk/component";
import rule from ${JSON.stringify(`./${rule}`)};
const exported = connect(rule, ${JSON.stringify({ contract: `plaudit:rule@${contract}`, ...of })}, effects, log, () => JSON.parse(PLAUDIT_LINES));
export const { describe, plan, fold, conclude } = exported;
`;
	const built = await build({
		stdin: { contents: entry, resolveDir: folder, sourcefile: "component" },
		absWorkingDir: folder,
		bundle: true,
		write: false,
		outfile: "rule.js",
		format: "esm",
		platform: "neutral",
		mainFields: ["module", "main"],
		target: "es2022",
		charset: "utf8",
		sourcemap: "external",
		logLevel: "silent",
		plugins: [{ name: "nothing-but-the-contract", setup: refuseImports }],
	}).catch((error) => {
		throw new BuildProblem(error.errors?.map(told).join("\n") ?? String(error));
	});
	const [map, code] = ["rule.js.map", "rule.js"].map(
		(name) => built.outputFiles.find((file) => file.path.endsWith(name)).text,
	);
	const own = (source) => !source.startsWith("..") && !source.includes("node_modules") && source !== "component";
	const lines = linesOf(code, JSON.parse(map), own);
	return { code: `${code}var PLAUDIT_LINES = ${JSON.stringify(JSON.stringify(lines))};\n`, lines };
}

/** An error of the bundler, as the tools of an editor understand it. */
function told({ text, location }) {
	return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}

/** What a rule imports is bundled; what is not there in a component is refused by name, with what to write instead. */
function refuseImports(bundler) {
	const node = new Set(builtinModules);
	bundler.onResolve({ filter: /^(plaudit|wasi|node|https?):|^[a-z_]+(\/|$)/ }, ({ path, importer }) => {
		const [scheme] = path.split(":");
		if (scheme === "plaudit" && importer.endsWith("component")) return { path, external: true };
		if (scheme === "plaudit")
			return refused(path, "give awards with cx.award, scores with cx.score, lines with cx.log");
		if (scheme === "wasi") return refused(path, insteadOf(path));
		if (scheme === "http" || scheme === "https")
			return refused(path, "install it as a package, so that its version is locked");
		const name = path.replace(/^node:/, "");
		if (path.startsWith("node:") || node.has(name)) return refused(path, insteadOf(name));
		return undefined;
	});
}

function insteadOf(name) {
	if (/random|crypto/.test(name)) return "a draw is the host's: give tickets with cx.tickets";
	if (/clock|timer|perf/.test(name)) return "there is no clock: use cx.now()";
	return "a rule sees nothing but what it is handed: put it into the settings, or send it as events";
}

function refused(path, advice) {
	return { errors: [{ text: `a rule can't import ${JSON.stringify(path)}: ${advice}` }] };
}

/** The snapshot of the rule within the engine. */
async function componentized(folder, wit, { code, lines }) {
	const { componentize } = await packageOf("componentize-qjs", folder);
	try {
		const made = await componentize({ witPath: wit, world: "rule", jsSource: code, stubWasi: true, sync: true });
		return made.component;
	} catch (error) {
		throw new BuildProblem(
			`the rule's file fails when it is first run: ${inOwnLines(String(error?.message ?? error), lines)}`,
		);
	}
}

/** What the engine says, with the rule's own files and lines instead of the bundle's. */
function inOwnLines(said, { files, lines }) {
	const [first = "", ...frames] = said.trim().split("\n");
	const own = frames.flatMap((frame) => {
		const at = lines[Number(/user\.js:(\d+)/.exec(frame)?.[1]) - 1];
		return at ? [`  at ${files[at[0]]}:${at[1]}`] : [];
	});
	return [first.replace(/^.*module evaluation: /, ""), ...own].join("\n");
}

/** A custom section. */
function section(name, text) {
	const [title, data] = [Buffer.from(name), Buffer.from(text)];
	const body = Buffer.concat([Buffer.from(leb128(title.length)), title, data]);
	return Buffer.concat([Buffer.from([0, ...leb128(body.length)]), body]);
}

function leb128(number) {
	return number < 128 ? [number] : [(number & 127) | 128, ...leb128(number >>> 7)];
}

function stampOf(parts) {
	const hash = createHash("sha256");
	for (const part of parts) hash.update(String(part.length)).update("\n").update(part);
	return hash.digest("hex");
}

// The hooks behind `register`: run by Node on a thread of their own.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { packageOf } from "./packages.mjs";

/** Node's load hook: TypeScript files become modules, everything else is Node's. */
export async function load(url, context, next) {
	if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
	const file = fileURLToPath(url);
	const { transform } = await packageOf("esbuild", process.cwd());
	const source = await readFile(file, "utf8");
	const { code } = await transform(source, {
		loader: "ts",
		format: "esm",
		target: "es2022",
		sourcefile: file,
		sourcemap: "inline",
	});
	return { format: "module", source: code, shortCircuit: true };
}

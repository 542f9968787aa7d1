// Packages of the rule that is built: it names their versions, not the SDK.
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A package as the rule's folder has it, else as the SDK's own folder has it. */
export async function packageOf(name, folder) {
	return import(pathToFileURL(resolved(name, folder)).href);
}

/** The version of a package. */
export function versionOf(name, folder) {
	return createRequire(resolved(name, folder))(`${name}/package.json`).version;
}

function resolved(name, folder) {
	const from = [join(folder, "package.json"), fileURLToPath(new URL("../package.json", import.meta.url))];
	for (const place of from) {
		try {
			return createRequire(place).resolve(name);
		} catch (error) {
			if (error.code !== "MODULE_NOT_FOUND") throw error;
		}
	}
	throw new Error(`the package ${name} is not there: run \`npm ci\` in ${folder}, or add it to its devDependencies`);
}

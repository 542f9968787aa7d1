// Before the package is packed: the contract is taken along, whose only copy stands beside the SDKs.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
cpSync(at("../../wit"), at("../wit"), { recursive: true });

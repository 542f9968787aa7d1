// Before the package is packed: the contract is taken along, whose only copy stands beside the SDKs.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const isContract = (path) => !path.includes("released");
cpSync(at("../../wit"), at("../wit"), { recursive: true, filter: isContract });

// Verifies one webhook with the official npm library `standardwebhooks`.
// Input: {"secret", "body", "headers"} on stdin. Prints the verified `type`; fails otherwise.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

// The library is installed beside the build, not beside this script.
const require = createRequire(`${process.argv[2]}/package.json`);
const { Webhook } = require("standardwebhooks");
const { secret, body, headers } = JSON.parse(readFileSync(0, "utf8"));
console.log(new Webhook(secret).verify(body, headers).type);

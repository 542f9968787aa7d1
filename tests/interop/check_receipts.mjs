// Checks receipts with the checker of the pages: node check_receipts.mjs checker.mjs. Reads a JSON list of receipts, each in
// hex, and prints for each one null if it holds, or the step that found that it does not; of those that hold also the winners.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { check, Broken } = await import(pathToFileURL(process.argv[2]));
const answers = [];
for (const receipt of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    const { winners } = await check(Buffer.from(receipt, "hex"));
    answers.push({ step: null, winners: [...winners].sort(([a], [b]) => a - b).map(([, entrant]) => entrant) });
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    answers.push({ step: error.step, winners: [] });
  }
}
console.log(JSON.stringify(answers));

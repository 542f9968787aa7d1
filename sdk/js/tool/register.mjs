// `node --import @plaudit/sdk/register`: TypeScript as it is written, its types left out, lines kept.
import { register } from "node:module";

register("./strip.mjs", import.meta.url);

/**
 * Takes away what a rule must not use before the rule's own file is run. The build imports it first.
 * @module
 */

import { guardForGood } from "./guard.ts";

guardForGood();

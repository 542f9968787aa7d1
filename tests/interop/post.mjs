// Posts sales with the official npm library `cloudevents`, one in each mode.
// Input: {"url", "token", "at", "agent"} on stdin. Prints {mode: [status, answer]}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

// The library is installed beside the build, not beside this script.
const require = createRequire(`${process.argv[2]}/package.json`);
const { CloudEvent, HTTP, Mode, emitterFor } = require("cloudevents");
const { url, token, at, agent } = JSON.parse(readFileSync(0, "utf8"));
const authorization = `Bearer ${token}`;

const sale = (id, amount) =>
  new CloudEvent({
    id: `npm-${id}`,
    source: "/shop/npm",
    type: "sale.closed",
    subject: `agent/${agent}`,
    time: at,
    entity: `order-npm-${id}`,
    revision: "1",
    data: { amount, currency: "EUR", product: "plan" },
  });

const send = async ({ headers, body }) => {
  const answer = await fetch(url, { method: "POST", headers: { ...headers, authorization }, body });
  return [answer.status, await answer.json()];
};
const emit = (mode) => emitterFor(send, { mode });
const structured = [sale("list-1", 1000), sale("list-2", 10000)].map((event) => HTTP.structured(event).body);

console.log(
  JSON.stringify({
    binary: await emit(Mode.BINARY)(sale("binary", 10)),
    structured: await emit(Mode.STRUCTURED)(sale("structured", 100)),
    // The library reads batches but writes none: the list is ours, its events are the library's.
    batch: await send({
      headers: { "content-type": "application/cloudevents-batch+json" },
      body: `[${structured.join(",")}]`,
    }),
  }),
);

// Checks a receipt in the browser: draws again from what the receipt says, and compares. It shares nothing with the server's
// own code but the page `docs/draws.md`. It runs under Node as well, where tests give it receipts that were tampered with.
// The steps are those of that page, section "What to check"; the first one that fails ends the check.

const WINNERS_MAX = 10_000;
const TICKETS_MAX = 10 ** 12;
const CHANCES = "version incentive period chance seed_hash tries list_hash sealed_block seed won proves does_not_prove digest".split(" ");
const FIELDS = ("version incentive period draw method seed_hash list list_hash sealed_block seed beacon beacon_left_out prizes " +
  "excluded winners proves does_not_prove digest appendix").split(" ");
const BEACON = "source chain round sealed_at previous_signature signature value".split(" ");
const ITEM = "number excluded reason block place replaced_by previous digest".split(" ");

const PROVES = [
  "The seed was fixed when the period opened, if seed_hash is what was published then.",
  "The list was fixed before the seed was revealed, if list_hash is what was published when it was sealed.",
  "The winners follow from the seed, the list, the prizes and the exclusions; nobody chose them.",
];
const BEACON_PROVES = ["Whoever knew the seed could not know the winners when the list was sealed, if the beacon's signature holds."];
const SEED_OPEN = ["That the operator did not know the seed before the list was sealed."];
const BEACON_OPEN = ["That the beacon's nodes did not know its value before the list was sealed."];
const OPEN = ["That the tickets were earned.", "That an exclusion or a disqualification was just."];
const CHANCES_PROVE = [
  "The seed was fixed when the period opened, if seed_hash is what was published then.",
  "The list of tries was fixed before the seed was revealed, if list_hash is what was published when it was sealed.",
  "Each win and each miss follows from the seed and the names of the try; nobody chose them.",
];
const CHANCES_OPEN = [
  "That the operator did not know the seed while the period was open.",
  "That the tries were earned, or that none was taken out before the list was sealed.",
];

/** What does not hold, by the step that found it: form, seed, list, beacon, draw, said, digest, appendix. */
export class Broken extends Error {
  constructor(step, what) {
    super(what);
    this.step = step;
  }
}

const demand = (step, holds, otherwise) => {
  if (!holds) throw new Broken(step, otherwise);
};

const utf8 = new TextEncoder();
const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const compareBytes = (a, b) => {
  const [left, right] = [utf8.encode(a), utf8.encode(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    if (left[i] !== right[i]) return left[i] - right[i];
  }
  return left.length - right.length;
};
/** An object as a map in the order of its names' bytes. Objects put names such as "7" first, and know "__proto__". */
const byBytes = (object) => new Map(Object.entries(object).sort(([a], [b]) => compareBytes(a, b)));

// ---- Shapes: what is not exactly of its kind is no receipt.

const isText = (value) => typeof value === "string" && !/[\ud800-\udfff]/u.test(value);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isHex = (value, digits) => isText(value) && /^[0-9a-f]*$/.test(value) && (digits ? value.length === digits : value.length % 2 === 0);
const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value, of) => Array.isArray(value) && value.every(of);
const hasFields = (value, names) => isPlain(value) && same(Object.keys(value), names);

function checkShape(r) {
  const texts = [r.version, r.incentive, r.period, r.draw, r.seed_hash, r.list_hash, r.digest];
  const shapes = [
    texts.every(isText) && ["weighted", "equal"].includes(r.method),
    isPlain(r.list) && Object.keys(r.list).every(isText) && Object.values(r.list).every(isCount),
    isCount(r.sealed_block) && isHex(r.seed, 64),
    r.beacon === null || (hasFields(r.beacon, BEACON) && isCount(r.beacon.round) && Number.isSafeInteger(r.beacon.sealed_at) &&
      ["source", "chain", "previous_signature", "signature", "value"].every((name) => isText(r.beacon[name]))),
    r.beacon_left_out === null || (hasFields(r.beacon_left_out, ["actor", "reason"]) && Object.values(r.beacon_left_out).every(isText)),
    isList(r.prizes, (prize) => Array.isArray(prize) && prize.length === 2 && isText(prize[0]) && isCount(prize[1]) && prize[1] < 2 ** 32),
    isPlain(r.excluded) && Object.entries(r.excluded).flat().every(isText),
    isList(r.winners, (w) => hasFields(w, ["entrant", "prize", "index"]) && isText(w.entrant) && isText(w.prize) && isCount(w.index)),
    isList(r.proves, isText) && isList(r.does_not_prove, isText),
    isList(r.appendix, (item) => hasFields(item, ITEM) && isCount(item.number) && isText(item.excluded) && isText(item.reason) &&
      isCount(item.block) && (item.place === null || isCount(item.place)) && (item.replaced_by === null || isText(item.replaced_by)) &&
      isText(item.previous) && isText(item.digest)),
  ];
  demand("form", shapes.every(Boolean), "a part of it is not what a receipt has there");
}

// ---- The only form: two spaces, one value a line.

function write(value, indent = "") {
  const inner = `${indent}  `;
  const block = (open, lines, close) => (lines.length ? `${open}\n${lines.map((l) => inner + l).join(",\n")}\n${indent}${close}` : open + close);
  if (Array.isArray(value)) return block("[", value.map((item) => write(item, inner)), "]");
  const entries = value instanceof Map ? [...value] : isPlain(value) ? Object.entries(value) : null;
  if (entries) return block("{", entries.map(([name, item]) => `${JSON.stringify(name)}: ${write(item, inner)}`), "}");
  return JSON.stringify(value);
}

function checkForm(text, r) {
  demand("form", same(Object.keys(r), r.version === "plaudit chances 1" ? CHANCES : FIELDS), "its fields are others");
  const ordered = r.version === "plaudit chances 1" ? r : { ...r, list: byBytes(r.list), excluded: byBytes(r.excluded) };
  demand("form", `${write(ordered)}\n` === text, "this is not how a receipt is written: it was altered or written anew");
}

/** Lines of a text that a digest covers. */
function lines(...all) {
  const escaped = (part) => String(part).replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return utf8.encode(all.map((parts) => `${parts.map(escaped).join("\t")}\n`).join(""));
}

// ---- Drawing.

async function* words(prefix) {
  for (let i = 0n; ; i += 1n) {
    const counter = new Uint8Array(8);
    new DataView(counter.buffer).setBigUint64(0, i);
    const digest = await sha256(join(prefix, counter));
    yield new DataView(digest.buffer).getBigUint64(0);
  }
}

/** The next number below n; the words at the top would favour small numbers and are dropped. */
async function below(n, stream) {
  const end = 2n ** 64n - (2n ** 64n % n);
  for (;;) {
    const { value } = await stream.next();
    if (value < end) return value % n;
  }
}

const listText = (list) => utf8.encode([...byBytes(list)].map(([entrant, count]) => `${entrant}\t${count}\n`).join(""));

/** All entrants, in the order in which they are drawn. */
async function* order(r) {
  const beacon = r.beacon ? unhex(r.beacon.value) : new Uint8Array();
  const stream = words(join(unhex(r.seed), await sha256(listText(r.list)), beacon));
  const left = [...byBytes(r.list)].map(([entrant, count]) => [entrant, r.method === "equal" ? 1n : BigInt(count)]);
  let total = left.reduce((sum, [, weight]) => sum + weight, 0n);
  while (left.length) {
    let ticket = await below(total, stream);
    let index = 0;
    while (ticket >= left[index][1]) {
      ticket -= left[index][1];
      index += 1;
    }
    const [[entrant, weight]] = left.splice(index, 1);
    total -= weight;
    yield entrant;
  }
}

async function draw(r) {
  const excluded = new Set(Object.keys(r.excluded));
  const prizes = (function* () {
    for (const [name, count] of r.prizes) for (let i = 0; i < count; i += 1) yield name;
  })();
  const winners = [];
  for await (const entrant of order(r)) {
    if (excluded.has(entrant)) continue;
    const { value: prize, done } = prizes.next();
    if (done || winners.length === WINNERS_MAX) break;
    winners.push({ entrant, prize, index: winners.length });
  }
  return winners;
}

const receiptText = (r) => lines(
  ...["version", "incentive", "period", "draw", "method", "seed_hash", "list_hash", "sealed_block", "seed"]
    .map((name) => [name.replace("_", "-"), r[name]]),
  ...(r.beacon ? [["beacon", ...BEACON.map((name) => r.beacon[name])]] : []),
  ...(r.beacon_left_out ? [["beacon-left-out", r.beacon_left_out.actor, r.beacon_left_out.reason]] : []),
  ...r.prizes.map(([name, count]) => ["prize", name, count]),
  ...[...byBytes(r.excluded)].map(([entrant, reason]) => ["excluded", entrant, reason]),
  ...r.winners.map((w) => ["winner", w.index, w.entrant, w.prize]),
  ...r.proves.map((sentence) => ["proves", sentence]),
  ...r.does_not_prove.map((sentence) => ["does-not-prove", sentence]),
);

const itemText = (item) => lines(
  ["redraw", item.number],
  ["excluded", item.excluded, item.reason],
  ["block", item.block],
  ...(item.place === null ? [] : [["place", item.place]]),
  ...(item.replaced_by === null ? [] : [["replaced-by", item.replaced_by]]),
  ["previous", item.previous],
);

/** Winners by place after the appendix: each free place goes to the next one of the same order. */
async function redrawn(r) {
  const now = new Map(r.winners.map((winner) => [winner.index, winner.entrant]));
  const out = new Set(Object.keys(r.excluded));
  let previous = r.digest;
  for (const [at, item] of r.appendix.entries()) {
    demand("appendix", item.number === at + 1 && item.previous === previous, "the appendix is not the one that was written");
    demand("appendix", Object.hasOwn(r.list, item.excluded) && !out.has(item.excluded), "the appendix excludes somebody who took no part");
    out.add(item.excluded);
    const [place = null] = [...now].find(([, entrant]) => entrant === item.excluded) ?? [];
    let successor = null;
    if (place !== null) {
      const taken = new Set(now.values());
      for await (const entrant of order(r)) {
        if (!out.has(entrant) && !taken.has(entrant)) {
          successor = entrant;
          break;
        }
      }
      if (successor === null) now.delete(place);
      else now.set(place, successor);
    }
    demand("appendix", item.place === place && item.replaced_by === successor, "the place went to somebody else");
    previous = hex(await sha256(itemText(item)));
    demand("appendix", item.digest === previous, "the appendix was altered");
  }
  return now;
}

async function checkDraw(r) {
  checkShape(r);
  demand("seed", hex(await sha256(unhex(r.seed))) === r.seed_hash, "the seed is not the one that was announced");
  const isEntrant = ([id, count]) => id !== "" && !/[\t\n\r]/.test(id) && count >= 1 && count <= TICKETS_MAX;
  demand("list", Object.entries(r.list).every(isEntrant), "an entrant without a name, or with a wrong number of tickets");
  demand("list", hex(await sha256(listText(r.list))) === r.list_hash, "the list is not the one that was sealed");
  if (r.beacon) {
    demand("beacon", r.beacon_left_out === null, "a beacon is both there and left out");
    demand("beacon", isHex(r.beacon.signature) && isHex(r.beacon.value, 64), "the beacon is malformed");
    const value = hex(await sha256(unhex(r.beacon.signature)));
    demand("beacon", value === r.beacon.value, "the beacon's value is not that of its signature");
  }
  demand("draw", same(await draw(r), r.winners), "other people would have won");
  demand("said", same(r.proves, [...PROVES, ...(r.beacon ? BEACON_PROVES : [])]), "it claims to prove something else");
  demand("said", same(r.does_not_prove, [...(r.beacon ? BEACON_OPEN : SEED_OPEN), ...OPEN]), "it hides what it does not prove");
  demand("digest", hex(await sha256(receiptText(r))) === r.digest, "its digest is another one");
  return { receipt: r, winners: await redrawn(r) };
}

// ---- Instant wins: every try is thrown for again.

async function isWon(seed, line) {
  const parts = line.split("\t");
  const name = await sha256(utf8.encode(`${parts.slice(0, 3).join("\t")}\n`));
  return (await below(BigInt(parts[4]), words(join(seed, name)))) < BigInt(parts[3]);
}

const isTry = (line) => {
  const parts = line.split("\t");
  const isNumber = (text) => /^(0|[1-9][0-9]*)$/.test(text) && Number(text) < 2 ** 32;
  const isPart = (text) => /^(?:[^\\\n\r]|\\[\\tnr])*$/.test(text);
  return parts.length === 5 && parts.slice(0, 3).every(isPart) && parts.slice(3).every(isNumber) &&
    Number(parts[4]) > 0 && Number(parts[3]) <= Number(parts[4]);
};

async function checkChances(r) {
  const texts = [r.incentive, r.period, r.chance, r.seed_hash, r.list_hash, r.digest];
  const isWhole = texts.every(isText) && isList(r.tries, isText) && isCount(r.sealed_block) && isHex(r.seed, 64) &&
    isList(r.won, isCount) && isList(r.proves, isText) && isList(r.does_not_prove, isText);
  demand("form", isWhole, "a part of it is not what a receipt has there");
  const seed = unhex(r.seed);
  demand("seed", hex(await sha256(seed)) === r.seed_hash, "the seed is not the one that was announced");
  const isSorted = r.tries.every((line, at) => at === 0 || compareBytes(r.tries[at - 1], line) < 0);
  demand("list", isSorted && r.tries.every(isTry), "the tries are not sorted, or one is no try");
  const list = utf8.encode(r.tries.map((line) => `${line}\n`).join(""));
  demand("list", hex(await sha256(list)) === r.list_hash, "the list is not the one that was sealed");
  const won = [];
  for (const [at, line] of r.tries.entries()) if (await isWon(seed, line)) won.push(at);
  demand("draw", same(won, r.won), "other tries would have won");
  demand("said", same(r.proves, CHANCES_PROVE) && same(r.does_not_prove, CHANCES_OPEN), "it claims to prove something else");
  const names = ["version", "incentive", "period", "chance", "seed_hash", "list_hash", "sealed_block", "seed"];
  const text = lines(...names.map((name) => [name.replace("_", "-"), r[name]]), ...won.map((at) => ["won", at]),
    ...r.proves.map((s) => ["proves", s]), ...r.does_not_prove.map((s) => ["does-not-prove", s]));
  demand("digest", hex(await sha256(text)) === r.digest, "its digest is another one");
  return { receipt: r, winners: new Map(won.map((at) => [at, r.tries[at]])) };
}

/** Checks the bytes of a receipt; its content and the winners by place. Throws `Broken` where it does not hold. */
export async function check(bytes) {
  let text;
  let r;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    r = JSON.parse(text);
  } catch {
    throw new Broken("form", "this is no receipt");
  }
  demand("form", isPlain(r) && ["plaudit receipt 1", "plaudit chances 1"].includes(r.version), "this is another format");
  const fields = r.version === "plaudit chances 1" ? CHANCES : FIELDS;
  demand("form", hasFields(r, fields) && (fields === CHANCES || (isPlain(r.list) && isPlain(r.excluded))), "its fields are others");
  checkForm(text, r);
  return fields === CHANCES ? checkChances(r) : checkDraw(r);
}

// ---- The button on a draw's page. All words stand in the page, in the reader's language.

/** What this browser saw of a draw while its tickets were collected: nobody can change that afterwards. */
function remembered(place, now) {
  try {
    const key = `plaudit-seed ${place}`;
    if (now) {
      if (!localStorage.getItem(key)) localStorage.setItem(key, now);
      return null;
    }
    return localStorage.getItem(key);
  } catch {
    return null; // A browser that keeps nothing.
  }
}

function button(form) {
  const steps = [...form.querySelectorAll("[data-step]")];
  const answers = [...form.querySelectorAll("[data-answer]")];
  const run = form.querySelector("button");
  const show = (name) => answers.forEach((answer) => { answer.hidden = answer.dataset.answer !== name; });
  const mark = (failed) => {
    let isBefore = true;
    for (const step of steps) {
      const isHere = step.dataset.step === failed;
      step.className = isHere ? "is-missed" : isBefore ? "is-met" : "";
      const sign = step.querySelector("span");
      sign.textContent = isHere ? "✕" : isBefore ? "✓" : "·";
      sign.removeAttribute("aria-hidden");
      isBefore = isBefore && !isHere;
    }
    form.querySelector("ol").hidden = false;
  };
  // A page that did not come encrypted has no SHA-256 in its browser.
  if (!globalThis.crypto?.subtle) {
    show("insecure");
    run.hidden = true;
  }
  run.addEventListener("click", async () => {
    run.disabled = true;
    show("running");
    try {
      const answer = await fetch(form.dataset.receipt, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { receipt } = await check(new Uint8Array(await answer.arrayBuffer()));
      const before = remembered(form.dataset.place);
      const shown = [...document.querySelectorAll("[data-hash]")].every((e) => e.textContent.trim() === receipt[e.dataset.hash]);
      if (!shown || (before && before !== receipt.seed_hash)) throw new Broken("seed", "another hash was shown before");
      mark(null);
      show("holds");
      const own = form.querySelector("[data-own]");
      if (own) own.hidden = !Object.hasOwn(receipt.list ?? {}, own.dataset.own);
      const seen = form.querySelector("[data-seen]");
      if (seen) seen.hidden = !before;
    } catch (error) {
      if (error instanceof Broken) {
        mark(error.step);
        show("broken");
      } else {
        show("unfetched");
      }
    }
    run.disabled = false;
  });
  form.hidden = false;
}

if (globalThis.document) {
  const bind = () => {
    const open = document.querySelector("[data-open-seed]");
    if (open) remembered(open.dataset.place, open.dataset.openSeed);
    document.querySelectorAll("[data-receipt][hidden]").forEach(button);
  };
  bind();
  // The page is fetched anew when its draw is held.
  new MutationObserver(bind).observe(document.getElementById("main"), { childList: true });
}

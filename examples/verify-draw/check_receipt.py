"""Checks a Plaudit draw receipt: python3 check_receipt.py receipt.json"""
import hashlib, json, sys

CHANCES = "version incentive period chance seed_hash tries list_hash sealed_block seed won proves does_not_prove digest".split()
FIELDS = "version incentive period draw method seed_hash list list_hash sealed_block seed beacon beacon_left_out prizes excluded winners proves does_not_prove digest appendix".split()
BEACON = "source chain round sealed_at previous_signature signature value".split()
ITEM = "number excluded reason block place replaced_by previous digest".split()
PROVES = [
    "The seed was fixed when the period opened, if seed_hash is what was published then.",
    "The list was fixed before the seed was revealed, if list_hash is what was published when it was sealed.",
    "The winners follow from the seed, the list, the prizes and the exclusions; nobody chose them.",
]
BEACON_PROVES = ["Whoever knew the seed could not know the winners when the list was sealed, if the beacon's signature holds."]
SEED_OPEN = ["That the operator did not know the seed before the list was sealed."]
BEACON_OPEN = ["That the beacon's nodes did not know its value before the list was sealed."]
OPEN = ["That the tickets were earned.", "That an exclusion or a disqualification was just."]
CHANCES_PROVE = [
    "The seed was fixed when the period opened, if seed_hash is what was published then.",
    "The list of tries was fixed before the seed was revealed, if list_hash is what was published when it was sealed.",
    "Each win and each miss follows from the seed and the names of the try; nobody chose them.",
]
CHANCES_OPEN = [
    "That the operator did not know the seed while the period was open.",
    "That the tries were earned, or that none was taken out before the list was sealed.",
]


def demand(holds, otherwise):
    if not holds:
        raise ValueError(otherwise)


def sha256(data):
    return hashlib.sha256(data).digest()


def by_bytes(entries):
    return sorted(entries.items(), key=lambda entry: entry[0].encode())


def words(prefix):
    i = 0
    while True:
        yield int.from_bytes(sha256(prefix + i.to_bytes(8, "big"))[:8], "big")
        i += 1


def below(n, stream):
    while True:
        word = next(stream)
        if word < 2**64 - 2**64 % n:  # the rest would favour small numbers
            return word % n


def list_text(tickets):
    return "".join(f"{entrant}\t{count}\n" for entrant, count in by_bytes(tickets)).encode()


def order(r):
    """All entrants, in the order in which they are drawn."""
    seed, digest = bytes.fromhex(r["seed"]), sha256(list_text(r["list"]))
    beacon = bytes.fromhex(r["beacon"]["value"]) if r["beacon"] else b""
    stream = words(seed + digest + beacon)
    left = [(entrant, 1 if r["method"] == "equal" else count) for entrant, count in by_bytes(r["list"])]
    while left:
        ticket, index = below(sum(count for _, count in left), stream), 0
        while ticket >= left[index][1]:
            ticket, index = ticket - left[index][1], index + 1
        yield left.pop(index)[0]


def draw(r):
    slots = [name for name, count in r["prizes"] for _ in range(count)]
    allowed = (entrant for entrant in order(r) if entrant not in r["excluded"])
    return [{"entrant": e, "prize": p, "index": i} for i, p, e in zip(range(10_000), slots, allowed)]


def text(*lines):
    escaped = lambda part: str(part).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return "".join("\t".join(map(escaped, line)) + "\n" for line in lines).encode()


def receipt_text(r):
    first = ["version", "incentive", "period", "draw", "method", "seed_hash", "list_hash", "sealed_block", "seed"]
    lines = [(name.replace("_", "-"), r[name]) for name in first]
    if r["beacon"]:
        lines.append(["beacon"] + [r["beacon"][name] for name in BEACON])
    if r["beacon_left_out"]:
        lines.append(("beacon-left-out", r["beacon_left_out"]["actor"], r["beacon_left_out"]["reason"]))
    lines += [("prize", name, count) for name, count in r["prizes"]]
    lines += [("excluded", entrant, reason) for entrant, reason in by_bytes(r["excluded"])]
    lines += [("winner", w["index"], w["entrant"], w["prize"]) for w in r["winners"]]
    lines += [("proves", s) for s in r["proves"]] + [("does-not-prove", s) for s in r["does_not_prove"]]
    return text(*lines)


def item_text(item):
    lines = [("redraw", item["number"]), ("excluded", item["excluded"], item["reason"]), ("block", item["block"])]
    lines += [] if item["place"] is None else [("place", item["place"])]
    lines += [] if item["replaced_by"] is None else [("replaced-by", item["replaced_by"])]
    return text(*lines, ("previous", item["previous"]))


def redrawn(r):
    """Winners by place after the appendix, each free place drawn again from the same order."""
    now, out, previous = {w["index"]: w["entrant"] for w in r["winners"]}, set(r["excluded"]), r["digest"]
    for number, item in enumerate(r["appendix"], 1):
        who = item["excluded"]
        demand(item["number"] == number and item["previous"] == previous, "the appendix is not the one that was written")
        demand(who in r["list"] and who not in out, "the appendix excludes somebody who took no part")
        out.add(who)
        place = next((index for index, entrant in now.items() if entrant == who), None)
        free = (e for e in order(r) if e not in out and e not in now.values()) if place is not None else iter(())
        successor = next(free, None)
        demand((item["place"], item["replaced_by"]) == (place, successor), "the place went to somebody else")
        if place is not None:
            now[place] = successor
        if place is not None and successor is None:
            del now[place]
        previous = sha256(item_text(item)).hex()
        demand(item["digest"] == previous, "the appendix was altered")
    return now


def canonical(r):
    """The only bytes that a receipt may have."""
    ordered = {name: r[name] for name in FIELDS}
    ordered["list"], ordered["excluded"] = dict(by_bytes(r["list"])), dict(by_bytes(r["excluded"]))
    if r["beacon"]:
        ordered["beacon"] = {name: r["beacon"][name] for name in BEACON}
    if r["beacon_left_out"]:
        ordered["beacon_left_out"] = {name: r["beacon_left_out"][name] for name in ["actor", "reason"]}
    ordered["winners"] = [{name: w[name] for name in ["entrant", "prize", "index"]} for w in r["winners"]]
    ordered["appendix"] = [{name: item[name] for name in ITEM} for item in r["appendix"]]
    return (json.dumps(ordered, ensure_ascii=False, indent=2) + "\n").encode()


def number(seed, line):
    """What a try throws: its line is name, subject, key, wins, of."""
    name, subject, key, wins, of = line.split("\t")
    return below(int(of), words(seed + sha256(f"{name}\t{subject}\t{key}\n".encode())))


def check_chances(r, data):
    """Instant wins: every try is thrown for again."""
    dumped = json.dumps({name: r[name] for name in CHANCES}, ensure_ascii=False, indent=2) + "\n"
    demand(dumped.encode() == data, "this is not how a receipt is written: it was altered or written anew")
    seed, tries = bytes.fromhex(r["seed"]), r["tries"]
    demand(sha256(seed).hex() == r["seed_hash"], "the seed is not the one announced")
    demand(tries == sorted(set(tries), key=str.encode), "the tries are not sorted, or one is there twice")
    demand(sha256("".join(line + "\n" for line in tries).encode()).hex() == r["list_hash"], "the list is not the one sealed")
    odds = [[int(n) for n in line.split("\t")[3:]] for line in tries]
    demand(all(0 <= wins <= of and of > 0 for wins, of in odds), "these are no odds")
    won = [i for i, line in enumerate(tries) if number(seed, line) < odds[i][0]]
    demand(won == r["won"], "the wins do not follow")
    demand((r["proves"], r["does_not_prove"]) == (CHANCES_PROVE, CHANCES_OPEN), "it claims to prove something else")
    names = ["version", "incentive", "period", "chance", "seed_hash", "list_hash", "sealed_block", "seed"]
    lines = [(name.replace("_", "-"), r[name]) for name in names] + [("won", i) for i in won]
    lines += [("proves", s) for s in r["proves"]] + [("does-not-prove", s) for s in r["does_not_prove"]]
    demand(sha256(text(*lines)).hex() == r["digest"], "the digest is another one")
    return r, {i: tries[i].replace("\t", " ") for i in won}


def check(data):
    """Raises an exception unless these bytes are a receipt that holds; the receipt and its winners by place."""
    r = json.loads(data.decode())
    if r["version"] == "plaudit chances 1":
        return check_chances(r, data)
    demand(canonical(r) == data, "this is not how a receipt is written: it was altered or written anew")
    demand(r["version"] == "plaudit receipt 1" and r["method"] in ("weighted", "equal"), "this is another format")
    demand(all(type(n) is int and 0 < n <= 10**12 for n in r["list"].values()), "a wrong number of tickets")
    demand(sha256(bytes.fromhex(r["seed"])).hex() == r["seed_hash"], "the seed is not the one announced")
    demand(sha256(list_text(r["list"])).hex() == r["list_hash"], "the list is not the one sealed")
    b = r["beacon"]
    demand(not b or sha256(bytes.fromhex(b["signature"])).hex() == b["value"], "the beacon's value is not its signature's")
    demand(r["proves"] == PROVES + (BEACON_PROVES if b else []), "it claims to prove something else")
    demand(r["does_not_prove"] == (BEACON_OPEN if b else SEED_OPEN) + OPEN, "it hides what it does not prove")
    demand(draw(r) == r["winners"], "the winners do not follow")
    demand(sha256(receipt_text(r)).hex() == r["digest"], "the digest is another one")
    return r, redrawn(r)


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        r, now = check(file.read())
    print("The receipt holds: who won follows from the seed and the list.")
    for place, entrant in sorted(now.items()):
        print(f"  {place + 1}. {entrant}")
    print("Compare seed_hash and list_hash with what was published.", "It does not prove:", *r["does_not_prove"])
    if r.get("beacon"):
        print("The beacon's value is mixed in. Its BLS signature was NOT checked here: compare it with what drand publishes at")
        print(f"  https://api.drand.sh/{r['beacon']['chain']}/public/{r['beacon']['round']}")

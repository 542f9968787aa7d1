"""Checks a Plaudit draw receipt: python3 check_receipt.py receipt.json"""
import hashlib, json, sys


def sha256(data):
    return hashlib.sha256(data).digest()


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
    lines = sorted(tickets.items(), key=lambda line: line[0].encode())
    return "".join(f"{entrant}\t{count}\n" for entrant, count in lines).encode()


def draw(r):
    seed, digest = bytes.fromhex(r["seed"]), sha256(list_text(r["list"]))
    beacon = bytes.fromhex(r["beacon"]["value"]) if r["beacon"] else b""
    stream = words(seed + digest + beacon)
    left = sorted(r["list"].items(), key=lambda line: line[0].encode())
    if r["method"] == "equal":
        left = [(entrant, 1) for entrant, _ in left]
    slots = [name for name, count in r["prizes"] for _ in range(count)]
    winners = []
    while left and len(winners) < min(len(slots), 10_000):
        ticket, index = below(sum(count for _, count in left), stream), 0
        while ticket >= left[index][1]:
            ticket, index = ticket - left[index][1], index + 1
        entrant, _ = left.pop(index)
        if entrant not in r["excluded"]:
            winners.append({"entrant": entrant, "prize": slots[len(winners)], "index": len(winners)})
    return winners


if __name__ == "__main__":
    r = json.load(open(sys.argv[1], encoding="utf-8"))
    assert sha256(bytes.fromhex(r["seed"])).hex() == r["seed_hash"], "the seed is not the one announced"
    assert sha256(list_text(r["list"])).hex() == r["list_hash"], "the list is not the one sealed"
    assert draw(r) == r["winners"], "the winners do not follow"
    print("The winners follow from the seed and the list. Compare seed_hash and list_hash with what was published.")

"""Check one night of Tour de rôle, alone and offline.

    python3 verify_tour_de_role.py TRANSCRIPT

Exit 0: every check that could be made holds. 1: one fails. 2: not a transcript.
Python 3.11 or later, nothing to install, no network, no line in common with the
program that drew: another reading of the public rule, quoted as (§ 3). It cannot
know when a commitment was published (ask those who kept it), whether the key is
the prefecture's, nor whether a public beacon's round is genuine (compare).

Several nights, and what you kept of them: verify_tour_de_role_kept.py, beside it.
"""

import hmac
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

SPEC, TIERS = "tour-de-role/draw/1", ("in_time", "late")
LARGEST, DEEPEST, LONGEST_CHAIN = 2**53 - 1, 100, 10_000_000
QUICKNET = "drand/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
DRAW = re.compile("[a-z0-9-]+/[0-9]{4}-[0-9]{2}-[0-9]{2}")
LOCAL = re.compile("local/([0-9a-f]{64})/([0-9]{1,12})/([0-9]{1,6})/([0-9]{1,8})")
Json: TypeAlias = Any
Check: TypeAlias = tuple[str, bool | None, str]  # its name; does it hold?; why


# --- Reading: strict JSON, and the shape of a transcript (§ 1, § 7) -------------
def refuse(why: str) -> NoReturn:
    """Stop: this is not a transcript."""
    raise ValueError(why)


def parse(text: bytes) -> Json:
    """Read JSON of the kind that has canonical bytes."""

    def unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        return dict(pairs) if len(dict(pairs)) == len(pairs) else refuse("like keys")

    hooks: Json = dict.fromkeys(["parse_float", "parse_constant"], refuse)
    hooks["object_pairs_hook"] = unique
    value = json.loads(text.decode(), **hooks)
    canonical(value)
    return value


def canonical(value: Json, depth: int = 0) -> bytes:
    """Write a value the one way everybody writes it (RFC 8785)."""
    kind = value.__class__
    if kind not in (dict, list):
        if kind is int and abs(value) > LARGEST:
            refuse("a number too large")
        return json.dumps(value, ensure_ascii=False).encode()
    if depth > DEEPEST:
        refuse("nested too deeply")
    if kind is list:
        return b"[" + b",".join(canonical(each, depth + 1) for each in value) + b"]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    pairs = (canonical(k) + b":" + canonical(value[k], depth + 1) for k in keys)
    return b"{" + b",".join(pairs) + b"}"


# A dict has exactly these members ({str: ...}: any), a list is an array, a range
# holds a number, a tuple offers a choice, a class is a kind of value.
# fmt: off
HASH, COUNT = re.compile("[0-9a-f]{64}"), range(LARGEST + 1)
ROW = {"label": HASH, "class": str, "band": COUNT, "waited_days": COUNT,
       "quotas": [str], "size": range(1, 9)}
POOL = {"spec": SPEC, "draw": DRAW,
        "ruleset": dict, "slots": [{"slot": str, "starts_at": str, "places": COUNT}],
        "classes": {str: {"in_time": [str], "late": [str]}},
        "quotas": [{"quota": str, "places": COUNT}], "registrations": [ROW]}
COMMITMENT = {"spec": SPEC, "draw": str, "ruleset_sha256": HASH, "slots_sha256": HASH,
              "classes_sha256": HASH, "quotas_sha256": HASH,
              "registrations": {"count": COUNT, "root": HASH},
              "beacon": {"chain": str, "round": COUNT[1:]}, "previous": (HASH, None)}
RESULT = {"tickets": {str: HASH}, "unserved": [{"label": str, "reason": str}],
          "allocations": [{"label": str, "slot": str, "tier": str, "through": str}],
          "free": [{"slot": str, "places": COUNT}]}
BEACON = {"chain": str, "round": COUNT[1:], "randomness": HASH,
          "signature": re.compile("[0-9a-f]*")}  # of an odd length: see fromhex
SIGNATURE = {"key": HASH, "value": re.compile("[0-9a-f]{128}")}
PUBLIC: Json = {"spec": SPEC, "commitment": COMMITMENT, "signature": SIGNATURE,
                "beacon": BEACON, "result": RESULT}
FULL = PUBLIC | {"pool": dict, "nonces": {str: HASH}}
REDUCED = PUBLIC | {"leaves": [HASH]}
# fmt: on


def fits(value: Json, shape: Json) -> bool:
    """Tell whether a value has a shape."""
    kinds = (value.__class__, shape.__class__)
    if kinds == (dict, dict):
        rest = shape.get(str)
        exact = bool(rest) or value.keys() == shape.keys()
        return exact and all(fits(value[k], shape.get(k, rest)) for k in value)
    if kinds == (list, list):
        return all(fits(each, shape[0]) for each in value)
    if kinds == (int, range):
        return value in shape
    if kinds == (str, re.Pattern):
        return bool(shape.fullmatch(value))
    if kinds[1] is tuple:
        return any(fits(value, choice) for choice in shape)
    return value == shape or shape is kinds[0]


def rising(values: list[Json]) -> bool:
    """Tell whether a list is in order, without repeats."""
    return values == sorted(set(values))


def keeps_section_1(pool: Json) -> bool:
    """Tell whether a pool that has its shape keeps every other rule of § 1."""
    hour = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]")
    slots = [(slot["starts_at"], slot["slot"]) for slot in pool["slots"]]
    at = {name: index for index, (_, name) in enumerate(slots)}
    quotas = {quota["quota"] for quota in pool["quotas"]}
    classes, rows = pool["classes"].values(), pool["registrations"]
    try:
        for day in (pool["draw"][-10:], *(start[:10] for start, _ in slots)):
            date.fromisoformat(day)
        lists = [[at[s] for s in kind[tier]] for kind in classes for tier in TIERS]
    except (ValueError, KeyError):
        return False
    sound = all(hour.fullmatch(start) for start, _ in slots) and rising(slots)
    sound &= len(at) == len(slots) and len(quotas) == len(pool["quotas"])
    sound &= not any(set(kind["in_time"]) & set(kind["late"]) for kind in classes)
    sound &= all(row["class"] in pool["classes"] for row in rows)
    sound &= all(quotas.issuperset(row["quotas"]) for row in rows)
    lists += [[row["label"] for row in rows], *(row["quotas"] for row in rows)]
    return sound and all(rising(listed) for listed in lists)


# --- Hashes: tree, tickets, local chain (§ 2, § 3) ------------------------------
def root_of(leaves: list[bytes]) -> bytes:
    """Return the root (RFC 9162): pairs become one, an odd one climbs alone."""
    while len(leaves) > 1:
        twos = [leaves[i] + leaves[i + 1] for i in range(0, len(leaves) - 1, 2)]
        odd = leaves[2 * len(twos) :]
        leaves = [sha256(b"\x01" + two).digest() for two in twos] + odd
    return leaves[0] if leaves else sha256(b"").digest()


def tickets_of(labels: Json, digest: bytes, randomness: str) -> dict[str, str]:
    """Return each label's ticket: HKDF with SHA-256 (RFC 5869)."""
    key = hmac.digest(digest, bytes.fromhex(randomness), "sha256")
    text = {label: f"tour-de-role/draw/1/ticket/{label}\x01" for label in labels}
    return {k: hmac.digest(key, text[k].encode(), "sha256").hex() for k in text}


def is_local_round(beacon: Json) -> bool:
    """Tell whether hashing its signature `round` times gives the chain's anchor."""
    parts, value = LOCAL.fullmatch(beacon["chain"]), bytes.fromhex(beacon["signature"])
    longest = min(int(parts[4]), LONGEST_CHAIN) if parts else 0
    if parts is None or len(value) != 32 or beacon["round"] > longest:
        return False
    for _ in range(beacon["round"]):
        value = sha256(b"tour-de-role/local-chain/1/link/" + value).digest()
    return value.hex() == parts[1]


def time_of(beacon: Json) -> datetime | None:
    """Return from when on the round exists, if its chain is known."""
    local = LOCAL.fullmatch(beacon["chain"])
    zero, period = map(int, local.group(2, 3)) if local else (1_692_803_364, 3)
    at = zero + beacon["round"] * period
    known = (local or beacon["chain"] == QUICKNET) and at < 250_000_000_000
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at) if known else None


def is_timely(draw: str, chain: str, at: datetime | None) -> bool | None:
    """Tell whether a round comes after its night's date began in Paris (UTC + 2 h).

    A local chain's, which proves nothing anyway, may come a week before.
    """
    ahead = timedelta(hours=2, days=7 * chain.startswith("local/"))
    day = f"{at + ahead:%Y-%m-%d}" if at else ""
    return bool(DRAW.fullmatch(draw)) and day >= draw[-10:] if at else None


# --- Ed25519 (RFC 8032, section 5.1) --------------------------------------------
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    """Add two points, in extended coordinates."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    g, h = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    w, x, y, z = (f - e) % P, (h - g) % P, (h + g) % P, (f + e) % P
    return (w * x % P, y * z % P, x * y % P, w * z % P)


def times(number: int, point: Point) -> Point:
    """Add a point to itself."""
    rest = times(number >> 1, add(point, point)) if number else (0, 1, 1, 0)
    return add(rest, point) if number & 1 else rest


def decode(octets: bytes) -> Point | None:
    """Return the point that 32 octets stand for, if any."""
    sign, y = divmod(int.from_bytes(octets, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return (x, y, 1, x * y % P)


@lru_cache(maxsize=256)  # a commitment that was kept is that of its night: asked twice
def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the key signed the message."""
    base = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    point, s = decode(key), int.from_bytes(signature[32:], "little")
    if base is None or point is None or s >= ORDER or times(8, point)[0] == 0:
        return False  # under a key of small order, anything would be signed
    k = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little")
    minus = (P - point[0], point[1], 1, P - point[3])
    x, y, z, _ = add(times(s, base), times(k % ORDER, minus))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# --- The draw (§ 4, § 5, § 6) ---------------------------------------------------
class Draw:
    """Decide a night. Singles are only counted: how many of a group in a slot.

    A group is a class and a tier: people with the same list of slots.
    """

    def __init__(self, pool: Json, tickets: dict[str, str]) -> None:
        """Run all passes, then the dates."""
        classes = pool["classes"]
        self.rows = {row["label"]: row for row in pool["registrations"]}
        self.lists = {(c, tier): classes[c][tier] for c in classes for tier in TIERS}
        self.offered = {slot["slot"]: slot["places"] for slot in pool["slots"]}
        self.left = dict(self.offered)  # neither pinned nor settled
        self.here: dict[str, Counter[Json]] = {slot: Counter() for slot in self.left}
        self.served: dict[str, tuple[str, str]] = {}
        self.slot_of: dict[str, str] = {}
        self.hopeless: set[tuple[object, int]] = set()
        by_ticket = sorted(self.rows, key=lambda label: (tickets[label], label))
        for quota in pool["quotas"]:
            left = quota["places"]
            named = [k for k in by_ticket if quota["quota"] in self.rows[k]["quotas"]]
            named.sort(key=lambda label: -self.rows[label]["waited_days"])
            for tier, label in ((tier, label) for tier in TIERS for label in named):
                size = self.rows[label]["size"]
                if size <= left and self.offer(label, tier, quota["quota"]):
                    left -= size
        turns = [(tier, label) for label in by_ticket for tier in TIERS]
        turns.sort(key=lambda turn: (self.rows[turn[1]]["band"], turn[0]))
        for tier, label in turns:
            self.offer(label, tier, "open")
        self.settle(turns)

    def offer(self, label: str, tier: str, through: str) -> bool:
        """Serve a registration in a tier if everyone served stays placed."""
        group, size = (self.rows[label]["class"], tier), self.rows[label]["size"]
        if label in self.served or (group, size) in self.hopeless:
            return False  # refused once, refused for ever: nobody served ever leaves
        if size == 1:
            done = self.seat(group, self.lists[group])
        else:
            done = any(self.pin(label, slot, size) for slot in self.lists[group])
        self.served |= {label: (tier, through)} if done else {}
        self.hopeless |= set() if done else {(group, size)}
        return done

    def seat(self, group: tuple[str, str], slots: list[str]) -> bool:
        """Seat one of a group in one of the slots, moving others on as needed."""
        came: dict[str, tuple[str, Json] | None] = dict.fromkeys(slots)
        queue, met = list(came), set[Json]()
        for found in queue:
            if self.here[found].total() < self.left[found]:
                slot = found
                while (step := came[slot]) is not None:
                    self.here[slot][step[1]] += 1
                    slot = step[0]
                    self.here[slot] -= Counter([step[1]])
                self.here[slot][group] += 1
                return True
            for mover in self.here[found].keys() - met:
                met.add(mover)
                onward = [slot for slot in self.lists[mover] if slot not in came]
                came |= dict.fromkeys(onward, (found, mover))
                queue += onward
        return False

    def pin(self, label: str, slot: str, size: int) -> bool:
        """Take places out of a slot if those who sit there can sit elsewhere."""
        if self.left[slot] < size or (slot, size) in self.hopeless:
            return False
        self.left[slot] -= size
        while self.here[slot].total() > self.left[slot]:
            group = next(iter(self.here[slot]))
            self.here[slot] -= Counter([group])
            if not self.seat(group, self.lists[group]):
                self.here[slot][group] += 1  # back; who moved sits well elsewhere
                self.left[slot] += size
                self.hopeless.add((slot, size))
                return False
        self.slot_of[label] = slot
        return True

    def settle(self, turns: list[tuple[str, str]]) -> None:
        """Give each single the first slot that leaves all others placed."""
        singles = self.served.keys() - self.slot_of.keys()
        for tier, label in turns:
            if label not in singles or self.served[label][0] != tier:
                continue
            group = (self.rows[label]["class"], tier)
            seat = next(slot for slot in self.here if self.here[slot][group])
            self.here[seat] -= Counter([group])
            slot = next(s for s in self.lists[group] if self.seat(group, [s]))
            self.here[slot] -= Counter([group])
            self.left[slot] -= 1
            self.slot_of[label] = slot

    def reason(self, label: str) -> str:
        """Say why a registration was not served."""
        name, size = self.rows[label]["class"], self.rows[label]["size"]
        both = self.lists[name, "in_time"] + self.lists[name, "late"]
        could = any(self.offered[slot] >= size for slot in both)
        return "places_taken" if could else "no_suitable_place"


# --- The checks (§ 7, § 8) ------------------------------------------------------
def digest_of(commitment: Json) -> bytes:
    """Return what is signed, and what the tickets hang on."""
    return sha256(canonical(commitment)).digest()


def is_shown(signature: Json, message: bytes) -> bool:
    """Tell whether a signature is that of the key it shows."""
    key, value = bytes.fromhex(signature["key"]), bytes.fromhex(signature["value"])
    return is_signed(key, message, value)


def is_committed(found: Json) -> bool:
    """Tell whether the commitment is signed by the key shown."""
    message = b"tour-de-role/draw/1/commitment/" + digest_of(found["commitment"])
    return is_shown(found["signature"], message)


def is_rooted(found: Json) -> bool:
    """Tell whether the registrations, or the leaves, make the committed root."""
    leaves = [bytes.fromhex(leaf) for leaf in found.get("leaves", [])]
    nonces = found.get("nonces", {})
    rows: Json = found["pool"]["registrations"] if "pool" in found else []
    if nonces.keys() != {row["label"] for row in rows}:
        return False
    for row in rows:
        entry = bytes.fromhex(nonces[row["label"]]) + canonical(row)
        leaves.append(sha256(b"\x00" + entry).digest())
    made = {"count": len(leaves), "root": root_of(leaves).hex()}
    return bool(found["commitment"]["registrations"] == made)


def is_pool_of(commitment: Json, pool: Json) -> bool:
    """Tell whether this is the pool committed to."""
    own = {"draw": pool["draw"]}
    for part in ("ruleset", "slots", "classes", "quotas"):
        own[f"{part}_sha256"] = sha256(canonical(pool[part])).hexdigest()
    counted: bool = commitment["registrations"]["count"] == len(pool["registrations"])
    return counted and commitment | own == commitment


def answered_once(result: Json, count: int) -> bool:
    """Tell whether every ticket has one answer, and answers stand by label."""
    served = [one["label"] for one in result["allocations"]]
    left = [one["label"] for one in result["unserved"]]
    everyone = sorted(served + left) == sorted(result["tickets"])
    return everyone and rising(served) and rising(left) and count == len(served + left)


def frozen_checks(found: Json, pool: Json) -> list[Check]:
    """Check what was signed before the randomness existed (§ 1, § 2)."""
    commitment, is_reduced = found["commitment"], "leaves" in found
    leaves = f"{commitment['registrations']['count']} leaves"
    digest, key = digest_of(commitment).hex(), found["signature"]["key"]
    return [
        ("pool", None if is_reduced else pool is not None, "keeps section 1"),
        ("commitment", is_pool_of(commitment, pool) if pool else None, digest),
        ("root", is_rooted(found) if pool or is_reduced else None, leaves),
        ("signature", is_committed(found), f"by key {key}"),
    ]


def round_checks(found: Json) -> list[Check]:
    """Check that the round is the one named, came after, and gives the randomness."""
    commitment, used = found["commitment"], found["beacon"]
    chain, at = used["chain"], time_of(commitment["beacon"])
    is_named = used | commitment["beacon"] == used
    in_order = is_named and is_timely(commitment["draw"], chain, at)
    hashed = sha256(bytes.fromhex(used["signature"])).hexdigest()
    opened = is_local_round(used) if chain.startswith("local/") else None
    return [
        ("order", in_order, f"a round of {at}"),
        ("randomness", hashed == used["randomness"], "of the round's signature"),
        ("beacon", opened, ascii(chain)),
    ]


def drawn_checks(found: Json, pool: Json) -> list[Check]:
    """Draw again, and compare (§ 3 to § 6)."""
    commitment, result = found["commitment"], found["result"]
    is_whole, labels = pool is not None, result["tickets"]
    pool = pool or {"classes": {}, "slots": [], "quotas": [], "registrations": []}
    if "leaves" not in found:
        labels = [row["label"] for row in pool["registrations"]]
    drawn = tickets_of(labels, digest_of(commitment), found["beacon"]["randomness"])
    night = Draw(pool, drawn)
    given = {one["label"]: one for one in result["allocations"]}
    served = {label: (one["tier"], one["through"]) for label, one in given.items()}
    slots = {label: one["slot"] for label, one in given.items()}
    others = [label for label in night.rows if label not in night.served]
    reasons = [{"label": label, "reason": night.reason(label)} for label in others]
    free = [{"slot": slot, "places": n} for slot, n in night.left.items() if n]
    answered = answered_once(result, commitment["registrations"]["count"])
    compared = [
        ("served", served == night.served, f"{len(given)} people"),
        ("dates", slots == night.slot_of, "the first to be had"),
        ("reasons", result["unserved"] == reasons, "of the others"),
        ("free", result["free"] == free, "places left"),
    ]
    can_draw = is_whole or "leaves" in found
    return [
        ("tickets", result["tickets"] == drawn if can_draw else None, "by HKDF"),
        ("counts", answered, "each is answered once"),
        *((name, holds if is_whole else None, why) for name, holds, why in compared),
    ]


def checks_of(found: Json, witness: bool | None = None) -> list[Check]:
    """Check a transcript, full or reduced; ``witness``: what was kept of it agrees."""
    if not fits(found, FULL) and not fits(found, REDUCED):
        refuse("not a transcript of " + SPEC)
    pool: Json = found.get("pool")
    if not fits(pool, POOL) or not keeps_section_1(pool):
        pool = None
    asked = f"kept before {time_of(found['commitment']['beacon'])}?"
    return [
        *frozen_checks(found, pool),
        *round_checks(found),
        *drawn_checks(found, pool),
        ("witness", witness, asked),
        ("previous", None, "compare it with the digest of the night before"),
    ]


def tell(where: str, checks: list[Check] | None) -> int:
    """Print one line a check; return 1 if one fails, 2 if there is none."""
    said = {True: "passed", False: "failed", None: "not made"}
    for name, holds, why in checks or []:
        sys.stdout.write(f"{said[holds]}: {where}{name}: {why}\n")
    return 2 if checks is None else int(any(holds is False for _, holds, _ in checks))


def judged(file: Path, judge: Callable[[Json], Json]) -> Json:
    """Return what is said of a file; nothing, if it is refused, and say why."""
    try:
        return judge(parse(file.read_bytes()))
    except (ValueError, TypeError, RecursionError, MemoryError, OSError) as error:
        sys.stderr.write(f"refused: {file.name!a}: {str(error)!a}\n")
        return None


def main(words: list[str]) -> int:
    """Check the transcript in a file; return the exit code."""
    if len(words) == 1:
        return tell("", judged(Path(words[0]), checks_of))
    sys.stderr.write("refused: give one transcript (for more, see the first lines)\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

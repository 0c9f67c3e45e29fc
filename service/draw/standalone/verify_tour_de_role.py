"""Check a night of Tour de rôle, or a chain of nights, alone and offline.

    python3 verify_tour_de_role.py TRANSCRIPTS [--kept COMMITMENTS]   (files, folders)
    python3 verify_tour_de_role.py TRANSCRIPT --mine LINE --acknowledged SIGNED

Exit 0: every check that could be made holds. 1: one fails. 2: not a transcript.
Python 3.11 or later, nothing to install, no network, no line in common with the
program that drew: another reading of the public rule, quoted as (§ 3). It cannot
know when a commitment was published (ask those who kept it), whether the key is
the prefecture's, nor whether a public beacon's round is genuine (compare).
"""

import hmac
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

ABSENT = """no ticket for {}: withdrawn, lapsed, holding an offer or an appointment, \
sitting out after a decline, or a night before {}; else left out"""
SPEC, TIERS = "tour-de-role/draw/1", ("in_time", "late")
LARGEST, DEEPEST, LONGEST_CHAIN = 2**53 - 1, 100, 10_000_000
QUICKNET = "drand/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
OPTIONS = ("--kept", "--mine", "--acknowledged")
DRAW = re.compile("[a-z0-9-]+/[0-9]{4}-[0-9]{2}-[0-9]{2}")
LOCAL = re.compile("local/([0-9a-f]{64})/([0-9]{1,12})/([0-9]{1,6})/([0-9]{1,8})")
Json: TypeAlias = Any
Check: TypeAlias = tuple[str, bool | None, str]


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
KEPT: Json = {"spec": SPEC, "commitment": COMMITMENT, "signature": SIGNATURE}
PUBLIC = KEPT | {"beacon": BEACON, "result": RESULT}
LINE = {"spec": SPEC, "commitment_sha256": HASH, "registration": ROW, "nonce": HASH,
        "index": COUNT, "path": [HASH]}
MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
ACKNOWLEDGED: Json = {"spec": "tour-de-role/acknowledgement/1", "reference": str,
                      "received_at": str, "first_night_on": DAY, "prefecture": str,
                      "motif": str, "signature": SIGNATURE}
WITH_KEY = ACKNOWLEDGED | {"spec": "tour-de-role/acknowledgement/2",
                           "label_key": HASH, "first_label_on": DAY}
ANNULLED = KEPT | {"spec": "tour-de-role/annulment/1", "annulment_signature": SIGNATURE,
                   "annulled": {"at": MOMENT, "reason": str, "luck_was_known": bool}}
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


def is_local_round(chain: str, number: int, signature: str) -> bool:
    """Tell whether hashing a value `number` times gives the chain's anchor."""
    parts = LOCAL.fullmatch(chain)
    longest = min(int(parts[4]), LONGEST_CHAIN) if parts else 0
    if parts is None or len(signature) != 64 or number > longest:
        return False
    value = bytes.fromhex(signature)
    for _ in range(number):
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
class Night(NamedTuple):
    """What a chain, and whoever kept a commitment, know of a night."""

    prefecture: str
    day: str
    digest: str
    previous: str | None
    key: str
    at: datetime | None


def night_of(found: Json) -> Night:
    """Return what tells a night from others."""
    commitment, key = found["commitment"], found["signature"]["key"]
    prefecture, _, day = commitment["draw"].rpartition("/")
    digest, at = sha256(canonical(commitment)), time_of(commitment["beacon"])
    return Night(prefecture, day, digest.hexdigest(), commitment["previous"], key, at)


def is_shown(signature: Json, message: bytes) -> bool:
    """Tell whether a signature is that of the key it shows."""
    key, value = bytes.fromhex(signature["key"]), bytes.fromhex(signature["value"])
    return is_signed(key, message, value)


def is_committed(found: Json) -> bool:
    """Tell whether the commitment is signed by the key shown."""
    digest = sha256(canonical(found["commitment"])).digest()
    message = b"tour-de-role/draw/1/commitment/" + digest
    return is_shown(found["signature"], message)


def annulled(found: Json, kept: Iterable[Night]) -> list[Check]:
    """Check what stands for a night that was given up in public: there is no draw."""
    said = canonical({k: found[k] for k in found if k != "annulment_signature"})
    given_up = is_shown(
        found["annulment_signature"], found["spec"].encode() + b"/" + said
    )
    witness = ("witness", witnessed(night_of(found), kept), "kept before?")
    return [
        ("signature", is_committed(found), f"by key {found['signature']['key']}"),
        ("annulled", None if given_up else False, ascii(found["annulled"])),
        *([witness] if kept else []),
    ]


def kept_of(found: Json) -> Night:
    """Return what was kept of a night, if somebody signed it."""
    if not fits(found, KEPT) or not is_committed(found):
        refuse("not a commitment, or signed by nobody")
    return night_of(found)


def witnessed(night: Night, kept: Iterable[Night]) -> bool | None:
    """Tell whether this commitment was kept: only what its own key signed denies it."""
    said = {(one.key, one.digest) for one in kept if one[:2] == night[:2]}
    if any(key == night.key and digest != night.digest for key, digest in said):
        return False
    return True if said == {(night.key, night.digest)} else None


def withheld(nights: list[Night], kept: list[Night], now: datetime) -> Check:
    """Look for what was kept of these days or later ones, and has no night here."""
    here, keys = {one[:2] for one in nights}, {one[::4] for one in nights}
    first = dict(sorted(here, reverse=True))
    asked = [one for one in kept if one.day >= first.get(one.prefecture, "\U0010ffff")]
    gone = [one for one in asked if one[:2] not in here]
    due = [one for one in gone if one.at is None or one.at <= now]
    accused = any(one[::4] in keys for one in due)  # by its prefecture and its key
    holds = False if accused else None if gone or not asked else True
    return ("withheld", holds, f"kept, and no night here: {[one[:2] for one in gone]}")


def rooted(found: Json, rows: dict[str, Json]) -> bool:
    """Tell whether the registrations, or the leaves, make the committed root."""
    nonces = found.get("nonces", {})
    leaves = [bytes.fromhex(leaf) for leaf in found.get("leaves", [])]
    for label, row in rows.items():
        entry = bytes.fromhex(nonces.get(label, "")) + canonical(row)
        leaves.append(sha256(b"\x00" + entry).digest())
    root, wanted = root_of(leaves).hex(), found["commitment"]["registrations"]
    same = bool(wanted == {"count": len(leaves), "root": root})
    return same and nonces.keys() == rows.keys()


def committed(commitment: Json, pool: Json) -> bool:
    """Tell whether this is the pool committed to."""
    parts = ("ruleset", "slots", "classes", "quotas")
    own = {f"{k}_sha256": sha256(canonical(pool[k])).hexdigest() for k in parts}
    own |= {"draw": pool["draw"]}
    counted: bool = commitment["registrations"]["count"] == len(pool["registrations"])
    return counted and all(commitment[key] == own[key] for key in own)


def answered_once(result: Json, count: int) -> bool:
    """Tell whether every ticket has one answer, and answers stand by label."""
    served = [one["label"] for one in result["allocations"]]
    left = [one["label"] for one in result["unserved"]]
    everyone = sorted(served + left) == sorted(result["tickets"])
    return everyone and rising(served) and rising(left) and count == len(served + left)


def checks_of(found: Json, kept: Iterable[Night] = ()) -> list[Check]:
    """Check a transcript, full or reduced, or an annulment."""
    if fits(found, ANNULLED):
        return annulled(found, kept)
    if not fits(found, FULL) and not fits(found, REDUCED):
        refuse("not a transcript of " + SPEC)
    commitment, result, used = found["commitment"], found["result"], found["beacon"]
    own = night_of(found)
    digest = bytes.fromhex(own.digest)
    reduced, count = "leaves" in found, commitment["registrations"]["count"]
    sound = not reduced and fits(found["pool"], POOL) and keeps_section_1(found["pool"])
    either = sound or reduced
    nothing: Json = {"classes": {}, "slots": [], "quotas": [], "registrations": []}
    pool = found["pool"] if sound else nothing
    rows: Json = {row["label"]: row for row in pool["registrations"]}
    labels = result["tickets"] if reduced else rows
    drawn = tickets_of(labels, digest, used["randomness"])
    night = Draw(pool, drawn)
    named, asked = used | commitment["beacon"] == used, f"kept before {own.at}?"
    hashed = sha256(bytes.fromhex(used["signature"])).hexdigest()
    local = used["chain"].startswith("local/")
    opened = is_local_round(used["chain"], used["round"], used["signature"])
    given = {one["label"]: one for one in result["allocations"]}
    passes = {label: (one["tier"], one["through"]) for label, one in given.items()}
    slots = {label: one["slot"] for label, one in given.items()}
    others: Json = [label for label in rows if label not in night.served]
    reasons = [{"label": label, "reason": night.reason(label)} for label in others]
    free = [{"slot": slot, "places": n} for slot, n in night.left.items() if n]
    return [
        ("pool", None if reduced else sound, "keeps section 1"),
        ("commitment", committed(commitment, pool) if sound else None, digest.hex()),
        ("root", rooted(found, rows) if either else None, f"{count} leaves"),
        ("signature", is_committed(found), f"by key {own.key}"),
        (
            "order",
            named and is_timely(commitment["draw"], used["chain"], own.at),
            f"a round of {own.at}",
        ),
        ("randomness", hashed == used["randomness"], "of the round's signature"),
        ("beacon", opened if local else None, ascii(used["chain"])),
        ("tickets", result["tickets"] == drawn if either else None, "by HKDF"),
        ("counts", answered_once(result, count), "each is answered once"),
        ("served", passes == night.served if sound else None, f"{len(given)} people"),
        ("dates", slots == night.slot_of if sound else None, "the first to be had"),
        ("reasons", result["unserved"] == reasons if sound else None, "of the others"),
        ("free", result["free"] == free if sound else None, "places left"),
        ("witness", witnessed(own, kept), asked),
        ("previous", None, "compare it with the digest of the night before"),
    ]


# --- One's own papers: a line (§ 7), a signed acknowledgement ---------------------
def root_from(leaf: bytes, index: int, count: int, path: list[bytes]) -> bytes:
    """Return the root that a path leads up to, nothing if its length is wrong."""
    if count == 1 or not path:
        return b"" if path or count > 1 else leaf
    split = 1 << (count - 1).bit_length() - 1
    if index < split:
        two = root_from(leaf, index, split, path[:-1]) + path[-1]
    else:
        two = path[-1] + root_from(leaf, index - split, count - split, path[:-1])
    return sha256(b"\x01" + two).digest()


def line_checks(own: Json, found: Json) -> list[Check]:
    """Check that a line was committed to, and what became of it."""
    if not fits(own, LINE):
        refuse("not a line of " + SPEC)
    tree, row = found["commitment"]["registrations"], own["registration"]
    digest, result = sha256(canonical(found["commitment"])).digest(), found["result"]
    leaf = sha256(b"\x00" + bytes.fromhex(own["nonce"]) + canonical(row)).digest()
    path, index = [bytes.fromhex(step) for step in own["path"]], own["index"]
    held = index < tree["count"]
    held = held and root_from(leaf, index, tree["count"], path).hex() == tree["root"]
    drawn = tickets_of([row["label"]], digest, found["beacon"]["randomness"])
    answers = result["allocations"] + result["unserved"]
    mine = [one for one in answers if one["label"] == row["label"]]
    return [
        ("night", own["commitment_sha256"] == digest.hex(), digest.hex()),
        ("inclusion", held, f"leaf {index} of {tree['count']}"),
        ("ticket", drawn.items() <= result["tickets"].items(), "by HKDF"),
        ("answer", len(mine) == 1, ascii(mine)),
    ]


def promise_checks(own: Json, found: Json, line: Json) -> list[Check]:
    """Check what was acknowledged: was this person in the draw, is this their line?"""
    if not fits(own, ACKNOWLEDGED) and not fits(own, WITH_KEY):
        refuse("not a signed acknowledgement")
    first = own["first_night_on"]
    for day in (first, sure := own.get("first_label_on", first)):
        date.fromisoformat(day)
    draw, shown = found["commitment"]["draw"], own["signature"]
    where, _, day = draw.partition("/")
    said = canonical({key: own[key] for key in own if key != "signature"})
    signed = is_shown(shown, own["spec"].encode() + b"/" + said)
    alike = True if shown["key"] == found["signature"]["key"] else None
    secret, text = own.get("label_key", ""), b"tour-de-role/label/1/" + draw.encode()
    label = hmac.digest(bytes.fromhex(secret), text, "sha256").hex()
    known, present = secret and sure <= day, label in found["result"]["tickets"]
    why = f"under {label}" if present else ABSENT.format(label, first)
    stands = line and line["registration"]["label"]
    checks: list[Check] = [
        ("acknowledgement", signed, f"by key {shown['key']}"),
        ("key", alike, f"compare with those published: {shown['key']}"),
        ("promised", where == own["prefecture"] and first <= day, f"from {first} on"),
        ("present", present if known else None, why if known else "no key of labels"),
        ("mine", stands == label if known else None, f"the line is of {stands}"),
    ]
    return checks if line else checks[:-1]


def chain_of(nights: list[Night]) -> list[Check]:
    """Check that commitments name one another, by prefecture and day (§ 2)."""
    order = sorted({one.digest: one for one in nights}.values())
    first = {one.prefecture: one for one in reversed(order)}
    days, checks = Counter(one[:2] for one in order), list[Check]()
    for last, one in zip(order[-1:] + order, order, strict=False):
        begins = None if one.previous else True
        holds = begins if one is first[one.prefecture] else one.previous == last.digest
        holds = False if days[one[:2]] > 1 else holds  # two promises for one night
        why = f"{'/'.join(one[:2])!a} names {one.previous}"
        checks.append(("previous", holds, why))
    keys = sorted({one.key for one in nights})
    alike = True if len(keys) == 1 else None
    return [*checks, ("keys", alike, f"compare with those published: {keys}")]


def tell(where: str, checks: list[Check]) -> int:
    """Print one line a check; return 1 if one fails."""
    said = {True: "passed", False: "failed", None: "not made"}
    for name, holds, why in checks:
        sys.stdout.write(f"{said[holds]}: {where}{name}: {why}\n")
    return int(any(holds is False for _, holds, _ in checks))


def own_checks(papers: dict[str, list[Path]], found: Json) -> list[Check]:
    """Check one person's papers against one night."""
    own = {name: parse(papers[name][0].read_bytes()) for name in papers}
    own = own if "result" in found else {}  # an annulment answers nobody
    line, more = own.get("--mine"), "--acknowledged" in own
    checks = line_checks(line, found) if "--mine" in own else []
    return checks + (promise_checks(own["--acknowledged"], found, line) if more else [])


def files_of(paths: list[str], pattern: str) -> list[Path]:
    """Return the files named, and those of the folders named."""
    files = list[Path]()
    for path in map(Path, paths):
        files += sorted(path.glob(pattern)) if path.is_dir() else [path]
    return files or [Path("no file")]


def judged(file: Path, judge: Callable[[Json], Json]) -> Json:
    """Return what is said of a file; nothing, if it is refused, and say why."""
    try:
        return judge(parse(file.read_bytes()))
    except (ValueError, TypeError, RecursionError, MemoryError, OSError) as error:
        sys.stderr.write(f"refused: {file.name!a}: {str(error)!a}\n")
        return None


def main(words: list[str]) -> int:
    """Check files, and the transcripts of folders; return the exit code."""
    given, option = {"": list[str]()}, ""
    for word in words:
        option = word if word in OPTIONS else option
        given.setdefault(option, []).extend([word] if word != option else [])
        option = option if option in (word, "--kept") else ""  # others take one file
    files, nights, worst = files_of(given.pop(""), "*.json"), list[Night](), 0
    papers = {name: files_of(given[name], "**/*.json") for name in given}
    kept = [judged(file, kept_of) for file in papers.pop("--kept", [])]
    if papers and len(files) != 1:
        files = [Path("a line or an acknowledgement goes with one transcript")]
    if None in kept:
        return 2
    for file in files:
        found = judged(
            file,
            lambda one: (checks_of(one, kept) + own_checks(papers, one), night_of(one)),
        )
        where = f"{file.name!a}: " if len(files) > 1 else ""
        worst |= tell(where, found[0]) if found else 2
        nights += [found[1]] if found else []
    if len(files) > 1:
        more = [withheld(nights, kept, datetime.now(UTC))] if kept else []
        worst |= tell("", chain_of(nights) + more)
    return min(worst, 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What an operator might do to what is published, alone or with the key in hand.

Who only holds the files breaks them; whoever holds the key signs again. The first are
caught by what the file says, the second by the time of the round, by the nights around
it, or by whoever kept the commitment that came first.
"""

import json
import random
from functools import cache
from hashlib import sha256

from service.draw import draw
from service.draw.beacon import LocalChain
from service.draw.canonical import canonical_bytes
from service.draw.commitment import Commitment
from service.draw.model import Pool
from service.draw.transcript import BeaconRound, Signature, Transcript
from tests.strategies_draw import (
    CHAIN,
    KEY,
    LABELS,
    drawn_pool,
    entry,
    transcript_of,
    vector,
)

OLD_CHAIN = LocalChain(b"known", genesis_s=1_700_000_000, period_s=86_400, length=400)
QUICKNET = vector("drand.json")["quicknet"]["hash"]
RECORDED = vector("drand.json")["quicknet_rounds"]


def signed_again(full, *, chain, row, nonces=None):
    """The same night on another round, as whoever holds the key would write it."""
    frozen = Pool.from_json(full["pool"])
    nonces = nonces or {
        label: bytes.fromhex(nonce) for label, nonce in full["nonces"].items()
    }
    commitment = Commitment.for_pool(
        frozen,
        nonces,
        chain=chain,
        round=row["round"],
        previous=full["commitment"]["previous"],
    )
    randomness = sha256(bytes.fromhex(row["signature"])).digest()
    return Transcript(
        commitment=commitment,
        signature=Signature(
            KEY.public_key().public_bytes_raw().hex(),
            KEY.sign(commitment.signed_message()).hex(),
        ),
        beacon=BeaconRound(chain, row["round"], row["signature"], randomness.hex()),
        pool=frozen,
        nonces=nonces,
        outcome=draw(frozen, commitment.digest(), randomness),
    ).full()


def _add(found, rng):
    rows = found["pool"]["registrations"]
    friend = dict(rng.choice(rows), label=rng.randbytes(32).hex())
    rows.append(friend)
    rows.sort(key=lambda row: row["label"])
    found["nonces"][friend["label"]] = rng.randbytes(32).hex()


def _remove(found, rng):
    row = rng.choice(found["pool"]["registrations"])
    found["pool"]["registrations"].remove(row)
    del found["nonces"][row["label"]]


def _band(found, rng):
    row = rng.choice(found["pool"]["registrations"])
    row["band"] = rng.choice([band for band in range(5) if band != row["band"]])


def _move_place(found, rng):
    slots = found["pool"]["slots"]
    given, taken = rng.sample(range(len(slots)), 2)
    slots[given]["places"] += 1
    slots[taken]["places"] = max(0, slots[taken]["places"] - 1)


def _round(found, rng):
    other = rng.choice([n for n in range(1, 300) if n != found["beacon"]["round"]])
    found["beacon"]["round"] = other
    if rng.random() < 0.5:  # a real round, only not the one that was named
        found["beacon"]["signature"] = CHAIN.signature(other)
        found["beacon"]["randomness"] = CHAIN.randomness(other).hex()


def _grind(found, rng):
    found["beacon"]["randomness"] = rng.randbytes(32).hex()


def _order(found, rng):
    kinds = ["registrations", "slots"]
    listed = found["pool"][rng.choice(kinds)]
    first, second = rng.sample(range(len(listed)), 2)
    listed[first], listed[second] = listed[second], listed[first]


def _swap_answers(found, rng):
    given, left = found["result"]["allocations"], found["result"]["unserved"]
    if given and left:
        one, other = rng.choice(given), rng.choice(left)
        one["label"], other["label"] = other["label"], one["label"]
    else:
        found["result"]["free"].append({"slot": "d0", "places": 1})


def _better_slot(found, rng):
    names = [slot["slot"] for slot in found["pool"]["slots"]]
    given = found["result"]["allocations"]
    if given:
        one = rng.choice(given)
        one["slot"] = rng.choice([name for name in names if name != one["slot"]])
    else:
        found["result"]["free"].append({"slot": "d0", "places": 1})


def _ticket(found, rng):
    label = rng.choice(list(found["result"]["tickets"]))
    found["result"]["tickets"][label] = "00" * 32


def _rules(found, rng):
    found["pool"]["ruleset"]["version"] = f"another {rng.random()}"


def _nonce(found, rng):
    label = rng.choice(list(found["nonces"]))
    found["nonces"][label] = rng.randbytes(32).hex()


MANIPULATIONS = {
    "a registration added": _add,
    "a registration removed": _remove,
    "a band changed": _band,
    "a place moved": _move_place,
    "the round changed": _round,
    "the seed ground": _grind,
    "an order changed": _order,
    "two answers swapped": _swap_answers,
    "a better slot given": _better_slot,
    "a ticket made the first": _ticket,
    "the rules changed": _rules,
    "a nonce changed": _nonce,
}


def manipulated(full, kind, seed):
    """A published transcript, manipulated as an operator might, as bytes."""
    found = json.loads(json.dumps(full))
    MANIPULATIONS[kind](found, random.Random(f"{kind} {seed}"))
    return json.dumps(found).encode()


# --- With the key in hand -------------------------------------------------------


def _statement(night):
    return {name: night[name] for name in ("spec", "commitment", "signature")}


def _pool_on(day, rng):
    pool = drawn_pool(rng, most=6, slots=3) | {"draw": f"isere/2026-11-{day:02d}"}
    if not pool["registrations"]:  # nobody is no manipulation
        pool["classes"] = {"c0": {"in_time": ["d0"], "late": []}}
        pool["registrations"] = [entry(LABELS[0])]
    return pool


@cache
def _honest(variant):
    """Five nights that name one another; eight different chains of them."""
    rng, nights, digest = random.Random(f"honest {variant}"), [], None
    for day in range(1, 6):
        night = transcript_of(_pool_on(day, rng), previous=digest)
        digest = night.commitment.digest().hex()
        nights.append(night)
    return tuple(nights)


def _around(nights, at, previous, rng):
    """Sign the night at a place again, and those after it, on another one before."""
    again = list(nights[:at])
    for night in nights[at:]:
        signed = transcript_of(night.pool.to_json(), previous=previous)
        previous = signed.commitment.digest().hex()
        again.append(signed)
    return again


def _old_round(rng):
    """A night on a round that everybody knew, ground by its nonces."""
    night = rng.choice(_honest(rng.randrange(8))).full()
    nonces = {label: rng.randbytes(32) for label in night["nonces"]}
    number = rng.randrange(1, 400)
    row = {"round": number, "signature": OLD_CHAIN.signature(number)}
    if rng.random() < 0.5:
        row = rng.choice(RECORDED)
        chain = f"drand/{QUICKNET}"
    else:
        chain = OLD_CHAIN.name
    return [signed_again(night, chain=chain, row=row, nonces=nonces)], []


def _withheld(rng):
    """A night that witnesses have, then dropped: the chain goes round it."""
    nights = _honest(rng.randrange(8))
    gone = rng.randrange(1, len(nights))
    before = nights[gone - 1].commitment.digest().hex()
    published = [*nights[:gone], *_around(nights[gone + 1 :], 0, before, rng)]
    kept = [*nights[: gone + 1], *published[gone:]]
    return [one.full() for one in published], [_statement(one.full()) for one in kept]


def _fork(rng):
    """A night that names another than the one before it, all signed."""
    nights = list(_honest(rng.randrange(8)))
    at = rng.randrange(1, len(nights))
    elsewhere = [None, "ab" * 32]
    elsewhere += [one.commitment.digest().hex() for one in nights[: at - 1]]
    forked = _around(nights, at, rng.choice(elsewhere), rng)
    return [one.full() for one in forked], []


def _exchanged(rng):
    """A night drawn again for other winners, when witnesses had its commitment."""
    nights = list(_honest(rng.randrange(8)))
    at = rng.randrange(len(nights))
    kept = [_statement(one.full()) for one in nights]
    friendlier = nights[at].pool.to_json()
    row = rng.choice(friendlier["registrations"])
    row["band"] = row["band"] + 1 + rng.randrange(3)
    before = nights[at].commitment.previous
    nights[at] = transcript_of(friendlier, previous=before)
    if at + 1 < len(nights) and rng.random() < 0.5:  # and the chain mended after it
        nights = _around(nights, at + 1, nights[at].commitment.digest().hex(), rng)
    return [one.full() for one in nights], kept


SIGNED_AGAIN = {
    "an old round": _old_round,
    "a night withheld": _withheld,
    "a forked chain": _fork,
    "a night drawn again": _exchanged,
}


def with_the_key(kind, seed):
    """Files published and commitments kept, as bytes, by whoever holds the key."""
    published, kept = SIGNED_AGAIN[kind](random.Random(f"{kind} {seed}"))
    return [canonical_bytes(one) for one in published], [
        canonical_bytes(one) for one in kept
    ]


# --- What a reduced transcript cannot show ---------------------------------------

UNSEEN_IN_REDUCED = frozenset(
    {
        "result.allocations[].slot",
        "result.allocations[].tier",
        "result.allocations[].through",
        "result.unserved[].reason",
        "result.free[].slot",
        "result.free[].places",
    }
)
"""Without the pool, nobody outside can tell these from what the rule gives."""


def places_changed(before, after, place=""):
    """Every place, by name, at which two documents differ."""
    if type(before) is not type(after):
        return {place}
    if isinstance(before, dict):
        names = before.keys() | after.keys()
        below = (
            places_changed(
                before.get(name), after.get(name), f"{place}.{name}".strip(".")
            )
            for name in names
        )
        return set().union(*below)
    if isinstance(before, list) and len(before) == len(after):
        pairs = zip(before, after, strict=True)
        return set().union(*(places_changed(a, b, f"{place}[]") for a, b in pairs))
    return set() if before == after else {place}

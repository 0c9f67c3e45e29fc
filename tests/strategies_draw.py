"""Small pools, whole nights and manipulations of them, for the tests of the draw."""

import copy
import json
import os
import random
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from hypothesis import strategies as st

from service.draw import draw
from service.draw.allocate import allocate
from service.draw.beacon import LocalChain
from service.draw.commitment import Commitment
from service.draw.model import Pool
from service.draw.transcript import BeaconRound, Lines, Signature, Transcript

VECTORS = Path(__file__).parent / "vectors"
DRAW_VECTORS = sorted((VECTORS / "draw-v1").glob("*.json"))
# Of every promise, in the ordinary run. With a mutant awake a hundred must do: what
# needs more to be noticed is counted as alive.
EXAMPLES = 100 if os.environ.get("MUTANT_UNDER_TEST") else 2_000
LABELS = sorted(sha256(b"label %d" % index).hexdigest() for index in range(64))
KEY = Ed25519PrivateKey.from_private_bytes(b"a key that only these tests use.")
# Its rounds exist in the evening of the nights that the vectors describe.
CHAIN = LocalChain(b"a seed", genesis_s=1_795_461_000, period_s=3, length=300)
ROUND = 77


def vector(name):
    """Read one of the public vectors."""
    return json.loads((VECTORS / name).read_text("utf-8"))


def entry(label, kind="c0", *, band=0, waited=0, quotas=(), size=1):
    """One registration of a pool, as JSON."""
    return {
        "label": label,
        "class": kind,
        "band": band,
        "waited_days": waited,
        "quotas": list(quotas),
        "size": size,
    }


def pool_of(places, classes, registrations, quotas=()):
    """Make a pool as JSON: one slot a day, lists given by the numbers of slots."""
    names = [f"d{index}" for index in range(len(places))]

    def named(numbers):
        return [names[number] for number in sorted(numbers)]

    return {
        "spec": "tour-de-role/draw/1",
        "draw": "isere/2026-11-23",
        "ruleset": {"version": "tests"},
        "slots": [
            {"slot": name, "starts_at": f"2026-12-{1 + at:02d}T09:00", "places": count}
            for at, (name, count) in enumerate(zip(names, places, strict=True))
        ],
        "classes": {
            f"c{at}": {"in_time": named(in_time), "late": named(late)}
            for at, (in_time, late) in enumerate(classes)
        },
        "quotas": [{"quota": name, "places": count} for name, count in quotas],
        "registrations": sorted(registrations, key=lambda row: row["label"]),
    }


@st.composite
def pools(
    pick,
    *,
    most=10,
    slots=5,
    places=3,
    sizes=(1,),
    quotas=0,
    late=True,
    bands=4,
    own_class=False,
):
    """Small pools as JSON; by default of size 1 and without quotas."""
    offered = pick(st.lists(st.integers(0, places), min_size=1, max_size=slots))
    number = pick(st.integers(0, most))
    # Where each slot stands for a class: nowhere, in time, or late.
    stands = st.lists(
        st.sampled_from(["", "in_time", "late"] if late else ["", "in_time"]),
        min_size=len(offered),
        max_size=len(offered),
    )
    count = number if own_class else pick(st.integers(1, 4))
    classes = [
        [
            [at for at, tier in enumerate(standing) if tier == wanted]
            for wanted in ("in_time", "late")
        ]
        for standing in (pick(stands) for _ in range(max(count, 1)))
    ]
    shares = [
        (f"q{at}", pick(st.integers(0, 4)))
        for at in range(pick(st.integers(0, quotas)))
    ]
    names = [name for name, _ in shares]
    registrations = [
        entry(
            LABELS[at],
            f"c{at if own_class else pick(st.integers(0, len(classes) - 1))}",
            band=pick(st.integers(0, bands - 1)),
            waited=pick(st.sampled_from([0, 1, 5, 90])),
            quotas=[name for name in names if pick(st.booleans())],
            size=pick(st.sampled_from(sizes)),
        )
        for at in range(number)
    ]
    return pool_of(offered, classes, registrations, shares)


@st.composite
def nights(pick, *, equal_tickets=False, **options):
    """A small pool as JSON, and a ticket for every label of it."""
    pool = pick(pools(**options))
    labels = [row["label"] for row in pool["registrations"]]
    numbers = pick(
        st.lists(
            st.integers(0, 3 * len(labels) + 1),
            min_size=len(labels),
            max_size=len(labels),
            unique=not equal_tickets,
        )
    )
    return pool, {
        k: n.to_bytes(32, "big") for k, n in zip(labels, numbers, strict=True)
    }


def drawn_pool(
    rng,
    *,
    most=10,
    slots=5,
    places=3,
    sizes=(1,),
    quotas=0,
    late=True,
    bands=4,
    own_class=False,
):
    """A pool as ``pools`` makes them, by a generator: twenty times as fast."""
    offered = [rng.randint(0, places) for _ in range(rng.randint(1, slots))]
    number = rng.randint(0, most)
    tiers_of = ["", "in_time", "late"] if late else ["", "in_time"]
    count = number if own_class else rng.randint(1, 4)
    classes = []
    for _ in range(max(count, 1)):
        standing = [rng.choice(tiers_of) for _ in offered]
        classes.append(
            [
                [at for at, tier in enumerate(standing) if tier == wanted]
                for wanted in ("in_time", "late")
            ]
        )
    shares = [(f"q{at}", rng.randint(0, 4)) for at in range(rng.randint(0, quotas))]
    registrations = [
        entry(
            LABELS[at],
            f"c{at if own_class else rng.randrange(len(classes))}",
            band=rng.randrange(bands),
            waited=rng.choice([0, 1, 5, 90]),
            quotas=[name for name, _ in shares if rng.random() < 0.5],
            size=rng.choice(sizes),
        )
        for at in range(number)
    ]
    return pool_of(offered, classes, registrations, shares)


def drawn_night(rng, *, equal_tickets=False, **options):
    """A night as ``nights`` makes them, by a generator."""
    pool = drawn_pool(rng, **options)
    labels = [row["label"] for row in pool["registrations"]]
    numbers = range(3 * len(labels) + 2)
    if equal_tickets:
        chosen = [rng.choice(numbers) for _ in labels]
    else:
        chosen = rng.sample(numbers, len(labels))
    return pool, {k: n.to_bytes(32, "big") for k, n in zip(labels, chosen, strict=True)}


def many_nights(**options):
    """Nights for thousands of examples: hypothesis only chooses the seed."""
    return st.integers(0, 2**64 - 1).map(
        lambda seed: drawn_night(random.Random(seed), **options)
    )


def many_whole_nights(**options):
    """The same with everything that the rule knows."""
    return many_nights(
        **{"sizes": ANY_SIZE, "quotas": 2, "equal_tickets": True} | options
    )


ANY_SIZE = (1, 1, 1, 2, 3)


def whole_nights(**options):
    """Nights with everything that the rule knows."""
    return nights(**{"sizes": ANY_SIZE, "quotas": 2, "equal_tickets": True} | options)


def decided(pool, tickets):
    """Decide a pool given as JSON."""
    return allocate(Pool.from_json(pool), tickets)


def tiers(outcome):
    """For each label: 0 in time, 1 late, 2 not served."""
    found = dict.fromkeys((one.label for one in outcome.unserved), 2)
    return found | {one.label: int(one.tier == "late") for one in outcome.allocations}


def changed(pool, label=None, **members):
    """A copy of a pool as JSON, with one registration changed."""
    copied = copy.deepcopy(pool)
    for row in copied["registrations"]:
        if row["label"] == label:
            row.update(members)
    return copied


def without(pool, label):
    """A copy of a pool as JSON, with one registration fewer."""
    copied = copy.deepcopy(pool)
    copied["registrations"] = [
        row for row in copied["registrations"] if row["label"] != label
    ]
    return copied


def is_signed(key, message, signature):
    """Check Ed25519 with a library that none of the verifiers uses."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def transcript_of(pool, *, previous=None, round_number=ROUND):
    """Play a whole night over a pool given as JSON."""
    frozen = Pool.from_json(pool)
    nonces = {one.label: sha256(one.label.encode()).digest() for one in frozen.entries}
    commitment = Commitment.for_pool(
        frozen, nonces, chain=CHAIN.name, round=round_number, previous=previous
    )
    randomness = CHAIN.randomness(round_number)
    return Transcript(
        commitment=commitment,
        signature=Signature(
            KEY.public_key().public_bytes_raw().hex(),
            KEY.sign(commitment.signed_message()).hex(),
        ),
        beacon=BeaconRound(
            CHAIN.name, round_number, CHAIN.signature(round_number), randomness.hex()
        ),
        pool=frozen,
        nonces=nonces,
        outcome=draw(frozen, commitment.digest(), randomness),
    )


def lines_of(transcript):
    """The own lines of a night."""
    return Lines(transcript.commitment, transcript.pool, transcript.nonces)


def one_bit_changed(text, seed):
    """The same bytes but for one bit."""
    position = random.Random(f"bit {seed}").randrange(8 * len(text))
    flipped = bytearray(text)
    flipped[position // 8] ^= 1 << position % 8
    return bytes(flipped)

"""A small night of eleven, and what the verifier says of it."""

import json

from service.draw.canonical import parse_strict
from service.draw.verify import (
    verify,
)
from tests.strategies_draw import (
    LABELS,
    entry,
    is_signed,
    pool_of,
    transcript_of,
)

POOL = pool_of(
    [1, 2, 1],
    [([0, 1], [2]), ([2], [])],
    [entry(label, f"c{at % 2}", band=at % 3) for at, label in enumerate(LABELS[:9])]
    + [entry(LABELS[9], size=2), entry(LABELS[10], "c1", size=3)],
    [("q0", 1)],
)
NIGHT = transcript_of(POOL)
CHECKS = [
    "pool",
    "commitment",
    "root",
    "signature",
    "order",
    "randomness",
    "beacon",
    "tickets",
    "counts",
    "served",
    "dates",
    "reasons",
    "free",
    "witness",
    "previous",
]
MADE_WITHOUT_POOL = {
    "root",
    "signature",
    "order",
    "randomness",
    "beacon",
    "tickets",
    "counts",
}


def as_json(value):
    return parse_strict(json.dumps(value).encode())


def full():
    return as_json(NIGHT.full())


def reduced():
    return as_json(NIGHT.reduced())


def outcomes(transcript, **options):
    checks = verify(transcript, **{"check_signature": is_signed} | options)
    assert [check.name for check in checks] == CHECKS
    return {check.name: check.outcome for check in checks}


def failed(transcript, **options):
    found = outcomes(transcript, **options)
    return {name for name, outcome in found.items() if outcome == "failed"}


def not_made(transcript, **options):
    found = outcomes(transcript, **options)
    return {name for name, outcome in found.items() if outcome == "not made"}


def detail(transcript, name, **options):
    checks = verify(transcript, **{"check_signature": is_signed} | options)
    return next(check.detail for check in checks if check.name == name)


def put(*path, value):
    def change(found):
        *way, last = path
        for step in way:
            found = found[step]
        found[last] = value

    return change

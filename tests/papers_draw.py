"""One person's papers in tests: a night whose labels were promised, and its lines."""

from hashlib import sha256

from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.labels import label_of
from tests.strategies_draw import KEY, entry, lines_of, pool_of, transcript_of

DRAW = "isere/2026-11-23"
KEYS = [sha256(b"label key %d" % index).digest() for index in range(9)]
"""Of eight people in the night, and of a ninth who was left out."""

LEFT_OUT = 8


def label(number):
    return label_of(KEYS[number], DRAW).hex()


NIGHT = transcript_of(
    pool_of(
        [1, 2],
        [([0, 1], []), ([1], [0])],
        [entry(label(at), f"c{at % 2}", band=at % 3) for at in range(LEFT_OUT)],
    )
)
_LINES = lines_of(NIGHT)


def signed(said):
    """What the service would sign, whatever it says."""
    message = f"{said['spec']}/".encode() + canonical_bytes(said)
    key = KEY.public_key().public_bytes_raw().hex()
    return {**said, "signature": {"key": key, "value": KEY.sign(message).hex()}}


def paper(number=None, **changes):
    """An acknowledgement: with a label key, of version 2; without, of version 1."""
    said = {
        "spec": "tour-de-role/acknowledgement/1",
        "reference": "ABC234DEF",
        "received_at": "2026-11-20T02:14:00Z",
        "first_night_on": "2026-11-20",
        "prefecture": "isere",
        "motif": "recepisse",
    }
    if number is not None:
        said |= {
            "spec": "tour-de-role/acknowledgement/2",
            "label_key": KEYS[number].hex(),
            "first_label_on": "2026-11-20",
        }
    return signed(said | changes)


def line(number):
    return parse_strict(canonical_bytes(_LINES.line(label(number))))


def night(form):
    return parse_strict(canonical_bytes(getattr(NIGHT, form)()))

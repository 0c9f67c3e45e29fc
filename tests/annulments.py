"""Nights given up in public, as their documents say it."""

import json

from service.draw.canonical import canonical_bytes, parse_strict
from tests.strategies_draw import KEY

SPEC = "tour-de-role/annulment/1"


def annulment(night, *, luck_was_known=True, reason="la liste a été abîmée"):
    """Give up a night that was committed to."""
    said = {
        "spec": SPEC,
        "commitment": night["commitment"],
        "signature": night["signature"],
        "annulled": {
            "at": "2026-11-24T08:00:00Z",
            "reason": reason,
            "luck_was_known": luck_was_known,
        },
    }
    message = f"{SPEC}/".encode() + canonical_bytes(said)
    key = KEY.public_key().public_bytes_raw().hex()
    signed = {"key": key, "value": KEY.sign(message).hex()}
    return json.loads(json.dumps(said | {"annulment_signature": signed}))


def bent(night, seed):
    """An annulment with one thing in it that its signature does not cover, or none."""
    found = annulment(night, luck_was_known=seed % 2 == 0)
    ways = [
        lambda: None,
        lambda: found["annulled"].update(reason="une autre"),
        lambda: found["annulled"].update(luck_was_known=seed % 2 != 0),
        lambda: found["annulled"].update(luck_was_known=1),
        lambda: found["annulled"].update(at="2026-11-24T08:00:00"),
        lambda: found["annulled"].update(at="٢٠٢٦-11-24T08:00:00Z"),
        lambda: found["annulled"].update(more=1),
        lambda: found["commitment"].update(previous="ab" * 32),
        lambda: found["signature"].update(value="00" * 64),
        lambda: found["annulment_signature"].update(key="01" + "00" * 31),
        lambda: found.update(spec="tour-de-role/annulment/2"),
        lambda: found.update(leaves=[]),
        lambda: found.pop("annulled"),
        lambda: found.update(commitment=[]),
    ]
    ways[seed // 2 % len(ways)]()
    return parse_strict(canonical_bytes(found))


MANY_BENT = 28

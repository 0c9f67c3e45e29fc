"""A signed acknowledgement against a published night: was this person in it, and where?

Leaves hide who they are, on purpose: nobody can look for a reference under a root. But
the acknowledgement of version 2 holds the key of its registration's labels, and the
label of any night follows from it. So its person finds their ticket in the transcript,
or shows that there is none; and a line that stands under another label is not theirs.
"""

from collections.abc import Mapping
from typing import Any

from service.draw.canonical import canonical_bytes
from service.draw.verify import hashing
from service.draw.verify.check import Check, DifferenceError, NotMadeError, look, shown
from service.draw.verify.published import CheckSignature
from service.draw.verify.reading import (
    read_acknowledgement,
    read_line,
    read_transcript,
)


def verify_acknowledgement(
    acknowledgement: object,
    transcript: object,
    *,
    line: object = None,
    check_signature: CheckSignature | None = None,
) -> list[Check]:
    """Check a signed acknowledgement, and what it promises of a night.

    Args:
        acknowledgement: As read from JSON, of version 1 or 2.
        transcript: The night's transcript, full or reduced.
        line: The line that is given for this registration's, if there is one.
        check_signature: From key, message and Ed25519 signature to whether it holds.

    Returns:
        Four checks: ``acknowledgement`` (signed by the key shown), ``key`` (the one
        that signed the night; after a rotation it is to be compared with the keys
        published), ``promised`` (the registration was to take part in this night,
        unless it was withdrawn, served or sitting out by then), ``present`` (its label
        has a ticket); with a line a fifth, ``mine`` (the line stands under its label).

    Raises:
        NotATranscriptError: One of them has not the right shape.
    """
    own = read_acknowledgement(acknowledgement)
    found = read_transcript(transcript)
    checks = [
        look("acknowledgement", lambda: _signed(own, check_signature)),
        look("key", lambda: _same_key(own, found)),
        look("promised", lambda: _promised(own, found)),
        look("present", lambda: _present(own, found)),
    ]
    if line is not None:
        given = read_line(line)
        checks.append(look("mine", lambda: _mine(own, found, given)))
    return checks


def _signed(own: Mapping[str, Any], holds: CheckSignature | None) -> str:
    if holds is None:
        raise NotMadeError("nothing here can check Ed25519")
    said = {name: value for name, value in own.items() if name != "signature"}
    message = f"{own['spec']}/".encode() + canonical_bytes(said)
    key, value = (bytes.fromhex(own["signature"][part]) for part in ("key", "value"))
    if not holds(key, message, value):
        raise DifferenceError(f"not a signature by key {key.hex()}")
    return f"{shown(own['reference'])}, received at {shown(own['received_at'])}"


def _same_key(own: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    key: str = own["signature"]["key"]
    if key != found["signature"]["key"]:
        raise NotMadeError(
            f"another key signed this night: look for {key} in those published"
        )
    return f"{key} signed this night too"


def _promised(own: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    prefecture, _, day = found["commitment"]["draw"].partition("/")
    if prefecture != own["prefecture"]:
        raise DifferenceError(f"it is one of {shown(own['prefecture'])}")
    if not own["first_night_on"] <= day:
        raise DifferenceError(f"its first night is {shown(own['first_night_on'])}")
    return f"it was to take part, as in every night from {own['first_night_on']}"


def _present(own: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    label = _label(own, found)
    if label not in found["result"]["tickets"]:
        raise DifferenceError(
            f"no ticket for its label {label}: it was not in this draw. An honest"
            " reason would be: it was withdrawn or had lapsed; it held an offer or an"
            " appointment; it sat out after a decline; or the night lies before"
            f" {own['first_night_on']}. If none is true, it was left out"
        )
    return f"its label {label} has a ticket"


def _mine(
    own: Mapping[str, Any], found: Mapping[str, Any], line: Mapping[str, Any]
) -> str:
    label, stands = _label(own, found), line["registration"]["label"]
    if stands != label:
        raise DifferenceError(
            f"the line stands under {stands}, its label is {label}: this is the line of"
            " another registration"
        )
    return f"the line stands under its label {label}"


def _label(own: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """Return the label of this registration in this night, where it is promised."""
    draw = found["commitment"]["draw"]
    if "label_key" not in own:
        raise NotMadeError(
            "this acknowledgement holds no label key: open the registration by the link"
            " of a message, and keep the one that is given then, before the night"
        )
    if draw.partition("/")[2] < own["first_label_on"]:
        raise NotMadeError(f"its key gives its labels from {own['first_label_on']} on")
    return hashing.label(own["label_key"], draw)

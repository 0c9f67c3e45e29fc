"""A signed acknowledgement against a published night: was this person owed a line?

Leaves hide who they are, on purpose: nobody can look for a reference under a root. So
absence is shown by two papers. The signed acknowledgement says from which night on the
registration takes part; its line, which the service must give to whoever holds the
secret, shows that it did. Who has the first and is refused the second has the proof.
"""

from collections.abc import Mapping
from typing import Any, Final

from service.draw.canonical import canonical_bytes
from service.draw.verify.check import Check, DifferenceError, NotMadeError, look, shown
from service.draw.verify.published import CheckSignature
from service.draw.verify.reading import read_acknowledgement, read_transcript

SIGNED_PREFIX: Final = b"tour-de-role/acknowledgement/1/"


def verify_acknowledgement(
    acknowledgement: object,
    transcript: object,
    *,
    check_signature: CheckSignature | None = None,
) -> list[Check]:
    """Check a signed acknowledgement, and whether it promises a night.

    Args:
        acknowledgement: As read from JSON.
        transcript: The night's transcript, full or reduced.
        check_signature: From key, message and Ed25519 signature to whether it holds.

    Returns:
        Three checks: ``acknowledgement`` (signed by the key shown), ``key`` (the one
        that signed the night; after a rotation it is to be compared with the keys
        published), ``promised`` (the registration was to take part in this night,
        unless it was withdrawn, served or sitting out by then).

    Raises:
        NotATranscriptError: The one or the other has not the right shape.
    """
    own = read_acknowledgement(acknowledgement)
    found = read_transcript(transcript)
    return [
        look("acknowledgement", lambda: _signed(own, check_signature)),
        look("key", lambda: _same_key(own, found)),
        look("promised", lambda: _promised(own, found)),
    ]


def _signed(own: Mapping[str, Any], holds: CheckSignature | None) -> str:
    if holds is None:
        raise NotMadeError("nothing here can check Ed25519")
    said = {name: value for name, value in own.items() if name != "signature"}
    key, value = (bytes.fromhex(own["signature"][part]) for part in ("key", "value"))
    if not holds(key, SIGNED_PREFIX + canonical_bytes(said), value):
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
    return "it was to take part: ask for its line, which must stand under the root"

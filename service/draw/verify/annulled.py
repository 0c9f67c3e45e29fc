"""An annulled night: no draw to check, and its commitment stands in the chain.

A stopped night that cannot be mended gives no places. Its document holds the commitment
as it was signed, and when and why it was given up; it answers for that night where a
chain of transcripts is checked, and says loudly that a luck was not used.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from service.draw.canonical import canonical_bytes, is_mapping
from service.draw.verify import ed25519, hashing
from service.draw.verify.chain import Link, link_between
from service.draw.verify.check import Check, DifferenceError, NotMadeError, look, shown
from service.draw.verify.published import SIGNED_PREFIX, CheckSignature
from service.draw.verify.reading import SPEC, NotATranscriptError, read_statement

ANNULMENT: Final = "tour-de-role/annulment/1"
ANNULMENT_PREFIX: Final = b"tour-de-role/annulment/1/"

_MEMBERS: Final = {"spec", "commitment", "signature", "annulled", "annulment_signature"}
_SAID: Final = {"at": str, "reason": str, "luck_was_known": bool}


def is_annulment(value: object) -> bool:
    """Say whether a document claims to be an annulment."""
    return is_mapping(value) and value.get("spec") == ANNULMENT


def read_annulment(value: object) -> Mapping[str, Any]:
    """Return an annulment whose every part has the right shape.

    Raises:
        NotATranscriptError: Naming the first place that is not as it should be.
    """
    if not is_mapping(value) or not is_annulment(value) or set(value) != _MEMBERS:
        raise NotATranscriptError("the document", "not an annulment")
    for signed in ("signature", "annulment_signature"):
        read_statement(
            {
                "spec": SPEC,
                "commitment": value["commitment"],
                "signature": value[signed],
            }
        )
    said = value["annulled"]
    if (
        not is_mapping(said)
        or {name: type(part) for name, part in said.items()} != _SAID
        or not re.fullmatch(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", said["at"]
        )
    ):
        raise NotATranscriptError("annulled", "not what the rule asks for here")
    found: Mapping[str, Any] = value
    return found


def link_of_annulment(value: object) -> Link:
    """Keep of an annulment what its chain is made of.

    Raises:
        NotATranscriptError: The value is not an annulment.
    """
    found = read_annulment(value)
    return link_between(found["commitment"], found["signature"]["key"])


def verify_annulment(
    value: object, *, check_signature: CheckSignature | None = None
) -> list[Check]:
    """Check what stands for an annulled night.

    Args:
        value: As read from JSON.
        check_signature: From key, message and Ed25519 signature to whether it holds.

    Returns:
        Two checks: ``signature`` (of the commitment), and ``annulled``: *failed* when
        nobody signed it, else *not made*, since there is no draw to check; its detail
        says when and why it was given up, and whether its luck was known.

    Raises:
        NotATranscriptError: It has not the right shape.
    """
    found = read_annulment(value)
    digest = hashing.sha256_of(found["commitment"])
    said = {name: part for name, part in found.items() if name != "annulment_signature"}

    def signature() -> str:
        return _by(found["signature"], SIGNED_PREFIX + digest, check_signature)

    def annulled() -> str:
        message = ANNULMENT_PREFIX + canonical_bytes(said)
        _by(found["annulment_signature"], message, check_signature)
        raise NotMadeError(_told(found))

    return [look("signature", signature), look("annulled", annulled)]


def _told(found: Mapping[str, Any]) -> str:
    said = found["annulled"]
    known = "was known" if said["luck_was_known"] else "did not exist yet"
    return (
        f"{shown(found['commitment']['draw'])} gave no places: annulled at "
        f"{said['at']}, when its luck {known}: {shown(said['reason'])}"
    )


def _by(
    signature: Mapping[str, str], message: bytes, holds: CheckSignature | None
) -> str:
    if holds is None:
        raise NotMadeError("nothing here can check Ed25519")
    key, value = bytes.fromhex(signature["key"]), bytes.fromhex(signature["value"])
    if not ed25519.holds(holds, key, message, value):
        raise DifferenceError(f"not a signature by key {key.hex()}")
    return f"by key {key.hex()}: compare it with the one the prefecture publishes"

"""The checks of a transcript: each one made, failed, or said not to be made.

Source: ``spec/draw-v1.md`` sections 7 and 8.
"""

from typing import Final

from service.draw.verify.check import Check, look
from service.draw.verify.published import CheckBeacon, CheckSignature, Published
from service.draw.verify.reading import read_transcript
from service.draw.verify.rounds import instant

_ASK_WITNESSES: Final = (
    "when the commitment was published: ask who received it whether it came before"
)
_NEEDS_THE_NIGHT_BEFORE: Final = "verify the night before together with this one"


def verify(
    transcript: object,
    *,
    check_signature: CheckSignature | None = None,
    check_beacon: CheckBeacon | None = None,
) -> list[Check]:
    """Check everything that a transcript gives material for.

    Pure, but for the two functions given. Shares nothing with the program that
    writes transcripts but canonical bytes and hashing.

    Args:
        transcript: What was read from JSON, full or reduced.
        check_signature: From key, message and Ed25519 signature to whether it
            holds. Without it the signature is not checked.
        check_beacon: From chain, round and signature (hex) to the round's 32
            bytes; raises ``ValueError`` when the signature is not that round's,
            ``LookupError`` when the chain is unknown. Local chains need none.

    Returns:
        The checks, always the same ones in the same order.

    Raises:
        NotATranscriptError: The value is not a transcript.
    """
    case = Published(read_transcript(transcript))
    return [
        look("pool", case.look_at_pool),
        look("commitment", case.look_at_commitment),
        look("root", case.look_at_root),
        look("signature", lambda: case.look_at_signature(check_signature)),
        look("order", case.look_at_order),
        look("randomness", case.look_at_randomness),
        look("beacon", lambda: case.look_at_beacon(check_beacon)),
        look("tickets", case.look_at_tickets),
        look("counts", case.look_at_counts),
        look("served", case.look_at_served),
        look("dates", case.look_at_dates),
        look("reasons", case.look_at_reasons),
        look("free", case.look_at_free),
        Check("witness", "not made", f"{_ASK_WITNESSES} {instant(case.exists_from_s)}"),
        Check("previous", "not made", _NEEDS_THE_NIGHT_BEFORE),
    ]

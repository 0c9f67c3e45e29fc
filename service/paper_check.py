"""The offline check of a paper: its scanned text, and the keys that were published."""

from collections.abc import Sequence

from service.adapters.signer import is_valid_signature
from service.domain.errors import DomainError
from service.domain.paper_token import (
    AcknowledgementFacts,
    PaperFacts,
    read_token,
    signed_bytes,
)

CHECK_PATH = "/v/"


def check_scanned(text: str, keys: Sequence[bytes]) -> tuple[list[str], int]:
    """Check what the square of a paper says, without asking anybody.

    Args:
        text: The text of the square, or the whole address.
        keys: Public keys of 32 bytes, as ``/v1/keys`` lists them.

    Returns:
        One line a fact, and the exit code: 0 when one of the keys signed it, 1 when
        none did, 2 when it is no text of such a paper.
    """
    try:
        facts, signature = read_token(text.strip().rpartition(CHECK_PATH)[2])
    except DomainError as error:
        return [f"not a paper: {error.title}"], 2
    signed = signed_bytes(facts)
    signer = next((k for k in keys if is_valid_signature(k, signed, signature)), None)
    if signer is None:
        return ["FAIL signature: none of the keys given signed this"], 1
    return [f"ok   signature: by key {signer.hex()}", *_said(facts)], 0


def _said(facts: PaperFacts) -> list[str]:
    lines = [
        f"     code: {facts.code.spelled}",
        f"     prefecture: {facts.prefecture}",
        f"     issued: {facts.issued_on}",
    ]
    if not isinstance(facts, AcknowledgementFacts):
        return ["     a convocation", *lines]
    told = "not told" if facts.nights is None else str(facts.nights)
    return [
        "     an acknowledgement: no residence document",
        *lines,
        f"     received: {facts.received_at:%Y-%m-%d %H:%M} UTC",
        f"     first night: {facts.first_night_on}",
        f"     nights: {told}",
    ]

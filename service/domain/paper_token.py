"""What a paper's QR code says: a few plain facts of the service, signed.

One line of printable ASCII, made to be read by a person too::

    1.A.7ZK4M2QDX9B8.isere.202611090114.20261120.20261109.11.20261119.<signature>
    1.C.7ZK4M2QDX9B8.isere.20261120.<signature>

``A`` (accusé d'inscription): version, kind, code, prefecture, minute of reception
in UTC, day of issue, first night, nights taken part in so far (``-`` where not told),
the last of them (``-`` for none). ``C`` (convocation): version, kind, code,
prefecture, day of issue. The signature is Ed25519 over ``tour-de-role/paper/1/`` and
everything before the last full stop, in base64url without padding.

No name, number, date of birth, motif, reference or appointment is in it: whoever
photographs the code alone learns that somebody registered.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from service.domain.errors import MalformedPaperError
from service.domain.paper_code import PaperCode

SIGNED_PREFIX: Final = b"tour-de-role/paper/1/"
LONGEST: Final = 400

_VERSION: Final = "1"
_PREFECTURE: Final = re.compile(r"[0-9a-z][0-9a-z-]{0,39}")
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,4}")
_SIGNATURE: Final = re.compile(r"[0-9A-Za-z_-]{86}")
_NONE: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementFacts:
    """What an accusé proves to whoever holds only its code.

    ``nights`` counts the draws taken part in up to the day of issue, None where that is
    not told; ``received_at`` is aware, to the minute.
    """

    code: PaperCode
    prefecture: str
    received_at: datetime
    issued_on: date
    first_night_on: date
    nights: int | None
    last_night_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvocationFacts:
    """What a convocation says to whoever is no agent: that it is ours."""

    code: PaperCode
    prefecture: str
    issued_on: date


PaperFacts = AcknowledgementFacts | ConvocationFacts


def body_of(facts: PaperFacts) -> str:
    """Write the facts as the text that is signed."""
    parts = [str(facts.code), facts.prefecture]
    if isinstance(facts, ConvocationFacts):
        return ".".join((_VERSION, "C", *parts, _day(facts.issued_on)))
    last = facts.last_night_on
    return ".".join(
        (
            _VERSION,
            "A",
            *parts,
            f"{facts.received_at.astimezone(UTC):%Y%m%d%H%M}",
            _day(facts.issued_on),
            _day(facts.first_night_on),
            _NONE if facts.nights is None else str(facts.nights),
            _day(last) if last else _NONE,
        )
    )


def token_of(facts: PaperFacts, signature: bytes) -> str:
    """Write the facts with their 64-byte signature."""
    written = base64.urlsafe_b64encode(signature).decode().rstrip("=")
    return f"{body_of(facts)}.{written}"


def signed_bytes(facts: PaperFacts) -> bytes:
    """Return what the signature of a paper covers."""
    return SIGNED_PREFIX + body_of(facts).encode()


def read_token(text: str) -> tuple[PaperFacts, bytes]:
    """Read a token: its facts, and the signature, not yet checked.

    Only the canonical form is read: two texts never say the same.

    Raises:
        MalformedPaperError: Not a token of ours, or of a later version.
    """
    body, _, written = text.rpartition(".")
    if len(text) > LONGEST or not _SIGNATURE.fullmatch(written):
        raise MalformedPaperError("code")
    try:
        facts = _facts(body.split("."))
        signature = base64.urlsafe_b64decode(written + "==")
    except (ValueError, binascii.Error):
        raise MalformedPaperError("code") from None
    if token_of(facts, signature) != text:
        raise MalformedPaperError("code")
    return facts, signature


def _facts(parts: list[str]) -> PaperFacts:
    match parts:
        case ["1", "A", code, prefecture, received, issued, first, nights, last]:
            return AcknowledgementFacts(
                code=PaperCode(code),
                prefecture=_named(prefecture),
                received_at=datetime.strptime(received, "%Y%m%d%H%M").replace(
                    tzinfo=UTC
                ),
                issued_on=_read_day(issued),
                first_night_on=_read_day(first),
                nights=None if nights == _NONE else _count(nights),
                last_night_on=None if last == _NONE else _read_day(last),
            )
        case ["1", "C", code, prefecture, issued]:
            return ConvocationFacts(
                code=PaperCode(code),
                prefecture=_named(prefecture),
                issued_on=_read_day(issued),
            )
        case _:
            raise MalformedPaperError("code")


def _named(text: str) -> str:
    if not _PREFECTURE.fullmatch(text):
        raise MalformedPaperError("code")
    return text


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise MalformedPaperError("code")
    return int(text)


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _read_day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()

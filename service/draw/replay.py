"""Redo one draw from its input file: bytes in, bytes out.

Source: ``spec/draw-v1.md`` section 8; its transcript, section 7, holds the same input.
"""

import gc
import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias

from service.draw import draw
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.model import Pool
from service.draw.shapes import hexadecimal, members

_KEYS: Final = ("pool", "commitment_sha256", "randomness")
_TRANSCRIPT_KEYS: Final = (
    "spec", "commitment", "signature", "beacon", "pool", "nonces", "result",
)  # fmt: skip
_BEACON_KEYS: Final = ("chain", "round", "signature", "randomness")
_Input: TypeAlias = tuple[Pool, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Redone:
    """A draw that was redone.

    Attributes:
        result: As ``replay`` returns it.
        is_as_published: Whether a transcript's own result is the same, byte for byte;
            None for an input file, which holds none.
    """

    result: bytes
    is_as_published: bool | None


def replay(text: bytes) -> bytes:
    """Compute the result of a draw from the bytes of its input file.

    Pure: the same bytes give the same bytes, on any machine.

    Args:
        text: UTF-8 JSON, an object with ``pool``, ``commitment_sha256`` and
            ``randomness``.

    Returns:
        The result of section 6 in canonical bytes, and one newline.

    Raises:
        RefusedInputError: Naming the first place that breaks the rule.
    """
    with _collector_at_rest():
        return _redone(text)


def replay_given(text: bytes) -> Redone:
    """Redo the draw of an input file, or of a full transcript.

    Of a transcript only the draw is redone: that its pool is the one committed to, and
    its randomness the round's, is for ``service.draw.verify`` to say.

    Raises:
        RefusedInputError: Naming the first place that breaks the rule.
    """
    with _collector_at_rest():
        return _redone_given(text)


def _redone(text: bytes) -> bytes:
    """Do it in a frame of its own: nothing of the night is left when it returns.

    Or the collector, let go again, would walk over the whole of it once.
    """
    pool, commitment_digest, randomness = _read(parse_strict(text))
    return draw(pool, commitment_digest, randomness).canonical(b"\n")


def _redone_given(text: bytes) -> Redone:
    (pool, commitment_digest, randomness), published = _read_given(text)
    result = draw(pool, commitment_digest, randomness).canonical(b"\n")
    return Redone(result, None if published is None else result == published)


def _read_given(text: bytes) -> tuple[_Input, bytes | None]:
    """Return what a draw is made from, and the result that came with it."""
    found = parse_strict(text)
    if not _is_transcript(found):
        return _read(found), None
    night = members(found, "the document", _TRANSCRIPT_KEYS)
    beacon = members(night["beacon"], "beacon", _BEACON_KEYS)
    given = {
        "pool": night["pool"],
        "commitment_sha256": _sha256(canonical_bytes(night["commitment"])),
        "randomness": beacon["randomness"],
    }
    return _read(given), canonical_bytes(night["result"]) + b"\n"


def _is_transcript(found: object) -> bool:
    return isinstance(found, dict) and "commitment" in found and "beacon" in found


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(document: object) -> _Input:
    found = members(document, "the document", _KEYS)
    digest = hexadecimal(found["commitment_sha256"], "commitment_sha256", octets=32)
    randomness = hexadecimal(found["randomness"], "randomness", octets=32)
    pool = Pool.from_json(found["pool"])
    return pool, bytes.fromhex(digest), bytes.fromhex(randomness)


@contextmanager
def _collector_at_rest() -> Generator[None, None, None]:
    """Keep Python from looking for cycles, of which there are none here.

    It would walk over every registration read so far, again and again: half of
    the time of reading half a million.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()

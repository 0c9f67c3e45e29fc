"""Redo one draw from its input file: bytes in, bytes out.

Source: ``spec/draw-v1.md`` section 8.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from service.draw import draw
from service.draw.canonical import parse_strict
from service.draw.model import Pool
from service.draw.shapes import hexadecimal, members

_KEYS: Final = ("pool", "commitment_sha256", "randomness")


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


def _redone(text: bytes) -> bytes:
    """Do it in a frame of its own: nothing of the night is left when it returns.

    Or the collector, let go again, would walk over the whole of it once.
    """
    pool, commitment_digest, randomness = _read(text)
    return draw(pool, commitment_digest, randomness).canonical(b"\n")


def _read(text: bytes) -> tuple[Pool, bytes, bytes]:
    found = members(parse_strict(text), "the document", _KEYS)
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

"""Codes that let a helper in whose telephone is lost; codes as people type them."""

import base64
from collections.abc import Callable
from typing import Final

_BYTES: Final = 10


def recovery_code(entropy: Callable[[int], bytes]) -> str:
    """Return a code of 80 bits that can be copied from paper."""
    return base64.b32encode(entropy(_BYTES)).decode().lower()


def plain(code: str) -> str:
    """Return a code without the spaces and hyphens people type in it."""
    return "".join(code.split()).replace("-", "")

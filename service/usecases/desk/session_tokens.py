"""The secrets of those who sign in: made once, remembered by their digest alone."""

import base64
import hashlib
from collections.abc import Callable
from typing import Final

TOKEN_BYTES: Final = 32

NOBODY: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$dG91ci1kZS1yb2xlLW5v$"
    "Yc2m9g0n0Wf8l2nN1pZb0w3b1t8y0gk8h3kYw1rO4mE"
)
"""A hash of nothing: an unknown login takes as long as a wrong password."""


def new_token(entropy: Callable[[int], bytes]) -> str:
    """Return a fresh token of 256 bits, as a cookie or an address carries it."""
    return base64.urlsafe_b64encode(entropy(TOKEN_BYTES)).decode().rstrip("=")


def token_digest(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode(errors="replace")).digest()

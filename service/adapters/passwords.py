"""Agents' passwords: argon2id with the library's advised parameters (RFC 9106)."""

import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE: Final = 2
"""Each takes 64 MiB for a moment: a flood of log-ins waits, memory stays bounded."""


class Argon2Passwords:
    """See `service.usecases.ports.PasswordKeeper`; called from threads."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """Return what may be stored."""
        with self._turns:
            return self._hasher.hash(password)

    def matches(self, stored: str, password: str) -> bool:
        """Say whether ``password`` is the one."""
        try:
            with self._turns:
                return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

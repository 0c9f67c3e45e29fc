"""Agents' passwords: argon2id with the library's advised parameters (RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """See `service.usecases.ports.PasswordKeeper`."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hash(self, password: str) -> str:
        """Return what may be stored."""
        return self._hasher.hash(password)

    def matches(self, stored: str, password: str) -> bool:
        """Say whether ``password`` is the one."""
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

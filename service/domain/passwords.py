"""Which passwords do, for agents and helpers alike."""

from __future__ import annotations

from typing import Final

from service.domain.help_errors import WeakPasswordError

SHORTEST: Final = 12
LONGEST: Final = 128

_TOO_COMMON: Final = frozenset(
    {
        "motdepasse123",
        "password1234",
        "passwordpassword",
        "azertyuiop123",
        "azertyuiopqs",
        "qwertyuiop123",
        "123456789012",
        "1234567890123",
        "bonjourbonjour",
        "demonstration",
        "prefecture38",
        "administrateur",
    }
)


def refuse_weak(password: str, login: str) -> None:
    """Let a password pass that is long, and neither common nor the login.

    No rule about capitals or signs: length is what counts (ASVS 6.2.1, 6.2.5).

    Raises:
        WeakPasswordError: Too short, too long, too common, or made of the login.
    """
    folded = password.casefold()
    name = login.partition("@")[0].casefold()
    if (
        not SHORTEST <= len(password) <= LONGEST
        or folded in _TOO_COMMON
        or len(set(folded)) < 5
        or (len(name) >= 4 and name in folded)
    ):
        raise WeakPasswordError("password")

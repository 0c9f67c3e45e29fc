"""The demonstration's beacon: a chain of hashes, opened one link a round.

Whoever makes the chain knows all of it: it shows how a night works, offline and
at once, and proves nothing about luck. Its name says "local" so that no page
and no transcript can be mistaken about it.

``value_r`` is the value of round r, and ``link`` applied r times to it gives the
anchor that stands in the chain's name: nobody can publish another value for a round,
and no round tells anything about the next. A link hashes under a prefix of its own:
the randomness of a round, the plain SHA-256 of its value, is therefore not the value
of the round before, which everybody knows.

Source: L. Lamport, "Password authentication with insecure communication",
Communications of the ACM 24(11), 1981 (the chain of hashes).
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

LONGEST_CHAIN: Final = 10_000_000
"""Opening the last round of a longer chain would keep a verifier too long."""

_NAME: Final = re.compile(
    r"local/([0-9a-f]{64})/(0|[1-9][0-9]{0,11})/([1-9][0-9]{0,5})/([1-9][0-9]{0,7})"
)
_VALUE: Final = re.compile(r"[0-9a-f]{64}")
_CHECKPOINT_EVERY: Final = 1_024
_LINK: Final = b"tour-de-role/local-chain/1/link/"


def link(value: bytes) -> bytes:
    """Return the value of the round before: one step down the chain."""
    return sha256(_LINK + value).digest()


class InvalidChainError(ValueError):
    """This is not the name of a local chain, or a chain nobody should make."""


class InvalidRoundError(ValueError):
    """The chain has no such round, or this is not that round's value."""


@dataclass(frozen=True, slots=True)
class ChainName:
    """What a local chain's name says.

    Attributes:
        anchor: 32 bytes, the value of round 0.
        genesis_s: Unix time of round 0, in seconds.
        period_s: Seconds from one round to the next.
        length: Number of the last round.
    """

    anchor: bytes
    genesis_s: int
    period_s: int
    length: int

    @classmethod
    def parse(cls, name: str) -> Self:
        """Read ``local/<anchor>/<genesis s>/<period s>/<length>``.

        Raises:
            InvalidChainError: The name is no such name.
        """
        found = _NAME.fullmatch(name)
        if found is None:
            raise InvalidChainError
        genesis_s, period_s, length = map(int, found.groups()[1:])
        return cls(bytes.fromhex(found[1]), genesis_s, period_s, length)

    def __post_init__(self) -> None:
        """Refuse a chain that nobody could check in a moment."""
        if not 1 <= self.length <= LONGEST_CHAIN or self.period_s < 1:
            raise InvalidChainError

    def __str__(self) -> str:
        numbers = f"{self.genesis_s}/{self.period_s}/{self.length}"
        return f"local/{self.anchor.hex()}/{numbers}"

    def exists_from_s(self, round_number: int) -> int:
        """Return the Unix time, in seconds, from which a round exists."""
        return self.genesis_s + round_number * self.period_s

    def first_round_from(self, unix_s: int) -> int:
        """Return the first round that does not exist before a Unix time.

        Raises:
            InvalidRoundError: The chain ends before.
        """
        round_number = max(1, -((self.genesis_s - unix_s) // self.period_s))
        if round_number > self.length:
            raise InvalidRoundError
        return round_number


class LocalChain:
    """A chain made from a seed: cheap to keep, cheap to serve.

    One value in a thousand is kept; any other is a thousand hashes away.

    Attributes:
        name: What commitments and transcripts call it.
        schedule: The same name, read: when which round exists.
    """

    __slots__ = ("_checkpoints", "name", "schedule")

    def __init__(
        self, seed: bytes, *, genesis_s: int, period_s: int, length: int
    ) -> None:
        """Make the chain.

        Args:
            seed: 32 secret bytes; who has them knows every round.
            genesis_s: Unix time of round 0, in seconds.
            period_s: Seconds between rounds.
            length: Number of the last round.

        Raises:
            InvalidChainError: A length or a period out of bounds.
        """
        ChainName(b"", genesis_s, period_s, length)
        value = sha256(b"tour-de-role/local-chain/1/" + seed).digest()
        self._checkpoints = {length: value}
        for round_number in range(length - 1, -1, -1):
            value = link(value)
            if round_number % _CHECKPOINT_EVERY == 0:
                self._checkpoints[round_number] = value
        self.schedule = ChainName(value, genesis_s, period_s, length)
        self.name = str(self.schedule)

    def signature(self, round_number: int) -> str:
        """Return the value of a round, in hex.

        The caller answers for not telling it before its time.

        Raises:
            InvalidRoundError: The chain has no such round.
        """
        if not 1 <= round_number <= self.schedule.length:
            raise InvalidRoundError
        start = -(-round_number // _CHECKPOINT_EVERY) * _CHECKPOINT_EVERY
        start = min(start, self.schedule.length)
        value = self._checkpoints[start]
        for _ in range(start - round_number):
            value = link(value)
        return value.hex()

    def randomness(self, round_number: int) -> bytes:
        """Return the 32 bytes that a round gives to a draw.

        Raises:
            InvalidRoundError: The chain has no such round.
        """
        return sha256(bytes.fromhex(self.signature(round_number))).digest()


def verify_local_round(chain: str, round_number: int, signature: str) -> bytes:
    """Return the randomness of a round, if this is its value.

    Args:
        chain: The chain's name.
        round_number: The round.
        signature: What was published for it, in hex.

    Raises:
        InvalidChainError: The name is not a local chain's.
        InvalidRoundError: The value does not lead to the anchor.
    """
    name = ChainName.parse(chain)
    if not 1 <= round_number <= name.length or not _VALUE.fullmatch(signature):
        raise InvalidRoundError
    value = bytes.fromhex(signature)
    for _ in range(round_number):
        value = link(value)
    if value != name.anchor:
        raise InvalidRoundError
    return sha256(bytes.fromhex(signature)).digest()

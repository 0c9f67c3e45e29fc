"""The demonstration's own beacon: a hash chain, promised whole before its first use.

Round r is a value whose r-fold SHA-256 is the published anchor. Whoever holds the
seed knows every round in advance: **weaker than a public beacon**, and every page
says so. What it does prove is that the operator chose nothing after the anchor was
published, so that demonstrations and tests need no network.

Source: L. Lamport, "Password authentication with insecure communication", CACM
24(11), 1981 (the chain of hashes).
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final, Self

LONGEST: Final = 2_000_000
"""Most rounds a chain may have: a check hashes that often, about a second."""

_NAME: Final = re.compile(
    r"local/([0-9a-f]{64})/([1-9][0-9]{0,10})/([1-9][0-9]{0,4})/([1-9][0-9]{0,6})"
)


class InvalidChainError(ValueError):
    """This is not the name of a local chain."""


@dataclass(frozen=True, slots=True)
class LocalChain:
    """What everyone knows of a chain; its name holds it all.

    Attributes:
        anchor: SHA-256 applied ``length`` times to the secret seed.
        genesis: Unix seconds; round r exists from ``genesis + r * period`` on.
        period: Seconds between rounds.
        length: Number of rounds, 1 to ``length``.
    """

    anchor: bytes
    genesis: int
    period: int
    length: int

    @classmethod
    def from_seed(cls, seed: bytes, *, genesis: int, period: int, length: int) -> Self:
        """Build the chain that ``seed`` (32 secret bytes) will reveal backwards."""
        return cls(_hashed(seed, length), genesis, period, length)

    @classmethod
    def parse(cls, name: str) -> Self:
        """Read the name of a chain.

        Raises:
            InvalidChainError: Another form, or longer than can be checked.
        """
        parts = _NAME.fullmatch(name)
        if parts is None or int(parts[4]) > LONGEST:
            raise InvalidChainError
        return cls(bytes.fromhex(parts[1]), int(parts[2]), int(parts[3]), int(parts[4]))

    @property
    def name(self) -> str:
        """The name that commitments use: everything needed to check a round."""
        return f"local/{self.anchor.hex()}/{self.genesis}/{self.period}/{self.length}"

    def round_from(self, instant: int) -> int:
        """Return the first round that exists at ``instant`` (Unix s) or later."""
        return max(1, -((self.genesis - instant) // self.period))

    def due(self, beacon_round: int) -> int:
        """Return the Unix second from which a round exists."""
        return self.genesis + beacon_round * self.period

    def value(self, seed: bytes, beacon_round: int) -> bytes:
        """Return the value of a round; only the holder of the seed can."""
        return _hashed(seed, self.length - beacon_round)

    def randomness(self, beacon_round: int, signature: str) -> bytes | None:
        """Return the 32 bytes that a round's value proves; None if it proves none.

        Args:
            beacon_round: 1 to ``length``.
            signature: The value of the round, 64 lower-case hex digits.
        """
        if not 1 <= beacon_round <= self.length:
            return None
        if re.fullmatch(r"[0-9a-f]{64}", signature) is None:
            return None
        value = bytes.fromhex(signature)
        if _hashed(value, beacon_round) != self.anchor:
            return None
        return hashlib.sha256(b"tour-de-role/local-beacon/1" + value).digest()


def _hashed(value: bytes, times: int) -> bytes:
    sha256 = hashlib.sha256
    for _ in range(times):
        value = sha256(value).digest()
    return value

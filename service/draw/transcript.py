"""The transcript: all that is needed to redo one draw offline.

Source: ``spec/draw-v1.md`` section 7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.draw import merkle
from service.draw.commitment import Commitment, leaves_of
from service.draw.model import SPEC, Label, Pool
from service.draw.outcome import Outcome


class UnknownLabelError(ValueError):
    """No registration of the pool has this label."""


@dataclass(frozen=True, slots=True)
class Signature:
    """An Ed25519 signature of a commitment.

    Attributes:
        key: The public key, 64 hex digits.
        value: The signature, 128 hex digits.
    """

    key: str
    value: str

    def to_json(self) -> dict[str, object]:
        """Return the object of section 7."""
        return {"key": self.key, "value": self.value}


@dataclass(frozen=True, slots=True)
class BeaconRound:
    """One publication of a beacon.

    Attributes:
        chain: The beacon's name.
        round: The round's number.
        signature: What the beacon published, in hex.
        randomness: Its 32 bytes, in hex.
    """

    chain: str
    round: int
    signature: str
    randomness: str

    def to_json(self) -> dict[str, object]:
        """Return the object of section 7."""
        return {
            "chain": self.chain,
            "round": self.round,
            "signature": self.signature,
            "randomness": self.randomness,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One night, as it is published.

    Attributes:
        commitment: What was published before the randomness existed.
        signature: Of the commitment.
        beacon: The round that decided.
        pool: The frozen pool.
        nonces: 32 bytes for each label.
        outcome: What the draw decided.
    """

    commitment: Commitment
    signature: Signature
    beacon: BeaconRound
    pool: Pool
    nonces: Mapping[Label, bytes]
    outcome: Outcome

    def full(self) -> dict[str, object]:
        """Return the transcript with which anyone can redo everything."""
        nonces = {label: nonce.hex() for label, nonce in self.nonces.items()}
        return self._public() | {"pool": self.pool.to_json(), "nonces": nonces}

    def reduced(self) -> dict[str, object]:
        """Return the transcript without pool and nonces, with the leaves.

        For a prefecture whose full pool would tell too much about few people.
        """
        leaves = [leaf.hex() for leaf in leaves_of(self.pool, self.nonces)]
        return self._public() | {"leaves": leaves}

    def _public(self) -> dict[str, object]:
        return {
            "spec": SPEC,
            "commitment": self.commitment.to_json(),
            "signature": self.signature.to_json(),
            "beacon": self.beacon.to_json(),
            "result": self.outcome.to_json(),
        }


class Lines:
    """For each applicant, the proof that their registration took part as it was.

    The tree is kept, so that one line costs next to nothing.
    """

    __slots__ = ("_commitment", "_nonces", "_pool", "_positions", "_tree")

    def __init__(
        self, commitment: Commitment, pool: Pool, nonces: Mapping[Label, bytes]
    ) -> None:
        """Build the tree of one night.

        Raises:
            MissingNonceError: The nonces are not those of the pool's labels.
        """
        self._commitment = commitment
        self._pool = pool
        self._nonces = nonces
        self._positions = {entry.label: at for at, entry in enumerate(pool.entries)}
        self._tree: Sequence[Sequence[bytes]] = merkle.levels(leaves_of(pool, nonces))

    def line(self, label: Label) -> dict[str, object]:
        """Return one registration's own line: record, nonce, inclusion path.

        Raises:
            UnknownLabelError: The label took no part in this night.
        """
        index = self._positions.get(label)
        if index is None:
            raise UnknownLabelError
        return {
            "spec": SPEC,
            "commitment_sha256": self._commitment.digest().hex(),
            "registration": self._pool.entries[index].to_json(),
            "nonce": self._nonces[label].hex(),
            "index": index,
            "path": [step.hex() for step in merkle.path_in(self._tree, index)],
        }

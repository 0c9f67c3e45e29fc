"""The commitment: what is fixed, and published, before the randomness exists.

Source: ``spec/draw-v1.md`` section 2; the words that are signed are those of
the project's own contract, so that no signature of another kind can be shown
in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Self

from service.draw import merkle
from service.draw.canonical import (
    LARGEST_INTEGER,
    RefusedInputError,
    canonical_bytes,
    member,
)
from service.draw.model import SPEC, Entry, Label, Pool
from service.draw.shapes import hexadecimal, members, refuse, text, whole

SIGNED_PREFIX: Final = b"tour-de-role/draw/1/commitment/"
NONCE_OCTETS: Final = 32


class MissingNonceError(ValueError):
    """A registration of the pool has no nonce of 32 bytes, or a nonce no one."""


class InvalidCommitmentError(RefusedInputError):
    """This is not a commitment of section 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The digest of a frozen pool, and the beacon round that will decide.

    Attributes:
        draw: Prefecture code, ``/``, date of the night.
        ruleset_sha256: Hex SHA-256 of the ruleset's canonical bytes.
        slots_sha256: The same of the slots.
        classes_sha256: The same of the classes.
        quotas_sha256: The same of the quotas.
        count: Number of registrations.
        root: Hex Merkle root over nonces and registrations, in label order.
        chain: The beacon's name.
        round: A round that did not exist yet when this was published.
        previous: Hex digest of the commitment of the previous night, or None.
    """

    draw: str
    ruleset_sha256: str
    slots_sha256: str
    classes_sha256: str
    quotas_sha256: str
    count: int
    root: str
    chain: str
    round: int
    previous: str | None

    @classmethod
    def for_pool(
        cls,
        pool: Pool,
        nonces: Mapping[Label, bytes],
        *,
        chain: str,
        round: int,
        previous: str | None,
    ) -> Self:
        """Commit to a pool.

        Args:
            pool: The frozen pool.
            nonces: 32 random bytes for each label of the pool, for no other.
            chain: The beacon's name.
            round: Number of a round that does not exist yet.
            previous: Hex digest of the previous night's commitment, or None.

        Raises:
            MissingNonceError: The nonces are not those of the pool's labels.
        """
        frozen = pool.to_json()
        return cls(
            draw=pool.draw,
            ruleset_sha256=_sha256_of(frozen["ruleset"]),
            slots_sha256=_sha256_of(frozen["slots"]),
            classes_sha256=_sha256_of(frozen["classes"]),
            quotas_sha256=_sha256_of(frozen["quotas"]),
            count=len(pool.entries),
            root=merkle.root(leaves_of(pool, nonces)).hex(),
            chain=chain,
            round=round,
            previous=previous,
        )

    @classmethod
    def from_json(cls, value: object, place: str = "commitment") -> Self:
        """Read a commitment.

        Raises:
            InvalidCommitmentError: Naming the first place that is not as it
                should be.
        """
        try:
            return cls(**_read(value, place))
        except RefusedInputError as error:
            raise InvalidCommitmentError(error.place, error.why) from None

    def to_json(self) -> dict[str, object]:
        """Return the object of section 2."""
        return {
            "spec": SPEC,
            "draw": self.draw,
            "ruleset_sha256": self.ruleset_sha256,
            "slots_sha256": self.slots_sha256,
            "classes_sha256": self.classes_sha256,
            "quotas_sha256": self.quotas_sha256,
            "registrations": {"count": self.count, "root": self.root},
            "beacon": {"chain": self.chain, "round": self.round},
            "previous": self.previous,
        }

    def digest(self) -> bytes:
        """Return the commitment digest: 32 bytes, the salt of every ticket."""
        return sha256(canonical_bytes(self.to_json())).digest()

    def signed_message(self) -> bytes:
        """Return the bytes an Ed25519 signature of this commitment covers."""
        return SIGNED_PREFIX + self.digest()


def leaf_of(entry: Entry, nonce: bytes) -> bytes:
    """Return the leaf of one registration: 32 bytes.

    Args:
        entry: The registration as it stands in the pool.
        nonce: Its 32 random bytes; they stop anyone from guessing the record.
    """
    return merkle.leaf_hash(nonce + canonical_bytes(entry.to_json()))


def leaves_of(pool: Pool, nonces: Mapping[Label, bytes]) -> list[bytes]:
    """Return the leaves of a pool, in label order.

    Raises:
        MissingNonceError: The nonces are not those of the pool's labels.
    """
    if len(nonces) != len(pool.entries) or not all(
        len(nonces.get(entry.label, b"")) == NONCE_OCTETS for entry in pool.entries
    ):
        raise MissingNonceError
    return [leaf_of(entry, nonces[entry.label]) for entry in pool.entries]


def _sha256_of(value: object) -> str:
    return sha256(canonical_bytes(value)).hexdigest()


_KEYS: Final = (
    "spec",
    "draw",
    "ruleset_sha256",
    "slots_sha256",
    "classes_sha256",
    "quotas_sha256",
    "registrations",
    "beacon",
    "previous",
)


def _read(value: object, place: str) -> dict[str, Any]:
    found = members(value, place, _KEYS)
    if found["spec"] != SPEC:
        refuse(f"{place}.spec", f'"{SPEC}" is expected')
    there = f"{place}.registrations"
    registrations = members(found["registrations"], there, ("count", "root"))
    where = f"{place}.beacon"
    beacon = members(found["beacon"], where, ("chain", "round"))
    hashes = {
        key: hexadecimal(found[key], member(place, key), octets=32)
        for key in _KEYS
        if key.endswith("_sha256")
    }
    previous = found["previous"]
    if previous is not None:
        previous = hexadecimal(previous, f"{place}.previous", octets=32)
    return hashes | {
        "draw": text(found["draw"], f"{place}.draw"),
        "count": whole(
            registrations["count"],
            f"{there}.count",
            most=LARGEST_INTEGER,
        ),
        "root": hexadecimal(registrations["root"], f"{there}.root", octets=32),
        "chain": text(beacon["chain"], f"{where}.chain"),
        "round": whole(
            beacon["round"], f"{where}.round", least=1, most=LARGEST_INTEGER
        ),
        "previous": previous,
    }

"""The keys that sign commitments: published, followed by the next one, never lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.usecases.ports import Ports
from service.usecases.records import KeyRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView:
    """A public key and the time in which commitments are signed with it.

    Attributes:
        key: 64 hex digits, Ed25519.
        valid_from: Its first commitment; None before there is one.
        valid_to: The first commitment of the key that came after it; None until then.
    """

    key: str
    valid_from: datetime | None
    valid_to: datetime | None


async def list_keys(*, ports: Ports) -> Sequence[KeyView]:
    """Return every key that signed or will sign, oldest first.

    A night is signed as it should be when its key was in use at the instant of its
    commitment; a key that was followed by another one still verifies its own nights.
    """
    async with ports.open_uow() as uow:
        known = await uow.keys.all()
    views = [
        KeyView(
            key=one.public_key.hex(), valid_from=one.valid_from, valid_to=one.valid_to
        )
        for one in known
    ]
    present = ports.signer.public_key
    if not known or known[-1].public_key != present:
        views.append(KeyView(key=present.hex(), valid_from=None, valid_to=None))
    return views


def was_in_use(keys: Iterable[KeyRecord], key: bytes, at: datetime) -> bool:
    """Say whether commitments were signed with a key at an instant."""
    return any(
        one.public_key == key
        and one.valid_from <= at
        and (one.valid_to is None or at <= one.valid_to)
        for one in keys
    )

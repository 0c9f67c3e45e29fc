"""My line: the proof that a registration took part in a night, as it was."""

import asyncio
from datetime import date

from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.commitment import Commitment
from service.draw.transcript import Lines
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.usecases.night.commit_night import frozen_pool, nonces_of
from service.usecases.person.access import opened
from service.usecases.ports import Ports
from service.usecases.records import NightRecord


async def my_line(access: Access, held_on: date, *, ports: Ports) -> bytes:
    """Return one registration's own line of a published night, as canonical bytes.

    Record, nonce and inclusion path: with them, whoever holds the published
    transcript, even a reduced one, checks that this registration stood under the
    committed root. Nobody else's line can be had: the reference and its secret open
    one registration, and a night names it by a label of that night alone.

    Raises:
        UnknownResourceError: No such reference or another secret; or this
            registration took no part in that night; or the night is not published.
    """
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=ports.clock.now())
        history = await uow.nights.history_of(record.id)
        label = next((one.label for one in history if one.held_on == held_on), None)
        night = await uow.nights.by_date(record.prefecture, held_on)
        await uow.commit()
    if label is None or night is None or record.proved_at is None:
        raise UnknownResourceError("date")
    return await asyncio.to_thread(_line, night, label)


def _line(night: NightRecord, label: str) -> bytes:
    """Build the tree of that night: a second for a hundred thousand registrations."""
    pool = frozen_pool(night)
    commitment = Commitment.from_json(parse_strict(night.commitment or b""))
    return canonical_bytes(Lines(commitment, pool, nonces_of(night, pool)).line(label))

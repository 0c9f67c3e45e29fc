"""The transcript of a published night, for whoever has a right to more than the public.

Where few people register, the public one is reduced (ADR 0012): it cannot show that
the places went where the tickets say. A judge, or the auditor whom a prefecture named,
can be given the full one; its root proves that it is the same night. Each writing is
audited.
"""

import asyncio
from datetime import date

from service.domain.operator_errors import NightNotKnownError, NightNotPublishedError
from service.draw.canonical import canonical_bytes
from service.usecases.night.publish_night import whole_transcript
from service.usecases.ports import Ports


async def write_transcript(
    prefecture: str, held_on: date, *, is_full: bool, by: str, ports: Ports
) -> bytes:
    """Return the published bytes of a night, or the whole of it.

    Args:
        prefecture: Its code.
        held_on: The date of the night, Europe/Paris.
        is_full: With every line, whatever was published.
        by: Who asks, for the audit chain: ``operator:`` and a system account.
        ports: The outside.

    Raises:
        NightNotKnownError: No such night.
        NightNotPublishedError: Before it, nobody is shown a result.
        ReplayMismatchError: The stored rows do not give the published result any more.
    """
    async with ports.open_uow() as uow:
        night = await uow.nights.by_date(prefecture, held_on)
        if night is None:
            raise NightNotKnownError(f"{prefecture}/{held_on}")
        published = await uow.nights.transcript(prefecture, held_on)
        if night.published_at is None or published is None:
            raise NightNotPublishedError(f"{prefecture}/{held_on}")
        written = published.text
        if is_full:
            outcome = await uow.nights.outcome(night.id)
            whole = await asyncio.to_thread(whole_transcript, night, outcome or b"")
            written = canonical_bytes(whole.full())
        await uow.audit.append(
            prefecture=prefecture,
            actor=by,
            action="transcript-written",
            detail={
                "night": held_on.isoformat(),
                "form": "full" if is_full else (night.publishes or "full"),
            },
            at=ports.clock.now(),
        )
        await uow.commit()
    return written

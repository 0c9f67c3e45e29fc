"""What served to get in is not kept longer than it serves.

Anybody may ask for a code, and each request leaves a row, found or not, so that both
look alike. A flood must not fill the disk by that: a code for nobody, or beyond the few
messages of a day, goes with its quarter of an hour.
"""

from datetime import timedelta
from typing import Final

from service.domain.night import paris_date
from service.usecases.ports import Ports

KEPT: Final = timedelta(days=1)
"""Codes and links, after their end (`reliability.md` § 3: codes 24 hours)."""

COUNTED: Final = timedelta(days=7)
"""How many messages a person had in a day: a pseudonym and a number."""


async def forget_access(*, ports: Ports) -> int:
    """Erase ended codes and links, and old daily counts; returns how many."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        gone = await uow.ways_in.forget(now - KEPT, nobodys_before=now)
        gone += await uow.deliveries.forget(paris_date(now - COUNTED))
        await uow.commit()
    return gone

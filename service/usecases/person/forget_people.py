"""Personal data is not kept longer than it serves.

Source: RGPD 5(1)(e); `reliability.md` § 3: three months after the appointment or the
last night (time to contest: two months, and a margin). A proposal until the data
protection officer of the prefecture decides; the durations are here and nowhere else.
What the replay of a draw needs (frozen pool, outcome, transcript, lines) holds
pseudonyms only, and stays.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from service.usecases.ports import Ports, UnitOfWork
from service.usecases.ports.retention import Horizons

AFTER_THE_END: Final = timedelta(days=92)
"""Three months, the longest there are."""

UNCOLLECTED: Final = timedelta(days=365)
"""A ready permit that nobody came for."""

ANSWERED: Final = timedelta(days=30)
"""What a request was answered, for the browser that sends it again."""


def horizons(now: datetime) -> Horizons:
    """Return before when something must have ended to be forgotten."""
    return Horizons(
        ended=now - AFTER_THE_END,
        uncollected=now - UNCOLLECTED,
        answered=now - ANSWERED,
        now=now,
    )


async def forget_people(*, ports: Ports) -> int:
    """Erase what has served its time; returns how many rows were emptied or gone."""
    return sum((await forgotten(ports=ports)).values())


async def forgotten(*, ports: Ports, is_dry_run: bool = False) -> Mapping[str, int]:
    """Erase, or with ``is_dry_run`` say what would be erased, and change nothing.

    Returns:
        Rows by table; tables without any are left out.
    """
    total: Counter[str] = Counter()
    now = ports.clock.now()
    before = horizons(now)
    async with ports.open_uow() as uow:
        for prefecture in await uow.directory.prefectures():
            found = await uow.retention.forget(prefecture, before)
            if found:
                await _audit(prefecture, found, now, uow=uow)
            total.update(found)
        total.update(await uow.retention.forget_common(before))
        if not is_dry_run:
            await uow.commit()
    return dict(total)


async def _audit(
    prefecture: str, found: Mapping[str, int], now: datetime, *, uow: UnitOfWork
) -> None:
    await uow.audit.append(
        prefecture=prefecture,
        actor="service",
        action="people-forgotten",
        detail=dict(found),
        at=now,
    )

"""Each morning: count once, store once, and let everybody read the same figures.

Pages and files read what is stored, so that a page full of figures costs one question
to the database however many people look at it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, cast

from service.domain.errors import UnknownPrefectureError
from service.domain.night import instant_of, paris_date
from service.draw.canonical import canonical_bytes, parse_strict
from service.usecases.errors import UnknownResourceError
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.public.figures import figures_of
from service.usecases.public.figures_window import Window
from service.usecases.records.public import FiguresRecord

MORNING: Final = time(7)
"""Wall time in Paris from which the figures of a day are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """The figures of one morning and the mornings that have some."""

    day: date
    taken_at: datetime
    content: bytes
    figures: Mapping[str, object]


async def publish_figures(*, ports: Ports) -> int:
    """Take this morning's figures where they are missing; returns how many were.

    A prefecture without any figures gets its first ones at once; later ones come at
    seven. Twice is the same as once.
    """
    now = ports.clock.now()
    day = paris_date(now)
    is_morning = now >= instant_of(datetime.combine(day, MORNING))
    taken = 0
    async with ports.open_uow() as uow:
        prefectures = await uow.directory.prefectures()
    for prefecture in prefectures:
        async with ports.open_uow() as uow:
            last = await uow.public.figures_days(prefecture, 1)
            if last and (last[0] >= day or not is_morning):
                continue
            taken += await _take(prefecture, day, now, uow=uow)
            await uow.commit()
    return taken


async def _take(prefecture: str, day: date, now: datetime, *, uow: UnitOfWork) -> bool:
    window = Window(day=day)
    content = figures_of(
        await uow.public.counted_registrations(prefecture, window.first),
        await uow.public.counted_places(prefecture, window.first),
        await uow.public.counted_groups(prefecture, window.first),
        await uow.cancellations.counted(prefecture, window.first),
        prefecture=prefecture,
        day=day,
        ruleset=await uow.directory.ruleset_on(prefecture, day),
    )
    return await uow.public.store_figures(
        FiguresRecord(
            prefecture=prefecture,
            day=day,
            taken_at=now,
            content=canonical_bytes(content),
        )
    )


async def view_figures(
    prefecture: str, day: date | None = None, *, ports: Ports
) -> FiguresView | None:
    """Return the figures of a morning, the last ones without a day.

    None while a prefecture has none yet.

    Raises:
        UnknownPrefectureError: No prefecture of that code uses the service.
        UnknownResourceError: That morning has no figures.
    """
    async with ports.open_uow() as uow:
        found = await uow.public.figures(prefecture, day)
        if found is None and await uow.directory.prefecture_name(prefecture) is None:
            raise UnknownPrefectureError("prefecture")
    if found is None:
        if day is not None:
            raise UnknownResourceError
        return None
    return FiguresView(
        day=found.day,
        taken_at=found.taken_at,
        content=found.content,
        figures=cast("Mapping[str, object]", parse_strict(found.content)),
    )


async def figures_days(prefecture: str, *, ports: Ports) -> Sequence[date]:
    """Return the mornings that have figures, newest first, a year at most."""
    async with ports.open_uow() as uow:
        return await uow.public.figures_days(prefecture, 366)

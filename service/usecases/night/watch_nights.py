"""What a night needs somebody for, told before anyone has to look for it.

A night heals by itself from almost everything; what it cannot heal from, or not yet,
is listed here: for the engineer on call, for a monitor, for the page of health.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from service.domain.errors import InvalidNoticeTextError
from service.domain.night import NightState
from service.usecases.errors import UnknownResourceError
from service.usecases.ports import Ports
from service.usecases.records import NightRecord

PATIENCE: Final = timedelta(minutes=10)
"""How long after its instant an arrow is not yet worth a call."""

STRUGGLING: Final = 5
"""Failed tries after which a message counts as held up: half an hour's worth."""

SHORTEST, LONGEST = 10, 300

UNDRAWN: Final = frozenset({"frozen", "committed", "revealed"})
"""Its people and places are in its pool: the next night waits."""


class Trouble(StrEnum):
    """Why somebody should look."""

    STOPPED = "stopped"
    """A check failed: nothing goes on until a person has understood why."""

    BLOCKED = "blocked"
    """Its hour has come, and an earlier night is neither drawn nor annulled."""

    UNWITNESSED = "unwitnessed"
    """Nobody outside had the last commitment before its round could be read."""

    LATE = "late"
    """Something was due and nobody does it: the worker is away."""

    ROUND_LATE = "round-late"
    """The named beacon round has not come: the night waits for it."""

    MESSAGES_LATE = "messages-late"
    """Messages cannot be handed over: the carrier refuses or does not answer."""

    OFFERS_OVERDUE = "offers-overdue"
    """Offers whose hour has passed hold their places: nobody else can be given them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One thing to look at.

    ``held_on`` and ``state`` are None, and ``count`` counts, where it is about
    messages or offers; ``because`` names the check that stopped a night, or the night
    that a blocked one waits for.
    """

    trouble: Trouble
    prefecture: str | None = None
    held_on: date | None = None
    state: str | None = None
    since: datetime | None = None
    because: str | None = None
    count: int = 0


async def watch_nights(*, ports: Ports) -> Sequence[Watched]:
    """Return what somebody should look at, the oldest night first; changes nothing."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        unfinished = await uow.nights.unfinished()
        stopped = await uow.nights.stopped()
        unwitnessed = await uow.endings.unwitnessed(now)
        waiting = await uow.outbox.struggling(STRUGGLING)
        overdue, since = await uow.offers.count_overdue(now - PATIENCE)
    nights = sorted((*unfinished, *stopped), key=lambda one: (one.held_on, one.id))
    found = [
        _blocked(one, nights) for night in nights if (one := trouble_of(night, now))
    ]
    found += [
        Watched(
            trouble=Trouble.UNWITNESSED,
            prefecture=one.prefecture,
            held_on=one.held_on,
            state=one.state,
            since=one.beacon_due_at,
        )
        for one in unwitnessed
    ]
    if waiting:
        found.append(Watched(trouble=Trouble.MESSAGES_LATE, count=waiting))
    if overdue:
        found.append(
            Watched(trouble=Trouble.OFFERS_OVERDUE, count=overdue, since=since)
        )
    return found


def trouble_of(night: NightRecord, now: datetime) -> Watched | None:
    """Say what is wrong with one night, None when it only waits for its hour; pure."""
    if night.stopped_at is not None:
        return _watched(night, Trouble.STOPPED, night.stopped_at)
    due = {
        "planned": night.freeze_at,
        "frozen": night.frozen_at,
        "committed": night.beacon_due_at,
        "revealed": night.revealed_at,
        "drawn": night.drawn_at,
    }.get(night.state)
    if due is None or now <= due + PATIENCE:
        return None
    is_round = night.state is NightState.COMMITTED
    return _watched(night, Trouble.ROUND_LATE if is_round else Trouble.LATE, due)


def _blocked(watched: Watched, nights: Sequence[NightRecord]) -> Watched:
    """Say that a night waits for an earlier one, where that is all it does; pure."""
    if watched.trouble is not Trouble.LATE or watched.state != "planned":
        return watched
    earlier = [
        one.held_on
        for one in nights
        if one.prefecture == watched.prefecture
        and watched.held_on is not None
        and one.held_on < watched.held_on
        and one.state in UNDRAWN
    ]
    if not earlier:
        return watched
    return replace(watched, trouble=Trouble.BLOCKED, because=min(earlier).isoformat())


def _watched(night: NightRecord, trouble: Trouble, since: datetime) -> Watched:
    return Watched(
        trouble=trouble,
        prefecture=night.prefecture,
        held_on=night.held_on,
        state=night.state,
        since=since,
        because=night.stopped_because,
    )


def in_words(text: str, where: str) -> str:
    """Return what an operator says of a night, spaces tidied.

    Raises:
        InvalidNoticeTextError: Nothing was said, or nothing one could read.
    """
    said = " ".join(text.split())
    if not SHORTEST <= len(said) <= LONGEST or not said.isprintable():
        raise InvalidNoticeTextError(where)
    return said


async def resume_night(
    prefecture: str, held_on: date, *, found: str, by: str, ports: Ports
) -> NightRecord:
    """Let a stopped night go on from where it stands, once somebody knows why.

    The same check is made again: what has not been mended stops it again.

    Args:
        prefecture: Its code.
        held_on: The date of the night, Europe/Paris.
        found: What was found and mended, for the audit chain; no personal data.
        by: Who does it, for the audit chain: ``operator:`` and a system account.
        ports: The outside.

    Raises:
        UnknownResourceError: No such night, it is not stopped, or it is annulled.
        InvalidNoticeTextError: Nothing was said.
    """
    said = in_words(found, "found")
    async with ports.open_uow() as uow:
        night = await uow.nights.by_date(prefecture, held_on)
        if night is None or night.stopped_at is None:
            raise UnknownResourceError("date")
        if await uow.annulments.of_nights([night.id]):
            raise UnknownResourceError("date")
        resumed = replace(night, stopped_at=None, stopped_because=None)
        await uow.nights.save(resumed, was=night.state)
        await uow.audit.append(
            prefecture=prefecture,
            actor=by,
            action="night-resumed",
            detail={
                "night": held_on.isoformat(),
                "stopped_because": night.stopped_because or "",
                "found": said,
            },
            at=ports.clock.now(),
        )
        await uow.commit()
    return resumed

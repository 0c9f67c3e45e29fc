"""A night run by hand: what the command line says and does.

It works on the servers that the settings name.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from service.bootstrap import Container, build
from service.domain.errors import UnknownPrefectureError
from service.domain.night import NightState, wall_of
from service.settings import Profile, Settings
from service.usecases.errors import NightNotDueError, UnknownResourceError
from service.usecases.night.advance_nights import run_night
from service.usecases.night.plan_nights import night_to_run
from service.usecases.person.forget_people import forgotten
from service.usecases.records import NightRecord
from service.worker.jobs import do_what_is_due

DONE = frozenset({"published", "notified"})
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NightOutcome:
    """How a night stands after the command, in words and for machines."""

    prefecture: str
    held_on: date | None
    state: str
    sentence: str
    exit_code: int

    def to_json(self) -> dict[str, str | None]:
        """Return the machine's version."""
        return {
            "prefecture": self.prefecture,
            "date": self.held_on.isoformat() if self.held_on else None,
            "state": self.state,
            "sentence": self.sentence,
        }


async def run_by_hand(
    settings: Settings, *, prefecture: str, held_on: date | None, early: bool, say: Say
) -> NightOutcome:
    """Advance one night as far as it goes, waiting for its beacon round.

    Without a date it is the one under way, else the next one open.
    A night that is done stays as it is: running it twice changes nothing.
    """
    if early and settings.profile is Profile.PRODUCTION:
        return _answer(
            prefecture,
            held_on,
            "planned",
            "--early is for the demonstration only: a production night keeps its hour",
            exit_code=2,
        )
    container = build(settings, pool_size=3)
    following: date | None = None
    try:
        following = await night_to_run(prefecture, ports=container.ports)
        meant = held_on or following
        return await _run(container, prefecture, meant, early=early, say=say)
    except UnknownPrefectureError:
        sentence = f"no night is planned: no prefecture {prefecture!r} is here"
        return _answer(prefecture, held_on, "unknown", sentence, exit_code=2)
    except UnknownResourceError:
        return _answer(
            prefecture,
            held_on,
            "unknown",
            f"no night is planned on {held_on} for {prefecture!r}; without --date it "
            f"is the one of {following}",
            exit_code=2,
        )
    finally:
        await container.close()


async def _run(
    container: Container, prefecture: str, held_on: date, *, early: bool, say: Say
) -> NightOutcome:
    ports = container.ports
    try:
        night = await run_night(prefecture, held_on, ports=ports, bring_forward=early)
    except NightNotDueError:
        return await _not_due(container, prefecture, held_on)
    await ports.ring()  # the worker tells the witnesses, before the round exists
    while night.state not in {*DONE, "planned"} and night.stopped_at is None:
        await _wait_for_round(night, ports.clock.now(), say)
        night = await run_night(prefecture, held_on, ports=ports)
    if night.state is NightState.PLANNED:
        return _answer(
            prefecture,
            held_on,
            night.state,
            "an earlier night is neither drawn nor annulled, and this one waits for "
            "it: 'tourderole watch' says what to do",
            exit_code=1,
        )
    if night.stopped_at is not None:
        return _answer(
            prefecture,
            held_on,
            night.state,
            f"the night stopped ({night.stopped_because}): "
            "'tourderole watch' says what to do",
            exit_code=1,
        )
    await ports.ring()  # the worker sends the messages
    return _answer(prefecture, held_on, night.state, _done_sentence(night), exit_code=0)


async def _not_due(
    container: Container, prefecture: str, held_on: date
) -> NightOutcome:
    async with container.ports.open_uow() as uow:
        night = await uow.nights.by_date(prefecture, held_on)
    at = f"{wall_of(night.freeze_at):%d/%m %H:%M}" if night else "its hour"
    return _answer(
        prefecture,
        held_on,
        "planned",
        f"the night of {held_on} is frozen at {at} (Paris): not due yet; "
        "in the demonstration, --early brings it forward, by a week at most",
        exit_code=2,
    )


async def _wait_for_round(night: NightRecord, now: datetime, say: Say) -> None:
    due = night.beacon_due_at or now
    seconds = max(0.2, (due.astimezone(UTC) - now).total_seconds())
    say(
        f"{night.state}: waiting for beacon round {night.beacon_round} "
        f"({wall_of(due):%H:%M:%S}, Paris)"
    )
    await asyncio.sleep(min(seconds + 0.1, 60))


def _done_sentence(night: NightRecord) -> str:
    return (
        f"night of {night.held_on} for {night.prefecture}: {night.state}; "
        "transcript at "
        f"/v1/nights/{night.prefecture}/{night.held_on}/transcript"
    )


def _answer(
    prefecture: str, held_on: date | None, state: str, sentence: str, *, exit_code: int
) -> NightOutcome:
    return NightOutcome(
        prefecture=prefecture,
        held_on=held_on,
        state=state,
        sentence=sentence,
        exit_code=exit_code,
    )


async def tick_once(settings: Settings) -> int:
    """Do once whatever is due; returns how many steps were made."""
    container = build(settings, pool_size=3)
    try:
        return await do_what_is_due(ports=container.ports)
    finally:
        await container.close()


async def forget_once(settings: Settings, *, is_dry_run: bool) -> Mapping[str, int]:
    """Erase personal data that has served its time, or say what would be erased."""
    container = build(settings, pool_size=3)
    try:
        return await forgotten(ports=container.ports, is_dry_run=is_dry_run)
    finally:
        await container.close()

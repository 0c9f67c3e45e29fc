"""The people an organisation accompanies, in one list: only under a live mandate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from service.domain.bands import band_of
from service.domain.mandate import Scope
from service.domain.night import paris_date
from service.domain.ruleset import Ruleset
from service.usecases.night.plan_nights import open_night
from service.usecases.person.personal import open_identity
from service.usecases.ports import Ports
from service.usecases.records.mandates import (
    EndedRow,
    FollowedRow,
    HelperRecord,
    OpenCounts,
)

ENDED_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedPerson:
    """A line of the list.

    ``standing``: ``offered``, ``appointment``, ``waiting``, ``elsewhere`` (the person
    was registered before; the news goes to their own contact), ``over``.
    """

    reference: str
    family_name: str = field(repr=False)
    given_names: str | None = field(repr=False)
    motif: str
    standing: str
    band: int
    end_of_right_on: date | None
    registered_at: datetime
    last_night_on: date | None
    last_result: str | None
    offer_site: str | None
    offer_starts_at: datetime | None
    confirm_by: datetime | None
    mandate_ends_on: date
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedPeople:
    """The list, what ended lately, and how much of the ceilings is used."""

    people: tuple[FollowedPerson, ...]
    ended: tuple[EndedRow, ...]
    counts: OpenCounts


async def follow_people(helper: HelperRecord, *, ports: Ports) -> FollowedPeople:
    """Return everybody under a live mandate of the helper's organisation.

    In order: an offer that awaits an answer, by its deadline; an appointment, by its
    day; then by the end of the right.
    """
    now = ports.clock.now()
    today = paris_date(now)
    async with ports.open_uow() as uow:
        rows = await uow.mandates.followed(helper.organisation_id, today)
        ended = await uow.mandates.ended(helper.organisation_id, now - ENDED_SHOWN)
        counts = await uow.mandates.counts(helper.organisation_id, today)
        night = await open_night(helper.prefecture, uow=uow, now=now, lock=False)
        ruleset = await uow.directory.ruleset_on(helper.prefecture, night.held_on)
        await uow.commit()
    people = [_person(row, night.held_on, ruleset, ports) for row in rows]
    return FollowedPeople(
        people=tuple(sorted(people, key=_order)), ended=tuple(ended), counts=counts
    )


def _person(
    row: FollowedRow, night: date, ruleset: Ruleset, ports: Ports
) -> FollowedPerson:
    identity = open_identity(row.sealed_identity, row.registration_id, ports.sealer)
    names = identity.names if identity else None
    standing = standing_of(row, night)
    has_place = standing in ("offered", "appointment")
    return FollowedPerson(
        reference=row.reference,
        family_name=names.family_name if names else "",
        given_names=names.given_names if names else None,
        motif=row.motif,
        standing=standing,
        band=band_of(row.end_of_right_on, night, ruleset).number,
        end_of_right_on=row.end_of_right_on,
        registered_at=row.registered_at,
        last_night_on=row.last_night_on,
        last_result=row.last_result,
        offer_site=row.offer_site if has_place else None,
        offer_starts_at=row.offer_starts_at if has_place else None,
        confirm_by=row.offer_confirm_by if standing == "offered" else None,
        mandate_ends_on=row.mandate_ends_on,
        scopes=row.scopes,
    )


def standing_of(row: FollowedRow, night: date) -> str:
    """Say in one word where a registration stands, as its own page would.

    A repeated registration looks like any other until its first night is frozen.
    """
    if row.is_joined:
        return "elsewhere" if night > row.first_night_on else "waiting"
    if row.state in ("withdrawn", "lapsed"):
        return "over"
    if row.offer_state == "awaiting":
        return "offered"
    if row.offer_state == "confirmed":
        return "appointment"
    return "waiting" if row.state == "live" else "over"


_STANDINGS = ("offered", "appointment", "waiting", "elsewhere", "over")


def _order(person: FollowedPerson) -> tuple[int, str, int, date, str]:
    when = person.confirm_by or person.offer_starts_at
    return (
        _STANDINGS.index(person.standing),
        when.isoformat() if when else "",
        person.band,
        person.end_of_right_on or date.max,
        person.reference,
    )


def only(
    people: Sequence[FollowedPerson], *, standing: str = "", written: str = ""
) -> tuple[FollowedPerson, ...]:
    """Return those of one standing whose name or reference begins as written."""
    wanted = " ".join(written.casefold().split())
    return tuple(
        one
        for one in people
        if standing in ("", one.standing)
        and (
            one.family_name.casefold().startswith(wanted)
            or (one.given_names or "").casefold().startswith(wanted)
            or one.reference.casefold().startswith(wanted.replace("-", ""))
        )
    )

"""The freeze: live registrations and open slots become one public pool.

Here policy ends. Bands, protected shares, held places, notice and the lists of slots
that suit each kind of registration are computed once, by the ruleset in force; what
the draw then sees is labels, lists and small numbers.

Source: ``spec/draw-v1.md`` section 1; mechanism.md § 6 for each rule.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, Self

from service.domain.availability import Availability
from service.domain.bands import band_of
from service.domain.board import Board, Seats, lay_out
from service.domain.permits.rules import is_covered
from service.domain.registration import MAX_PEOPLE, RegistrationFacts
from service.domain.ruleset import Notice, QuotaRule, Ruleset
from service.domain.slots import OpenSlot
from service.draw.model import (
    Entry,
    InvalidPoolError,
    Label,
    Pool,
    Quota,
    Slot,
    SuitableSlots,
)

_PREFECTURE: Final = re.compile(r"[a-z0-9-]+")
_LABEL: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Candidate:
    """A live registration on its way into a pool.

    Attributes:
        label: Fresh pseudonym for this night, 64 lower-case hex digits.
        motif: Slug.
        sites: Site codes that suit.
        end_of_right_on: Last day of the right, included; None without any.
        registered_on: Europe/Paris day from which the wait counts.
        availability: Days on which the person cannot come.
        people: To be received together, 1 to 8.
        is_displaced: The prefecture cancelled their appointment: in the first band.
    """

    label: Label
    motif: str
    sites: frozenset[str]
    end_of_right_on: date | None
    registered_on: date
    availability: Availability
    people: int = 1
    is_displaced: bool = False

    @classmethod
    def of(cls, label: Label, facts: RegistrationFacts, night: date) -> Self:
        """Return a registration as it stands on a night, under a fresh label."""
        return cls(
            label=label,
            motif=facts.motif,
            sites=facts.sites,
            end_of_right_on=facts.end_for_band(night),
            registered_on=facts.registered_on,
            availability=facts.availability,
            people=facts.people,
        )

    def __repr__(self) -> str:
        return f"Candidate({self.label[:8]}…)"


class _Kind(NamedTuple):
    """All that decides which slots suit a candidate; equal kinds share one answer."""

    motif: str
    sites: frozenset[str]
    availability: Availability
    notice_days: int
    may_use_held: bool
    seats_in_time: int


class _Lists(NamedTuple):
    """Seats in time and late, as sets of the board."""

    in_time: int
    late: int


def freeze(
    prefecture: str,
    night: date,
    ruleset: Ruleset,
    slots: Sequence[OpenSlot],
    candidates: Iterable[Candidate],
) -> Pool:
    """Freeze the pool of one prefecture and night.

    Pure; the order of ``slots`` and of ``candidates`` is irrelevant.

    Args:
        prefecture: Its code, ``[a-z0-9-]+``.
        night: Europe/Paris date of the draw.
        ruleset: In force on that night.
        slots: Every published slot from the night on, *full ones included*: the held
            share of a day is counted on the places published. Slots that are full,
            or nearer than the shortest notice, do not enter the pool.
        candidates: Everyone who takes part that night.

    Returns:
        A pool that section 1 of the rule accepts.

    Raises:
        InvalidPoolError: A label or a slot occurs twice or is malformed, a size is
            out of range, or someone registered after the night.
    """
    if not _PREFECTURE.fullmatch(prefecture):
        raise InvalidPoolError("draw", "a prefecture code is expected")
    if len({slot.slot for slot in slots}) != len(slots):
        raise InvalidPoolError("slots", "repeated identifier")
    frozen = sorted(candidates, key=lambda candidate: candidate.label)
    _refuse_unsound(frozen, night)
    board = lay_out(slots, night, ruleset)
    lists = _lists_of_each(frozen, board, ruleset)
    standings = _Standings(night, ruleset)
    names, classes = _classes(set(lists), board)
    return Pool(
        draw=f"{prefecture}/{night.isoformat()}",
        ruleset=ruleset.to_json(),
        slots=tuple(_slot(seats) for seats in board.seats),
        classes=classes,
        quotas=_quotas(board.open_places, ruleset),
        entries=tuple(
            _entry(candidate, names[found], standings)
            for candidate, found in zip(frozen, lists, strict=True)
        ),
    )


def _refuse_unsound(frozen: Sequence[Candidate], night: date) -> None:
    last = ""
    for candidate in frozen:
        if not _LABEL.fullmatch(candidate.label):
            raise InvalidPoolError("registrations", "a label is 64 hex digits")
        if candidate.label == last:
            raise InvalidPoolError("registrations", "repeated label")
        if candidate.registered_on > night:
            raise InvalidPoolError("registrations", "registered after the night")
        if not 1 <= candidate.people <= MAX_PEOPLE:
            raise InvalidPoolError("registrations", "1 to 8 people are expected")
        last = candidate.label


def _lists_of_each(
    frozen: Sequence[Candidate], board: Board, ruleset: Ruleset
) -> list[_Lists]:
    """Return the seats that suit each candidate, in the same order."""
    of_kind: dict[_Kind, _Lists] = {}
    known: dict[tuple[object, ...], _Lists] = {}
    lists: list[_Lists] = []
    for candidate in frozen:
        said = (
            candidate.motif,
            candidate.sites,
            candidate.availability,
            candidate.end_of_right_on,
            candidate.is_displaced,
        )
        found = known.get(said)
        if found is None:
            kind = _kind(candidate, board, ruleset)
            found = of_kind.get(kind)
            if found is None:
                found = of_kind[kind] = _lists(kind, board)
            known[said] = found
        lists.append(found)
    return lists


def _kind(candidate: Candidate, board: Board, ruleset: Ruleset) -> _Kind:
    end, night = candidate.end_of_right_on, board.night
    displaced = candidate.is_displaced
    band = band_of(end, night, ruleset, is_displaced=displaced).number
    # Nothing can be late for a right already lost: every slot is in time.
    last_in_time = end if is_covered(end, night) else None
    return _Kind(
        motif=candidate.motif,
        sites=candidate.sites,
        availability=candidate.availability,
        notice_days=notice_days(band, candidate.availability, ruleset.notice),
        may_use_held=band in ruleset.hold.bands,
        seats_in_time=board.until(last_in_time),
    )


def _lists(kind: _Kind, board: Board) -> _Lists:
    suitable = board.suitable(
        motif=kind.motif,
        sites=kind.sites,
        availability=kind.availability,
        notice_days=kind.notice_days,
        may_use_held=kind.may_use_held,
    )
    in_time = suitable & kind.seats_in_time
    return _Lists(in_time, suitable & ~in_time)


def notice_days(band: int, availability: Availability, notice: Notice) -> int:
    """Return how many days ahead a place must lie for someone of that band."""
    comes_soon = band in notice.short_bands or availability.short_notice
    return notice.short_days if comes_soon else notice.usual_days


def _classes(
    lists: Iterable[_Lists], board: Board
) -> tuple[Mapping[_Lists, str], Mapping[str, SuitableSlots]]:
    """Name the classes c1, c2 … in the order of their content."""
    written = {
        found: SuitableSlots(board.names(found.in_time), board.names(found.late))
        for found in lists
    }
    ordered = sorted(written.items(), key=lambda it: (it[1].in_time, it[1].late))
    names = {found: f"c{number}" for number, (found, _) in enumerate(ordered, start=1)}
    return names, {names[found]: suitable for found, suitable in ordered}


def _slot(seats: Seats) -> Slot:
    return Slot(seats.slot, f"{seats.starts_at:%Y-%m-%dT%H:%M}", seats.places)


def _quotas(open_places: int, ruleset: Ruleset) -> tuple[Quota, ...]:
    return tuple(
        Quota(rule.quota, open_places * rule.percent // 100) for rule in ruleset.quotas
    )


class _Standing(NamedTuple):
    """What the ruleset makes of two dates, whoever they belong to."""

    band: int
    waited_days: int
    quotas: tuple[str, ...]


class _Standings(dict[tuple[date | None, date, bool], _Standing]):
    """Standings by end of right, day of registration, and whether displaced.

    Many people share them.
    """

    def __init__(self, night: date, ruleset: Ruleset) -> None:
        super().__init__()
        self._night = night
        self._ruleset = ruleset

    def __missing__(self, key: tuple[date | None, date, bool]) -> _Standing:
        end, registered_on, is_displaced = key
        band = band_of(
            end, self._night, self._ruleset, is_displaced=is_displaced
        ).number
        waited = (self._night - registered_on).days
        has_date = end is not None
        quotas = sorted(
            rule.quota
            for rule in self._ruleset.quotas
            if _may_use(rule, band=band, waited_days=waited, has_date=has_date)
        )
        found = _Standing(band, waited if quotas else 0, tuple(quotas))
        self[key] = found
        return found


def entry_of(
    candidate: Candidate, class_name: str, night: date, ruleset: Ruleset
) -> Entry:
    """Return a candidate as the pool of a night holds it."""
    return _entry(candidate, class_name, _Standings(night, ruleset))


def _entry(candidate: Candidate, class_name: str, standings: _Standings) -> Entry:
    key = (
        candidate.end_of_right_on,
        candidate.registered_on,
        candidate.is_displaced,
    )
    band, waited_days, quotas = standings[key]
    return Entry(
        candidate.label, class_name, band, waited_days, quotas, candidate.people
    )


def _may_use(rule: QuotaRule, *, band: int, waited_days: int, has_date: bool) -> bool:
    if band not in rule.bands or waited_days < rule.waited_days_min:
        return False
    return not (rule.without_date_only and has_date)

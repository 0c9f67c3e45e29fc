"""The figures of one morning: pure sums over rows without identity.

Small cells are merged (ADR 0012): no group of fewer than ``LEAST`` registrations
stands alone, and no wait is given for fewer than ``LEAST`` people. A wait always
stands beside those who still wait: without them it would flatter.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from service.domain.bands import band_of
from service.domain.ruleset import Ruleset
from service.usecases.public.figures_window import Counts, Row, Window
from service.usecases.public.monitor import monitor
from service.usecases.public.open_data import LEAST
from service.usecases.records.guards import CountedCancellations
from service.usecases.records.public import CountedGroup, CountedPlaces

SCHEMA: Final = "tour-de-role/figures/1"

Name = TypeVar("Name", bound=Hashable)


def figures_of(
    rows: Sequence[Row],
    places: Sequence[CountedPlaces],
    groups: Sequence[CountedGroup] = (),
    cancelled: Sequence[CountedCancellations] = (),
    *,
    prefecture: str,
    day: date,
    ruleset: Ruleset,
) -> Counts:
    """Return the figures of a morning, ready for canonical JSON.

    Pure: equal rows give equal figures, whatever their order.

    Args:
        rows: Who waits, and whoever came, was served or left in the window.
        places: Of the window and of every later day.
        groups: Of the published nights of the window.
        cancelled: Slots taken back, day by day.
        prefecture: Its code.
        day: The morning, Europe/Paris; what happened that day is not counted.
        ruleset: The edges of the bands in force.
    """
    window = Window(day=day)

    def band(row: Row) -> int:
        if row.band is not None and row.appointment_on is not None:
            return row.band
        return band_of(row.end_of_right_on, day, ruleset).number

    return {
        "schema": SCHEMA,
        "prefecture": prefecture,
        "day": day.isoformat(),
        "window": {
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
        },
        "totals": {
            **sums(rows, window),
            "places": _sum(one.places for one in places if window.holds(one.day)),
            "places_to_come": _sum(one.places for one in places if one.day >= day),
            "left": sum(window.holds(row.left_on) for row in rows),
        },
        "lot": settled_by_lot(groups, window),
        "cancellations": cancellations(cancelled, window),
        "weeks": [
            _week(rows, first, last) for first, last in _full_weeks(rows, window)
        ],
        "bands": [
            {"first": cells[0], "last": cells[-1], **details(found, window, day)}
            for cells, found in neighbours(rows, band)
        ],
        "motifs": _by(rows, lambda row: row.motif, "motifs", window),
        "channels": _by(rows, lambda row: row.channel, "channels", window),
        "sites": _sites(places, day),
        "monitor": monitor(rows, places, window),
    }


def settled_by_lot(groups: Iterable[CountedGroup], window: Window) -> Counts:
    """Count the places that the lot decided: given where equals were passed over.

    Source:
        Conseil d'État, 22 December 2017, no. 410561: a lot separates equals only, so
        that how much it separates is said in public.
    """
    counted = [group for group in groups if window.holds(group.held_on)]
    return {
        "nights": len({group.held_on for group in counted}),
        "places_given": sum(group.served for group in counted),
        "settled_by_lot": sum(g.served for g in counted if g.passed_over),
    }


def cancellations(days: Iterable[CountedCancellations], window: Window) -> list[Counts]:
    """Count slots taken back and people who lost a place by it, day by day.

    Days of fewer than ``LEAST`` people are joined with the next ones; where all of them
    together are fewer, the slots are counted and the people are not.
    """
    cells: list[list[CountedCancellations]] = []
    for day in sorted((d for d in days if window.holds(d.day)), key=lambda d: d.day):
        if cells and _sum(one.people for one in cells[-1]) < LEAST:
            cells[-1].append(day)
        else:
            cells.append([day])
    if len(cells) > 1 and _sum(one.people for one in cells[-1]) < LEAST:
        last = cells.pop()
        cells[-1].extend(last)
    return [_cancelled(cell) for cell in cells]


def _cancelled(cell: Sequence[CountedCancellations]) -> Counts:
    people = _sum(one.people for one in cell)
    is_shown = people >= LEAST
    return {
        "first": cell[0].day.isoformat(),
        "last": cell[-1].day.isoformat(),
        "cancelled_slots": _sum(one.slots for one in cell),
        "displaced": people if is_shown else None,
        "first_band": _sum(one.first_band for one in cell) if is_shown else None,
    }


def sums(rows: Iterable[Row], window: Window) -> Counts:
    """Count registrations, served, expired before served, and who waits."""
    counted = list(rows)
    return {
        "registrations": sum(window.holds(row.registered_on) for row in counted),
        "served": sum(window.holds(row.confirmed_on) for row in counted),
        "expired_before_served": sum(
            window.holds(row.end_of_right_on) and expired_first(row) for row in counted
        ),
        "waiting": sum(row.is_live for row in counted),
    }


def expired_first(row: Row) -> bool:
    """Say whether the right ended while its person still waited to be received.

    Received on the last day of the right is in time; whoever left before, or
    registered once it was over, is not counted.
    """
    end = row.end_of_right_on
    if end is None or row.registered_on > end:
        return False
    if row.left_on is not None and row.left_on <= end:
        return False
    return row.appointment_on is None or row.appointment_on > end


def details(rows: Sequence[Row], window: Window, day: date) -> Counts:
    """Return the sums of a cell with its waits, served and waiting side by side."""
    waited = sorted(
        (row.appointment_on - row.registered_on).days
        for row in rows
        if row.appointment_on is not None and window.holds(row.confirmed_on)
    )
    waiting = sorted((day - row.registered_on).days for row in rows if row.is_live)
    return {
        **sums(rows, window),
        "half_received_in_less_than_days": _less_than(waited, 50),
        "nine_tenths_received_in_less_than_days": _less_than(waited, 90),
        "half_waiting_for_days_or_more": _or_more(waiting),
    }


def _less_than(waited: Sequence[int], percent: int) -> int | None:
    """Return the least number of days that ``percent`` of them stayed below."""
    if len(waited) < LEAST:
        return None
    return waited[-(-len(waited) * percent // 100) - 1] + 1


def _or_more(waiting: Sequence[int]) -> int | None:
    """Return the largest number of days that half of them reached."""
    if len(waiting) < LEAST:
        return None
    return waiting[len(waiting) // 2]


def neighbours(
    rows: Sequence[Row], key: Callable[[Row], int]
) -> tuple[tuple[tuple[int, ...], tuple[Row, ...]], ...]:
    """Group rows by a number; small groups join the next one, so that order stays."""
    groups = _grouped(rows, key)
    cells: list[tuple[tuple[int, ...], tuple[Row, ...]]] = []
    for number in sorted(groups):
        if cells and len(cells[-1][1]) < LEAST:
            names, found = cells.pop()
            cells.append(((*names, number), (*found, *groups[number])))
        else:
            cells.append(((number,), groups[number]))
    if len(cells) > 1 and len(cells[-1][1]) < LEAST:
        (names, found), (more, others) = cells.pop(-2), cells.pop()
        cells.append(((*names, *more), (*found, *others)))
    return tuple(cells)


def gathered(
    rows: Sequence[Row], key: Callable[[Row], str]
) -> tuple[tuple[tuple[str, ...], tuple[Row, ...]], ...]:
    """Group rows by a name; small groups are put together, the smallest first.

    Largest group first; the one that was put together comes last.
    """
    groups = _grouped(rows, key)
    order = sorted(groups, key=lambda name: (-len(groups[name]), name))
    small: list[str] = []
    while order and (
        len(groups[order[-1]]) < LEAST
        or 0 < sum(len(groups[name]) for name in small) < LEAST
    ):
        small.insert(0, order.pop())
    cells: list[tuple[tuple[str, ...], tuple[Row, ...]]] = [
        ((name,), groups[name]) for name in order
    ]
    if small:
        together = tuple(row for name in small for row in groups[name])
        cells.append((tuple(sorted(small)), together))
    return tuple(cells)


def _grouped(
    rows: Iterable[Row], key: Callable[[Row], Name]
) -> Mapping[Name, tuple[Row, ...]]:
    groups: dict[Name, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: tuple(found) for name, found in groups.items()}


def _by(
    rows: Sequence[Row], key: Callable[[Row], str], name: str, window: Window
) -> list[Counts]:
    return [
        {name: list(names), **details(found, window, window.day)}
        for names, found in gathered(rows, key)
    ]


def _full_weeks(rows: Sequence[Row], window: Window) -> list[tuple[date, date]]:
    """Join weeks until each has enough registrations to hide a single one.

    Weeks before the first registration of all are left out: the service was not there.
    """
    registered = sorted(r.registered_on for r in rows if window.holds(r.registered_on))
    spans: list[tuple[date, date]] = []
    for first, last in window.weeks():
        if not registered or last < registered[0]:
            continue
        if spans and _between(registered, *spans[-1]) < LEAST:
            spans.append((spans.pop()[0], last))
        else:
            spans.append((first, last))
    if len(spans) > 1 and _between(registered, *spans[-1]) < LEAST:
        last = spans.pop()[1]
        spans.append((spans.pop()[0], last))
    return spans


def _between(days: Sequence[date], first: date, last: date) -> int:
    return sum(first <= day <= last for day in days)


def _week(rows: Sequence[Row], first: date, last: date) -> Counts:
    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "registrations": sum(within(row.registered_on) for row in rows),
        "served": sum(within(row.confirmed_on) for row in rows),
        "expired_before_served": sum(
            within(row.end_of_right_on) and expired_first(row) for row in rows
        ),
    }


def _sites(places: Sequence[CountedPlaces], day: date) -> list[Counts]:
    coming = [one for one in places if one.day >= day]
    return [
        {
            "site": site,
            "places_to_come": _sum(one.places for one in coming if one.site == site),
            "held": _sum(one.held for one in coming if one.site == site),
        }
        for site in sorted({one.site for one in coming})
    ]


def _sum(numbers: Iterable[int]) -> int:
    return sum(numbers)

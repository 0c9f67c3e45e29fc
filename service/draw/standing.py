"""Where each registration stood in a night, in the words that its person is shown.

The transcript says the same to whoever redoes the draw; here it is said line by line:
the place in the order, and how far the places went.

Source: ``spec/draw-v1.md`` section 4.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from service.draw.model import Entry, Label, Pool
from service.draw.outcome import OPEN, Allocation, Outcome

SERVED = "served"

Equals: TypeAlias = tuple[int, str, int]
"""Band, class and size: alike in these, only the ticket decides in the open pass."""


class Standing(NamedTuple):
    """One registration in one night.

    Attributes:
        label: Its pseudonym.
        ticket: 32 bytes.
        rank: Place by (band, ticket, label) in the whole list, from 1.
        result: ``served``, or the reason why not.
        tier: ``in_time`` or ``late``; None when it was not served.
        through: ``open`` or the quota that served it; None likewise.
        cut_off: The worst rank among equals (same band, same lists, same size) that
            the open pass served; 0 when it served none of them.
    """

    label: Label
    ticket: bytes
    rank: int
    result: str
    tier: str | None
    through: str | None
    cut_off: int


def standings(pool: Pool, outcome: Outcome) -> Sequence[Standing]:
    """Tell every registration where it stood.

    Pure. Among equals the cut-off is exact: outside the quotas, whoever has a rank up
    to it was served, and nobody behind it was. Refused once, a list of slots is refused
    for ever (nobody served ever leaves), so that in each tier those served come first.

    Args:
        pool: The night's pool.
        outcome: What its draw decided.

    Returns:
        One standing for each registration, by rank.
    """
    reasons = {one.label: one.reason for one in outcome.unserved}
    given = {one.label: one for one in outcome.allocations}
    order = sorted(
        pool.entries,
        key=lambda entry: (entry.band, outcome.tickets[entry.label], entry.label),
    )
    last: dict[Equals, int] = {}
    for rank, entry in enumerate(order, start=1):
        place = given.get(entry.label)
        if place is not None and place.through == OPEN:
            last[_equals(entry)] = rank
    return [
        Standing(
            label=entry.label,
            ticket=outcome.tickets[entry.label],
            rank=rank,
            result=reasons.get(entry.label, SERVED),
            tier=_tier(given.get(entry.label)),
            through=_through(given.get(entry.label)),
            cut_off=last.get(_equals(entry), 0),
        )
        for rank, entry in enumerate(order, start=1)
    ]


def _equals(entry: Entry) -> Equals:
    return (entry.band, entry.suitable, entry.size)


def _tier(place: Allocation | None) -> str | None:
    return None if place is None else place.tier


def _through(place: Allocation | None) -> str | None:
    return None if place is None else place.through

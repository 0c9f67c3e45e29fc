"""The passes: who is served, in which order, through what.

Nobody is sorted before their turn can matter: candidates are grouped while the
pool is read, and a group is put in ticket order when the pass reaches it.

Source: ``spec/draw-v1.md`` section 4.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from service.draw.matching import Seating
from service.draw.model import Entry, Quota
from service.draw.outcome import OPEN

NO_LIST: Final = -1
_SORTED_AT_ONCE: Final = 2_000
_TWO_OCTETS_FROM: Final = 100_000


@dataclass(frozen=True, slots=True)
class Field:
    """The candidates of one night, by their position in label order.

    Attributes:
        entries: The n registrations.
        tickets: Their n tickets.
        kinds: For tier 0 and tier 1, by class, the type of its list, or
            ``NO_LIST`` when the list is empty.
    """

    entries: Sequence[Entry]
    tickets: Sequence[bytes]
    kinds: tuple[Mapping[str, int], Mapping[str, int]]


@dataclass(slots=True)
class Served:
    """Who has been served so far, by position in label order.

    Attributes:
        tier: 0 or 1.
        through: ``open`` or a quota.
        pinned: For families only, the slot.
    """

    tier: dict[int, int] = field(default_factory=dict[int, int])
    through: dict[int, str] = field(default_factory=dict[int, str])
    pinned: dict[int, int] = field(default_factory=dict[int, int])


def serve(candidates: Field, quotas: Iterable[Quota], seating: Seating) -> Served:
    """Serve each quota in turn, then everybody.

    Args:
        candidates: The night's candidates.
        quotas: In the order in which they are served.
        seating: Empty; left with every single seated.

    Returns:
        Who is served, in which tier, through what.
    """
    served = Served()
    bands, named = _grouped(candidates.entries)
    for quota in quotas:
        days = named.get(quota.quota, {})
        _quota_pass(quota, days, candidates, seating, served)
    for band in sorted(bands):
        for tier in (0, 1):
            _open_pass(bands[band], tier, candidates, seating, served)
    return served


def _grouped(
    entries: Sequence[Entry],
) -> tuple[dict[int, list[int]], dict[str, dict[int, list[int]]]]:
    """Group positions by band, and by quota and days waited; label order inside."""
    bands: defaultdict[int, list[int]] = defaultdict(list)
    named: dict[str, dict[int, list[int]]] = {}
    for position, entry in enumerate(entries):
        bands[entry.band].append(position)
        for quota in entry.quotas:
            days = named.setdefault(quota, {})
            days.setdefault(entry.waited_days, []).append(position)
    return bands, named


def _quota_pass(
    quota: Quota,
    days: Mapping[int, list[int]],
    candidates: Field,
    seating: Seating,
    served: Served,
) -> None:
    """Give at most the quota's places, the longest wait first, tier by tier."""
    left = quota.places
    for tier in (0, 1):
        for waited in sorted(days, reverse=True):
            if not left:
                return
            hopeful = _hopeful(days[waited], tier, candidates, seating, served)
            for position in in_ticket_order(hopeful, candidates.tickets):
                size = candidates.entries[position].size
                if size <= left and _admit(
                    position, tier, quota.quota, candidates, seating, served
                ):
                    left -= size


def _open_pass(
    group: list[int],
    tier: int,
    candidates: Field,
    seating: Seating,
    served: Served,
) -> None:
    """Serve whoever of one band can be placed in one tier, in ticket order."""
    hopeful = _hopeful(group, tier, candidates, seating, served)
    for position in in_ticket_order(hopeful, candidates.tickets):
        if not seating.free:
            return
        _admit(position, tier, OPEN, candidates, seating, served)


def _hopeful(
    group: list[int], tier: int, candidates: Field, seating: Seating, served: Served
) -> list[int]:
    """Leave out the served and those whose whole list is closed."""
    if not seating.free:
        return []
    live = {
        name
        for name, kind in candidates.kinds[tier].items()
        if kind != NO_LIST and seating.masks[kind] & seating.live
    }
    entries, done = candidates.entries, served.tier
    return [
        position
        for position in group
        if entries[position].suitable in live and position not in done
    ]


def _admit(
    position: int,
    tier: int,
    through: str,
    candidates: Field,
    seating: Seating,
    served: Served,
) -> bool:
    """Serve one candidate if the rule allows it; tell whether it was served."""
    entry = candidates.entries[position]
    kind = candidates.kinds[tier][entry.suitable]
    if entry.size == 1:
        if not seating.seat(kind):
            return False
    else:
        slot = seating.pin(kind, entry.size)
        if slot is None:
            return False
        served.pinned[position] = slot
    served.tier[position] = tier
    served.through[position] = through
    return True


def in_ticket_order(
    positions: Sequence[int], tickets: Sequence[bytes]
) -> Iterator[int]:
    """Yield positions by ticket, sorting no further than is asked for.

    Args:
        positions: In label order, so that equal tickets follow their labels.
        tickets: By position.
    """
    by_ticket = tickets.__getitem__
    if len(positions) <= _SORTED_AT_ONCE:
        yield from sorted(positions, key=by_ticket)
        return
    octets = 1 if len(positions) < _TWO_OCTETS_FROM else 2
    buckets: list[list[int]] = [[] for _ in range(256**octets)]
    for position in positions:
        buckets[int.from_bytes(tickets[position][:octets], "big")].append(position)
    for bucket in buckets:
        yield from sorted(bucket, key=by_ticket)

"""Held places: a share of each day stays free for rights that end very soon.

Late arrivals in danger found the near days given away; holding a fifth of the places
until two days ahead halved the rights lost (mechanism.md § 5, reading 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from service.domain.ruleset import Hold
from service.domain.slots import OpenSlot


def held_places(
    slots: Iterable[OpenSlot], night: date, hold: Hold
) -> Mapping[str, int]:
    """Return how many places of each slot are held on a night, where any are.

    The share is counted on the places *published* for a site and day and rounded
    down: a day that fills up keeps its held places, instead of holding a share of
    what is left. They are taken one by one from the slots in slot order, round after
    round, so that they spread over the day.

    Args:
        slots: All slots of the prefecture, full ones included; any order.
        night: Europe/Paris date of the draw.
        hold: Share, and the distance from which a day is released.
    """
    days: dict[tuple[str, date], list[OpenSlot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.slot)):
        if (slot.day - night).days > hold.until_days_ahead:
            days[slot.site, slot.day].append(slot)
    held: dict[str, int] = {}
    for of_day in days.values():
        held.update(_take_one_by_one(of_day, hold.percent))
    return held


def _take_one_by_one(slots: Sequence[OpenSlot], percent: int) -> Mapping[str, int]:
    published = sum(slot.published_places for slot in slots)
    wanted = published * percent // 100
    taken: dict[str, int] = defaultdict(int)
    while wanted > 0:
        givers = [slot for slot in slots if taken[slot.slot] < slot.places]
        if not givers:
            break
        # As many whole rounds at once as nobody runs out in: the same shares.
        least = min(slot.places - taken[slot.slot] for slot in givers)
        rounds = max(1, min(least, wanted // len(givers)))
        for slot in givers[:wanted]:
            taken[slot.slot] += rounds
        wanted -= rounds * len(givers[:wanted])
    return {slot: places for slot, places in taken.items() if places}

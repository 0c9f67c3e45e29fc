"""Who is served, where, and why not the others.

Source: ``spec/draw-v1.md`` sections 4 to 6.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.draw import dates
from service.draw.matching import Seating, slots_with
from service.draw.model import Label, Pool
from service.draw.outcome import (
    NO_SUITABLE_PLACE,
    PLACES_TAKEN,
    TIERS,
    Allocation,
    FreePlaces,
    Outcome,
    Unserved,
)
from service.draw.passes import NO_LIST, Field, Served, serve
from service.draw.records import many
from service.draw.registrations import LARGEST_SIZE


def allocate(pool: Pool, tickets: Mapping[Label, bytes]) -> Outcome:
    """Decide one night: the most urgent first, the lot among equals.

    Pure: equal arguments give equal outcomes on every machine. Tickets are an
    argument of their own so that two pools can be compared under the same ones.

    Args:
        pool: The frozen pool.
        tickets: 32 bytes for each label of the pool; others are ignored.

    Returns:
        An answer for each registration, and the places left.

    Source:
        ``spec/draw-v1.md`` sections 4, 5 and 6; Roth, Sönmez and Ünver, JET 125
        (2005), priority matching.
    """
    types = _types(pool)
    labels = [entry.label for entry in pool.entries]
    in_label_order = [tickets[label] for label in labels]
    candidates = Field(pool.entries, in_label_order, types.kinds)
    seating = Seating(types.masks, [slot.places for slot in pool.slots])

    served = serve(candidates, pool.quotas, seating)
    slots = _settle(candidates, served, seating)

    return Outcome(
        tickets=dict(zip(labels, in_label_order, strict=True)),
        allocations=_allocations(pool, served, slots),
        unserved=_unserved(pool, types, slots),
        free=_free(pool, slots),
    )


@dataclass(frozen=True, slots=True)
class _Types:
    """The different lists of slots of a pool.

    Attributes:
        masks: For each type, its slots.
        kinds: For tier 0 and tier 1, by class, the type of its list.
    """

    masks: list[int]
    kinds: tuple[dict[str, int], dict[str, int]]

    def either(self) -> dict[str, int]:
        """Return the slots of both lists, by class."""
        in_time, late = self.kinds
        masks = [*self.masks, 0]  # NO_LIST is the last
        return {name: masks[in_time[name]] | masks[late[name]] for name in in_time}


def _types(pool: Pool) -> _Types:
    """Number the lists: equal lists are one type, whatever class they come from."""
    digit = {slot.slot: -1 - position for position, slot in enumerate(pool.slots)}
    numbers: dict[int, int] = {}

    def number(names: Iterable[str]) -> int:
        mask = _mask(names, digit)
        return numbers.setdefault(mask, len(numbers)) if mask else NO_LIST

    in_time = {name: number(kind.in_time) for name, kind in pool.classes.items()}
    late = {name: number(kind.late) for name, kind in pool.classes.items()}
    return _Types(list(numbers), (in_time, late))


def _mask(names: Iterable[str], digit: Mapping[str, int]) -> int:
    row = bytearray(b"0") * len(digit)
    for name in names:
        row[digit[name]] = ord("1")
    return int(row or b"0", 2)


def _settle(candidates: Field, served: Served, seating: Seating) -> dict[int, int]:
    """Return the slot of everyone served, by position: pinned, or by the dates."""
    entries, tickets = candidates.entries, candidates.tickets
    singles = sorted(served.tier.keys() - served.pinned.keys())
    singles.sort(key=lambda at: (entries[at].band, served.tier[at], tickets[at]))
    people = [candidates.kinds[served.tier[at]][entries[at].suitable] for at in singles]
    given = dates.assign(people, seating)
    return dict(zip(singles, given, strict=True)) | served.pinned


def _allocations(
    pool: Pool, served: Served, slots: Mapping[int, int]
) -> tuple[Allocation, ...]:
    rows = [
        (
            pool.entries[position].label,
            pool.slots[slots[position]].slot,
            TIERS[served.tier[position]],
            served.through[position],
        )
        for position in sorted(slots)
    ]
    return many(Allocation, rows)


def _unserved(
    pool: Pool, types: _Types, slots: Mapping[int, int]
) -> tuple[Unserved, ...]:
    places = [slot.places for slot in pool.slots]
    could_hold = [slots_with(places, size) for size in range(LARGEST_SIZE + 1)]
    reasons = {
        name: [
            PLACES_TAKEN if fits & suits else NO_SUITABLE_PLACE for fits in could_hold
        ]
        for name, suits in types.either().items()
    }
    rows = [
        (label, reasons[suitable][size])
        for position, (label, suitable, _, _, _, size) in enumerate(pool.entries)
        if position not in slots
    ]
    return many(Unserved, rows)


def _free(pool: Pool, slots: Mapping[int, int]) -> tuple[FreePlaces, ...]:
    left = [slot.places for slot in pool.slots]
    for position, slot in slots.items():
        left[slot] -= pool.entries[position].size
    return tuple(
        FreePlaces(slot.slot, places)
        for slot, places in zip(pool.slots, left, strict=True)
        if places
    )

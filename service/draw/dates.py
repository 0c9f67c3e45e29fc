"""The date pass: once it is settled who is served, the earliest slot for each.

In rank order, each person gets the first slot of their list such that everyone
served can still be placed. The seating's counts answer that: a person can have
a slot if from there one reaches a slot with room, or one where somebody of the
same type sits and could leave instead.

A search that fails proves that the slots reached and everyone in them stand
apart from the rest for good: a *component* splits in two, a type's possible
slots only shrink, and its first slot only moves forward.

Source: ``spec/draw-v1.md`` section 5.
"""

from collections.abc import Iterable

from service.draw.matching import Dead, Seating, slots_with


def assign(people: Iterable[int], seating: Seating) -> list[int]:
    """Give each served single their slot.

    Args:
        people: Types of the n singles seated, in rank order.
        seating: Where they sit; used up.

    Returns:
        n slots, in the order of ``people``.
    """
    dates = _Dates(seating)
    return [dates.give(kind) for kind in people]


class _Dates:
    """The state of the date pass."""

    def __init__(self, seating: Seating) -> None:
        self._seating = seating
        self._component = dict.fromkeys(seating.active, 0)
        self._slots = [slots_with(seating.room, 1)]
        self._kinds = [list(seating.active)]
        self._first: dict[int, int] = {}

    def give(self, kind: int) -> int:
        """Settle one person of a type: return their slot."""
        while True:
            slot = self._first_slot(kind)
            if self._open(kind, slot):
                self._take(kind, slot)
                return slot

    def _first_slot(self, kind: int) -> int:
        slots = self._slots[self._component[kind]]
        last = self._first.get(kind)
        if last is not None and slots >> last & 1:
            return last
        fits = self._seating.masks[kind] & slots
        self._first[kind] = (fits & -fits).bit_length() - 1
        return self._first[kind]

    def _open(self, kind: int, slot: int) -> bool:
        """Take one of the type out of the seating so that the slot has a place.

        False if nothing can be moved so: the component has been split, and the
        type's first slot is further on.
        """
        seating = self._seating
        if seating.support[kind] >> slot & 1:
            seating.leave(kind, slot)
            return True
        if seating.free >> slot & 1:
            seating.leave(kind, seating.support[kind].bit_length() - 1)
            return True
        component = self._component[kind]
        found = seating.search(
            1 << slot,
            seating.support[kind] | seating.free,
            self._slots[component] ^ 1 << slot,
            self._kinds[component],
        )
        if isinstance(found, Dead):
            self._split(component, found)
            return False
        own = seating.support[kind] >> found.goal & 1
        seating.shift(found)
        if own:
            seating.stand(kind, found.goal)  # one came, one leaves
        else:
            seating.take_room(found.goal)
            seating.leave(kind, seating.support[kind].bit_length() - 1)
        seating.give_room(slot)
        return True

    def _split(self, component: int, dead: Dead) -> None:
        """Set the slots that were reached, and who sits there, apart."""
        for kind in dead.steps:
            self._component[kind] = len(self._slots)
        self._slots.append(self._slots[component] ^ dead.unreached)
        self._slots[component] = dead.unreached
        self._kinds.append(list(dead.steps))
        self._kinds[component] = [
            kind for kind in self._kinds[component] if kind not in dead.steps
        ]

    def _take(self, kind: int, slot: int) -> None:
        self._seating.withdraw_one(slot)
        if not self._seating.room[slot]:
            self._slots[self._component[kind]] ^= 1 << slot

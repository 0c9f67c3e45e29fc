"""One night decided a second time, slowly and plainly.

Another reading of sections 4 and 5, which has nothing in common with the one
that serves: people keep their names, a search walks from slot to slot through
the people who sit there, and a family's places are taken out one by one. Three
remarks keep it within seconds: a list once refused stays refused, because
everyone served stays served; two people with the same list lead a search to
the same slots; and a slot that somebody cannot have is none for whoever comes
later with the same list, since the two could change places.

Source: ``spec/draw-v1.md`` sections 4 to 6.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

TIERS = ("in_time", "late")

Kind: TypeAlias = tuple[str, str]
"""A class and a tier: together they name one list of slots."""


@dataclass(slots=True)
class Night:
    """The state of one night while it is being decided.

    Attributes:
        rows: The registrations, by label.
        lists: For each class and tier, its slots in slot order.
        offered: For each slot, its places.
        places: For each slot, the places neither pinned nor settled.
        seated: For each slot, who sits there for now.
        served: For each label served, its tier and through what.
        given: For each label settled, its slot.
        refused: Lists (with a size) for which nothing can be done any more.
        stubborn: The most that can no longer be taken out of a slot.
    """

    rows: Mapping[str, Mapping[str, Any]]
    lists: Mapping[Kind, Sequence[str]]
    offered: Mapping[str, int]
    places: dict[str, int]
    seated: dict[str, dict[str, None]]
    served: dict[str, tuple[str, str]] = field(default_factory=dict[Any, Any])
    given: dict[str, str] = field(default_factory=dict[Any, Any])
    refused: set[tuple[Kind, int]] = field(default_factory=set[Any])
    stubborn: dict[str, int] = field(default_factory=dict[Any, Any])

    def kind(self, label: str) -> Kind:
        """Return the list that someone served keeps to."""
        return (self.rows[label]["class"], self.served[label][0])

    def reasons(self) -> dict[str, str]:
        """Return why each of the others was not served."""
        return {
            label: "places_taken" if self._could_hold(row) else "no_suitable_place"
            for label, row in self.rows.items()
            if label not in self.served
        }

    def _could_hold(self, row: Mapping[str, Any]) -> bool:
        return any(
            self.offered[slot] >= row["size"]
            for tier in TIERS
            for slot in self.lists[row["class"], tier]
        )

    def offer(self, label: str, tier: str, through: str) -> bool:
        """Serve a candidate in a tier if section 4 says so."""
        row = self.rows[label]
        kind, size = (row["class"], tier), row["size"]
        if (kind, size) in self.refused or not self.lists[kind]:
            return False
        done = self._seat(label, kind) if size == 1 else self._pin(label, kind, size)
        if done:
            self.served[label] = (tier, through)
        else:
            self.refused.add((kind, size))
        return done

    def _seat(self, label: str, kind: Kind) -> bool:
        slot = self.open_one(self.lists[kind])
        if slot is None:
            return False
        self.seated[slot][label] = None
        return True

    def _pin(self, label: str, kind: Kind, size: int) -> bool:
        for slot in self.lists[kind]:
            if self._take_out(slot, size):
                self.given[label] = slot
                return True
        return False

    def _take_out(self, slot: str, size: int) -> bool:
        """Take places out of a slot, if everyone can still sit somewhere."""
        if self.places[slot] < size or size >= self.stubborn.get(slot, size + 1):
            return False
        self.places[slot] -= size
        while len(self.seated[slot]) > self.places[slot]:
            label, _ = self.seated[slot].popitem()
            if not self._seat(label, self.kind(label)):
                # Back where they were: the others who moved sit well elsewhere.
                self.seated[slot][label] = None
                self.places[slot] += size
                self.stubborn[slot] = size
                return False
        return True

    def open_one(
        self, start: Iterable[str], hopeless: set[str] | None = None
    ) -> str | None:
        """Move people on until one slot of ``start`` has a place; return it.

        Args:
            start: Slots.
            hopeless: Slots from which no place can be reached, as far as known;
                after a search in vain it holds those that were reached.
        """
        dead = set[str]() if hopeless is None else hopeless
        came: dict[str, tuple[str, str] | None]
        came = {slot: None for slot in start if slot not in dead}
        for slot in came:
            if self._has_room(slot):
                return slot
        looked_at: set[Kind] = set()
        queue = list(came)
        for slot in queue:
            for label in self.seated[slot]:
                kind = self.kind(label)
                if kind in looked_at:
                    continue
                looked_at.add(kind)
                for onward in self.lists[kind]:
                    if onward in came or onward in dead:
                        continue
                    came[onward] = (slot, label)
                    if self._has_room(onward):
                        return self._move_along(came, onward)
                    queue.append(onward)
        dead.update(came)
        return None

    def _has_room(self, slot: str) -> bool:
        return len(self.seated[slot]) < self.places[slot]

    def _move_along(self, came: Mapping[str, tuple[str, str] | None], slot: str) -> str:
        while (step := came[slot]) is not None:
            left, label = step
            del self.seated[left][label]
            self.seated[slot][label] = None
            slot = left
        return slot


def decide(pool: Mapping[str, Any], tickets: Mapping[str, str]) -> Night:
    """Decide a valid pool under the tickets given (hex)."""
    rows = {row["label"]: row for row in pool["registrations"]}
    offered = {slot["slot"]: slot["places"] for slot in pool["slots"]}
    night = Night(
        rows=rows,
        lists={
            (name, tier): lists[tier]
            for name, lists in pool["classes"].items()
            for tier in TIERS
        },
        offered=offered,
        places=dict(offered),
        seated={slot: {} for slot in offered},
    )
    for quota in pool["quotas"]:
        _quota_pass(night, quota["quota"], quota["places"], tickets)
    turns = [
        (row["band"], turn, tickets[label], label, tier)
        for label, row in rows.items()
        for turn, tier in enumerate(TIERS)
    ]
    for _, _, _, label, tier in sorted(turns):
        if label not in night.served:
            night.offer(label, tier, "open")
    _settle(night, tickets)
    return night


def _quota_pass(
    night: Night, quota: str, left: int, tickets: Mapping[str, str]
) -> None:
    named = [label for label, row in night.rows.items() if quota in row["quotas"]]
    named.sort(key=lambda one: (-night.rows[one]["waited_days"], tickets[one], one))
    for tier in TIERS:
        for label in named:
            size = night.rows[label]["size"]
            if label in night.served or size > left:
                continue
            if night.offer(label, tier, quota):
                left -= size


def _settle(night: Night, tickets: Mapping[str, str]) -> None:
    """Give everyone of size 1 the first slot that leaves all others placed."""
    people = [label for slot in night.seated for label in night.seated[slot]]

    def rank(label: str) -> tuple[int, int, str, str]:
        tier = TIERS.index(night.served[label][0])
        return (night.rows[label]["band"], tier, tickets[label], label)

    first: dict[Kind, int] = {}
    for label in sorted(people, key=rank):
        seat = next(slot for slot in night.seated if label in night.seated[slot])
        del night.seated[seat][label]
        kind, hopeless = night.kind(label), set[str]()
        at = first.get(kind, 0)
        # The place just left can always be had again: the search ends.
        while night.open_one([night.lists[kind][at]], hopeless) is None:
            at += 1
        first[kind] = at
        night.given[label] = night.lists[kind][at]
        night.places[night.given[label]] -= 1

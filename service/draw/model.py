"""The frozen input of one night's draw, and its refusals.

A pool holds no name, no date of birth and no policy: slots, the lists of slots
that suit each kind of registration, protected shares, and entries under labels
that live one night. It is either valid as a whole or refused as a whole.

Source: ``spec/draw-v1.md`` section 1.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple, Self, TypeAlias

from service.draw.canonical import (
    LARGEST_INTEGER,
    RefusedInputError,
    canonical_bytes,
    item,
    member,
)
from service.draw.records import many
from service.draw.registrations import read_registrations
from service.draw.shapes import (
    array,
    increasing,
    mapping,
    members,
    refuse,
    text,
    whole,
)

SPEC: Final = "tour-de-role/draw/1"

Label: TypeAlias = str
"""Pseudonym of one registration for one night: 64 lower-case hex digits."""


class InvalidPoolError(RefusedInputError):
    """The pool breaks section 1 of the rule and is refused whole."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Interchangeable places: one site, one start, one kind.

    Attributes:
        slot: Identifier, unique in the pool.
        starts_at: Local wall time, ``YYYY-MM-DDThh:mm``.
        places: How many, zero or more.
    """

    slot: str
    starts_at: str
    places: int

    def to_json(self) -> dict[str, object]:
        """Return the object of section 1."""
        return {"slot": self.slot, "starts_at": self.starts_at, "places": self.places}


@dataclass(frozen=True, slots=True)
class SuitableSlots:
    """The slots that suit one kind of registration, each list in slot order.

    Attributes:
        in_time: Before the right is lost, or no right to lose.
        late: After it.
    """

    in_time: tuple[str, ...]
    late: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the object of section 1."""
        return {"in_time": list(self.in_time), "late": list(self.late)}


@dataclass(frozen=True, slots=True)
class Quota:
    """A protected share: at most ``places`` are given through it."""

    quota: str
    places: int

    def to_json(self) -> dict[str, object]:
        """Return the object of section 1."""
        return {"quota": self.quota, "places": self.places}


class Entry(NamedTuple):
    """A registration as it stands in one night's pool, under its label.

    A named tuple and not a dataclass: half a million of them are built in a
    tenth of the time.

    Attributes:
        label: Its pseudonym for this night.
        suitable: Name of the class whose slots suit it (``class`` in JSON).
        band: Urgency, 0 the most urgent.
        waited_days: Whole days since registration, 0 where no quota is named.
        quotas: Names of the quotas it may use, sorted.
        size: People who must be received together, 1 to 8.
    """

    label: Label
    suitable: str
    band: int
    waited_days: int = 0
    quotas: tuple[str, ...] = ()
    size: int = 1

    def to_json(self) -> dict[str, object]:
        """Return the object of section 1, whose canonical bytes make the leaf."""
        return {
            "label": self.label,
            "class": self.suitable,
            "band": self.band,
            "waited_days": self.waited_days,
            "quotas": list(self.quotas),
            "size": self.size,
        }


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything the draw of one prefecture and night depends on.

    Attributes:
        draw: Prefecture code, ``/``, date of the night.
        ruleset: The whole published ruleset, any JSON object.
        slots: In slot order: by start, then identifier.
        classes: The slots that suit each kind of registration, by class name.
        quotas: In the order in which they are served.
        entries: By label.
    """

    draw: str
    ruleset: Mapping[str, object]
    slots: tuple[Slot, ...]
    classes: Mapping[str, SuitableSlots]
    quotas: tuple[Quota, ...]
    entries: tuple[Entry, ...]

    @classmethod
    def from_json(cls, value: object, place: str = "pool") -> Self:
        """Read a pool, or refuse it whole.

        Args:
            value: What was read from JSON.
            place: Path of the value, with which every refusal begins.

        Raises:
            InvalidPoolError: Naming the first place that breaks the rule.
        """
        try:
            return cls(*_read_pool(value, place))
        except RefusedInputError as error:
            raise InvalidPoolError(error.place, error.why) from None

    def to_json(self) -> dict[str, object]:
        """Return the object of section 1."""
        return {
            "spec": SPEC,
            "draw": self.draw,
            "ruleset": self.ruleset,
            "slots": [slot.to_json() for slot in self.slots],
            "classes": {name: kind.to_json() for name, kind in self.classes.items()},
            "quotas": [quota.to_json() for quota in self.quotas],
            "registrations": [entry.to_json() for entry in self.entries],
        }


_NOT_A_SLOT: Final = -1
_DRAW: Final = re.compile(r"[a-z0-9-]+/([0-9]{4}-[0-9]{2}-[0-9]{2})")
_STARTS_AT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]"
)


def _real_date(written: str, place: str) -> None:
    """Refuse the 30th of February."""
    try:
        date.fromisoformat(written)
    except ValueError:
        refuse(place, "not a real date")


def _read_draw(value: object, place: str) -> str:
    name = text(value, place)
    parts = _DRAW.fullmatch(name)
    if parts is None:
        refuse(place, "a prefecture code, / and a date are expected")
    _real_date(parts[1], place)
    return name


def _read_ruleset(value: object, place: str) -> dict[str, object]:
    ruleset = mapping(value, place)
    canonical_bytes(ruleset, place)
    return ruleset


def _read_slots(value: object, place: str) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    seen: set[str] = set()
    for index, found in enumerate(array(value, place)):
        here = item(place, index)
        slot = _read_slot(found, here)
        if slot.slot in seen:
            refuse(f"{here}.slot", "repeated identifier")
        last = slots[-1] if slots else slot
        if (slot.starts_at, slot.slot) < (last.starts_at, last.slot):
            refuse(here, "out of order: by starts_at, then slot")
        seen.add(slot.slot)
        slots.append(slot)
    return tuple(slots)


def _read_slot(value: object, place: str) -> Slot:
    found = members(value, place, ("slot", "starts_at", "places"))
    starts_at = text(found["starts_at"], f"{place}.starts_at")
    if not _STARTS_AT.fullmatch(starts_at):
        refuse(f"{place}.starts_at", "YYYY-MM-DDThh:mm is expected")
    _real_date(starts_at[:10], f"{place}.starts_at")
    return Slot(
        slot=text(found["slot"], f"{place}.slot"),
        starts_at=starts_at,
        places=whole(found["places"], f"{place}.places", most=LARGEST_INTEGER),
    )


def _read_classes(
    value: object, place: str, slots: Iterable[Slot]
) -> dict[str, SuitableSlots]:
    order = {slot.slot: position for position, slot in enumerate(slots)}
    classes: dict[str, SuitableSlots] = {}
    for name, found in mapping(value, place).items():
        here = member(place, name)
        text(name, here)
        lists = members(found, here, ("in_time", "late"))
        in_time = _read_list(lists["in_time"], f"{here}.in_time", order)
        late = _read_list(lists["late"], f"{here}.late", order)
        if not set(in_time).isdisjoint(late):
            refuse(here, "a slot stands in both lists")
        classes[name] = SuitableSlots(in_time, late)
    return classes


def _read_list(value: object, place: str, order: Mapping[str, int]) -> tuple[str, ...]:
    """Return a list of known slots that stands in slot order."""
    names = array(value, place)
    if not _in_slot_order(names, order):
        _refuse_first_misplaced(names, place, order)
    return tuple(names)


def _in_slot_order(names: list[Any], order: Mapping[str, int]) -> bool:
    """Tell at a glance; False only means that somebody must look closer."""
    try:
        return increasing([order[name] for name in names])
    except (KeyError, TypeError):
        return False


def _refuse_first_misplaced(
    names: list[Any], place: str, order: Mapping[str, int]
) -> None:
    last = _NOT_A_SLOT
    for index, name in enumerate(names):
        position = order.get(name, _NOT_A_SLOT) if type(name) is str else _NOT_A_SLOT
        if position == _NOT_A_SLOT:
            refuse(item(place, index), "a slot of this pool is expected")
        if position <= last:
            refuse(item(place, index), "repeated, or out of slot order")
        last = position


def _read_quotas(value: object, place: str) -> tuple[Quota, ...]:
    quotas: list[Quota] = []
    seen: set[str] = set()
    for index, found in enumerate(array(value, place)):
        here = item(place, index)
        quota = members(found, here, ("quota", "places"))
        name = text(quota["quota"], f"{here}.quota")
        if name in seen:
            refuse(f"{here}.quota", "repeated identifier")
        seen.add(name)
        places = whole(quota["places"], f"{here}.places", most=LARGEST_INTEGER)
        quotas.append(Quota(name, places))
    return tuple(quotas)


_POOL_KEYS: Final = (
    "spec",
    "draw",
    "ruleset",
    "slots",
    "classes",
    "quotas",
    "registrations",
)


def _read_pool(
    value: object, place: str
) -> tuple[
    str,
    dict[str, object],
    tuple[Slot, ...],
    dict[str, SuitableSlots],
    tuple[Quota, ...],
    tuple[Entry, ...],
]:
    found = members(value, place, _POOL_KEYS)
    if found["spec"] != SPEC:
        refuse(f"{place}.spec", f'"{SPEC}" is expected')
    draw = _read_draw(found["draw"], f"{place}.draw")
    ruleset = _read_ruleset(found["ruleset"], f"{place}.ruleset")
    slots = _read_slots(found["slots"], f"{place}.slots")
    classes = _read_classes(found["classes"], f"{place}.classes", slots)
    quotas = _read_quotas(found["quotas"], f"{place}.quotas")
    rows = read_registrations(
        found["registrations"],
        f"{place}.registrations",
        classes,
        [quota.quota for quota in quotas],
    )
    return draw, ruleset, slots, classes, quotas, many(Entry, rows)

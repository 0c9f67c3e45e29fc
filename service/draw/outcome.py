"""What a draw decided: every registration answered, every place accounted for.

Source: ``spec/draw-v1.md`` section 6.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from service.draw.model import Label

IN_TIME: Final = "in_time"
LATE: Final = "late"
TIERS: Final = (IN_TIME, LATE)
OPEN: Final = "open"
PLACES_TAKEN: Final = "places_taken"
NO_SUITABLE_PLACE: Final = "no_suitable_place"


class Allocation(NamedTuple):
    """A place given.

    Attributes:
        label: The registration served.
        slot: Where; a family has all its places there.
        tier: ``in_time`` or ``late``.
        through: ``open``, or the quota that served it.
    """

    label: Label
    slot: str
    tier: str
    through: str


class Unserved(NamedTuple):
    """A registration that stays for the next night, and why.

    Attributes:
        label: The registration.
        reason: ``no_suitable_place`` when no slot of its lists could ever hold
            it, else ``places_taken``.
    """

    label: Label
    reason: str


class FreePlaces(NamedTuple):
    """Places of one slot that nobody unserved could use."""

    slot: str
    places: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one night's draw.

    Attributes:
        tickets: 32 bytes for each label, by label.
        allocations: By label.
        unserved: By label.
        free: In slot order, only slots with places left.
    """

    tickets: Mapping[Label, bytes]
    allocations: tuple[Allocation, ...]
    unserved: tuple[Unserved, ...]
    free: tuple[FreePlaces, ...]

    def to_json(self) -> dict[str, object]:
        """Return the object of section 6."""
        return {
            "tickets": {label: ticket.hex() for label, ticket in self.tickets.items()},
            "allocations": [given._asdict() for given in self.allocations],
            "unserved": [left._asdict() for left in self.unserved],
            "free": [places._asdict() for places in self.free],
        }

    def canonical(self, end: bytes = b"") -> bytes:
        """Return the canonical bytes of :meth:`to_json`.

        Written straight from the values: the keys stand in canonical order,
        labels and tickets are hex digits, and only the names of slots and
        quotas may need escapes. Ten times as fast as the general way.

        Args:
            end: What comes after: the whole is not copied once more for a newline.
        """
        pieces = (
            b'{"allocations":[',
            self._allocations_written(),
            b'],"free":[',
            self._free_written(),
            b'],"tickets":{',
            self._tickets_written(),
            b'},"unserved":[',
            self._unserved_written(),
            b"]}",
            end,
        )
        return b"".join(pieces)

    def _allocations_written(self) -> bytes:
        spelt = _spelt(name for given in self.allocations for name in given[1:])
        return _listed(
            [
                f'{{"label":"{label}","slot":{spelt[slot]},'
                f'"through":{spelt[through]},"tier":{spelt[tier]}}}'
                for label, slot, tier, through in self.allocations
            ]
        )

    def _free_written(self) -> bytes:
        spelt = _spelt(slot for slot, _ in self.free)
        return _listed(
            [
                f'{{"places":{places},"slot":{spelt[slot]}}}'
                for slot, places in self.free
            ]
        )

    def _tickets_written(self) -> bytes:
        return _listed(
            [f'"{label}":"{ticket.hex()}"' for label, ticket in self.tickets.items()]
        )

    def _unserved_written(self) -> bytes:
        return _listed(
            [
                f'{{"label":"{label}","reason":"{reason}"}}'
                for label, reason in self.unserved
            ]
        )


def _spelt(names: Iterable[str]) -> dict[str, str]:
    """Return the JSON text of each name: written once, however often it stands."""
    return {name: json.dumps(name, ensure_ascii=False) for name in set(names)}


def _listed(members: list[str]) -> bytes:
    return ",".join(members).encode()

"""A published pool as another ruleset would have frozen it, as far as it can tell.

Under its own ruleset a pool comes out byte for byte as it was. Under another, what
comes out is what the freeze would have made of the same night, or nothing: where the
pool does not tell enough, the ruleset is refused.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from service.domain.errors import InvalidRulesetError
from service.domain.ruleset import BAND_LOST, BAND_SOON, QuotaRule, Ruleset
from service.domain.slots import HELD_SUFFIX
from service.draw.model import Entry, Pool, Quota, Slot, SuitableSlots
from simulation.errors import LaboratoryError
from simulation.history.fields import (
    Difference,
    Fate,
    differences,
    membership,
    refuse_unknowable,
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A pool under another ruleset.

    Attributes:
        pool: What the draw is given.
        differences: Where the two rulesets differ, and what was done with each.
        left: Held places that stand in the pool without an open one beside them: whom
            else they suit is not told, so they stay with those they suited.
    """

    pool: Pool
    differences: tuple[Difference, ...]
    left: int


def recorded_ruleset(pool: Pool) -> Ruleset:
    """Return the ruleset under which a pool was frozen.

    Raises:
        LaboratoryError: It is none that this version knows.
    """
    try:
        return Ruleset.from_json(pool.ruleset)
    except InvalidRulesetError as error:
        raise LaboratoryError(
            f"{pool.draw}: its ruleset is not one that this version knows "
            f"(at '{error.field}'); replay it with the version that published it"
        ) from error


def under(pool: Pool, asked: Ruleset) -> Rebuilt:
    """Return the pool as the ruleset asked for would have frozen it.

    Raises:
        LaboratoryError: The ruleset moves what the pool cannot tell; the text names
            every such field and where to try it.
    """
    recorded = recorded_ruleset(pool)
    found = differences(recorded, asked)
    refuse_unknowable(pool.draw, found)
    seats = _Seats.of(pool, recorded, asked)
    slots = seats.slots()
    open_places = sum(
        slot.places for slot in slots if not slot.slot.endswith(HELD_SUFFIX)
    )
    entries = _with_shares(pool, recorded, asked, found)
    lists = [seats.lists(each) for each in pool.entries]
    names, classes = _classes(lists)
    changed = replace(
        pool,
        ruleset=asked.to_json(),
        slots=slots,
        classes=classes,
        quotas=tuple(
            Quota(rule.quota, open_places * rule.percent // 100)
            for rule in asked.quotas
        ),
        entries=tuple(
            entry._replace(suitable=names[suits])
            for entry, suits in zip(entries, lists, strict=True)
        ),
    )
    return Rebuilt(changed, found, seats.left(pool.entries))


def _classes(
    lists: Sequence[SuitableSlots],
) -> tuple[Mapping[SuitableSlots, str], Mapping[str, SuitableSlots]]:
    """Name the classes as the freeze does: c1, c2 … in the order of their content."""
    ordered = sorted(set(lists), key=lambda each: (each.in_time, each.late))
    names = {each: f"c{number}" for number, each in enumerate(ordered, start=1)}
    return names, {name: each for each, name in names.items()}


class _Seats:
    """Which seats of a pool are held, which are opened, and whom they suit."""

    def __init__(
        self, pool: Pool, opened: frozenset[str], before: Ruleset, after: Ruleset
    ) -> None:
        self._pool = pool
        self._opened = opened
        self._before = frozenset(before.hold.bands)
        self._after = frozenset(after.hold.bands)
        self._places = {slot.slot: slot.places for slot in pool.slots}
        self._order = {slot.slot: at for at, slot in enumerate(self.slots())}
        self._known: dict[tuple[str, bool], SuitableSlots] = {}

    @classmethod
    def of(cls, pool: Pool, before: Ruleset, after: Ruleset) -> "_Seats":
        """Tell the held seats that the ruleset asked for opens."""
        night = date.fromisoformat(pool.draw.rpartition("/")[2])

        def is_opened(slot: Slot) -> bool:
            ahead = (date.fromisoformat(slot.starts_at[:10]) - night).days
            near = ahead <= after.hold.until_days_ahead
            return slot.slot.endswith(HELD_SUFFIX) and (after.hold.percent == 0 or near)

        opened = frozenset(slot.slot for slot in pool.slots if is_opened(slot))
        return cls(pool, opened, before, after)

    def slots(self) -> tuple[Slot, ...]:
        """Return the slots in slot order; an opened seat joins its open ones."""
        places: Counter[tuple[str, str]] = Counter()
        for slot in self._pool.slots:
            places[slot.starts_at, self._named(slot.slot)] += slot.places
        return tuple(
            Slot(name, starts_at, count)
            for (starts_at, name), count in sorted(places.items())
        )

    def lists(self, entry: Entry) -> SuitableSlots:
        """Return the slots that suit a registration."""
        key = entry.suitable, entry.band in self._after
        if key not in self._known:
            kind = self._pool.classes[entry.suitable]
            self._known[key] = SuitableSlots(
                self._list(kind.in_time, key[1]), self._list(kind.late, key[1])
            )
        return self._known[key]

    def left(self, entries: Sequence[Entry]) -> int:
        """Count the held places of which the pool does not tell whom else they suit."""
        bands = {entry.band for entry in entries} - self._before
        alone = [
            name
            for name in self._places
            if name.endswith(HELD_SUFFIX) and _open(name) not in self._places
        ]
        return sum(
            self._places[name]
            for name in alone
            if bands and (name in self._opened or bands & self._after)
        )

    def _named(self, name: str) -> str:
        return _open(name) if name in self._opened else name

    def _list(self, names: Sequence[str], may_use_held: bool) -> tuple[str, ...]:
        """Return a list anew, in slot order.

        What holds for the open seats of a slot holds for its held ones: same site,
        same day, same motifs. Only the band decides between the two.
        """
        wanted: set[str] = set()
        for name in names:
            twin = f"{name}{HELD_SUFFIX}"
            wanted.add(self._named(name))
            if may_use_held and twin in self._places:
                wanted.add(self._named(twin))
        if not may_use_held:
            wanted = {name for name in wanted if not name.endswith(HELD_SUFFIX)}
        return tuple(sorted(wanted, key=self._order.__getitem__))


def _open(name: str) -> str:
    return name.removesuffix(HELD_SUFFIX)


def _with_shares(
    pool: Pool, before: Ruleset, after: Ruleset, found: tuple[Difference, ...]
) -> list[Entry]:
    """Return the registrations with the shares that each may use.

    Raises:
        LaboratoryError: The pool does not tell who may use one.
    """
    entries: list[Entry] = []
    untold: Counter[str] = Counter()
    for entry in pool.entries:
        told = _Told.of(entry, before)
        may = {rule.quota: told.may_use(rule) for rule in after.quotas}
        names = tuple(sorted(name for name, answer in may.items() if answer))
        untold.update(name for name, answer in may.items() if answer is None)
        if names and told.waited_days is None:
            untold.update(names)
        days = told.waited_days or 0
        entries.append(entry._replace(quotas=names, waited_days=days if names else 0))
    if untold:
        refuse_unknowable(pool.draw, _untold(untold, found))
    return entries


def _untold(
    untold: Mapping[str, int], found: tuple[Difference, ...]
) -> tuple[Difference, ...]:
    """Return the differences that made shares unknowable, as refused ones."""
    refused: list[Difference] = []
    for name, count in sorted(untold.items()):
        own = [each for each in found if each.field.startswith(f"quotas.{name}.")]
        own = [each for each in own if not each.field.endswith(".percent")]
        for each in own or [each for each in found if each.field == "quotas"]:
            why = f"for {count} registrations the pool does not tell who may use {name}"
            refused.append(replace(each, fate=Fate.REFUSED, why=why))
    return tuple(refused)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a line of the pool says of someone, besides its band.

    Attributes:
        entry: The line.
        rules: The shares of the night.
        waited_days: Days waited; None where the line names no share.
        waited_most: With None, the most they can be; None for any number.
        has_date: Whether there is an end of a right; None where nothing tells.
    """

    entry: Entry
    rules: tuple[QuotaRule, ...]
    waited_days: int | None
    waited_most: int | None
    has_date: bool | None

    @classmethod
    def of(cls, entry: Entry, ruleset: Ruleset) -> "_Told":
        """Read a line: every share that it may or may not use says something."""
        mine = [rule for rule in ruleset.quotas if entry.band in rule.bands]
        waited = entry.waited_days if entry.quotas else None
        missed = [rule for rule in mine if rule.quota not in entry.quotas]
        bounds = [r.waited_days_min - 1 for r in missed if not r.without_date_only]
        return cls(
            entry=entry,
            rules=ruleset.quotas,
            waited_days=waited,
            waited_most=min(bounds, default=None) if waited is None else None,
            has_date=_has_date(entry, mine, waited),
        )

    def may_use(self, rule: QuotaRule) -> bool | None:
        """Say whether someone may use a share; None where the pool does not tell."""
        for known in self.rules:
            if membership(known) == membership(rule):
                return known.quota in self.entry.quotas
        if self.entry.band not in rule.bands:
            return False
        answers = {
            self._waited(rule.waited_days_min),
            not rule.without_date_only
            or (None if self.has_date is None else not self.has_date),
        }
        if False in answers:
            return False
        return None if None in answers else True

    def _waited(self, least: int) -> bool | None:
        if self.waited_days is not None:
            return self.waited_days >= least
        if least == 0:
            return True
        if self.waited_most is not None and self.waited_most < least:
            return False
        return None


def _has_date(
    entry: Entry, mine: Sequence[QuotaRule], waited: int | None
) -> bool | None:
    """Say whether a right has an end, from the band and the shares of a line."""
    if entry.band in (BAND_SOON, BAND_LOST):
        return True
    for rule in mine:
        if not rule.without_date_only:
            continue
        if rule.quota in entry.quotas:
            return False
        if (waited or 0) >= rule.waited_days_min:
            return True
    return None

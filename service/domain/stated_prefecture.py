"""A prefecture as its operator states it, compared with what is stored.

Pure. What is new is added and what differs is changed; what is not stated any more is
told and stays: people may wait there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from service.domain.operator_errors import (
    RulesetDayTakenError,
    RulesetFixedError,
    RulesetNotInForceError,
    RulesetTooEarlyError,
)
from service.domain.ruleset import Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSite:
    """A place that receives the public, and for which motifs of the draw."""

    code: str
    name: str
    address: str
    motifs: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPrefecture:
    """One prefecture, whole.

    Attributes:
        code: Stable name in addresses; never changes.
        name: As people read it.
        phone: As printed; None when it is not stated.
        publishes: What everybody may read of a night, ``full`` or ``reduced``.
        sites: In the order of the file.
        ruleset: The rule in force from its own day on.
    """

    code: str
    name: str
    phone: str | None
    publishes: str
    sites: tuple[StatedSite, ...]
    ruleset: Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPrefecture:
    """What is stored of it.

    Attributes:
        name: As in `StatedPrefecture`, and so on.
        phone: The same.
        publishes: The same.
        sites: By code.
        rulesets: Every one, by version.
        waiting: How many people wait, by site and motif.
        last_night_on: The last night that is planned or was held.
    """

    name: str
    phone: str | None
    publishes: str
    sites: Mapping[str, StatedSite]
    rulesets: Mapping[str, Ruleset]
    waiting: Mapping[tuple[str, str], int]
    last_night_on: date | None = None

    def waiting_at(self, site: str) -> int:
        """Count who wait for any motif there."""
        return sum(n for (where, _), n in self.waiting.items() if where == site)


class Change(StrEnum):
    """What becomes of one thing."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    """It is not stated any more, and stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that the file and the database say otherwise.

    ``waiting`` counts the people because of whom it stays.
    """

    change: Change
    place: str
    before: str = ""
    after: str = ""
    waiting: int = 0

    def to_json(self) -> dict[str, str | int]:
        """Return the machine's version."""
        return {
            "change": self.change.value,
            "place": self.place,
            "before": self.before,
            "after": self.after,
            "waiting": self.waiting,
        }


def merged(
    stated: StatedPrefecture, stored: StoredPrefecture | None
) -> StatedPrefecture:
    """Return what is to be stored: as stated, with the motifs that people wait for."""
    if stored is None:
        return stated
    return replace(
        stated,
        phone=stated.phone or stored.phone,
        sites=tuple(_merged_site(site, stored) for site in stated.sites),
    )


def _merged_site(site: StatedSite, stored: StoredPrefecture) -> StatedSite:
    before = stored.sites.get(site.code)
    gone = before.motifs - site.motifs if before else frozenset[str]()
    awaited = {motif for motif in gone if stored.waiting.get((site.code, motif))}
    return replace(site, motifs=site.motifs | awaited)


def compare(
    stated: StatedPrefecture, stored: StoredPrefecture | None
) -> tuple[Difference, ...]:
    """Return every difference, in the order in which one reads the file."""
    if stored is None:
        return (
            Difference(change=Change.ADDED, place="prefecture", after=stated.name),
            *(_added(site) for site in stated.sites),
            _added_ruleset(stated.ruleset),
        )
    return (
        *_own(stated, stored),
        *(found for site in stated.sites for found in _of_site(site, stored)),
        *_left_out(stated, stored),
        *_of_rulesets(stated.ruleset, stored.rulesets),
    )


def _own(stated: StatedPrefecture, stored: StoredPrefecture) -> Iterator[Difference]:
    yield from _changed("name", stored.name, stated.name)
    yield from _changed("publishes", stored.publishes, stated.publishes)
    if stated.phone is not None:
        yield from _changed("phone", stored.phone or "", stated.phone)
    elif stored.phone is not None:
        yield Difference(change=Change.KEPT, place="phone", before=stored.phone)


def _of_site(site: StatedSite, stored: StoredPrefecture) -> Iterator[Difference]:
    before = stored.sites.get(site.code)
    if before is None:
        yield _added(site)
        return
    place = f"sites.{site.code}"
    after = _merged_site(site, stored)
    yield from _changed(f"{place}.name", before.name, after.name)
    yield from _changed(f"{place}.address", before.address, after.address)
    yield from _changed(
        f"{place}.motifs",
        ", ".join(sorted(before.motifs)),
        ", ".join(sorted(after.motifs)),
    )
    for motif in sorted(after.motifs - site.motifs):
        yield Difference(
            change=Change.KEPT,
            place=f"{place}.motifs.{motif}",
            waiting=stored.waiting[site.code, motif],
        )


def _left_out(
    stated: StatedPrefecture, stored: StoredPrefecture
) -> Iterator[Difference]:
    for code in sorted(stored.sites.keys() - {site.code for site in stated.sites}):
        yield Difference(
            change=Change.KEPT,
            place=f"sites.{code}",
            before=stored.sites[code].name,
            waiting=stored.waiting_at(code),
        )


def _of_rulesets(
    ruleset: Ruleset, stored: Mapping[str, Ruleset]
) -> Iterator[Difference]:
    before = stored.get(ruleset.version)
    if before is None:
        yield _added_ruleset(ruleset)
    elif before != ruleset:
        yield Difference(
            change=Change.CHANGED,
            place=f"ruleset.{ruleset.version}",
            before=f"from {before.effective_on}",
            after=f"from {ruleset.effective_on}"
            + (", other parameters" if _plays_otherwise(before, ruleset) else ""),
        )
    for version, one in sorted(stored.items()):
        if one.effective_on > ruleset.effective_on and version != ruleset.version:
            yield Difference(
                change=Change.KEPT,
                place=f"ruleset.{version}",
                before=f"from {one.effective_on}",
            )


def _plays_otherwise(before: Ruleset, after: Ruleset) -> bool:
    return replace(before, effective_on=after.effective_on) != after


def _changed(place: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(change=Change.CHANGED, place=place, before=before, after=after)


def _added(site: StatedSite) -> Difference:
    return Difference(change=Change.ADDED, place=f"sites.{site.code}", after=site.name)


def _added_ruleset(ruleset: Ruleset) -> Difference:
    return Difference(
        change=Change.ADDED,
        place=f"ruleset.{ruleset.version}",
        after=f"from {ruleset.effective_on}",
    )


def refuse_ruleset(
    ruleset: Ruleset, stored: StoredPrefecture | None, today: date
) -> None:
    """Let a ruleset pass that changes no night which is held, planned or due.

    It begins two days after the last planned night at the earliest: nobody's night is
    played by a rule that was not public when the night was planned.

    Raises:
        RulesetNotInForceError: It is the first one, and begins later than today.
        RulesetFixedError: Its version is stored otherwise, and may have been used.
        RulesetTooEarlyError: It begins too soon.
        RulesetDayTakenError: Another version begins that day.
    """
    rulesets: Mapping[str, Ruleset] = stored.rulesets if stored else {}
    where = f"ruleset.{ruleset.version}"
    if rulesets.get(ruleset.version) == ruleset:
        return
    if not rulesets:
        if ruleset.effective_on > today:
            raise RulesetNotInForceError(where, f"{today} or before")
        return
    last = stored.last_night_on if stored else None
    earliest = max(today, last or today) + timedelta(days=2)
    before = rulesets.get(ruleset.version)
    if before is not None and before.effective_on < earliest:
        raise RulesetFixedError(where, f"name another version, from {earliest} on")
    if ruleset.effective_on < earliest:
        raise RulesetTooEarlyError(where, f"{earliest} or later")
    for version, one in rulesets.items():
        if one.effective_on == ruleset.effective_on and version != ruleset.version:
            raise RulesetDayTakenError(where, version)

"""Every version of the published rule: since when, what changed, the exact file."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from service.domain.errors import UnknownPrefectureError
from service.domain.ruleset import Ruleset
from service.draw.canonical import canonical_bytes
from service.usecases.ports import Ports
from service.usecases.records.public import RulesetRecord

_NOT_PARAMETERS = ("version", "effective_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One parameter that a version sets otherwise; None where it does not stand.

    ``place`` reads ``bands.soon_days`` or ``quotas.long_wait.percent``.
    """

    place: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """A version as everybody may read it."""

    version: str
    effective_on: date
    ruleset: Ruleset
    content: bytes
    sha256: str
    changes: tuple[Change, ...]
    is_first: bool


async def list_rules(prefecture: str, *, ports: Ports) -> Sequence[RuleVersion]:
    """Return every version, the newest first, each with what it changed.

    Raises:
        UnknownPrefectureError: No prefecture of that code uses the service.
    """
    async with ports.open_uow() as uow:
        stored = await uow.public.rulesets(prefecture)
    if not stored:
        raise UnknownPrefectureError("prefecture")
    older = [*stored[1:], None]
    return [_version(one, before) for one, before in zip(stored, older, strict=True)]


def _version(stored: RulesetRecord, before: RulesetRecord | None) -> RuleVersion:
    content = canonical_bytes(stored.content)
    return RuleVersion(
        version=stored.version,
        effective_on=stored.effective_on,
        ruleset=Ruleset.from_json(stored.content),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        changes=changes(before.content, stored.content) if before else (),
        is_first=before is None,
    )


def changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[Change, ...]:
    """Compare two published files parameter by parameter.

    Pure; version and date are what a version is, not what it changes.
    """
    old, new = dict(_parameters(before)), dict(_parameters(after))
    return tuple(
        Change(place=place, before=old.get(place), after=new.get(place))
        for place in sorted(old.keys() | new.keys())
        if old.get(place) != new.get(place)
    )


def _parameters(
    content: Mapping[str, object], under: str = ""
) -> Iterator[tuple[str, object]]:
    for name, value in content.items():
        place = f"{under}{name}"
        if place in _NOT_PARAMETERS:
            continue
        if isinstance(value, Mapping):
            yield from _parameters(cast("Mapping[str, object]", value), f"{place}.")
        elif isinstance(value, list) and _are_named(cast("list[object]", value)):
            yield from _parameters(_by_name(cast("list[object]", value)), f"{place}.")
        else:
            yield place, value


def _are_named(items: list[object]) -> bool:
    return bool(items) and all(
        isinstance(item, Mapping) and "quota" in item for item in items
    )


def _by_name(items: list[object]) -> dict[str, object]:
    """Return the shares of a rule by their name: their order is no parameter."""
    shares = cast("list[Mapping[str, object]]", items)
    return {
        str(share["quota"]): {name: v for name, v in share.items() if name != "quota"}
        for share in shares
    }

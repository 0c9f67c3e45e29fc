"""Every field of a ruleset: what a published night can tell about another value.

A pool holds labels, bands, lists of slots and places that are free. It holds no date
of a permit, no site and no count of the places published. So some fields can be moved
on a night that was drawn, some have no part in a draw, and some cannot be moved here:
a ruleset that differs in one of those is refused, never half obeyed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, Final, get_args, get_type_hints

from service.domain.ruleset import Hold, QuotaRule, Ruleset
from simulation.engine.rulesets import moved_leaves
from simulation.errors import LaboratoryError


class Fate(StrEnum):
    """What becomes of a difference between two rulesets on a night that was drawn."""

    PLAYED = "played"
    NO_PART = "no part in a draw"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Decision:
    """The fate of one field, and why."""

    fate: Fate
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field in which the ruleset asked for is not the one recorded.

    Attributes:
        field: Its place, e.g. ``quotas.no_date.percent``.
        recorded: Its value in the published night, as JSON.
        asked: Its value in the ruleset asked for, as JSON.
        fate: What was done with it.
        why: In a few words.
    """

    field: str
    recorded: object
    asked: object
    fate: Fate
    why: str

    def __str__(self) -> str:
        return f"{self.field} {self.recorded} → {self.asked}: {self.fate}, {self.why}"


_DATES: Final = "a pool holds bands, not the dates of permits"
_NEAR: Final = "who could come sooner, or needs longer, does not stand in a pool"
_MEMBERS: Final = "who may use a share follows from what the pool says of each"
_AFTER: Final = "it acts after the draw; the scenarios do not play it either"

FIELDS: Final[Mapping[str, Decision]] = {
    "version": Decision(Fate.NO_PART, "a name"),
    "effective_on": Decision(Fate.NO_PART, "a day of publication"),
    "bands.very_soon_days": Decision(Fate.REFUSED, _DATES),
    "bands.soon_days": Decision(Fate.REFUSED, _DATES),
    "quotas.quota": Decision(Fate.PLAYED, "shares are served in the order asked for"),
    "quotas.percent": Decision(Fate.PLAYED, "counted anew on the open places"),
    "quotas.bands": Decision(Fate.PLAYED, _MEMBERS),
    "quotas.waited_days_min": Decision(Fate.PLAYED, _MEMBERS),
    "quotas.without_date_only": Decision(Fate.PLAYED, _MEMBERS),
    "hold.percent": Decision(
        Fate.REFUSED,
        "another share is counted on the places published, which a pool does not "
        "hold; only 0 can be played, all held places opened",
    ),
    "hold.until_days_ahead": Decision(
        Fate.REFUSED,
        "places of nearer days would be held, counted on the places published, which "
        "a pool does not hold; a larger number can be played",
    ),
    "hold.bands": Decision(Fate.PLAYED, "held places suit whom their open ones suit"),
    "notice.short_days": Decision(Fate.REFUSED, _NEAR),
    "notice.usual_days": Decision(Fate.REFUSED, _NEAR),
    "notice.short_bands": Decision(Fate.REFUSED, _NEAR),
    "offer.window_hours": Decision(Fate.NO_PART, _AFTER),
    "offer.latest_the_day_before": Decision(Fate.NO_PART, _AFTER),
    "offer.free_declines": Decision(Fate.NO_PART, _AFTER),
    "offer.sit_out_nights": Decision(Fate.NO_PART, _AFTER),
    "clock.freeze_at": Decision(
        Fate.REFUSED,
        "who registered by another hour does not stand in a pool; the scenarios "
        "count days and cannot tell either",
    ),
    "clock.beacon_delay_min": Decision(Fate.NO_PART, "the luck of the night is kept"),
}
"""By place; a field that is not here is one that nobody decided about."""

ELSEWHERE: Final = (
    "try it on a scenario instead, where people and places are known: "
    "python -m simulation compare SCENARIO --rule ours --set ruleset=FILE"
)


def places_of(kind: type[Any], under: str = "") -> Iterator[str]:
    """Yield the place of every plain field of a ruleset, whatever it grows to be."""
    hints = get_type_hints(kind)
    for each in fields(kind):
        inner = [hints[each.name], *get_args(hints[each.name])]
        section = next((part for part in inner if is_dataclass(part)), None)
        if isinstance(section, type):
            yield from places_of(section, f"{under}{each.name}.")
        else:
            yield f"{under}{each.name}"


def differences(recorded: Ruleset, asked: Ruleset) -> tuple[Difference, ...]:
    """Return every field in which two rulesets differ, with its fate."""
    return tuple(
        _difference(place, before, after, recorded, asked)
        for place, before, after in moved_leaves(recorded, asked)
    )


def _difference(
    place: str, before: object, after: object, recorded: Ruleset, asked: Ruleset
) -> Difference:
    decision = _exception(place, recorded.hold, asked.hold) or FIELDS[_generic(place)]
    return Difference(
        field=place,
        recorded=before,
        asked=after,
        fate=decision.fate,
        why=decision.why,
    )


def _generic(place: str) -> str:
    """Return the place in the ruleset's own words, without the name of a share."""
    if place == "quotas":
        return "quotas.quota"
    parts = place.split(".")
    return f"quotas.{parts[-1]}" if parts[0] == "quotas" else place


def _exception(place: str, before: Hold, after: Hold) -> Decision | None:
    """Return what is known for this very value of a field that is else refused."""
    if not place.startswith("hold."):
        return None
    if place == "hold.percent":
        opened = Decision(Fate.PLAYED, "all held places are opened")
        return opened if after.percent == 0 else None
    if before.percent == 0 == after.percent:
        return Decision(Fate.NO_PART, "nothing is held either way")
    if after.percent == 0:
        return Decision(Fate.NO_PART, "nothing is held")
    if place == "hold.until_days_ahead" and (
        after.until_days_ahead > before.until_days_ahead
    ):
        return Decision(Fate.PLAYED, "held places of nearer days are opened")
    return None


def refuse_unknowable(night: str, found: tuple[Difference, ...]) -> None:
    """Refuse a ruleset that moves what a pool cannot tell.

    Raises:
        LaboratoryError: Naming every such field, why, and where to try it.
    """
    if refused := [each for each in found if each.fate is Fate.REFUSED]:
        raise LaboratoryError(
            "\n".join(
                [f"{night} cannot be replayed under this ruleset:"]
                + [f"  {each}" for each in refused]
                + [ELSEWHERE]
            )
        )


def membership(rule: QuotaRule) -> tuple[object, ...]:
    """Return what decides who may use a share: everything but its name and size."""
    return rule.bands, rule.waited_days_min, rule.without_date_only

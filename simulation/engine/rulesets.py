"""The ruleset under test: the very file that production loads."""

import json
import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from service.domain.errors import InvalidRulesetError
from service.domain.ruleset import DEFAULT_RULESET, Ruleset
from service.domain.ruleset_json import to_json
from simulation.errors import ScenarioError
from simulation.scenarios.model import Scenario

PLAYED: Final = ("bands", "quotas", "hold", "notice")
"""The sections that decide who is drawn; the scenarios play no other."""


def ruleset_of(scenario: Scenario) -> Ruleset:
    """Return the scenario's ruleset file, or the default that is in force."""
    if not scenario.ruleset:
        return DEFAULT_RULESET
    return read_ruleset(Path(scenario.ruleset))


def read_ruleset(path: Path) -> Ruleset:
    """Read a ruleset file.

    Raises:
        ScenarioError: It is missing or not a ruleset; the text says where.
    """
    if not path.is_file():
        raise ScenarioError(f"ruleset: no file '{path}'; give the path of a ruleset")
    try:
        return Ruleset.from_json(json.loads(path.read_text("utf-8")))
    except json.JSONDecodeError as error:
        raise ScenarioError(f"ruleset '{path}': not JSON: {error}") from error
    except InvalidRulesetError as error:
        raise ScenarioError(f"ruleset '{path}': wrong at '{error.field}'") from error


def leaves(ruleset: Ruleset) -> dict[str, object]:
    """Return every value of a ruleset by its place, as JSON.

    Shares stand under their own names (``quotas.no_date.percent``), and their order
    under ``quotas``.
    """
    found: dict[str, object] = {}
    for each in fields(ruleset):
        value = getattr(ruleset, each.name)
        if each.name == "quotas":
            found["quotas"] = [rule.quota for rule in ruleset.quotas]
            for rule in ruleset.quotas:
                found |= _inside(f"quotas.{rule.quota}", rule)
        elif is_dataclass(value):
            found |= _inside(each.name, value)
        else:
            found[each.name] = to_json(value)
    return found


def _inside(place: str, section: Any) -> dict[str, object]:  # noqa: ANN401
    return {
        f"{place}.{each.name}": to_json(getattr(section, each.name))
        for each in fields(section)
    }


def moved_leaves(before: Ruleset, after: Ruleset) -> list[tuple[str, object, object]]:
    """Return place, value before and value after of all that differs."""
    one, other = leaves(before), leaves(after)
    return [
        (place, one[place], value)
        for place, value in other.items()
        if place in one and one[place] != value
    ]


def not_played(ruleset: Ruleset) -> list[str]:
    """Return what a ruleset says otherwise than the default and no scenario plays."""
    return [
        f"{place} {json.dumps(before)} → {json.dumps(after)}"
        for place, before, after in moved_leaves(DEFAULT_RULESET, ruleset)
        if "." in place and place.partition(".")[0] not in PLAYED
    ]


def tuned(ruleset: Ruleset, changes: Iterable[str]) -> Ruleset:
    """Return a ruleset with ``hold.percent=10`` and the like applied, all at once.

    Raises:
        ScenarioError: A place or a value that is not known, one that the scenarios
            do not play, or values that contradict each other.
    """
    known = leaves(ruleset)
    written: Any = ruleset.to_json()
    for change in changes:
        place, equals, text = (part.strip() for part in change.partition("="))
        if not equals or place not in known:
            movable = ", ".join(each for each in known if _is_movable(each))
            raise ScenarioError(
                f"--own {change}: write FIELD=VALUE, e.g. hold.percent=10; known: "
                f"{movable}"
            )
        if not _is_movable(place):
            raise ScenarioError(
                f"--own {place}: the scenarios do not play it: it decides nothing "
                "about who is drawn"
            )
        _put(written, place.split("."), _value(place, text, known[place]))
    try:
        return Ruleset.from_json(written)
    except InvalidRulesetError as error:
        raise ScenarioError(
            f"--own: not a ruleset: out of its range, or against another, at "
            f"'{error.field}'",
            f"ce n'est pas une règle : hors de ses bornes, ou contraire à une autre "
            f"valeur, à « {error.field} »",
        ) from error


def _is_movable(place: str) -> bool:
    section, _, name = place.rpartition(".")
    return section.partition(".")[0] in PLAYED and name != "quota"


def _put(written: Any, path: list[str], value: object) -> None:  # noqa: ANN401
    section = written[path[0]]
    if path[0] == "quotas":
        section = next(each for each in section if each["quota"] == path[1])
    section[path[-1]] = value


def _value(place: str, text: str, present: object) -> object:
    """Read a value of the same kind as the present one."""
    if isinstance(present, bool) and text in {"true", "false"}:
        return text == "true"
    if isinstance(present, list) and re.fullmatch(r"([0-9](,[0-9])*)?", text):
        return [int(each) for each in text.split(",") if each]
    if not isinstance(present, bool | list) and re.fullmatch(r"[0-9]{1,6}", text):
        return int(text)
    raise ScenarioError(
        f"--own {place}={text}: a value like {json.dumps(present)} is expected",
        f"{place} : une valeur comme {json.dumps(present)} est attendue",
    )

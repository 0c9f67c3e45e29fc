"""Change one number of an episode by its name in the file."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from simulation.agents.registry import ACTORS
from simulation.errors import ScenarioError
from simulation.scenarios.model import Scenario
from simulation.scenarios.reading import checked


def changed(scenario: Scenario, change: str) -> Scenario:
    """Return the episode with ``a.b=value`` applied, checked like a file.

    Raises:
        ScenarioError: The name or the value is not known; the text says what is.
    """
    name, equals, text = change.partition("=")
    if not equals:
        raise ScenarioError(f"--set {change}: write NAME=VALUE, e.g. demand.factor=1.2")
    found: Scenario = _put(scenario, name.strip().split("."), _typed(text), name)
    return found


def _typed(text: str) -> object:
    words: dict[str, object] = {"true": True, "false": False}
    if text.strip() in words:
        return words[text.strip()]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text.strip()


def _put(record: Any, path: list[str], value: object, name: str) -> Any:  # noqa: ANN401
    known = sorted(each.name for each in fields(record))
    if path[0] not in known:
        raise ScenarioError(f"--set {name}: no '{path[0]}'; known: {', '.join(known)}")
    if len(path) == 1:
        return replace(
            record, **{path[0]: checked(_kind(record), path[0], value, name)}
        )
    inner = getattr(record, path[0])
    if inner is None:
        inner = _actor(path[0])
    if not is_dataclass(inner):
        raise ScenarioError(f"--set {name}: '{path[0]}' has no parts")
    return replace(record, **{path[0]: _put(inner, path[1:], value, name)})


def _actor(name: str) -> object:
    """Bring in an actor that the episode does not have, with its defaults."""
    wanted = name.replace("_", "")
    by_name = {each.record.__name__.lower(): each.record for each in ACTORS}
    by_name["adaptive"] = by_name["adaptiveentry"]
    by_name["rentedidentities"] = by_name["identityrental"]
    return by_name[wanted]()


def _kind(record: object) -> type[object]:
    return type(record)

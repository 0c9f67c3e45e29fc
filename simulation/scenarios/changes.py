"""Change one number of an episode by its name in the file, or take a part away."""

from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any, Final

from simulation.agents.registry import ACTORS
from simulation.errors import ScenarioError
from simulation.scenarios.model import Scenario
from simulation.scenarios.reading import checked

AWAY: Final = "none"
"""The value that takes an actor, a date or a list away."""

TIMES: Final = "*"
"""Before a number: that many times what is there, whatever the size of the episode."""


def changed(scenario: Scenario, change: str) -> Scenario:
    """Return the episode with ``a.b=value`` applied, checked like a file.

    ``a.b=none`` takes an actor, a date or a list away; ``a.b=*2`` doubles a number;
    a motif is named by its slug, as in ``demand.motifs.recepisse.share=0``.

    Raises:
        ScenarioError: The name or the value is not known; the text says what is.
    """
    name, equals, text = change.partition("=")
    if not equals:
        raise ScenarioError(f"--set {change}: write NAME=VALUE, e.g. demand.factor=1.2")
    found: Scenario = _put(scenario, name.strip().split("."), text.strip(), name)
    return found


def with_changes(scenario: Scenario, changes: Iterable[str]) -> Scenario:
    """Return the episode with each change applied in turn."""
    for change in changes:
        scenario = changed(scenario, change)
    return scenario


def _typed(text: str) -> object:
    words: dict[str, object] = {"true": True, "false": False}
    if text in words:
        return words[text]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _put(record: Any, path: list[str], text: str, name: str) -> Any:  # noqa: ANN401
    known = sorted(each.name for each in fields(record))
    if path[0] not in known:
        raise ScenarioError(f"--set {name}: no '{path[0]}'; known: {', '.join(known)}")
    if len(path) == 1:
        return replace(record, **{path[0]: _new(record, path[0], text, name)})
    inner = getattr(record, path[0])
    if inner is None:
        inner = _actor(path[0])
    if isinstance(inner, tuple):
        return replace(record, **{path[0]: _put_named(inner, path, text, name)})
    if not is_dataclass(inner):
        raise ScenarioError(f"--set {name}: '{path[0]}' has no parts")
    return replace(record, **{path[0]: _put(inner, path[1:], text, name)})


def _put_named(items: Any, path: list[str], text: str, name: str) -> Any:  # noqa: ANN401
    """Change one item of a list whose items have a name of their own."""
    slugs = [getattr(each, "slug", None) for each in items]
    if len(path) < 3 or path[1] not in slugs:
        named = ", ".join(sorted(slug for slug in slugs if slug))
        raise ScenarioError(
            f"--set {name}: '{path[0]}' has no such part"
            + (f"; known: {named}" if named else "")
        )
    return tuple(
        _put(each, path[2:], text, name) if slug == path[1] else each
        for each, slug in zip(items, slugs, strict=True)
    )


def _new(record: Any, field: str, text: str, name: str) -> object:  # noqa: ANN401
    if text == AWAY:
        return _nothing(record, field, name)
    value = _typed(text.removeprefix(TIMES))
    if text.startswith(TIMES):
        old = getattr(record, field)
        if not isinstance(value, (int, float)) or type(old) not in (int, float):
            raise ScenarioError(f"--set {name}: a number is expected after '{TIMES}'")
        value = round(old * value) if type(old) is int else old * value
    return checked(_kind(record), field, value, name)


def _nothing(record: Any, field: str, name: str) -> object:  # noqa: ANN401
    """Return what stands there when there is none: only where none is usual."""
    usual = next(each.default for each in fields(record) if each.name == field)
    if usual is MISSING or (usual is not None and usual != ()):
        raise ScenarioError(
            f"--set {name}: only an actor, a date or a list can be {AWAY}; give a value"
        )
    return usual


def _actor(name: str) -> object:
    """Bring in an actor that the episode does not have, with its defaults."""
    wanted = name.replace("_", "")
    by_name = {each.record.__name__.lower(): each.record for each in ACTORS}
    by_name["adaptive"] = by_name["adaptiveentry"]
    by_name["rentedidentities"] = by_name["identityrental"]
    return by_name[wanted]()


def _kind(record: object) -> type[object]:
    return type(record)

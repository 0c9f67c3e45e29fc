"""What an episode expects of its rules: checked as it is read; its cause taken away."""

from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from simulation.errors import ScenarioError
from simulation.metrics.names import NAMES
from simulation.scenarios.changes import with_changes
from simulation.scenarios.model import Direction, Scenario

RELATIONS: Final = ("above", "below")


def without_cause(scenario: Scenario) -> Scenario:
    """Return the episode without what it names as the cause of what it expects.

    Its cause then has no changes left: there is nothing more to take away.

    Raises:
        ScenarioError: It names none.
    """
    if scenario.cause is None:
        raise ScenarioError(
            f"{scenario.id} names no cause; add [cause] to the file, "
            'e.g. changes = ["agents.autobooker=none"]'
        )
    calm = with_changes(scenario, scenario.cause.changes)
    return replace(calm, cause=replace(scenario.cause, changes=()))


def causeless_rules(scenario: Scenario, rules: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the rules that must be played without the cause as well."""
    if scenario.cause is None or not scenario.cause.changes:
        return ()
    asked = {
        each.other_rule or each.rule
        for each in scenario.directions
        if each.without_cause and each.rule in rules
    }
    return tuple(slug for slug in rules if slug in asked)


def check_expected(scenario: Scenario) -> None:
    """Refuse a direction that no comparison of this episode could judge.

    Raises:
        ScenarioError: The text names the direction and what is accepted.
    """
    if scenario.cause is not None:
        without_cause(scenario)
    for number, each in enumerate(scenario.directions):
        place = f"directions[{number}]"
        _known(each.metric, tuple(NAMES), f"{place}.metric")
        _known(each.other_metric or each.metric, tuple(NAMES), f"{place}.other_metric")
        _known(each.rule, scenario.rules, f"{place}.rule")
        _known(each.other_rule or each.rule, scenario.rules, f"{place}.other_rule")
        _known(each.relation, RELATIONS, f"{place}.relation")
        _check_other(scenario, each, place)


def _check_other(scenario: Scenario, each: Direction, place: str) -> None:
    others = bool(each.other_rule or each.other_metric or each.without_cause)
    if others == (each.number is not None):
        raise ScenarioError(
            f"{place}: compared with what? Give number, or some of other_rule, "
            "other_metric and without_cause = true"
        )
    if each.without_cause and scenario.cause is None:
        raise ScenarioError(f"{place}.without_cause: this scenario has no [cause]")


def _known(value: str, known: tuple[str, ...], place: str) -> None:
    if value in known:
        return
    near = get_close_matches(value, known, n=1)
    hint = f"did you mean '{near[0]}'? " if near else ""
    raise ScenarioError(f"{place}: '{value}'? {hint}known: {', '.join(known)}")

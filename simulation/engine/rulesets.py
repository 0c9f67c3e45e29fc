"""The ruleset under test: the very file that production loads."""

import json
from pathlib import Path

from service.domain.errors import InvalidRulesetError
from service.domain.ruleset import DEFAULT_RULESET, Ruleset
from simulation.errors import ScenarioError
from simulation.scenarios.model import Scenario


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

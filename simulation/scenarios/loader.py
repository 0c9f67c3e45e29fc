"""Find and read scenario files."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from simulation.errors import ScenarioError, UnknownNameError
from simulation.mechanisms.registry import RULES
from simulation.scenarios.expected import check_expected
from simulation.scenarios.model import Peak, Scenario, Stop
from simulation.scenarios.reading import build

CATALOGUE = "simulation.scenarios.catalogue"


def catalogue() -> dict[str, Scenario]:
    """Return all scenarios that come with the laboratory, by name."""
    return {each.id: each for each in _catalogue()}


@cache
def _catalogue() -> tuple[Scenario, ...]:
    """Read the files once, in the order of their codes."""
    texts = (
        each.read_text("utf-8")
        for each in files(CATALOGUE).iterdir()
        if each.name.endswith(".toml")
    )
    found = [parse(text, "scenario of the catalogue") for text in texts]
    return tuple(sorted(found, key=lambda s: (s.code, s.id)))


def load(name: str) -> Scenario:
    """Read a scenario by its name in the catalogue or by the path of a file.

    Raises:
        UnknownNameError: Neither exists; the text lists the names that do.
        ScenarioError: The file is not a scenario; the text names the place.
    """
    path = Path(name)
    if path.suffix == ".toml":
        if not path.is_file():
            raise UnknownNameError(
                f"{name}: no such file; give the path of a .toml file"
            )
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise ScenarioError(f"{path.name}: not a TOML file: not UTF-8") from error
        return parse(text, path.name)
    known = catalogue()
    if name in known:
        return known[name]
    by_code = {each.code.lower(): each for each in known.values()}
    if name.lower() in by_code:
        return by_code[name.lower()]
    raise UnknownNameError(
        f"no scenario is called '{name}'; known: {', '.join(known)}; "
        "or give the path of your own .toml file"
    )


def parse(text: str, origin: str) -> Scenario:
    """Read one scenario and check what single keys cannot tell."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{origin}: not a TOML file: {error}") from error
    try:
        scenario = build(Scenario, table, "")
        if scenario.cause is not None and not scenario.cause.changes:
            raise ScenarioError('cause.changes: name one, e.g. "demand.factor=1"')
        check_whole(scenario)
    except ScenarioError as error:
        raise ScenarioError(f"{origin}: {error}") from error
    return scenario


def check_whole(scenario: Scenario) -> None:
    """Refuse what single keys cannot tell.

    Raises:
        ScenarioError: Two values that contradict each other; the text names them.
    """
    motifs = scenario.demand.motifs
    if not motifs:
        raise ScenarioError("demand.motifs: at least one [[demand.motifs]] is needed")
    total = sum(each.share for each in motifs)
    if abs(total - 1.0) > 1e-6:
        raise ScenarioError(f"demand.motifs: the shares add up to {total:g}, not to 1")
    slugs = {each.slug for each in motifs}
    named = [("capacity.stops", stop.motif) for stop in scenario.capacity.stops]
    named += [
        ("demand.peaks", peak.motif) for peak in scenario.demand.peaks if peak.motif
    ]
    for place, slug in named:
        if slug not in slugs:
            raise ScenarioError(
                f"{place}: no motif '{slug}' in this scenario; "
                f"known: {', '.join(sorted(slugs))}"
            )
    spans: list[tuple[str, Stop | Peak]] = []
    spans += [("capacity.stops", stop) for stop in scenario.capacity.stops]
    spans += [("demand.peaks", peak) for peak in scenario.demand.peaks]
    for place, span in spans:
        if span.first > span.last:
            raise ScenarioError(
                f"{place}: ends on {span.last}, before it begins on {span.first}"
            )
    if scenario.demand.late_share + scenario.demand.lost_share > 1:
        raise ScenarioError("demand: late_share and lost_share add up to more than 1")
    for slug in scenario.rules:
        if slug not in RULES:
            raise ScenarioError(
                f"rules: no rule is called '{slug}'; known: {', '.join(RULES)}"
            )
    check_expected(scenario)


def digest(scenario: Scenario) -> str:
    """Return the SHA-256 of everything the scenario says, for the reports."""
    return hashlib.sha256(repr(scenario).encode()).hexdigest()

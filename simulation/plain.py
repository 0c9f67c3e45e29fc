"""Results as plain data, for programs."""

from dataclasses import asdict

from simulation.comparison import Comparison
from simulation.metrics.measure import Measures
from simulation.metrics.traps import trap_of
from simulation.scenarios.loader import digest


def as_data(found: Comparison) -> dict[str, object]:
    """Return a comparison as plain data: means, intervals, every seed."""
    first = next(iter(found.measures))
    return {
        "scenario": found.scenario.id,
        "digest": digest(found.scenario),
        "own_ruleset": None if found.own is None else found.own.to_json(),
        "seeds": list(found.seeds),
        "traps": traps_of(found.measures[first][0]),
        "rules": {
            slug: {
                "intervals": {
                    key: asdict(found.interval(slug, key)) for key in measures[0]
                },
                f"difference_from_{first}": {
                    key: asdict(found.difference(first, slug, key))
                    for key in measures[0]
                },
                "by_seed": [clean(each) for each in measures],
            }
            for slug, measures in found.measures.items()
        },
        **expected_data(found),
    }


def expected_data(found: Comparison) -> dict[str, object]:
    """Return what the episode expects, its cause, and how each direction went."""
    cause = found.scenario.cause
    return {
        "cause": None if cause is None else asdict(cause),
        "directions": [asdict(each) for each in found.judged()],
    }


def traps_of(measures: Measures) -> dict[str, dict[str, str]]:
    """Return what each measured number must not be taken for, in both languages."""
    return {key: asdict(trap_of(key)) for key in measures}


def clean(measures: Measures) -> dict[str, float | None]:
    """Return measures with null where there was nothing to measure."""
    return {key: None if value != value else value for key, value in measures.items()}


def plain(value: object) -> object:
    """Return the same data with null for "not a number", which JSON does not know."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}  # pyright: ignore
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]  # pyright: ignore
    return None if isinstance(value, float) and value != value else value

"""The digest of the code that a run depends on: an older engine is another one."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

PLAYS: Final = (
    "service/domain/", "service/draw/", "simulation/agents/", "simulation/engine/",
    "simulation/mechanisms/", "simulation/metrics/", "simulation/parameters.py",
    "simulation/scenarios/model.py", "simulation/sweep/jobs.py",
)  # fmt: skip
"""What decides the digits of a run, given its scenario, rule, seed and ruleset.

Words, pages, commands and the catalogue's files do not: a scenario is in the key of its
runs by what it says.
"""


SPEAKS: Final = (
    "service/draw/standalone/", "service/draw/verify/",
    "simulation/metrics/catalogue.py", "simulation/metrics/directions.py",
    "simulation/metrics/intervals.py",
    "simulation/metrics/names.py", "simulation/metrics/traps.py",
)  # fmt: skip
"""What stands among it and decides no digit: verifiers, words, summaries."""


@cache
def engine_digest() -> str:
    """Return the SHA-256 of the sources that decide a run, computed once."""
    return digest_of(engine_sources())


def engine_sources() -> Iterator[tuple[str, bytes]]:
    """Yield path and text of every module that decides a digit of a run."""
    for name, text in _project():
        if name.startswith(PLAYS) and not name.startswith(SPEAKS):
            yield name, text


def digest_of(sources: Iterable[tuple[str, bytes]]) -> str:
    """Return one SHA-256 of names and texts, whatever their order."""
    found = hashlib.sha256()
    for name, text in sorted(sources):
        found.update(f"{name}\0{len(text)}\0".encode() + text)
    return found.hexdigest()


def sources(package: str, *endings: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and text of a package's files of some endings, folders included."""
    yield from _inside(files(package), package.replace(".", "/"), endings)


def _inside(
    folder: Traversable, place: str, endings: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _inside(each, f"{place}/{each.name}", endings)
        elif each.name.endswith(endings):
            yield f"{place}/{each.name}", each.read_bytes()


def _project() -> Iterator[tuple[str, bytes]]:
    for package in ("simulation", "service.domain", "service.draw"):
        yield from sources(package, ".py")

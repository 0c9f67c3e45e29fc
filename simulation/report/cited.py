"""The sources of a page, in words: short beside a fact, in full at its end."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulation.parameters import ASSUMPTION, SETTING
from simulation.references import KINDS, READ, Reference, reference, references
from simulation.report.numbers import Language, spaced
from simulation.scenarios.model import Scenario, Source, Words

DAGGER = "\u00a0†"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it stands beside a number: short, with the key of the rest."""

    key: str
    short: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One source of a scenario, and what is taken from it.

    Attributes:
        full: The source as a page says it that has no list of references.
    """

    key: str
    short: str
    full: str
    fact: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One source in full, as a list of references prints it."""

    key: str
    short: str
    by: str
    title: str
    title_language: str
    on: str
    where: str
    kind: str
    read: str
    used: str


def facts(scenario: Scenario, language: Language) -> list[Fact]:
    """Return the sources of a scenario with what each one says."""
    return [
        Fact(
            each.reference,
            short(each.reference, language),
            _full(each.reference, language),
            _in(each, language),
        )
        for each in scenario.sources
    ]


def _full(key: str, language: Language) -> str:
    """Return who said it and when; our own words stand for themselves."""
    found = reference(key)
    if found.kind == "ours":
        return _in(found.short, language)
    mark = DAGGER if found.read == "unverified" else ""
    return f"{_in(found.by, language)}, {_in(found.on, language)}{mark}"


def short(key: str, language: Language) -> str:
    """Return the short name of a source, with a dagger where it was not verified."""
    found = reference(key)
    mark = DAGGER if found.read == "unverified" else ""
    return f"{_in(found.short, language)}{mark}"


def in_full(keys: Iterable[str], language: Language) -> list[Entry]:
    """Return sources in full, in the order of the list of references.

    What nobody measured is no source, and somebody's own is already whole.
    """
    cited = set(keys) - {ASSUMPTION, SETTING}
    return [
        _entry(each, language) for each in references().values() if each.key in cited
    ]


def _entry(each: Reference, language: Language) -> Entry:
    return Entry(
        key=each.key,
        short=short(each.key, language),
        by=_in(each.by, language),
        title=spaced(each.title, "fr" if each.title_language == "fr" else "en"),
        title_language=each.title_language,
        on=_in(each.on, language),
        where=each.where,
        kind=_in(KINDS[each.kind], language),
        read=_in(READ[each.read], language),
        used=_in(each.used, language),
    )


def _in(words: Words | Source, language: Language) -> str:
    return spaced(words.fr, "fr") if language == "fr" else words.en

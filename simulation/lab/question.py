"""The whole question stands in the address: who opens it gets the same digits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from service.domain.ruleset import Ruleset
from simulation.comparison import comparison_s
from simulation.engine.rulesets import ruleset_of
from simulation.estimate import TOO_LONG_S
from simulation.lab.own import OWN_SLIDERS, PREFIX, own_changes, own_ruleset
from simulation.lab.refusals import refused
from simulation.lab.sliders import SLIDERS, changes, moved
from simulation.mechanisms.registry import OWN, rule
from simulation.report.numbers import Language
from simulation.scenarios.loader import catalogue
from simulation.scenarios.model import Scenario

FEWEST, USUAL, MOST = 5, 10, 100
_WHOLE: Final = re.compile(r"[0-9]{1,6}")
OWN_WORDS: Final = ("scenario", "language", "seeds", "rule")
FIRST_SCENARIO: Final = "herault-2019-annule-reprend"


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for."""

    name: str
    original: Scenario
    scenario: Scenario
    rules: tuple[str, ...]
    seeds: tuple[int, ...]
    language: Language
    asked: Mapping[str, str]
    own: Ruleset | None = None

    @property
    def estimate_s(self) -> float:
        """Return the seconds that it will take on one core."""
        return comparison_s(self.scenario, self.rules, len(self.seeds))

    @property
    def command(self) -> list[str]:
        """Return the words that give the same numbers on a command line."""
        words = ["python", "-m", "simulation", "compare", self.name]
        words += ["--seeds", str(len(self.seeds))]
        words += [word for slug in self.listed for word in ("--rule", slug)]
        for change in changes(self.original, self.asked):
            words += ["--set", change]
        for change in own_changes(self.base, self.asked):
            words += ["--own", change]
        return words

    @property
    def listed(self) -> tuple[str, ...]:
        """Return the rules by name; ours-own comes with its parameters."""
        return tuple(slug for slug in self.rules if slug != OWN.slug)

    @property
    def base(self) -> Ruleset:
        """Return the ruleset that the scenario plays as published."""
        return ruleset_of(self.original)

    def address(self, *, seeds: int | None = None) -> str:
        """Return the shortest address of this question: only what was moved."""
        words = [("scenario", self.name), ("seeds", str(seeds or len(self.seeds)))]
        words += [("rule", slug) for slug in self.listed]
        for change in changes(self.original, self.asked):
            name, _, value = change.partition("=")
            words.append((name, value))
        for change in own_changes(self.base, self.asked):
            name, _, value = change.partition("=")
            words.append((f"{PREFIX}{name}", value))
        if self.language == "en":
            words.append(("language", "en"))
        return urlencode(words)


def language_in(asked: Mapping[str, str]) -> Language:
    """Return the language asked for; French where none is named.

    Raises:
        LaboratoryError: Another one, which nobody wrote yet.
    """
    name = asked.get("language") or "fr"
    if name == "fr":
        return "fr"
    if name == "en":
        return "en"
    raise refused("language", name=name)


def language_understood(asked: Mapping[str, str], accepted: str) -> Language:
    """Return the language in which to refuse: the one named, else the browser's first.

    Args:
        asked: The words of the address.
        accepted: The browser's ``Accept-Language``.
    """
    if asked.get("language") in {None, "", "fr"}:
        return "fr"
    if asked.get("language") == "en":
        return "en"
    spoken = re.findall(r"\b(fr|en)\b", accepted.lower())
    return "en" if spoken[:1] == ["en"] else "fr"


def question(asked: Mapping[str, str], slugs: list[str]) -> Question:
    """Read an address.

    Args:
        asked: Its words, one value each.
        slugs: Every rule it names.

    Raises:
        LaboratoryError: Something in it is not known; the text says what is.
    """
    known = {*OWN_WORDS, *(slider.name for slider in (*SLIDERS, *OWN_SLIDERS))}
    if unknown := sorted(set(asked) - known):
        raise refused("word", name=unknown[0])
    name = asked.get("scenario") or FIRST_SCENARIO
    if name not in catalogue():
        raise refused("scenario", name=name)
    original = catalogue()[name]
    count = asked.get("seeds") or str(USUAL)
    if not (_WHOLE.fullmatch(count) and FEWEST <= int(count) <= MOST):
        raise refused("seeds", fewest=FEWEST, most=MOST)
    rules = tuple(rule(slug).slug for slug in slugs) or original.rules
    own = own_ruleset(ruleset_of(original), asked)
    if OWN.slug in rules and own is None:
        raise refused("own_rule")
    if own is not None:
        rules = (*(slug for slug in rules if slug != OWN.slug), OWN.slug)
    return Question(
        name=original.id,
        original=original,
        scenario=moved(original, asked),
        rules=tuple(dict.fromkeys(rules)),
        seeds=tuple(range(1, int(count) + 1)),
        language=language_in(asked),
        asked=asked,
        own=own,
    )


def refuse_long(asked: Question, workers: int) -> None:
    """Refuse what would keep the lab busy for more than an hour.

    Raises:
        LaboratoryError: With a number of repetitions that would not.
    """
    seconds = asked.estimate_s / workers
    if seconds > TOO_LONG_S:
        fewer = int(len(asked.seeds) * TOO_LONG_S / seconds / 2)
        hours = seconds / 3600
        if fewer >= FEWEST:
            raise refused("fewer_seeds", hours=hours, fewer=fewer)
        raise refused("fewer_rules", hours=hours)

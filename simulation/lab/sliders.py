"""The numbers of a scenario that a policymaker moves, and where each comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulation.lab.refusals import refused
from simulation.report.numbers import Language, spaced, written
from simulation.scenarios.changes import changed
from simulation.scenarios.model import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """One number: its name in the file, its words, its reach.

    Attributes:
        brings_in: Moving it from nothing brings in the actor it belongs to.
    """

    name: str
    fr: str
    en: str
    low: float
    high: float
    step: float
    source_fr: str
    source_en: str
    brings_in: bool = False


@dataclass(frozen=True, slots=True)
class Knob:
    """A slider as it stands on the page for one scenario."""

    slider: Slider
    label: str
    source: str
    low: str
    high: str
    most: float
    value: float


SLIDERS: Final = (
    Slider(name="demand.factor", fr="Demande (1 = comme dans le scénario)",
           en="Demand (1 = as in the scenario)", low=0.5, high=2, step=0.05,
           source_fr="choix", source_en="choice"),
    Slider(name="capacity.places_per_day", fr="Places par jour ouvré",
           en="Places per working day", low=1, high=500, step=1,
           source_fr="168 (Isère 2024)", source_en="168 (Isère 2024)"),
    Slider(name="agents.autobooker.count", fr="Revendeurs équipés de robots",
           en="Sellers with programs", low=0, high=20, step=1,
           source_fr="hypothèse", source_en="assumption", brings_in=True),
    Slider(name="agents.click_farm.people", fr="Personnes payées pour cliquer",
           en="People paid to click", low=0, high=40, step=1,
           source_fr="4 à 5 (BFM 2019)", source_en="4 to 5 (BFM 2019)",
           brings_in=True),
    Slider(name="agents.fake_identities.count", fr="Identités inventées",
           en="Invented identities", low=0, high=2000, step=50,
           source_fr="hypothèse", source_en="assumption", brings_in=True),
    Slider(name="agents.autobooker.stock", fr="Places qu'un revendeur peut tenir",
           en="Places one seller can hold", low=10, high=2000, step=10,
           source_fr="des centaines (Hérault 2019)",
           source_en="hundreds (Hérault 2019)"),
    Slider(name="agents.fake_identities.caught", fr="Faux arrêtés au contrôle",
           en="Fakes caught by the check", low=0, high=1, step=0.01,
           source_fr="hypothèse", source_en="assumption"),
    Slider(name="agents.false_expiry.share", fr="Gens qui mentent sur leur échéance",
           en="People who lie about their deadline", low=0, high=0.6, step=0.05,
           source_fr="hypothèse", source_en="assumption", brings_in=True),
    Slider(name="agents.insider.names_per_day",
           fr="Noms ajoutés par un agent et par jour",
           en="Names added by an insider, a day", low=0, high=5, step=0.25,
           source_fr="250 titres en 3 ans (Isère)",
           source_en="250 titles in 3 years (Isère)", brings_in=True),
    Slider(name="applicants.willing", fr="Gens prêts à payer et pouvant payer",
           en="People willing and able to pay", low=0, high=1, step=0.05,
           source_fr="65 % ont payé (Barcelone 2020)",
           source_en="65 % paid (Barcelona 2020)"),
    Slider(name="applicants.excluded", fr="Gens sans numérique",
           en="Digitally excluded people", low=0, high=0.6, step=0.01,
           source_fr="17 % (Insee 2019)", source_en="17 % (Insee 2019)"),
    Slider(name="applicants.offline", fr="Inscrits hors ligne parmi eux",
           en="Registered offline among them", low=0, high=1, step=0.05,
           source_fr="hypothèse", source_en="assumption"),
    Slider(name="applicants.no_show", fr="Absents au rendez-vous",
           en="No-shows", low=0, high=0.5, step=0.01,
           source_fr="10 à 20 % (AFE 2024)", source_en="10 to 20 % (AFE 2024)"),
)  # fmt: skip

IN_VIEW: Final = 5
"""Sliders that stand open; the rest one unfolds."""


def knobs(scenario: Scenario, language: Language) -> list[Knob]:
    """Return the sliders with the scenario's own values."""
    french = language == "fr"
    return [
        Knob(
            each,
            spaced(each.fr, "fr") if french else each.en,
            each.source_fr if french else each.source_en,
            written(each.low, "", language),
            written(each.high, "", language),
            max(each.high, _value(scenario, each)),
            _value(scenario, each),
        )
        for each in SLIDERS
    ]


def moved(scenario: Scenario, asked: Mapping[str, str]) -> Scenario:
    """Return the scenario as asked for in an address.

    Raises:
        LaboratoryError: A value that is no number, or outside the slider.
    """
    for slider, value in _asked(scenario, asked):
        present = _value(scenario, slider, absent=None)
        if present is None and not (slider.brings_in and value > 0):
            continue
        if present is not None and abs(value - present) < 1e-12:
            continue
        text = f"{value:g}"
        scenario = changed(scenario, f"{slider.name}={_fits(slider, text)}")
    return scenario


def changes(scenario: Scenario, asked: Mapping[str, str]) -> list[str]:
    """Return the ``--set`` words that make the same scenario on a command line."""
    words: list[str] = []
    for slider, value in _asked(scenario, asked):
        before = _value(scenario, slider, absent=None)
        after = _value(moved(scenario, asked), slider, absent=None)
        if after != before:
            words.append(f"{slider.name}={value:g}")
    return words


def _asked(
    scenario: Scenario, asked: Mapping[str, str]
) -> Iterator[tuple[Slider, float]]:
    """Yield what was asked for; the scenario's own number is never out of reach."""
    for slider in SLIDERS:
        text = asked.get(slider.name)
        if text is None or not text.strip():
            continue
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            raise refused("number", name=slider.name) from None
        own = value == _value(scenario, slider)
        if not own and not slider.low <= value <= slider.high:
            raise refused(
                "between",
                name=slider.name,
                low=float(slider.low),
                high=float(slider.high),
            )
        yield slider, value


def _fits(slider: Slider, text: str) -> str:
    """A farm of nobody is no farm: its team is empty, its people at least one."""
    if slider.name == "agents.click_farm.people" and text == "0":
        return "1"
    return text


def _value(scenario: Scenario, slider: Slider, absent: Any = 0.0) -> Any:  # noqa: ANN401
    found: Any = scenario
    for part in slider.name.split("."):
        found = getattr(found, part)
        if found is None:
            return absent
    return float(found)

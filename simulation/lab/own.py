"""The rule itself as sliders: ours beside ours with somebody's own parameters."""

import re
from collections.abc import Mapping
from typing import Final

from service.domain.ruleset import Ruleset
from simulation.engine.rulesets import leaves, tuned
from simulation.lab.refusals import refused
from simulation.lab.sliders import Knob, Slider
from simulation.report.numbers import Language, spaced, written

PREFIX: Final = "own."
"""How these words begin in an address: ``own.hold.percent=10``."""

_WHOLE: Final = re.compile(r"[0-9]{1,4}")
_PUBLISHED: Final = {"fr": "règle publiée : {}", "en": "published rule: {}"}


def _own(place: str, fr: str, en: str, high: int, low: int = 0) -> Slider:
    return Slider(name=f"{PREFIX}{place}", fr=fr, en=en, low=low, high=high, step=1,
                  source_fr=_PUBLISHED["fr"], source_en=_PUBLISHED["en"])  # fmt: skip


OWN_SLIDERS: Final = (
    _own("hold.percent", "Places gardées pour les droits qui finissent très vite (%)",
         "Places held for rights that end very soon (%)", 60),
    _own("quotas.no_date.percent", "Part protégée pour les gens sans échéance (%)",
         "Share protected for people without a date (%)", 60),
    _own("quotas.long_wait.percent", "Part protégée pour les longues attentes (%)",
         "Share protected for long waits (%)", 60),
    _own("quotas.right_lost.percent", "Part protégée pour les droits perdus (%)",
         "Share protected for rights already lost (%)", 80),
    _own("bands.very_soon_days", "Premier niveau : droits qui finissent sous (jours)",
         "First band: rights that end within (days)", 60),
    _own("bands.soon_days", "Deuxième niveau : droits qui finissent sous (jours)",
         "Second band: rights that end within (days)", 180),
    _own("notice.usual_days", "Délai pour venir, au moins (jours)",
         "Notice that people get, at least (days)", 30, 1),
    _own("notice.short_days", "Délai pour venir au plus urgent, au moins (jours)",
         "Notice for the most urgent, at least (days)", 30, 1),
    _own("hold.until_days_ahead", "Places gardées jusqu'à (jours avant)",
         "Places are held until (days before)", 30),
    _own("quotas.long_wait.waited_days_min", "Longue attente : à partir de (jours)",
         "A long wait begins at (days)", 365),
)  # fmt: skip
"""The parameters that the night plays; of a list of bands only a file can tell."""

IN_VIEW: Final = 7


def own_knobs(base: Ruleset, mine: Ruleset | None, language: Language) -> list[Knob]:
    """Return the sliders of a ruleset, at the values asked for."""
    present, published = leaves(mine or base), leaves(base)
    return [
        Knob(
            each,
            spaced(each.fr, "fr") if language == "fr" else each.en,
            spaced(_PUBLISHED[language].format(published[_place(each)]), language),
            written(each.low, "", language),
            written(each.high, "", language),
            max(each.high, float(str(present[_place(each)]))),
            float(str(present[_place(each)])),
        )
        for each in OWN_SLIDERS
        if _place(each) in published
    ]


def own_changes(base: Ruleset, asked: Mapping[str, str]) -> list[str]:
    """Return the ``--own`` words of an address: only what was moved.

    Raises:
        LaboratoryError: A value that is no whole number, or outside the slider.
    """
    published, found = leaves(base), list[str]()
    for slider in OWN_SLIDERS:
        place, text = _place(slider), asked.get(slider.name, "").strip()
        if not text or place not in published or text == str(published[place]):
            continue
        if not _WHOLE.fullmatch(text):
            raise refused("whole", name=slider.name)
        if not slider.low <= int(text) <= slider.high:
            raise refused("between", name=slider.name, low=slider.low, high=slider.high)
        if int(text) != published[place]:
            found.append(f"{place}={int(text)}")
    return found


def own_ruleset(base: Ruleset, asked: Mapping[str, str]) -> Ruleset | None:
    """Return the ruleset asked for, or None where it is the published one.

    Raises:
        LaboratoryError: Values that contradict each other, besides.
    """
    changes = own_changes(base, asked)
    return tuned(base, changes) if changes else None


def _place(slider: Slider) -> str:
    return slider.name.removeprefix(PREFIX)

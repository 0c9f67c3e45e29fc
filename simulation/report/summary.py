"""Sentences computed from the numbers: a claim only where one is established."""

from simulation.comparison import Comparison
from simulation.metrics.intervals import Interval
from simulation.report.figures import name_of
from simulation.report.numbers import Language, range_written
from simulation.report.words import WORDS


def sentences(found: Comparison, language: Language) -> list[str]:
    """Say what the repetitions show about the first rule and about ours."""
    first = next(iter(found.measures))
    said = [_capture(found, first, language)]
    if "ours" in found.measures and first != "ours":
        said.append(_capture(found, "ours", language))
        said.append(_gap(found, first, "rights_lost_days", "d", language))
        said.append(_gap(found, first, "wait_no_date_p90", "d", language))
        said.append(_premium(found, language))
    return said


def _capture(found: Comparison, slug: str, language: Language) -> str:
    each = found.interval(slug, "capture_share")
    shares = range_written(max(0.0, each.low), min(1.0, each.high), "%", language)
    name = name_of(slug, language)
    if language == "fr":
        return f"{name}\u00a0: {shares} des places données sont captées."
    return f"{name}: {shares} of the places handed out are captured."


_SUBJECT = {
    "rights_lost_days": {
        "fr": "Journées vécues sans droit",
        "en": "Days lived without the right",
    },
    "wait_no_date_p90": {
        "fr": "Attente sans date (9 sur 10)",
        "en": "Wait without a date (9 in 10)",
    },
}


def _gap(found: Comparison, first: str, key: str, unit: str, language: Language) -> str:
    gap = found.difference(first, "ours", key)
    subject, other = _SUBJECT[key][language], name_of(first, language).lower()
    if gap.contains_zero or gap.mean != gap.mean:
        nothing = WORDS[language]["not_established"]
        against = "par rapport à" if language == "fr" else "against"
        return f"{subject}\u00a0: {nothing} {against} «\u00a0{other}\u00a0»."
    amount = _amount(gap, unit, language)
    if language == "fr":
        word = "de moins" if gap.mean < 0 else "de plus"
        than = f"sous la règle publiée qu'au «\u00a0{other}\u00a0»"
        return f"{subject}\u00a0: {amount} {word} {than}."
    word = "fewer" if gap.mean < 0 else "more"
    return f"{subject}: {amount} {word} under the published rule than at “{other}”."


def _amount(gap: Interval, unit: str, language: Language) -> str:
    low, high = sorted((abs(gap.low), abs(gap.high)))
    return range_written(low, high, unit, language)


def _premium(found: Comparison, language: Language) -> str:
    each = found.interval("ours", "broker_premium")
    if each.mean != each.mean:
        if language == "fr":
            return "Sous la règle publiée, nul n'en vient à chercher un revendeur."
        return "Under the published rule, nobody comes to look for a seller."
    if each.contains_zero:
        if language == "fr":
            return (
                "Sous la règle publiée, aucun écart établi entre qui paierait un "
                "revendeur et les mêmes gens seuls."
            )
        return (
            "Under the published rule, no difference is established between those "
            "who would pay a seller and the same people alone."
        )
    points = range_written(each.low, each.high, "pts", language)
    if language == "fr":
        return f"Sous la règle publiée, un revendeur change les chances de {points}."
    return f"Under the published rule, a seller changes the odds by {points}."

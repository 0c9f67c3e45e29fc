"""The parameters of a rule in words, for the list of what a version changed."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from service.words.i18n import N_

PARAMETERS: Final[Mapping[str, str]] = {
    "bands.very_soon_days": N_("Premier groupe : droit qui finit dans… jours"),
    "bands.soon_days": N_("Deuxième groupe : droit qui finit dans… jours"),
    "hold.percent": N_("Places gardées pour le premier groupe, en pour cent"),
    "hold.until_days_ahead": N_("Places gardées jusqu'à… jours avant"),
    "hold.bands": N_("Groupes pour lesquels des places sont gardées"),
    "notice.usual_days": N_("Délai pour venir, en jours"),
    "notice.short_days": N_("Délai court pour venir, en jours"),
    "notice.short_bands": N_("Groupes qui ont le délai court"),
    "offer.window_hours": N_("Temps pour répondre, en heures"),
    "offer.latest_the_day_before": N_("Réponse au plus tard la veille à"),
    "offer.free_declines": N_("Refus sans effet"),
    "offer.sit_out_nights": N_("Nuits passées après un autre refus"),
    "clock.freeze_at": N_("Heure de fermeture de la liste"),
    "clock.beacon_delay_min": N_("Minutes avant le nombre au hasard"),
    "quotas.long_wait.percent": N_("Part des longues attentes, en pour cent"),
    "quotas.long_wait.waited_days_min": N_("Longue attente à partir de… jours"),
    "quotas.right_lost.percent": N_("Part des droits déjà finis, en pour cent"),
    "quotas.no_date.percent": N_("Part des cas sans date, en pour cent"),
}
"""By the place of a parameter in the published file."""


def parameter(place: str) -> str:
    """Name a parameter; one without words keeps the name it has in the file."""
    return PARAMETERS.get(place, place)


def said_value(value: object) -> str:
    """Write a value as the file does, lists with commas; absent is a dash."""
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        items = cast("Sequence[object]", value)
        return ", ".join(str(item) for item in items) or "–"
    return str(value)

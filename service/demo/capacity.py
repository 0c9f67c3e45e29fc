"""What the demonstration prefecture opens: a few hundred places in the next weeks.

Isère gave 28,000 appointments in eight months (press release of 31 October 2024):
160 to 175 a working day. Most of the coming days are already given when a newcomer
starts the program, so that about a third of that stays open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from service.domain.prefectures import ISERE
from service.domain.slots import SlotPlan

WORKING_DAYS = 10
FIRST_DAY_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """The usual day of one site."""

    site: str
    opens: time
    closes: time
    minutes: int
    guichets: int
    motifs: frozenset[str]


_LONG = frozenset({"premiere-demande", "changement-statut", "majeur-18-ans", "soins"})
_SHORT = frozenset({"recepisse", "aps", "complement", "biometrie"})
_RENEWAL = frozenset({"renouvellement-titre", "renouvellement-salarie", "brexit"})
_ONLINE = frozenset({"aide-anef", "substitution-anef"})
_UNDATED = frozenset({"aes", "naturalisation"})

OPENINGS = (
    Opening("grenoble", time(9), time(12), 20, 3, _RENEWAL),
    Opening("grenoble", time(9), time(12), 30, 1, _LONG),
    Opening("grenoble", time(13, 30), time(15, 30), 10, 1, _SHORT),
    Opening("grenoble", time(13, 30), time(15), 45, 1, _ONLINE | _UNDATED),
    Opening("la-tour-du-pin", time(9), time(11), 20, 1, _RENEWAL | _LONG | _SHORT),
    Opening("vienne", time(9), time(11), 20, 1, _RENEWAL | _LONG | _SHORT),
)


def opening_plans(today: date) -> Iterator[SlotPlan]:
    """Yield the plans of the coming working days, site by site."""
    for day in _working_days(today):
        for opening in OPENINGS:
            yield SlotPlan(
                site=opening.site,
                day=day,
                opens=opening.opens,
                closes=opening.closes,
                minutes=opening.minutes,
                guichets=opening.guichets,
                motifs=opening.motifs & _received(opening.site),
            )


def _working_days(today: date) -> Iterator[date]:
    day = today + timedelta(days=FIRST_DAY_AHEAD)
    found = 0
    while found < WORKING_DAYS:
        if day.isoweekday() <= 5:
            found += 1
            yield day
        day += timedelta(days=1)


def _received(site: str) -> frozenset[str]:
    return ISERE.site(site).motifs

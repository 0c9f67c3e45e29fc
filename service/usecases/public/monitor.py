"""What outside monitors ask, motif by motif and site by site, once a morning.

Who watched booking pages minute by minute finds here what no page can show: how many
people wait for how many places. Asking more often than once a day teaches nothing.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from service.usecases.public.figures_window import Counts, Row, Window
from service.usecases.public.open_data import LEAST
from service.usecases.records.public import CountedPlaces

RECENT: Final = timedelta(days=28)


def monitor(
    rows: Sequence[Row], places: Sequence[CountedPlaces], window: Window
) -> list[Counts]:
    """Return one line for each motif and site that has people or places.

    Pure. A registration that can come to two sites stands in both lines, so that
    ``waiting`` must not be added up. ``waiting`` and ``received`` are None where
    fewer than ``LEAST`` registrations stand behind the line; places are no people and
    always counted.
    """
    coming = [one for one in places if one.day >= window.day]
    pairs = {(row.motif, site) for row in rows for site in row.sites}
    pairs |= {(motif, one.site) for one in coming for motif in one.motifs}
    return [_line(motif, site, rows, coming, window) for motif, site in sorted(pairs)]


def _line(
    motif: str,
    site: str,
    rows: Sequence[Row],
    coming: Sequence[CountedPlaces],
    window: Window,
) -> Counts:
    behind = [row for row in rows if row.motif == motif and site in row.sites]
    waiting = sum(row.is_live for row in behind)
    received = sum(
        row.site == site
        and row.confirmed_on is not None
        and window.day - RECENT <= row.confirmed_on < window.day
        for row in behind
    )
    is_shown = len(behind) >= LEAST
    offered = [one for one in coming if one.site == site and motif in one.motifs]
    return {
        "motif": motif,
        "site": site,
        "waiting": waiting if is_shown else None,
        "served_in_28_days": received if is_shown else None,
        "places_to_come": sum(one.places for one in offered),
        "free_places_to_come": sum(one.places - one.held for one in offered),
    }

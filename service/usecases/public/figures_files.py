"""Figures as files: one CSV a table, and the feed that monitors read."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final, cast

from service.domain.suspension import Suspension

Line = Mapping[str, object]

_WAITS: Final = (
    "registrations",
    "served",
    "expired_before_served",
    "waiting",
    "half_received_in_less_than_days",
    "nine_tenths_received_in_less_than_days",
    "half_waiting_for_days_or_more",
)
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "weeks": ("first", "last", "registrations", "served", "expired_before_served"),
    "bands": ("first", "last", *_WAITS),
    "motifs": ("motifs", *_WAITS),
    "channels": ("channels", *_WAITS),
    "cancellations": ("first", "last", "cancelled_slots", "displaced", "first_band"),
    "sites": ("site", "places_to_come", "held"),
    "monitor": (
        "motif",
        "site",
        "waiting",
        "served_in_28_days",
        "places_to_come",
        "free_places_to_come",
    ),
}
"""The columns of each table, in order; ``day`` comes first in all of them."""


def lines_of(figures: Line, table: str) -> Sequence[Line]:
    """Return the lines of a table; older mornings lack those that came later."""
    return cast("Sequence[Line]", figures.get(table, ()))


def table_csv(figures: Line, table: str) -> str:
    """Write one table (RFC 4180, UTF-8): a header line, then one line a cell.

    Pure. What is not given is empty; several motifs in one cell stand with spaces
    between.
    """
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(("day", *TABLES[table]))
    for line in lines_of(figures, table):
        lines.writerow((figures["day"], *(_text(line[name]) for name in TABLES[table])))
    return written.getvalue()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " ".join(str(item) for item in cast("Sequence[object]", value))
    return str(value)


def monitor_feed(
    figures: Line | None,
    *,
    prefecture: str,
    motifs: Sequence[str],
    suspended: Mapping[str, Suspension],
) -> dict[str, object]:
    """Return what a monitor reads: state of each motif, and its lines by site.

    Pure. The states are those of this instant, the counts those of this morning;
    without figures the counts are absent.
    """
    lines = lines_of(figures, "monitor") if figures else ()
    return {
        "prefecture": prefecture,
        "counted_on": figures["day"] if figures else None,
        "motifs": [
            {
                "motif": motif,
                **_state(suspended.get(motif)),
                "sites": [
                    {name: value for name, value in line.items() if name != "motif"}
                    for line in lines
                    if line["motif"] == motif
                ],
            }
            for motif in motifs
        ],
    }


def _state(suspension: Suspension | None) -> dict[str, object]:
    if suspension is None:
        return {"state": "open"}
    return {
        "state": "suspended",
        "since_on": suspension.since_on.isoformat(),
        "reason": suspension.reason,
        "meanwhile": suspension.meanwhile,
    }

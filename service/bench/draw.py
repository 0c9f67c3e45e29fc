"""The draw beside a plain script that only parses the file and makes the tickets."""

from collections.abc import Sequence

from service.bench import Figure
from service.bench_draw import Row, run

PROMISED_PEAK_MIB = 1.2 * 1024


def measure_draw() -> Sequence[Figure]:
    """Measure a whole replay at each size, as a ratio to the plain script."""
    return [figure for row in run() for figure in _figures(row)]


def _figures(row: Row) -> list[Figure]:
    pool = f"{row.registrations} registrations x {row.places} places"
    return [
        Figure(name=f"{pool}: replay", measured=row.replay_s, unit="s", promised=None),
        Figure(
            name=f"{pool}: replay / plain script",
            measured=row.ratio,
            unit="x",
            promised=row.target,
        ),
        Figure(
            name=f"{pool}: peak of one process",
            measured=row.peak_mib,
            unit="MiB",
            promised=PROMISED_PEAK_MIB,
        ),
    ]

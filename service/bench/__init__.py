"""The figures that we promise, measured in this run and on this machine."""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

KINDS = ("night", "draw", "start")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure beside what was promised."""

    name: str
    measured: float
    unit: str
    promised: float | None

    @property
    def is_kept(self) -> bool:
        """Say whether the promise holds in this run."""
        return self.promised is None or self.measured <= self.promised


def run(what: str, *, as_json: bool) -> int:
    """Measure one kind of figure, print it, and return 1 when a promise is broken."""
    if what not in KINDS:
        sys.stderr.write(f"unknown bench {what!r}: choose from {', '.join(KINDS)}\n")
        return 2
    figures = _measure(what)
    if as_json:
        lines = [asdict(figure) | {"kept": figure.is_kept} for figure in figures]
        sys.stdout.write(json.dumps(lines, sort_keys=True) + "\n")
    else:
        sys.stdout.writelines(_line(figure) + "\n" for figure in figures)
    return int(not all(figure.is_kept for figure in figures))


def _measure(what: str) -> Sequence[Figure]:
    if what == "night":
        from service.bench.night import measure_night

        return asyncio.run(measure_night())
    if what == "draw":
        from service.bench.draw import measure_draw

        return measure_draw()
    from service.bench.start import measure_start

    return measure_start()


def _line(figure: Figure) -> str:
    promised = "" if figure.promised is None else f"  (promised: {figure.promised:g})"
    mark = "" if figure.is_kept else "  BROKEN"
    return f"{figure.name:58} {figure.measured:10.2f} {figure.unit}{promised}{mark}"

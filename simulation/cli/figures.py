"""A promised figure on a terminal."""

from simulation.bench.figures import Figure

_WORDS = {True: "kept", False: "NOT KEPT", None: ""}


def figure_line(figure: Figure) -> str:
    """Write the promise, the measure and whether it holds, on one line."""
    bound = ""
    if figure.promised is not None:
        sign = "≥" if figure.at_least else "≤"
        bound = f"{sign} {figure.promised:g} {figure.unit}"
    verdict = _WORDS[figure.is_kept]
    measured = f"{figure.measured:.1f} {figure.unit}"
    note = f" ({figure.note})" if figure.note else ""
    return f"{bound:>10}  {measured:>22}  {verdict:8}  {figure.what}{note}"

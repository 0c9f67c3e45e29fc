"""The waits that this morning's figures tell, for one motif or one group."""

from collections.abc import Mapping, Sequence
from typing import cast

from service.usecases.public.figures_files import lines_of
from service.usecases.public.publish_figures import FiguresView

Line = Mapping[str, object]


def waits_of_motif(view: FiguresView | None, slug: str) -> Line | None:
    """Return the line that counts this motif alone.

    None when there are no figures, or when the motif has too few people to stand
    alone (ADR 0012).
    """
    if view is None:
        return None
    lines = lines_of(view.figures, "motifs")
    return next(
        (one for one in lines if list(cast("Sequence[str]", one["motifs"])) == [slug]),
        None,
    )


def waits_of_band(view: FiguresView | None, band: int) -> Line | None:
    """Return the line that counts this group, perhaps with its neighbours."""
    if view is None:
        return None
    for one in lines_of(view.figures, "bands"):
        if cast("int", one["first"]) <= band <= cast("int", one["last"]):
            return one
    return None

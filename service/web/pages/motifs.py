"""Which motifs the forms offer."""

from service.domain.motifs import MOTIFS
from service.usecases.public.describe_prefecture import PrefectureView


def offered_motifs(prefecture: PrefectureView) -> tuple[str, ...]:
    """Return the motifs that the draw serves here, in the order of the forms."""
    received = set(prefecture.motifs)
    return tuple(
        slug for slug, motif in MOTIFS.items() if slug in received and motif.in_draw
    )

"""How long decisions take, as the prefecture states it: one line a motif (G10).

Nothing is computed here: the service sees who comes, not when a file became complete.
What is not published stays empty, and no wait of ours ever stands in for it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from service.domain.guide import Guide, ProcessingDelay
from service.usecases.public.open_data import Column

COLUMNS: Final[Sequence[Column]] = (
    Column(name="prefecture", meaning="code de la préfecture"),
    Column(name="motif", meaning="code du motif"),
    Column(
        name="moitie_depuis_dossier_complet",
        meaning="la moitié des décisions en moins de ce nombre de jours, comptés du"
        " dossier complet ; vide : non publié",
    ),
    Column(
        name="neuf_dixiemes_depuis_dossier_complet",
        meaning="90 % des décisions, même compte ; vide : non publié",
    ),
    Column(
        name="moitie_depuis_inscription",
        meaning="la moitié des décisions en moins de ce nombre de jours, comptés de"
        " l'inscription ; vide : non publié",
    ),
    Column(
        name="neuf_dixiemes_depuis_inscription",
        meaning="90 % des décisions, même compte ; vide : non publié",
    ),
    Column(name="premier_jour", meaning="première décision comptée"),
    Column(name="dernier_jour", meaning="dernière décision comptée"),
    Column(name="exclus", meaning="ce qui n'est pas compté"),
    Column(name="indique_le", meaning="jour où la préfecture l'a indiqué"),
    Column(name="source", meaning="où cela se lit, ou qui en répond"),
)


def delays_csv(prefecture: str, motifs: Iterable[str], guide: Guide) -> str:
    """Write one line a motif, published or not (RFC 4180, UTF-8); pure."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(column.name for column in COLUMNS)
    for motif in sorted(motifs):
        lines.writerow((prefecture, motif, *_values(guide.delays.get(motif))))
    return written.getvalue()


def _values(delay: ProcessingDelay | None) -> tuple[object, ...]:
    if delay is None:
        return ("",) * (len(COLUMNS) - 2)
    return (
        *(delay.from_complete_file or ("", "")),
        *(delay.from_registration or ("", "")),
        delay.first.isoformat(),
        delay.last.isoformat(),
        delay.excluded,
        delay.statement.stated_on.isoformat(),
        delay.statement.source,
    )

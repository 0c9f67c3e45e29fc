"""Who a paper is about, as the fonts and the person's wish allow."""

from typing import Any

from service.adapters.papers.tongues import Said, Tongues, printable_name
from service.domain.birth_date import BirthDate
from service.domain.identity import AgdrefNumber
from service.usecases.desk.doors_views import CompanionView
from service.usecases.records.papers import Holder
from service.usecases.views import RegistrationView
from service.words import phrases
from service.words.people import birth_in

Row = dict[str, Any]


def identity_rows(
    holder: Holder, t: Tongues, *, is_discreet: bool = False
) -> list[Row]:
    """Return the rows that name a person: names, birth date, number."""
    _ = t.gettext
    if not holder.family_name:
        erased = _("Données effacées à la fin du délai de conservation")
        return [{"label": _("Identité"), "value": erased}]
    rows = [_name_row(_("Nom de famille"), holder.family_name, t)]
    if holder.given_names:
        rows.append(_name_row(_("Prénoms"), holder.given_names, t))
    rows.append(
        {
            "label": _("Date de naissance"),
            "value": t.each(lambda words: birth_in(holder.birth_date, words)),
        }
    )
    rows.extend(_proof_rows(holder, t, is_discreet=is_discreet))
    return rows


def family_rows(view: RegistrationView, t: Tongues) -> list[Row]:
    """Return one row for each person received together with the holder."""
    return [_family_row(one, t) for one in view.doors.companions]


def _family_row(one: CompanionView, t: Tongues) -> Row:
    names = " ".join(part for part in (one.family_name, one.given_names) if part)
    row = _name_row(t.gettext("Avec vous"), names, t)
    born = BirthDate.parse(one.birth_date)
    said = {"fr": f"{row['value']['fr']}, {birth_in(born, t.french)}"}
    return {**row, "value": said, "big": False}


def _name_row(label: Said, name: str, t: Tongues) -> Row:
    shown = printable_name(name)
    row: Row = {"label": label, "value": {"fr": shown.text}, "big": True}
    if shown.is_whole:
        return row
    return {
        **row,
        "note": t.gettext(
            "Une partie de ce nom est dans une écriture que ce document ne sait pas"
            " imprimer. Le nom en lettres latines, écrit comme sur le titre ou le"
            " passeport, fait référence."
        ),
    }


def _proof_rows(holder: Holder, t: Tongues, *, is_discreet: bool) -> list[Row]:
    _ = t.gettext
    proof = holder.proof
    if proof is None:
        return []
    if isinstance(proof, AgdrefNumber):
        shown = masked(proof.text) if is_discreet else proof.text
        return [{"label": _("Numéro étranger (AGDREF)"), "value": {"fr": shown}}]
    shown = masked(proof.number) if is_discreet else proof.number
    kind = phrases.PROOFS.get(proof.kind, proof.kind)
    return [
        {
            "label": t.each(lambda words: words.gettext(kind)),
            "value": t.each(
                lambda words: (
                    f"{shown} ({phrases.country_name(proof.country, words.language)})"
                )
            ),
        }
    ]


def masked(number: str) -> str:
    """Return a number of which only the last two signs are shown."""
    return "•" * max(len(number) - 2, 0) + number[-2:]

"""The accusé d'inscription in words: for its person, a judge, an employer, a fund."""

from datetime import date
from typing import Any

from service.adapters.papers.notice import algorithm_notice, service_name
from service.adapters.papers.people import Row, family_rows, identity_rows
from service.adapters.papers.square import square_svg
from service.adapters.papers.tongues import Said, Tongues
from service.domain.paper_code import PaperCode
from service.usecases.records import EntryRecord
from service.usecases.records.papers import AcknowledgementPaper
from service.usecases.views import RegistrationView
from service.words import phrases
from service.words.i18n import Words


def acknowledgement_content(
    paper: AcknowledgementPaper, t: Tongues, *, is_discreet: bool
) -> dict[str, Any]:
    """Return what the template prints.

    Discreet, it says neither motif nor sites nor the whole number: some motifs tell
    of an illness or of asylum, and an employer needs none of it.
    """
    _ = t.gettext
    view = paper.view
    return {
        "head": t.head(),
        "title": _("Accusé d'inscription"),
        "issuer": t.french.set(view.prefecture_name),
        "service": service_name(t),
        "received": _(
            "Demande de rendez-vous reçue le %(at)s, heure de Paris.",
            at=lambda words: words.moment(view.registered_at),
        ),
        "warning": _(
            "Ceci prouve une inscription. Ce n'est ni un titre de séjour, ni un"
            " récépissé, ni une autorisation de travail."
        ),
        "who": identity_rows(paper.holder, t, is_discreet=is_discreet),
        "what_title": _("La demande"),
        "what": _request_rows(view, t, is_discreet=is_discreet),
        "notes": _notes(t, is_discreet=is_discreet),
        "check": _check(paper, t),
        "history": _history(view, t),
        "algorithm": algorithm_notice(t),
        "foot": _(
            "Accusé d'inscription %(code)s, établi le %(day)s.",
            code=PaperCode(paper.code).spelled,
            day=lambda words: words.short_day(paper.issued_on),
        ),
    }


def _request_rows(
    view: RegistrationView, t: Tongues, *, is_discreet: bool
) -> list[Row]:
    _ = t.gettext
    rows: list[Row] = [
        {"label": _("Référence"), "value": _spelled(view.reference)},
        {"label": _("Situation à ce jour"), "value": t.each(lambda w: _state(view, w))},
    ]
    if not is_discreet:
        rows += [
            {
                "label": _("Motif"),
                "value": t.each(lambda w: phrases.motif_title(view.motif, w)),
            },
            {
                "label": _("Lieux acceptés"),
                "value": {"fr": _list(view.site_names, t.french)},
            },
        ]
        if view.held_document:
            held = phrases.document_name(view.held_document)
            rows.append(
                {
                    "label": _("Document déclaré"),
                    "value": t.each(lambda w: w.gettext(held)),
                }
            )
    if view.permit_expires_on:
        rows.append(_day_row(_("Fin de validité déclarée"), view.permit_expires_on, t))
    if view.end_of_right_on and view.end_of_right_on != view.permit_expires_on:
        rows.append(_day_row(_("Fin du droit, calculée"), view.end_of_right_on, t))
    rows.append(_day_row(_("Attend depuis le"), view.waiting_since_on, t))
    rows.append(_day_row(_("Premier tirage"), view.first_night_on, t))
    if view.people > 1:
        rows.append({"label": _("Personnes"), "value": {"fr": str(view.people)}})
    return [*rows, *family_rows(view, t)]


def _day_row(label: Said, day: date, t: Tongues) -> Row:
    return {"label": label, "value": t.each(lambda words: words.short_day(day))}


def _state(view: RegistrationView, words: Words) -> str:
    _ = words.gettext
    offer = view.offer
    if view.needs_proof and view.state == "live":
        return _("Demande reçue")
    if offer is not None and offer.state == "confirmed" and offer.is_over:
        return _("Rendez-vous du %(at)s, passé") % {"at": words.moment(offer.starts_at)}
    if offer is not None and offer.state == "confirmed":
        return _("Rendez-vous confirmé le %(at)s") % {
            "at": words.moment(offer.starts_at)
        }
    if view.state == "withdrawn":
        return _("Inscription retirée par la personne")
    if view.state == "lapsed":
        return _("Inscription terminée")
    if offer is not None and offer.state == "awaiting":
        return _("Une place est proposée, la réponse est attendue")
    return _("Inscription en cours, pas encore de rendez-vous")


def _notes(t: Tongues, *, is_discreet: bool) -> list[Said]:
    _ = t.gettext
    notes = [
        _(
            "L'identité et les dates sont celles que la personne a déclarées. Elles"
            " sont vérifiées au guichet. La demande participe à chaque tirage jusqu'au"
            " rendez-vous : il n'y a rien d'autre à faire."
        )
    ]
    if is_discreet:
        notes.append(
            _(
                "Version sans le motif ni le numéro complet, à la demande de la"
                " personne."
            )
        )
    return notes


def _check(paper: AcknowledgementPaper, t: Tongues) -> dict[str, Any]:
    _ = t.gettext
    address = paper.check_url.rpartition("/v/")[0].partition("://")[2]
    return {
        "title": _("Vérifier cet accusé"),
        "square": square_svg(paper.check_url),
        "alt": t.french.gettext("Code QR : l'adresse qui vérifie cet accusé"),
        "code": PaperCode(paper.code).spelled,
        "text": [
            _(
                "Scannez ce carré, ou tapez le code sur %(address)s/verifier-un-accuse",
                address=address,
            ),
            _(
                "Un juge, un employeur ou une caisse peut vérifier seul. Le carré ne"
                " contient ni nom, ni numéro, ni motif."
            ),
        ],
    }


def _history(view: RegistrationView, t: Tongues) -> dict[str, Any]:
    _ = t.gettext
    nights = view.nights
    if view.needs_proof:
        return _no_history(
            t,
            _(
                "Les tirages sont écrits sur l'accusé de qui a ouvert le lien reçu par"
                " message, ou le code remis au guichet."
            ),
        )
    if not nights:
        return _no_history(
            t,
            _(
                "Aucun tirage n'a encore eu lieu. Le premier est celui du %(day)s.",
                day=lambda words: words.week_day(view.first_night_on),
            ),
        )
    return {
        "title": _("Tirages"),
        "summary": t.ngettext(
            "%(count)s tirage, du %(first)s au %(last)s. Places proposées :"
            " %(served)s.",
            "%(count)s tirages, du %(first)s au %(last)s. Places proposées :"
            " %(served)s.",
            len(nights),
            first=lambda words: words.short_day(nights[0].held_on),
            last=lambda words: words.short_day(nights[-1].held_on),
            served=sum(one.result == "served" for one in nights),
        ),
        "header": [
            _("Tirage du soir du"),
            _("Inscriptions"),
            _("Rang"),
            _("Résultat"),
        ],
        "rows": [_night_row(one, t.french) for one in nights],
        "key": _key(nights, t),
    }


def _no_history(t: Tongues, summary: Said) -> dict[str, Any]:
    title = t.gettext("Tirages")
    return {"title": title, "summary": summary, "header": [], "rows": [], "key": []}


def _night_row(one: EntryRecord, words: Words) -> list[str]:
    return [
        words.day(one.held_on),
        words.number(one.entries),
        words.number(one.rank),
        words.gettext(phrases.RESULTS[one.result]),
    ]


def _key(nights: tuple[EntryRecord, ...], t: Tongues) -> list[Said]:
    """Explain the results in the other language, once and not on every line."""
    if t.other is None:
        return []
    met = dict.fromkeys(one.result for one in nights)
    return [_result(result, t) for result in met]


def _result(result: str, t: Tongues) -> Said:
    return t.each(lambda words: words.gettext(phrases.RESULTS[result]))


def _spelled(reference: str) -> Said:
    return {"fr": phrases.spelled_reference(reference)}


def _list(names: tuple[str, ...], words: Words) -> str:
    return words.gettext(" ; ").join(words.set(name) for name in names)

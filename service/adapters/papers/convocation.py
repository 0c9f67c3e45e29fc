"""The convocation in words: one side to show, one side for the person alone.

The side that is shown, at the door or to an employer for the day off, tells no motif
and two digits of the number.
"""

from collections.abc import Callable
from typing import Any

from service.adapters.papers.coming import (
    before_you_come,
    call_for,
    papers_to_bring,
    way_in,
)
from service.adapters.papers.notice import algorithm_notice, service_name
from service.adapters.papers.people import Row, family_rows, identity_rows
from service.adapters.papers.square import square_svg
from service.adapters.papers.tongues import Said, Tongues
from service.domain.guide import NO_GUIDE, Guide
from service.domain.paper_code import PaperCode
from service.usecases.records.papers import ConvocationPaper
from service.words import phrases
from service.words.i18n import Words


def convocation_content(
    paper: ConvocationPaper, t: Tongues, guide: Guide = NO_GUIDE
) -> dict[str, Any]:
    """Return what the template prints."""
    _ = t.gettext
    offer = paper.offer
    call = call_for(offer.site, paper.phone, guide)
    return {
        "head": t.head(),
        "title": _("Convocation"),
        "issuer": t.french.set(paper.prefecture_name),
        "service": service_name(t),
        "when": t.each(lambda words: _when(paper, words)),
        "place": {"fr": t.french.set(offer.site_name)},
        "address": {"fr": offer.site_address},
        "arrive": _(
            "Arrivez 10 minutes avant, avec votre document d'identité. Comptez"
            " %(minutes)s minutes au guichet.",
            minutes=offer.minutes,
        ),
        "who": [*identity_rows(paper.holder, t, is_discreet=True), *_more(paper, t)],
        "check": _check(paper, t),
        "mine_title": _("Pour vous : préparer le rendez-vous"),
        "mine": [
            {
                "label": _("Motif"),
                "value": t.each(lambda w: phrases.motif_title(paper.motif, w)),
            }
        ],
        "bring_title": _("Ce que vous apportez"),
        "bring": _beside(t, lambda words: papers_to_bring(paper.motif, words, guide)),
        "access_title": _("Accès à ce lieu"),
        "access": _beside(t, lambda words: way_in(offer.site, words, guide)),
        "come_title": _("Bon à savoir"),
        "come": _beside(t, lambda words: before_you_come(words, call)),
        "phone": _phone(paper, t),
        "algorithm": algorithm_notice(t),
        "foot": _(
            "Convocation %(code)s, rendez-vous confirmé le %(day)s.",
            code=PaperCode(paper.code).spelled,
            day=lambda words: words.short_day(paper.issued_on),
        ),
    }


def _when(paper: ConvocationPaper, words: Words) -> str:
    return phrases.opening(words.moment(paper.offer.starts_at))


def _more(paper: ConvocationPaper, t: Tongues) -> list[Row]:
    _ = t.gettext
    rows: list[Row] = [
        {
            "label": _("Référence"),
            "value": {"fr": phrases.spelled_reference(paper.reference)},
        }
    ]
    if paper.people > 1:
        count: Row = {"label": _("Personnes"), "value": {"fr": str(paper.people)}}
        rows.append(count)
    return [*rows, *family_rows(paper.view, t)]


def _beside(t: Tongues, lines_in: Callable[[Words], list[str]]) -> list[Said]:
    """Say a list line by line, each with its translation."""

    def line(at: int) -> Said:
        return t.each(lambda words: lines_in(words)[at])

    return [line(at) for at in range(len(lines_in(t.french)))]


def _phone(paper: ConvocationPaper, t: Tongues) -> Said | None:
    if paper.phone is None:
        return None
    return t.gettext(
        "Une question ? Appelez la préfecture : %(phone)s.",
        phone=phrases.spaced_phone(paper.phone),
    )


def _check(paper: ConvocationPaper, t: Tongues) -> dict[str, Any]:
    _ = t.gettext
    return {
        "title": _("À montrer à l'accueil, avec votre document d'identité"),
        "square": square_svg(paper.check_url),
        "alt": t.french.gettext("Code QR à montrer à l'accueil"),
        "code": PaperCode(paper.code).spelled,
        "text": [
            _(
                "Sur papier ou sur téléphone. Ce code ne contient aucune donnée"
                " personnelle."
            ),
            _(
                "La place est à votre nom : l'agent compare avec votre document. Elle"
                " ne peut être ni vendue ni donnée."
            ),
        ],
    }

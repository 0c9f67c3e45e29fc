"""The form for those who register on paper, as the template lays it out."""

from typing import Any

from service.adapters.papers.tongues import Said, Tongues
from service.domain.motifs import MOTIFS
from service.usecases.records.papers import BlankForm
from service.words import paper_form, phrases


def blank_form_content(paper: BlankForm, t: Tongues) -> dict[str, Any]:
    """Return what the template prints: one page, whatever the languages."""
    _ = t.gettext
    return {
        "head": t.head(),
        "title": _(paper_form.TITLE),
        "issuer": t.french.set(paper.prefecture_name),
        "service": _("Service des étrangers"),
        "intro": _(paper_form.INTRO),
        "sections": [_section(one, paper, t) for one in paper_form.SECTIONS],
        "next_title": _(paper_form.NEXT_TITLE),
        "next": [_(text) for text in paper_form.AFTERWARDS],
        "where": _where(paper, t),
        "signed": _(paper_form.SIGNED),
        "helper": _(paper_form.HELPED_BY),
        "office_title": _(paper_form.OFFICE_TITLE),
        "office": [_(label) for label in paper_form.OFFICE],
        "day_parts": [_(part) for part in paper_form.DAY_PARTS],
        "foot": _("Tour de rôle"),
    }


def _section(
    section: paper_form.Section, paper: BlankForm, t: Tongues
) -> dict[str, Any]:
    return {
        "title": t.gettext(section.title),
        "fields": [_field(one, paper, t) for one in section.fields],
    }


def _field(field: paper_form.Field, paper: BlankForm, t: Tongues) -> dict[str, Any]:
    return {
        "label": t.gettext(field.label) if field.label else None,
        "kind": field.kind.value,
        "span": field.span,
        "boxes": field.boxes,
        "ticks": ticks_of(field, paper, t),
        "columns": 2 if field.own_list in paper_form.TWO_COLUMNS else 0,
    }


def ticks_of(field: paper_form.Field, paper: BlankForm, t: Tongues) -> list[Said]:
    """Return the answers to tick: the field's own, or the prefecture's."""
    if field.own_list == paper_form.MOTIFS:
        offered = [slug for slug in MOTIFS if slug in paper.motifs]
        return [_motif(slug, t) for slug in offered if MOTIFS[slug].in_draw]
    if field.own_list == paper_form.SITES:
        return [
            {"fr": f"{t.french.set(site.name)}, {site.address}"} for site in paper.sites
        ]
    if field.own_list == paper_form.WEEKDAYS:
        return [_weekday(number, t) for number in range(1, 6)]
    return [t.gettext(text) for text in field.ticks]


def _motif(slug: str, t: Tongues) -> Said:
    return t.each(lambda words: phrases.motif_title(slug, words))


def _weekday(number: int, t: Tongues) -> Said:
    return t.each(lambda words: phrases.opening(words.weekday_name(number)))


def _where(paper: BlankForm, t: Tongues) -> list[str]:
    """Return where the sheet is sent and whom to call; addresses stay as they are."""
    where: list[str] = []
    if paper.by_post:
        where.append(t.french.gettext("Par courrier :") + f" {paper.by_post}")
    if paper.phone:
        said = phrases.spaced_phone(paper.phone)
        where.append(t.french.gettext("Téléphone :") + f" {said}")
    return where

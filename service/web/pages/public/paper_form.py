"""Registering on paper: one sheet, as PDF or printed from the page."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.motifs import MOTIFS
from service.usecases.errors import UnknownResourceError
from service.usecases.public.describe_prefecture import PrefectureView
from service.usecases.records.papers import BlankForm
from service.web.dependencies import CallsDep, WordsDep
from service.web.kept import for_everybody
from service.web.pages.render import page
from service.web.pages.site import Site, SiteDep
from service.words import paper_form
from service.words.i18n import LANGUAGES, NAMES, words_in

router = APIRouter(prefix="/formulaire", include_in_schema=False)


@router.get("")
async def sheet(
    request: Request, calls: CallsDep, words: WordsDep, site: SiteDep
) -> Response:
    """Show the sheet; printed, it is one page and nothing else."""
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "public/paper_form.html",
        public=True,
        prefecture=prefecture,
        motifs=_offered(prefecture),
        sheet=paper_form,
        french=words_in("fr"),
        is_bilingual=words.language != "fr",
        printed=[(code, NAMES[code]) for code in LANGUAGES],
        by_post=site.notices.address,
    )


@router.get("/{language}.pdf")
async def sheet_pdf(language: str, calls: CallsDep, site: SiteDep) -> Response:
    """Send the sheet as a PDF, French with another language beside it."""
    if language not in LANGUAGES:
        raise UnknownResourceError
    prefecture = await calls.prefecture(site.prefecture)
    content = await calls.ports.press.blank_form(
        blank_form_of(prefecture, site, calls), language=language
    )
    return for_everybody(f"formulaire-{language}.pdf", content)


def blank_form_of(prefecture: PrefectureView, site: Site, calls: CallsDep) -> BlankForm:
    """Return what the sheet of a prefecture says."""
    return BlankForm(
        prefecture_name=prefecture.name,
        phone=prefecture.phone,
        by_post=site.notices.address,
        sites=prefecture.sites,
        motifs=_offered(prefecture),
        printed_on=prefecture.ruleset.effective_on,
    )


def _offered(prefecture: PrefectureView) -> tuple[str, ...]:
    offered = set(prefecture.motifs)
    return tuple(s for s, motif in MOTIFS.items() if s in offered and motif.in_draw)

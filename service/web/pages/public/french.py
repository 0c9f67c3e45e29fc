"""Pages that are French by their nature: easy French, and the accessibility plan."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep
from service.web.pages.public.legal import STATED_ON
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.easy import TEXTS, meanings_for
from service.words.i18n import words_in

router = APIRouter(include_in_schema=False)

_TEXTS: Final = {text.slug: text for text in TEXTS}


@router.get("/facile")
async def easy_texts(request: Request, site: SiteDep) -> Response:
    """List the texts in easy-to-read French."""
    del site
    return page(request, "french/easy_texts.html", public=True, texts=TEXTS)


@router.get("/facile/{slug}")
async def easy_text(
    request: Request, slug: str, calls: CallsDep, site: SiteDep
) -> Response:
    """Show one text, a sentence a line, with what its difficult words mean."""
    text = _TEXTS.get(slug)
    if text is None:
        raise UnknownResourceError
    ruleset = (await calls.prefecture(site.prefecture)).ruleset
    at = TEXTS.index(text)
    return page(
        request,
        "french/easy_text.html",
        public=True,
        text=text,
        values={
            "closes": words_in("fr").hour(ruleset.clock.freeze_at),
            "nights": ruleset.offer.sit_out_nights,
        },
        meanings=meanings_for(text),
        following=TEXTS[at + 1] if at + 1 < len(TEXTS) else None,
    )


@router.get("/accessibilite/schema")
async def accessibility_plan(request: Request, site: SiteDep) -> Response:
    """Publish the plan of several years and the plan of the year, filled or not."""
    return page(
        request,
        "french/accessibility_plan.html",
        public=True,
        stated_on=STATED_ON,
        missing=not (site.notices.access_years and site.notices.access_person),
    )

"""Help near me: who to call, and doors that open without an appointment."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.help_places import is_stale
from service.web.dependencies import CallsDep
from service.web.helper_calls import HelperCallsDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import help_phrases

router = APIRouter(include_in_schema=False)

LONGEST_SEARCH = 60
FEW = 8
"""Places shown at once; the others are folded, nearest first."""


@router.get("/aide")
async def help_page(
    request: Request,
    calls: CallsDep,
    helpers: HelperCallsDep,
    site: SiteDep,
    ou: str = "",
) -> Response:
    """Say who helps, near a postcode or a town if one was typed."""
    typed = ou.strip()[:LONGEST_SEARCH]
    prefecture = await calls.prefecture(site.prefecture)
    found = list(await helpers.help_places(site.prefecture, typed))
    return page(
        request,
        "public/help.html",
        public=not typed,
        prefecture=prefecture,
        typed=typed,
        near=found[:FEW],
        further=found[FEW:],
        stale={one.id for one in found if is_stale(one.checked_on, calls.today)},
        organisations=await helpers.public_organisations(site.prefecture),
        help_phrases=help_phrases,
    )

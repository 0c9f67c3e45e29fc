"""The rule on one page, in words, from the very ruleset that the draw uses."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.dependencies import CallsDep
from service.web.pages.applicant.follow_up import band_edges
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(include_in_schema=False)


@router.get("/regles")
async def rules(request: Request, calls: CallsDep, site: SiteDep) -> Response:
    """Show the rule in force."""
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "public/rules.html",
        public=True,
        prefecture=prefecture,
        ruleset=prefecture.ruleset,
        edges=band_edges(prefecture.ruleset),
    )

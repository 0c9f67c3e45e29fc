"""People whom no message could reach: an agent calls them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/agents", include_in_schema=False)


@router.get("/appels")
async def calls_to_make(
    request: Request, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """List the offers that no message could reach."""
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "agent/calls.html",
        agent=agent,
        offers=await calls.offers_to_call(agent),
        site_names={one.code: one.name for one in prefecture.sites},
    )

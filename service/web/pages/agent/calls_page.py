"""People whom no message could reach: an agent calls them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.acting_calls import ActingDep
from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/agents", include_in_schema=False)


@router.get("/appels")
async def calls_to_make(
    request: Request,
    agent: PageAgentDep,
    calls: CallsDep,
    acting: ActingDep,
    site: SiteDep,
) -> Response:
    """List the offers that no message could reach, and when they were called."""
    offers = await calls.offers_to_call(agent)
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "agent/calls.html",
        agent=agent,
        offers=offers,
        made=await acting.calls_made(agent, offers),
        done=request.query_params.get("fait", "")[:20],
        site_names={one.code: one.name for one in prefecture.sites},
    )


@router.post("/appels")
async def not_reached(
    request: Request, form: FormDep, agent: PageAgentDep, acting: ActingDep
) -> Response:
    """Note that nobody answered: the next agent sees when it was tried."""
    await acting.not_reached(agent, form.one("dossier"))
    return redirect(request, "/agents/appels?fait=pas-joint")

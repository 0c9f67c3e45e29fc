"""Slots that a colleague took back: a second agent confirms why, with one press."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskDep
from service.web.pages.agent.desk import number_in_address
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.desk_phrases import CANCEL_REASONS

router = APIRouter(prefix="/agents/annulations", include_in_schema=False)

MOST_ACTS = 400
"""Slots of one site and day that one press may decide."""


@router.get("")
async def to_confirm(
    request: Request,
    agent: PageAgentDep,
    desk: DeskDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Show what was cancelled, why, and how many people it concerns; no name."""
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "agent/cancellations.html",
        agent=agent,
        cancellations=await desk.cancellations_to_confirm(agent),
        reasons=CANCEL_REASONS,
        site_names={one.code: one.name for one in prefecture.sites},
        done=request.query_params.get("fait", "")[:30],
    )


@router.post("")
async def decide(
    request: Request, form: FormDep, agent: PageAgentDep, desk: DeskDep
) -> Response:
    """Confirm what a colleague cancelled at one site on one day, or refuse to."""
    confirm = form.one("decision") == "confirmer"
    acts = [number_in_address(text) for text in form.fields.get("acte", ())[:MOST_ACTS]]
    if not acts:
        raise UnknownResourceError
    try:
        await desk.decide_cancellations(agent, acts, confirm=confirm)
    except UnknownResourceError:
        raise
    except DomainError as error:
        return redirect(request, f"/agents/annulations?fait={error.code}")
    said = "confirme" if confirm else "refuse"
    return redirect(request, f"/agents/annulations?fait={said}")

"""The prefecture cannot receive people in a slot: asked before it is done."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.cancellations import CancelReason
from service.usecases.errors import PlacesLockedError, UnknownResourceError
from service.usecases.records import AgentRecord
from service.web.calls import Calls
from service.web.dependencies import CallsDep, slot_in_address
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.agent.slots_form import monday_of
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.render import page
from service.web.pages.site import Site, SiteDep
from service.words.desk_phrases import CANCEL_REASONS
from service.words.i18n import N_

router = APIRouter(prefix="/agents/creneaux", include_in_schema=False)


@router.get("/{code}/annuler")
async def ask_before_cancelling(
    request: Request, code: str, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Say how many people would be told, and what becomes of them."""
    return await _form(request, code, agent, calls, site, Errors())


async def _form(
    request: Request,
    code: str,
    agent: AgentRecord,
    calls: Calls,
    site: Site,
    errors: Errors,
) -> Response:
    slot = await calls.slot(agent, slot_in_address(code))
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "agent/cancel_slot.html",
        status=422 if errors else 200,
        agent=agent,
        slot=slot,
        errors=errors,
        reasons=CANCEL_REASONS,
        monday=monday_of(slot.starts_at.date()),
        site_names={one.code: one.name for one in prefecture.sites},
    )


@router.post("/{code}/annuler")
async def cancel(
    request: Request,
    code: str,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Cancel the slot and go back to its week; a second press finds it cancelled."""
    try:
        reason = CancelReason(form.one("raison"))
    except ValueError:
        errors = Errors()
        errors.add("raison", N_("Choisissez pourquoi."))
        return await _form(request, code, agent, calls, site, errors)
    slot = await calls.slot(agent, slot_in_address(code))
    week = f"/agents/creneaux?semaine={monday_of(slot.starts_at.date())}"
    try:
        done = await calls.cancel_slot(agent, slot.code, reason)
    except UnknownResourceError:
        return redirect(request, f"{week}&annule=0")
    except PlacesLockedError:
        return redirect(request, f"{week}&verrou=1")
    return redirect(request, f"{week}&annule={done.people}")

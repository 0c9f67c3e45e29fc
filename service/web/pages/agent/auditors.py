"""Auditors: who outside receives every commitment, and what they received."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.errors import UnknownResourceError
from service.usecases.night.end_subscription import ENDED
from service.usecases.records import AgentRecord
from service.web.calls import Calls
from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/agents/controleurs", include_in_schema=False)

LIST = "/agents/controleurs"
SHOWN_NIGHTS = 10
_LONGEST = 300


@router.get("")
async def auditors(
    request: Request, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """List the subscriptions, and who received which commitment before its round."""
    return await _page(request, agent, calls, site.prefecture, Form(), Errors())


@router.post("")
async def subscribe(
    request: Request, form: FormDep, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Have every further commitment written to someone outside."""
    errors = Errors()
    name, email = form.one("nom")[:_LONGEST], form.one("courriel")[:_LONGEST]
    try:
        await calls.subscribe_auditor(agent, name, email)
    except DomainError as error:
        errors.add_refusal("nom" if error.field == "name" else "courriel", error)
        shown = form.only(("nom", "courriel"))
        return await _page(request, agent, calls, site.prefecture, shown, errors)
    return redirect(request, f"{LIST}?fait=inscrit")


@router.post("/fin")
async def end(
    request: Request, form: FormDep, agent: PageAgentDep, calls: CallsDep
) -> Response:
    """Ask that a subscription end, or agree to it; ended already, nothing changes."""
    try:
        auditor = UUID(form.one("controleur"))
    except ValueError:
        raise UnknownResourceError from None
    try:
        done = await calls.end_subscription(agent, auditor)
    except UnknownResourceError:
        return redirect(request, LIST)
    return redirect(request, f"{LIST}?fait={'fini' if done == ENDED else 'demande'}")


async def _page(
    request: Request,
    agent: AgentRecord,
    calls: Calls,
    prefecture: str,
    form: Form,
    errors: Errors,
) -> Response:
    nights = await calls.nights(prefecture)
    return page(
        request,
        "agent/auditors.html",
        status=422 if errors else 200,
        agent=agent,
        auditors=await calls.auditors(agent),
        nights=nights[:SHOWN_NIGHTS],
        form=form,
        errors=errors,
        done=request.query_params.get("fait", "")[:10],
    )

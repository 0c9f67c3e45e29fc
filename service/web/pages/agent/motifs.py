"""Agents say for which motifs nobody is received at present, and why."""

from contextlib import suppress

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import (
    DomainError,
    MotifNotSuspendedError,
    UnknownMotifError,
)
from service.usecases.records import AgentRecord
from service.web.calls import Calls
from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.motifs import offered_motifs
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/agents/motifs", include_in_schema=False)

FIELDS = ("motif", "raison", "attente")
INPUT_OF = {"motif": "motif", "reason": "raison", "meanwhile": "attente"}


@router.get("")
async def motifs(
    request: Request, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show the state of every motif, and the form that suspends one."""
    return await _show(request, agent, calls, site.prefecture, Form(), Errors())


@router.post("/suspendre")
async def suspend(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Suspend one motif; everybody reads why and what to do meanwhile."""
    errors = Errors()
    try:
        await calls.suspend(
            agent,
            form.one("motif"),
            reason=form.one("raison"),
            meanwhile=form.one("attente"),
        )
    except DomainError as error:
        errors.add_refusal(INPUT_OF.get(error.field or "", "motif"), error)
        shown = form.only(FIELDS)
        return await _show(request, agent, calls, site.prefecture, shown, errors)
    return redirect(request, "/agents/motifs?fait=suspendu")


@router.post("/rouvrir")
async def reopen(
    request: Request, form: FormDep, agent: PageAgentDep, calls: CallsDep
) -> Response:
    """Open a motif again; a second press finds it open."""
    with suppress(MotifNotSuspendedError, UnknownMotifError):
        await calls.reopen(agent, form.one("motif"))
    return redirect(request, "/agents/motifs?fait=rouvert")


async def _show(
    request: Request,
    agent: AgentRecord,
    calls: Calls,
    prefecture: str,
    form: Form,
    errors: Errors,
) -> Response:
    described = await calls.prefecture(prefecture)
    return page(
        request,
        "agent/motifs.html",
        status=422 if errors else 200,
        agent=agent,
        form=form,
        errors=errors,
        motifs=offered_motifs(described),
        standing=described.suspended,
        done=request.query_params.get("fait", ""),
    )

"""Urgency claims as agents answer them: one list, one page, one motivated answer."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.checks import SeenDocument
from service.domain.claims import CHANGES, ClaimReason
from service.domain.errors import DomainError
from service.usecases.errors import UnknownResourceError
from service.usecases.person.urgency_claims import ClaimToAnswer, GiveAnswer
from service.usecases.records import AgentRecord
from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskCalls, DeskDep
from service.web.pages import registration_form as reading
from service.web.pages.agent.desk import (
    DATE_INPUTS,
    answers_of_file,
    number_in_address,
    read_seen,
)
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import desk_phrases
from service.words.i18n import N_

router = APIRouter(prefix="/agents/demandes", include_in_schema=False)

BY_AGENTS = tuple(one for one in ClaimReason if one is not ClaimReason.NOT_CERTIFIED)


@router.get("")
async def claims(
    request: Request, agent: PageAgentDep, desk: DeskDep, calls: CallsDep, site: SiteDep
) -> Response:
    """List the claims without an answer, the one due first at the top."""
    del site
    return page(
        request,
        "agent/claims.html",
        agent=agent,
        claims=await desk.claims_to_answer(agent),
        today=calls.today,
        grounds=desk_phrases.GROUNDS,
        done=request.query_params.get("fait", "")[:30],
        answers=desk_phrases.ANSWERS,
    )


@router.get("/{number}")
async def show(
    request: Request, number: str, agent: PageAgentDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Show one claim beside the file, and the answers that exist."""
    del site
    claim = await desk.claim_of(agent, number_in_address(number))
    return await _show(request, agent, desk, claim, Form(), Errors())


async def _show(
    request: Request,
    agent: AgentRecord,
    desk: DeskCalls,
    claim: ClaimToAnswer,
    form: Form,
    errors: Errors,
) -> Response:
    file = await desk.open_file(agent, claim.reference)
    shown = form if form.fields else Form(answers_of_file(file.view.held_document))
    return page(
        request,
        "agent/claim.html",
        status=422 if errors else 200,
        agent=agent,
        claim=claim,
        file=file,
        view=file.view,
        form=shown,
        errors=errors,
        reasons=[(one, desk_phrases.REASONS_OF_ANSWERS[one]) for one in BY_AGENTS],
        changes=CHANGES,
        grounds=desk_phrases.GROUNDS,
        evidences=desk_phrases.EVIDENCES,
        seen_documents=tuple(SeenDocument),
    )


@router.post("/{number}")
async def answer(
    request: Request,
    number: str,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Answer a claim: the reason is one of a list, and the person reads it."""
    del site
    claim = await desk.claim_of(agent, number_in_address(number))
    errors, shown = Errors(), form.only((*DATE_INPUTS, "raison"))
    typed = form.one("raison")
    if typed not in set(BY_AGENTS):
        errors.add("raison", N_("Choisissez une réponse."))
        return await _show(request, agent, desk, claim, shown, errors)
    reason, seen = ClaimReason(typed), None
    if reason in CHANGES:
        file = await desk.open_file(agent, claim.reference)
        seen = read_seen(form, file.view.motif, calls, errors)
        if seen is None:
            return await _show(request, agent, desk, claim, shown, errors)
    facts, document = seen or (None, None)
    command = GiveAnswer(
        claim_id=claim.id, reason=reason, seen=facts, document=document
    )
    try:
        given = await desk.answer_claim(agent, command)
    except UnknownResourceError:
        raise
    except DomainError as error:
        is_court = error.field == "ordered_by"
        at = "justice-jour" if is_court else reading.input_for(error)
        errors.add_refusal(at if at in DATE_INPUTS and error.field else "raison", error)
        return await _show(request, agent, desk, claim, shown, errors)
    return redirect(request, f"/agents/demandes?fait={given}")

"""Registrations that look alike: an agent compares, asks, and another one closes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError, InvalidReferenceError
from service.usecases.desk.reopen_pair import ReopenReason
from service.usecases.errors import UnknownResourceError
from service.web.desk_calls import DeskDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.applicant.guard import KeysDep, OwnFormDep
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import desk_phrases

router = APIRouter(include_in_schema=False)


@router.get("/agents/doublons")
async def pairs(
    request: Request, agent: PageAgentDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Show the pairs that are open."""
    del site
    return page(
        request,
        "agent/pairs.html",
        agent=agent,
        pairs=await desk.pairs(agent),
        closed=await desk.closed_pairs(agent),
        reasons=desk_phrases.REOPEN_REASONS,
        now=desk.ports.clock.now(),
        likenesses=desk_phrases.LIKENESSES,
        done=request.query_params.get("fait", "")[:30],
    )


@router.post("/agents/doublons")
async def decide(
    request: Request, form: FormDep, agent: PageAgentDep, desk: DeskDep
) -> Response:
    """Say that a pair are two people, ask both, or close the newer one."""
    references = (form.one("ancienne")[:20], form.one("recente")[:20])
    acts = {
        "deux": desk.say_different,
        "demander": desk.ask_both,
        "fermer": desk.close_newer,
    }
    act = acts.get(form.one("decision"))
    if act is None:
        raise UnknownResourceError
    try:
        await act(agent, references)
    except (UnknownResourceError, InvalidReferenceError):
        raise UnknownResourceError from None
    except DomainError as error:
        return redirect(request, f"/agents/doublons?fait={error.code}")
    return redirect(request, f"/agents/doublons?fait={form.one('decision')}")


@router.post("/agents/doublons/rouvrir")
async def reopen(
    request: Request, form: FormDep, agent: PageAgentDep, desk: DeskDep
) -> Response:
    """Let a registration that was closed by mistake take part again."""
    references = (form.one("ancienne")[:20], form.one("recente")[:20])
    try:
        reason = ReopenReason(form.one("raison"))
    except ValueError:
        return redirect(request, "/agents/doublons?fait=raison#fermees")
    try:
        await desk.reopen_pair(agent, references, reason)
    except (UnknownResourceError, InvalidReferenceError):
        raise UnknownResourceError from None
    except DomainError as error:
        return redirect(request, f"/agents/doublons?fait={error.code}")
    return redirect(request, "/agents/doublons?fait=rouvrir")


@router.post("/suivi/une-autre-personne")
async def object_to(
    request: Request, form: OwnFormDep, keys: KeysDep, desk: DeskDep
) -> Response:
    """Let a person say that the other registration is somebody else's."""
    del form
    await desk.object_to(keys.access)
    return redirect(request, "/suivi?corrige=1")

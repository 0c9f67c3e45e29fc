"""Letters to print and post, for people whom no message reaches."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskDep
from service.web.kept import PDF, kept_as
from service.web.pages.agent.desk import number_in_address
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/agents", include_in_schema=False)


@router.get("/titres-prets/{number}/lettre.pdf")
async def ready_letter(
    number: str, agent: PageAgentDep, calls: CallsDep, desk: DeskDep
) -> Response:
    """Print the letter of a permit that is ready."""
    paper, language = await desk.ready_letter(agent, number_in_address(number))
    content = await calls.ports.press.ready_letter(paper, language=language)
    return kept_as(f"lettre-{paper.code}.pdf", content, PDF)


@router.get("/personnes-appelees/lettres")
async def untold(
    request: Request, agent: PageAgentDep, desk: DeskDep, site: SiteDep
) -> Response:
    """List called holders whom no message reaches, each with a letter to print."""
    del site
    return page(
        request,
        "agent/untold.html",
        agent=agent,
        untold=await desk.list_untold(agent),
    )


@router.get("/personnes-appelees/{reference}/lettre.pdf")
async def called_letter(
    reference: str, agent: PageAgentDep, calls: CallsDep, desk: DeskDep
) -> Response:
    """Print the letter of a called holder."""
    paper, language = await desk.called_letter(agent, reference)
    content = await calls.ports.press.called_letter(paper, language=language)
    return kept_as(f"lettre-{paper.reference}.pdf", content, PDF)

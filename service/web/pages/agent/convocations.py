"""Somebody presents a convocation: the agent sees whether it is ours, and for whom."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.domain.paper_token import LONGEST
from service.usecases.records import AgentRecord
from service.usecases.records.papers import PresentedConvocation
from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_, words_in
from service.words.people import birth_in

router = APIRouter(prefix="/agents/convocations", include_in_schema=False)

_MOST = LONGEST + 200


@router.get("")
async def ask(
    request: Request, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Ask for the code of a convocation, typed or read by a scanner."""
    del site
    return _page(request, agent, calls)


@router.post("")
async def present(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Show for whom a convocation is; the look is noted in the audit."""
    del site
    errors = Errors()
    code = form.one("code")
    if not code or len(code) > _MOST:
        errors.add(
            "code", N_("Écrivez le code de la convocation, ou scannez le carré.")
        )
        return _page(request, agent, calls, errors=errors)
    try:
        shown = await calls.present_convocation(agent, code)
    except DomainError as error:
        errors.add_refusal("code", error)
        return _page(request, agent, calls, code=code, errors=errors)
    return _page(request, agent, calls, code=code, shown=shown, is_asked=True)


def _page(
    request: Request,
    agent: AgentRecord,
    calls: CallsDep,
    *,
    code: str = "",
    shown: PresentedConvocation | None = None,
    is_asked: bool = False,
    errors: Errors | None = None,
) -> Response:
    return page(
        request,
        "agent/convocation.html",
        status=422 if errors else 200,
        agent=agent,
        code=code,
        shown=shown,
        is_asked=is_asked,
        is_today=shown is not None and shown.starts_at.date() == calls.today,
        birth=birth_in(shown.holder.birth_date, words_in("fr")) if shown else "",
        errors=errors or Errors(),
    )

"""A code on paper for a person who showed a document at the guichet."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.domain.reference import Reference
from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/agents/code-papier", include_in_schema=False)

_LONGEST = 40


@router.get("")
async def ask(request: Request, agent: PageAgentDep, site: SiteDep) -> Response:
    """Ask for the reference."""
    del site
    return page(request, "agent/paper_code.html", agent=agent, reference="")


@router.post("")
async def issue(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Show the code once, to be printed; the earlier one ends."""
    del site
    reference = form.one("reference")[:_LONGEST]
    errors = Errors()
    if not reference:
        errors.add("reference", N_("Écrivez la référence de l'inscription."))
    if not form.has("document-vu"):
        errors.add("document-vu", N_("Regardez d'abord un document d'identité."))
    if not errors:
        try:
            code = await calls.issue_paper_code(agent, reference)
        except DomainError as error:
            errors.add_refusal("reference", error)
        else:
            return page(
                request,
                "agent/paper_code_issued.html",
                agent=agent,
                reference=Reference.parse(reference).text,
                code=code,
                address=calls.ports.public_url,
            )
    return page(
        request,
        "agent/paper_code.html",
        status=422,
        agent=agent,
        reference=reference,
        errors=errors,
    )

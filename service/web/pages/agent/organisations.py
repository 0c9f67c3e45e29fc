"""Organisations that accompany people: two agents vet them, one can stop them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.anomalies import FEW
from service.domain.errors import DomainError
from service.domain.mandate import Ceilings
from service.domain.reference import Reference
from service.usecases.errors import UnknownResourceError
from service.usecases.records import AgentRecord
from service.web.dependencies import CallsDep
from service.web.helper_calls import HelperCalls, HelperCallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.agent.help_places import identifier
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.help_phrases import HELP_KINDS
from service.words.i18n import N_
from service.words.mandate_phrases import UNUSUAL

router = APIRouter(prefix="/agents/organisations", include_in_schema=False)

LIST = "/agents/organisations"
STATES = {
    "proposed": "attend un second agent",
    "accepted": "acceptée",
    "suspended": "suspendue",
    "refused": "refusée",
}
MAIL_STATES = {
    None: "en attente",
    "sent": "parti",
    "refused": "adresse refusée",
    "given-up": "abandonné : aucun serveur ne l'a pris",
}
_INPUT_OF = {
    "name": "nom",
    "kind": "sorte",
    "contact": "contact",
    "reason": "raison",
    "login": "identifiant",
    "ceiling_live": "plafond",
    "ceiling_per_day": "plafond-jour",
}
_FIRST = {"plafond": ("300",), "plafond-jour": ("50",)}


@router.get("")
async def organisations(
    request: Request, agent: PageAgentDep, helpers: HelperCallsDep, site: SiteDep
) -> Response:
    """List every organisation with what it uses of its ceilings."""
    del site
    return await _list(request, agent, helpers)


@router.get("/signaux")
async def signals(
    request: Request, agent: PageAgentDep, helpers: HelperCallsDep, site: SiteDep
) -> Response:
    """Report what is unusual; nothing is blocked by itself."""
    del site
    watch = await helpers.watch(agent)
    return page(
        request,
        "agent/signals.html",
        agent=agent,
        watched=watch.organisations,
        pool=watch.pool,
        few=FEW,
        unusual=UNUSUAL,
        states=STATES,
    )


@router.post("/mandats")
async def end_mandates(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """End the mandates of a person who asks for it at the guichet or by telephone."""
    del site
    errors = Errors()
    try:
        reference = Reference.parse(form.one("reference")[:40]).text
        ended = await helpers.end_at_the_guichet(agent, reference)
    except UnknownResourceError:
        errors.add("reference", N_("Aucune inscription n'a cette référence ici."))
    except DomainError as error:
        errors.add_refusal("reference", error)
    else:
        return redirect(request, f"{LIST}?arretes={ended}")
    return await _list(request, agent, helpers, errors=errors)


@router.get("/ajouter")
async def form_to_propose(
    request: Request, agent: PageAgentDep, site: SiteDep
) -> Response:
    """Show the form that enters an organisation."""
    del site
    return _form(request, agent, Form(_FIRST), Errors())


@router.post("/ajouter")
async def propose(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Enter an organisation; another agent accepts it."""
    del site
    errors = Errors()
    try:
        found = await helpers.propose_organisation(
            agent,
            name=form.one("nom"),
            kind=form.one("sorte"),
            contact=form.one("contact"),
            ceilings=Ceilings(_count(form, "plafond"), _count(form, "plafond-jour")),
        )
    except DomainError as error:
        errors.add_refusal(_INPUT_OF.get(error.field or "", "nom"), error)
        return _form(request, agent, form, errors)
    return redirect(request, f"{LIST}/{found}?fait=propose")


@router.get("/{organisation_id}")
async def organisation(
    request: Request,
    organisation_id: str,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Show one organisation, and what may be done about it."""
    del site
    return await _one(request, agent, helpers, identifier(organisation_id))


@router.post("/{organisation_id}/decision")
async def decide(
    request: Request,
    organisation_id: str,
    form: FormDep,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
) -> Response:
    """Accept, refuse, suspend or let an organisation act again."""
    which = identifier(organisation_id)
    errors = Errors()
    what = form.one("decision")
    try:
        if what in ("accepter", "refuser"):
            await helpers.decide_organisation(agent, which, accept=what == "accepter")
        elif what == "suspendre":
            await helpers.suspend_organisation(agent, which, form.one("raison"))
        elif what == "reprendre":
            await helpers.resume_organisation(agent, which)
        else:
            raise UnknownResourceError
    except UnknownResourceError:
        raise
    except DomainError as error:
        errors.add_refusal(_INPUT_OF.get(error.field or "", "decision"), error)
        return await _one(request, agent, helpers, which, errors=errors)
    return redirect(request, f"{LIST}/{which}?fait={what}")


@router.post("/{organisation_id}/plafonds")
async def change_ceilings(
    request: Request,
    organisation_id: str,
    form: FormDep,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
) -> Response:
    """Change the ceilings, with the reason that the organisation will read."""
    which = identifier(organisation_id)
    errors = Errors()
    try:
        told = await helpers.change_ceilings(
            agent,
            which,
            Ceilings(_count(form, "plafond"), _count(form, "plafond-jour")),
            form.one("raison-plafond"),
        )
    except UnknownResourceError:
        raise
    except DomainError as error:
        at = _INPUT_OF.get(error.field or "", "raison")
        errors.add_refusal("raison-plafond" if at == "raison" else at, error)
        return await _one(request, agent, helpers, which, form=form, errors=errors)
    return redirect(request, f"{LIST}/{which}?fait=plafonds-{min(told, 9)}")


@router.post("/{organisation_id}/inviter")
async def invite(
    request: Request,
    organisation_id: str,
    form: FormDep,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
    calls: CallsDep,
) -> Response:
    """Invite the person who answers for the organisation."""
    which = identifier(organisation_id)
    errors = Errors()
    try:
        token = await helpers.invite_lead(
            agent, which, form.one("nom")[:200], form.one("identifiant")[:200]
        )
    except UnknownResourceError:
        raise
    except DomainError as error:
        errors.add_refusal(_INPUT_OF.get(error.field or "", "identifiant"), error)
        return await _one(request, agent, helpers, which, form=form, errors=errors)
    address = f"{calls.ports.public_url}/accompagnants/invitation/{token}"
    return await _one(request, agent, helpers, which, invitation=address)


def _count(form: Form, name: str) -> int:
    typed = form.one(name)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


async def _list(
    request: Request,
    agent: AgentRecord,
    helpers: HelperCalls,
    *,
    errors: Errors | None = None,
) -> Response:
    return page(
        request,
        "agent/organisations.html",
        status=422 if errors else 200,
        agent=agent,
        found=await helpers.organisations(agent),
        kinds=HELP_KINDS,
        states=STATES,
        ended=request.query_params.get("arretes", "")[:4],
        errors=errors or {},
    )


async def _one(
    request: Request,
    agent: AgentRecord,
    helpers: HelperCalls,
    which: UUID,
    *,
    form: Form | None = None,
    invitation: str = "",
    errors: Errors | None = None,
) -> Response:
    shown: dict[str, Any] = {
        "agent": agent,
        "one": await helpers.organisation(agent, which),
        "history": await helpers.organisation_history(agent, which),
        "mail_states": MAIL_STATES,
        "kinds": HELP_KINDS,
        "states": STATES,
        "form": form or Form(),
        "invitation": invitation,
        "done": request.query_params.get("fait", "")[:12],
    }
    return page(
        request,
        "agent/organisation.html",
        status=422 if errors else 200,
        errors=errors or {},
        **shown,
    )


def _form(request: Request, agent: AgentRecord, form: Form, errors: Errors) -> Response:
    return page(
        request,
        "agent/organisation_form.html",
        status=422 if errors else 200,
        agent=agent,
        form=form,
        kinds=HELP_KINDS,
        errors=errors,
    )

"""A date found wrong at the guichet: typed, read again, then the draw answers."""

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError, OfferNotOpenError
from service.domain.permits import DocumentFacts
from service.usecases.desk.correct_date import CANCELLED, KEPT
from service.usecases.errors import UnknownResourceError
from service.usecases.records import AgentRecord, OfferRecord
from service.web.calls import Calls
from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors, date_fields
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.registration_form import read_papers
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/agents/corrections", include_in_schema=False)

FIELDS = (
    "reference",
    "document",
    "fin-inconnue",
    "fin-sure",
    *(
        field
        for name in ("fin", "debut", "entree", "demande")
        for field in date_fields(name)
    ),
)
_LONGEST = 40
SECOND = "-second"
"""End of an answer in an address: the date awaits a second agent."""


@router.get("")
async def ask(request: Request, agent: PageAgentDep, site: SiteDep) -> Response:
    """Ask for the reference, and for what the papers shown say."""
    del site
    return _form(request, agent, Form(), Errors())


@router.post("/relire")
async def read_again(
    request: Request, form: FormDep, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show what was typed; nothing of what the draw would answer."""
    shown = form.only(FIELDS)
    if form.has("corriger"):
        return _form(request, agent, shown, Errors())
    errors = Errors()
    facts, offer = await _read(shown, agent, calls, errors)
    if offer is None:
        return _form(request, agent, shown, errors)
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "agent/correction_check.html",
        agent=agent,
        form=shown,
        fields=FIELDS,
        facts=facts,
        offer=offer,
        site_names={one.code: one.name for one in prefecture.sites},
    )


@router.post("")
async def correct(
    request: Request, form: FormDep, agent: PageAgentDep, calls: CallsDep
) -> Response:
    """Redraw the night with the true dates, once; say what the draw answered."""
    shown, errors = form.only(FIELDS), Errors()
    facts, offer = await _read(shown, agent, calls, errors)
    if offer is None:
        return _form(request, agent, shown, errors)
    done = await calls.correct_date(agent, shown.one("reference")[:_LONGEST], facts)
    answer = f"{done.answer}{SECOND}" if done.awaits_second else done.answer
    found = f"{answer}.{done.night}.{done.declared_band}.{done.true_band}"
    return redirect(request, f"/agents/corrections/reponse/{found}")


@router.get("/reponse/{answer}.{night}.{declared}.{true}")
async def answered(
    request: Request,
    answer: str,
    night: str,
    declared: str,
    true: str,
    agent: PageAgentDep,
    site: SiteDep,
) -> Response:
    """Show the answer: no name, no reference, no date of a person in the address."""
    del site
    try:
        held_on = date.fromisoformat(night)
        bands = ("0", "1", "2", "3").index(declared), ("0", "1", "2", "3").index(true)
    except ValueError:
        raise UnknownResourceError from None
    place = answer.removesuffix(SECOND)
    if place not in (KEPT, CANCELLED):
        raise UnknownResourceError
    return page(
        request,
        "agent/correction_done.html",
        agent=agent,
        is_kept=place == KEPT,
        awaits_second=answer.endswith(SECOND),
        held_on=held_on,
        bands=bands,
    )


async def _read(
    form: Form, agent: AgentRecord, calls: Calls, errors: Errors
) -> tuple[DocumentFacts, OfferRecord | None]:
    """Read the form and find the place; None when something is to be corrected."""
    reference = form.one("reference")[:_LONGEST]
    offer: OfferRecord | None = None
    if not reference:
        errors.add("reference", N_("Écrivez la référence de l'inscription."))
    else:
        try:
            offer = await calls.appointment_to_correct(agent, reference)
        except UnknownResourceError:
            errors.add(
                "reference",
                N_("Aucune inscription de cette préfecture n'a cette référence."),
            )
        except OfferNotOpenError:
            errors.add(
                "reference",
                N_(
                    "Cette inscription ne tient aucune place à venir. Corrigez la date"
                    " dans l'inscription : aucun tirage n'est à refaire."
                ),
            )
        except DomainError as error:
            errors.add_refusal("reference", error)
    facts = read_papers(form, calls.today, errors)
    return facts, None if errors else offer


def _form(request: Request, agent: AgentRecord, form: Form, errors: Errors) -> Response:
    return page(
        request,
        "agent/correction.html",
        status=422 if errors else 200,
        agent=agent,
        form=form,
        errors=errors,
    )

"""The reception desk: find somebody, register somebody, see what is due."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.errors import DomainError, InvalidReferenceError
from service.domain.reference import Reference
from service.usecases.errors import UnknownResourceError
from service.usecases.records import AgentRecord
from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskCalls, DeskDep
from service.web.pages import registration_form as reading
from service.web.pages.agent.acts_there import acts_for
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors, date_fields, read_date
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import desk_phrases
from service.words.i18n import N_

router = APIRouter(prefix="/agents", include_in_schema=False)

DATE_INPUTS = (
    "motif",
    "document",
    *(
        field
        for name in ("fin", "debut", "entree", "demande", "justice")
        for field in date_fields(name)
    ),
    "fin-inconnue",
    "fin-sure",
    "vu",
)


def number_in_address(text: str) -> UUID:
    """Read an identifier in an address; anything else leads nowhere."""
    try:
        return UUID(text)
    except ValueError:
        raise UnknownResourceError from None


@router.get("/accueil")
async def desk(
    request: Request, agent: PageAgentDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Show the search, and what is due."""
    del site
    return await _desk(request, agent, desk, Form(), Errors())


async def _desk(
    request: Request,
    agent: AgentRecord,
    desk: DeskCalls,
    form: Form,
    errors: Errors,
    *,
    found: tuple[str, ...] | None = None,
) -> Response:
    checks = await desk.checks_to_certify(agent)
    return page(
        request,
        "agent/desk.html",
        status=422 if errors else 200,
        agent=agent,
        form=form,
        errors=errors,
        found=found,
        waits=await desk.what_waits(agent),
        recovery_left=await desk.recovery_left(agent),
        desk_phrases=desk_phrases,
        checks_of_mine=len([one for one in checks if one.is_mine]),
    )


@router.post("/accueil/reference")
async def find_reference(
    request: Request, form: FormDep, agent: PageAgentDep, desk: DeskDep
) -> Response:
    """Go to the file of a reference, however it was dictated."""
    errors = Errors()
    typed = form.one("reference")[:60]
    try:
        reference = Reference.parse(typed).text
    except InvalidReferenceError as error:
        errors.add_refusal("reference", error)
        return await _desk(request, agent, desk, form.only(("reference",)), errors)
    return redirect(request, f"/agents/dossiers/{reference}")


PERSON = ("preuve", "numero", "numero-sur", "piece", "piece-numero", "piece-pays")


@router.post("/accueil/personne")
async def find_person(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
) -> Response:
    """Find somebody by the exact number and birth date of a paper they show."""
    errors = Errors()
    asked = Form({**form.fields, "nom": ("X",), "numero-sur": ("1",)})
    identity = reading.read_identity(asked, calls.today, errors)
    shown = form.only((*PERSON, *date_fields("naissance")))
    if identity is None or errors:
        return await _desk(request, agent, desk, shown, errors)
    found = await desk.find_person(agent, identity)
    if len(found) == 1:
        return redirect(request, f"/agents/dossiers/{found[0]}")
    return await _desk(request, agent, desk, shown, errors, found=tuple(found))


@router.get("/dossiers/{reference}")
async def show_file(
    request: Request,
    reference: str,
    agent: PageAgentDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Show one registration; the look is noted."""
    del site
    return await _file(request, agent, desk, reference, Form(), Errors())


async def _file(
    request: Request,
    agent: AgentRecord,
    desk: DeskCalls,
    reference: str,
    form: Form,
    errors: Errors,
) -> Response:
    try:
        file = await desk.open_file(agent, reference)
    except InvalidReferenceError:
        raise UnknownResourceError from None
    view = file.view
    shown = form if form.fields else Form(answers_of_file(file.view.held_document))
    done = request.query_params.get("fait", "")
    return page(
        request,
        "agent/file.html",
        status=422 if errors else 200,
        agent=agent,
        file=file,
        view=view,
        form=shown,
        errors=errors,
        done=desk_phrases.CHECK_RESULTS.get(done)
        or desk_phrases.ACT_RESULTS.get(request.query_params.get("acte", ""), ""),
        acts=acts_for(view, desk.ports.clock.now()),
        desk_phrases=desk_phrases,
        seen_documents=tuple(SeenDocument),
        channels=desk_phrases.CHANNELS,
        grounds=desk_phrases.GROUNDS,
    )


def answers_of_file(held_document: str | None) -> dict[str, tuple[str, ...]]:
    """Return the form as it opens: the kind is there, the dates are read on paper."""
    return {"document": (held_document or "unknown",)}


def read_seen(
    form: Form, motif: str, calls: CallsDep, errors: Errors
) -> tuple[CheckedFacts, SeenDocument] | None:
    """Read what an agent read on paper; None when something is to be corrected."""
    answers = form.only(DATE_INPUTS).merged(Form({"motif": (motif,)}), ("motif",))
    facts = reading.read_facts(answers, calls.today, errors)
    ordered_by = read_date(form, "justice", errors)
    document = form.one("vu")
    if document not in {one.value for one in SeenDocument}:
        errors.add("vu", N_("Choisissez ce que vous avez vu."))
    if errors:
        return None
    return CheckedFacts(document=facts, ordered_by=ordered_by), SeenDocument(document)


@router.post("/dossiers/{reference}/dates")
async def check(
    request: Request,
    reference: str,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Note what was read on paper, and say what came of it."""
    del site
    errors = Errors()
    shown = form.only(DATE_INPUTS)
    motif = form.one("motif")
    seen = read_seen(form, motif, calls, errors)
    if seen is None:
        return await _file(request, agent, desk, reference, shown, errors)
    try:
        done = await desk.check_dates(agent, reference, *seen)
    except (UnknownResourceError, InvalidReferenceError):
        raise UnknownResourceError from None
    except DomainError as error:
        is_court = error.field == "ordered_by"
        at = "justice-jour" if is_court else reading.input_for(error)
        errors.add_refusal(at if at in DATE_INPUTS else "document", error)
        return await _file(request, agent, desk, reference, shown, errors)
    return redirect(request, f"/agents/dossiers/{reference}?fait={done.result}")


@router.get("/verifications")
async def to_certify(
    request: Request, agent: PageAgentDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Show what a second agent has to certify."""
    del site
    return page(
        request,
        "agent/checks.html",
        agent=agent,
        checks=await desk.checks_to_certify(agent),
        done=request.query_params.get("fait", "")[:20],
    )


@router.post("/verifications")
async def decide(
    request: Request, form: FormDep, agent: PageAgentDep, desk: DeskDep
) -> Response:
    """Certify a check, or set it aside."""
    certify = form.one("decision") == "confirmer"
    try:
        await desk.decide_check(
            agent, number_in_address(form.one("controle")), certify=certify
        )
    except UnknownResourceError:
        raise
    except DomainError as error:
        return redirect(request, f"/agents/verifications?fait={error.code}")
    said = "confirme" if certify else "ecarte"
    return redirect(request, f"/agents/verifications?fait={said}")

"""Acting for a person who is there or on the telephone: known first, then one act."""

from dataclasses import dataclass, field, replace
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.claims import ANSWER_WITHIN_DAYS
from service.domain.desk_acts import IdentityNotShownError, Shown
from service.domain.errors import DomainError, InvalidReferenceError
from service.usecases.commands import Access, AmendRegistration
from service.usecases.desk.act_for import PersonThere
from service.usecases.desk.agent_files import FileView
from service.usecases.errors import UnknownResourceError
from service.usecases.records import AgentRecord
from service.web.acting_calls import ActingCalls, ActingDep
from service.web.calls import Calls
from service.web.dependencies import CallsDep, day_in_address
from service.web.desk_calls import DeskCalls, DeskDep
from service.web.kept import PDF, kept_as
from service.web.pages import registration_form as reading
from service.web.pages import steps
from service.web.pages.agent import acts_there as there
from service.web.pages.agent.acts_there import ActThere
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors, date_fields, read_birth_date
from service.web.pages.applicant import urgency
from service.web.pages.applicant.amend import answers_of
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.family_form import FIELDS as FAMILY
from service.web.pages.family_form import how_many, read_companions
from service.web.pages.form_data import Form
from service.web.pages.render import OFFERED, page
from service.web.pages.site import SiteDep
from service.words import desk_phrases

router = APIRouter(prefix="/agents/dossiers/{reference}", include_in_schema=False)

CORRECTED: Final = (*steps.SITES.fields, *steps.AVAILABILITY.fields, *FAMILY)
KNOWN_BY: Final = ("connu", "code", *date_fields("connue"))
FIELDS: Final = (*KNOWN_BY, *CORRECTED, *steps.CONTACT.fields, *urgency.FIELDS)
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class At:
    """One visit of the page of an act."""

    request: Request
    agent: AgentRecord
    calls: Calls
    act: ActThere
    file: FileView = field(repr=False)
    prefecture: str


async def _at(
    request: Request,
    agent: AgentRecord,
    calls: Calls,
    desk: DeskCalls,
    reference: str,
    slug: str,
    prefecture: str,
) -> At | Response:
    """Open the file, which is noted; an act that is not possible leads back to it."""
    act = there.BY_SLUG.get(slug)
    if act is None:
        raise UnknownResourceError
    try:
        file = await desk.open_file(agent, reference)
    except InvalidReferenceError:
        raise UnknownResourceError from None
    now = calls.ports.clock.now()
    if file.first_reference or act not in there.acts_for(file.view, now):
        return redirect(request, _file(file.view.reference, "too-late"))
    return At(request, agent, calls, act, file, prefecture)


@router.get("/agir/{act}")
async def ask(
    request: Request,
    reference: str,
    act: str,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Ask who the person is, and what is to be done for them."""
    at = await _at(request, agent, calls, desk, reference, act, site.prefecture)
    if isinstance(at, Response):
        return at
    known = request.query_params.get("connu", "")[:20]
    view = at.file.view
    said = {"connu": (known,), "langue": (view.language,)}
    first = Form({**answers_of(view).fields, **said})
    return await _page(at, first, Errors())


@router.post("/agir/{act}")
async def do(
    request: Request,
    reference: str,
    act: str,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    acting: ActingDep,
    site: SiteDep,
) -> Response:
    """Do one act for a person who showed who they are, or say what is missing."""
    at = await _at(request, agent, calls, desk, reference, act, site.prefecture)
    if isinstance(at, Response):
        return at
    errors, shown = Errors(), form.only(FIELDS)
    if form.has("autrement"):  # more rows for dates, or the names of a family
        return await _page(at, shown, errors, more=3)
    who = _who(form, at.file, errors)
    try:
        is_done = await _done(at, who, form, acting, errors)
    except UnknownResourceError:
        raise
    except IdentityNotShownError as error:
        errors.add_refusal(_input_of(error), error)
        is_done = False
    except DomainError as error:
        if error.code in ("offer-not-open", "registration-not-live"):
            return redirect(request, _file(at.file.view.reference, "too-late"))
        _add_refusal(at.act, error, errors)
        is_done = False
    if not is_done:
        return await _page(at, shown, errors)
    return redirect(request, _file(at.file.view.reference, at.act.act.value))


def _who(form: Form, file: FileView, errors: Errors) -> PersonThere | None:
    """Read how the person was known; None when it is still to be said."""
    known = form.one("connu")
    ways = {one.value for one in ways_for(file)}
    if known not in ways:
        errors.add("connu", "Choisissez comment vous savez qui est la personne.")
        return None
    reference = file.view.reference
    if known == Shown.CODE:
        code = form.one("code")[:LONGEST]
        if not code:
            errors.add("code", "Écrivez le code que la personne donne.")
            return None
        return PersonThere(reference=reference, shown=Shown.CODE, code=code)
    born = read_birth_date(form, "connue", errors)
    return PersonThere(reference=reference, shown=Shown(known), birth_date=born)


def ways_for(file: FileView) -> tuple[Shown, ...]:
    """Return the ways to know a person: nobody is called who left no number."""
    return tuple(one for one in Shown if one is not Shown.CALLED or file.phone)


async def _done(
    at: At, who: PersonThere | None, form: Form, acting: ActingCalls, errors: Errors
) -> bool:
    """Do the act; False when an answer is to be corrected first."""
    plain = {
        there.CONFIRM: acting.confirm,
        there.DECLINE: acting.decline,
        there.GIVE_BACK: acting.give_back,
        there.WITHDRAW: acting.withdraw,
    }
    access = Access(reference=at.file.view.reference, secret="")
    if at.act is there.CLAIM:
        claim = urgency.read_claim(form, access, errors)
        if claim is None or who is None or errors:
            return False
        await acting.claim(at.agent, who, claim)
    elif at.act in (there.CORRECT, there.CONTACT):
        change = await _change(at, form, AmendRegistration(access=access), errors)
        if change is None or who is None or errors:
            return False
        await acting.amend(at.agent, who, change)
    else:
        if who is None or errors:
            return False
        await plain[at.act](at.agent, who)
    return True


async def _change(
    at: At, form: Form, bare: AmendRegistration, errors: Errors
) -> AmendRegistration | None:
    if at.act is there.CONTACT:
        contact = reading.read_contact(form, errors)
        if contact is not None and not contact.is_reachable:
            errors.add("telephone", "Écrivez une adresse ou un numéro de téléphone.")
        return replace(bare, contact=contact)
    asked = Form({**form.fields, "motif": (at.file.view.motif,)})
    prefecture = await at.calls.prefecture(at.prefecture)
    people = reading.read_people(asked, errors)
    named = any(form.one(f"proche-{n}-nom") for n in range(how_many(form)))
    return replace(
        bare,
        sites=reading.read_sites(asked, prefecture, errors),
        availability=reading.read_availability(asked, errors),
        people=people,
        companions=read_companions(form, errors) if named else None,
    )


def _input_of(error: IdentityNotShownError) -> str:
    return {"code": "code", "birth_date": "connue-jour"}.get(error.field or "", "connu")


def _add_refusal(act: ActThere, error: DomainError, errors: Errors) -> None:
    if act is there.CLAIM:
        urgency.add_claim_refusal(error, errors)
    elif act in (there.CORRECT, there.CONTACT):
        errors.add_refusal(_input_that_stands(act, error), error)
    else:
        errors.add_refusal("connu", error)


def _input_that_stands(act: ActThere, error: DomainError) -> str:
    """Return the input of a refusal, or the page's first one: it has no motif."""
    found = reading.input_for(error)
    first = "telephone" if act is there.CONTACT else "personnes"
    return found if found in FIELDS else first


async def _page(at: At, form: Form, errors: Errors, more: int = 1) -> Response:
    view = at.file.view
    prefecture = await at.calls.prefecture(at.prefecture)
    return page(
        at.request,
        "agent/act.html",
        status=422 if errors else 200,
        agent=at.agent,
        file=at.file,
        view=view,
        act=at.act,
        form=form,
        errors=errors,
        ways=ways_for(at.file),
        sites=[one for one in prefecture.sites if view.motif in one.motifs],
        family_size=how_many(form),
        rows=min(len(steps.days_given(form)) + more, steps.MOST_DAYS_OFF),
        most_rows=steps.MOST_DAYS_OFF,
        grounds=desk_phrases.GROUNDS,
        evidences=desk_phrases.EVIDENCES,
        within=ANSWER_WITHIN_DAYS,
        offered=there,
        message_languages=OFFERED,
    )


@router.get("/papiers/{paper}")
async def paper(
    reference: str, paper: str, agent: PageAgentDep, calls: CallsDep, acting: ActingDep
) -> Response:
    """Print the accusé or the convocation, in the person's language; it is noted."""
    press = calls.ports.press
    if paper in ("accuse.pdf", "accuse-discret.pdf"):
        accuse = await acting.acknowledgement(agent, reference)
        content = await press.acknowledgement(
            accuse,
            language=accuse.view.language,
            is_discreet=paper == "accuse-discret.pdf",
        )
        return kept_as(f"accuse-d-inscription-{accuse.issued_on}.pdf", content, PDF)
    if paper == "convocation.pdf":
        made = await acting.convocation(agent, reference)
        if made.is_cancelled:
            raise UnknownResourceError
        content = await press.convocation(made, language=made.view.language)
        return kept_as(f"convocation-{made.offer.starts_at.date()}.pdf", content, PDF)
    raise UnknownResourceError


@router.get("/nuits/{held_on}/pourquoi.pdf")
async def explanation(
    reference: str,
    held_on: str,
    agent: PageAgentDep,
    calls: CallsDep,
    acting: ActingDep,
) -> Response:
    """Print why a night gave the person what it gave; it is noted."""
    day = day_in_address(held_on)
    paper = await acting.explanation(agent, reference, day)
    content = await calls.ports.press.explanation(paper, language=paper.view.language)
    return kept_as(f"pourquoi-{day}.pdf", content, PDF)


def _file(reference: str, said: str) -> str:
    return f"/agents/dossiers/{reference}?acte={said}"

"""Correcting a registration: the same questions, seniority kept."""

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.commands import Access, AmendRegistration
from service.usecases.errors import UnknownResourceError
from service.usecases.public.describe_prefecture import PrefectureView
from service.usecases.views import RegistrationView
from service.web.dependencies import CallsDep
from service.web.pages import registration_form as reading
from service.web.pages import steps
from service.web.pages.answers import Errors, date_fields
from service.web.pages.applicant.guard import KeysDep, OwnFormDep, ViewDep
from service.web.pages.applicant.register import redirect
from service.web.pages.family_form import answers_for, how_many, read_companions
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/suivi/corriger", include_in_schema=False)

SECTIONS = {
    "lieux": steps.SITES,
    "document": steps.DOCUMENT,
    "dates": steps.DATES_STEP,
    "contact": steps.CONTACT,
    "disponibilites": steps.AVAILABILITY,
    "famille": steps.FAMILY,
}


@router.get("")
async def choose(request: Request, view: ViewDep, site: SiteDep) -> Response:
    """Show what can be corrected."""
    del site
    if view.state != "live":
        return redirect(request, "/suivi")
    return page(
        request,
        "applicant/amend.html",
        view=view,
        asks_for_document=steps.asks_for_document(answers_of(view)),
    )


@router.get("/{section}")
async def show(
    request: Request, section: str, view: ViewDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show one question with the answer that stands."""
    step = _step(section)
    prefecture = await calls.prefecture(site.prefecture)
    answers = answers_of(view)
    if section == "dates" and request.query_params.get("document"):
        chosen = request.query_params["document"][:60]
        answers = answers.merged(Form({"document": (chosen,)}), ("document",))
    return _page(request, step, answers, view, prefecture, Errors())


@router.post("/{section}")
async def correct(
    request: Request,
    section: str,
    form: OwnFormDep,
    view: ViewDep,
    keys: KeysDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Store a correction, or say what to write instead."""
    step = _step(section)
    prefecture = await calls.prefecture(site.prefecture)
    fields = (*step.fields, *(("document",) if step is steps.DATES_STEP else ()))
    answers = answers_of(view).merged(form, fields)
    if form.has("autrement"):
        return _page(request, step, answers, view, prefecture, Errors(), more=3)
    today = calls.today
    if step is steps.DOCUMENT:
        return await _document(
            request, answers, view, prefecture, today, keys.access, calls
        )
    errors = Errors()
    command = amendment(step, answers, view, prefecture, today, keys.access, errors)
    if command is None:
        return _page(request, step, answers, view, prefecture, errors)
    return await _stored(request, step, answers, view, prefecture, command, calls)


async def _document(
    request: Request,
    answers: Form,
    view: RegistrationView,
    prefecture: PrefectureView,
    today: date,
    access: Access,
    calls: CallsDep,
) -> Response:
    """Go on to the dates of another document, where it has any."""
    step = steps.DOCUMENT
    errors = reading.check_step(step, answers, prefecture, today)
    if errors:
        return _page(request, step, answers, view, prefecture, errors)
    if steps.next_step(step, answers) is steps.DATES_STEP:
        slug = answers.one("document")
        return redirect(request, f"/suivi/corriger/dates?document={slug}")
    facts = reading.read_facts(answers, today, errors)
    command = AmendRegistration(access=access, facts=facts)
    return await _stored(request, step, answers, view, prefecture, command, calls)


def amendment(
    step: steps.Step,
    answers: Form,
    view: RegistrationView,
    prefecture: PrefectureView,
    today: date,
    access: Access,
    errors: Errors,
) -> AmendRegistration | None:
    """Read one corrected answer; None when something is still to be corrected."""
    del view
    command = AmendRegistration(access=access)
    if step is steps.SITES:
        sites = reading.read_sites(answers, prefecture, errors)
        command = AmendRegistration(access=access, sites=sites)
    elif step is steps.DATES_STEP:
        facts = reading.read_facts(answers, today, errors)
        command = AmendRegistration(access=access, facts=facts)
    elif step is steps.CONTACT:
        contact = reading.read_contact(answers, errors)
        if contact is not None and not contact.is_reachable:
            errors.add("courriel", N_("Écrivez une adresse ou un numéro de téléphone."))
        command = AmendRegistration(access=access, contact=contact)
    elif step is steps.AVAILABILITY:
        availability = reading.read_availability(answers, errors)
        people = reading.read_people(answers, errors)
        command = AmendRegistration(
            access=access, availability=availability, people=people
        )
    elif step is steps.FAMILY:
        family = read_companions(answers, errors)
        command = AmendRegistration(access=access, companions=family)
    return None if errors else command


async def _stored(
    request: Request,
    step: steps.Step,
    answers: Form,
    view: RegistrationView,
    prefecture: PrefectureView,
    command: AmendRegistration,
    calls: CallsDep,
) -> Response:
    try:
        await calls.amend(command)
    except UnknownResourceError:
        raise
    except DomainError as error:
        if error.code == "registration-not-live":
            return page(request, "applicant/too_late.html", status=409, code=error.code)
        errors = Errors()
        errors.add_refusal(reading.input_for(error), error)
        return _page(request, step, answers, view, prefecture, errors)
    if step is steps.AVAILABILITY and command.people not in (None, 1, view.people):
        return redirect(request, "/suivi/corriger/famille")  # its names are asked anew
    return redirect(request, "/suivi?corrige=1")


def answers_of(view: RegistrationView) -> Form:
    """Return the answers that stand, as the form would have sent them.

    Contacts stay masked: they are written anew or left alone.
    """
    fields: dict[str, tuple[str, ...]] = {
        "motif": (view.motif,),
        "sites": view.sites,
        "document": (view.held_document or "unknown",),
        "jours": tuple(str(n) for n in sorted(view.availability.weekdays_excluded)),
        "personnes": (str(view.people),),
    }
    if view.availability.short_notice:
        fields["bref"] = ("1",)
    if view.permit_expires_on is None:
        fields["fin-inconnue"] = ("1",)
    days = {
        "fin": view.permit_expires_on,
        "debut": view.permit_starts_on,
        "entree": view.entered_on,
        "demande": view.requested_on,
        **{
            f"absence-{at}": day
            for at, day in enumerate(sorted(view.availability.dates_excluded))
            if at < steps.MOST_DAYS_OFF
        },
    }
    family = tuple(
        (one.family_name, one.given_names, one.birth_date)
        for one in view.doors.companions
    )
    fields |= answers_for(family)
    for name, day in days.items():
        if day is not None:
            parts = (str(day.day), str(day.month), str(day.year))
            for field, part in zip(date_fields(name), parts, strict=True):
                fields[field] = (part,)
    return Form(fields)


def _page(
    request: Request,
    step: steps.Step,
    answers: Form,
    view: RegistrationView,
    prefecture: PrefectureView,
    errors: Errors,
    more: int = 1,
) -> Response:
    return page(
        request,
        f"applicant/step_{step.slug}.html",
        status=422 if errors else 200,
        view=view,
        step=step,
        form=answers,
        prefecture=prefecture,
        progress=None,
        back="/suivi/corriger",
        action=f"/suivi/corriger/{step.slug}",
        is_return=False,
        rows=len(steps.days_given(answers)) + more,
        family_size=how_many(answers),
        errors=errors,
    )


def _step(section: str) -> steps.Step:
    step = SECTIONS.get(section)
    if step is None:
        raise UnknownResourceError
    return step

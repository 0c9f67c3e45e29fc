"""Saying what is lost by waiting: a few choices, no file, no medical paper."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.claims import (
    ANSWER_WITHIN_DAYS,
    SAME_GROUND_AGAIN_DAYS,
    ClaimGround,
    Evidence,
)
from service.domain.errors import DomainError
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.usecases.person.urgency_claims import MakeClaim
from service.usecases.views import RegistrationView
from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskDep
from service.web.pages.answers import Errors, date_fields, read_date
from service.web.pages.applicant.guard import KeysDep, OwnFormDep, ViewDep
from service.web.pages.applicant.register import redirect
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import desk_phrases
from service.words.i18n import N_

router = APIRouter(include_in_schema=False)

FIELDS = ("raison", "preuves", *date_fields("arrive"))
MONTHS = 12


@router.get("/suivi/urgence")
async def ask(request: Request, view: ViewDep, site: SiteDep) -> Response:
    """Show the form, or the claim that is open."""
    del site
    if view.state != "live":
        return redirect(request, "/suivi")
    return _page(request, view, Form(), Errors())


@router.post("/suivi/urgence")
async def claim(
    request: Request,
    form: OwnFormDep,
    view: ViewDep,
    keys: KeysDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Store a claim, or say what to choose."""
    del site
    errors, shown = Errors(), form.only(FIELDS)
    command = read_claim(form, keys.access, errors)
    if command is None:
        return _page(request, view, shown, errors)
    try:
        await desk.make_claim(command)
    except UnknownResourceError:
        raise
    except DomainError as error:
        if error.code == "registration-not-live":
            return redirect(request, "/suivi")
        add_claim_refusal(error, errors)
        return _page(request, view, shown, errors)
    return redirect(request, "/suivi/urgence")


def read_claim(form: Form, access: Access, errors: Errors) -> MakeClaim | None:
    """Read what is signalled; None when something is to be corrected."""
    ground, evidence = form.one("raison"), form.all("preuves")
    if ground not in set(ClaimGround):
        errors.add("raison", N_("Choisissez ce que vous risquez de perdre."))
    known = {one.value for one in Evidence}
    if not evidence or not set(evidence) <= known:
        errors.add("preuves", N_("Cochez au moins une ligne."))
    day = read_date(form, "arrive", errors)
    if errors:
        return None
    return MakeClaim(
        access=access,
        ground=ClaimGround(ground),
        evidence=tuple(Evidence(one) for one in evidence),
        happens_on=day,
    )


def add_claim_refusal(error: DomainError, errors: Errors) -> None:
    """Say a refusal at the input that corrects it."""
    if error.field == "happens_on":
        errors.add("arrive-jour", N_("Écrivez un jour à venir, dans l'année."))
    else:
        errors.add_refusal("raison", error)


def _page(
    request: Request, view: RegistrationView, form: Form, errors: Errors
) -> Response:
    return page(
        request,
        "applicant/urgency.html",
        status=422 if errors else 200,
        view=view,
        form=form,
        errors=errors,
        grounds=desk_phrases.GROUNDS,
        evidences=desk_phrases.EVIDENCES,
        within=ANSWER_WITHIN_DAYS,
        again=SAME_GROUND_AGAIN_DAYS,
        answers=desk_phrases.ANSWERS,
        reasons=desk_phrases.REASONS_OF_ANSWERS,
        helps=desk_phrases.HELP_OF_ANSWERS,
    )


@router.get("/urgence")
async def rules(
    request: Request, calls: CallsDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Say what an urgency claim can and cannot change, and how many were answered."""
    today = calls.today
    since = today.replace(year=today.year - 1, day=1)
    counts = await desk.count_claims(site.prefecture, since)
    return page(
        request,
        "public/urgency.html",
        public=True,
        counts=counts,
        since=since,
        within=ANSWER_WITHIN_DAYS,
        grounds={**desk_phrases.GROUNDS, "other": N_("Raisons plus rares, ensemble")},
    )

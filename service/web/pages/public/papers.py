"""Is this paper ours? Anybody may ask: a judge, an employer, a fund, a neighbour."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.birth_date import BirthDate
from service.domain.errors import DomainError
from service.domain.paper_token import LONGEST, AcknowledgementFacts
from service.usecases.paper.issue_paper import CHECK_PATH
from service.usecases.records.papers import CheckedPaper
from service.web.dependencies import CallsDep
from service.web.pages.answers import Errors, date_fields, read_birth_date
from service.web.pages.applicant.register import FormDep
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(include_in_schema=False)

PLACE = "/verifier-un-accuse"
_MOST = LONGEST + 200


@router.get(PLACE)
async def ask(request: Request, site: SiteDep) -> Response:
    """Ask for the code that stands on a paper."""
    del site
    return _shown(request, Form())


@router.get(CHECK_PATH + "{token}")
async def scanned(
    request: Request, token: str, calls: CallsDep, site: SiteDep
) -> Response:
    """Show what a scanned square says, and whether it is ours."""
    del site
    form = Form({"code": (token[:_MOST],)})
    checked = await calls.check_paper(token[:_MOST], "", None)
    return _shown(request, form, checked=checked)


@router.post(PLACE)
async def check(
    request: Request, form: FormDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Check a typed code, and the name and birth date when they were typed too."""
    del site
    errors = Errors()
    code = form.one("code")
    if not code or len(code) > _MOST:
        errors.add("code", N_("Écrivez le code du document : 12 lettres et chiffres."))
    born = _birth_date(form, errors)
    if errors:
        return _shown(request, form, errors=errors)
    try:
        checked = await calls.check_paper(code, form.one("nom"), born)
    except DomainError as error:
        errors.add_refusal("code", error)
        return _shown(request, form, errors=errors)
    return _shown(request, form, checked=checked)


def _birth_date(form: Form, errors: Errors) -> BirthDate | None:
    """Read the birth date; name and date are compared together or not at all."""
    is_typed = any(form.one(field) for field in date_fields("naissance"))
    if form.one("nom") and not is_typed:
        errors.add("naissance-jour", N_("Écrivez aussi la date de naissance."))
        return None
    if not is_typed:
        return None
    if not form.one("nom"):
        errors.add("nom", N_("Écrivez aussi le nom et les prénoms."))
    return read_birth_date(form, "naissance", errors)


def _shown(
    request: Request,
    form: Form,
    *,
    checked: CheckedPaper | None = None,
    errors: Errors | None = None,
) -> Response:
    facts = checked.facts if checked else None
    return page(
        request,
        "public/check_paper.html",
        status=422 if errors else 200,
        form=form,
        checked=checked,
        facts=facts,
        is_acknowledgement=isinstance(facts, AcknowledgementFacts),
        spelled_code=facts.code.spelled if facts else "",
        errors=errors or Errors(),
    )

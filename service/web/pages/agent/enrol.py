"""An agent whose password was right adds an application of codes, then is signed in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from service.usecases.errors import AgentRequiredError, AgentSignInError
from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import (
    EnrolmentOverError,
    desk_cookie,
    enrolment_cookie,
    enrolment_token,
    session_cookie,
)
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep
from service.web.pages.render import page
from service.web.pages.second_factor import LONGEST, qr_code
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/agents/protection", include_in_schema=False)


def who_enrols(request: Request) -> str:
    """Return the token that the right password earned.

    Raises:
        EnrolmentOverError: There is none in this browser: the sign-in page is shown.
    """
    token = enrolment_token(request)
    if token is None:
        raise EnrolmentOverError
    return token


EnrolsDep = Annotated[str, Depends(who_enrols)]


@router.get("")
async def show(
    request: Request, token: EnrolsDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show the secret, as QR code and as text; looking changes nothing."""
    del site
    return await _enrol_page(request, token, calls, Errors())


@router.get("/code.svg")
async def show_qr_code(token: EnrolsDep, calls: CallsDep) -> Response:
    """Show the secret as a QR code."""
    try:
        return qr_code((await calls.view_enrolment(token)).totp_address)
    except AgentRequiredError:
        raise EnrolmentOverError from None


@router.post("")
async def enrol(
    request: Request, form: FormDep, token: EnrolsDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Take the first code, show the recovery codes once, and open the session."""
    del site
    errors = Errors()
    if not form.one("code"):
        errors.add("code", N_("Écrivez les six chiffres de l'application."))
    if not errors:
        try:
            enrolled = await calls.enrol(token, form.one("code")[:LONGEST])
        except AgentSignInError:
            errors.add("code", N_("Ce code ne convient pas. Attendez le suivant."))
        except AgentRequiredError:
            raise EnrolmentOverError from None
        else:
            cookies = (
                session_cookie(enrolled.token),
                desk_cookie(enrolled.agent_id, calls.ports),
                enrolment_cookie(""),
            )
            return page(
                request,
                "agent/recovery.html",
                cookies=cookies,
                codes=enrolled.recovery,
            )
    return await _enrol_page(request, token, calls, errors)


async def _enrol_page(
    request: Request, token: str, calls: CallsDep, errors: Errors
) -> Response:
    try:
        enrolment = await calls.view_enrolment(token)
    except AgentRequiredError:
        raise EnrolmentOverError from None
    return page(
        request,
        "agent/enrol.html",
        status=422 if errors else 200,
        enrolment=enrolment,
        errors=errors,
    )

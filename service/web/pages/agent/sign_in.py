"""Agents sign in and out."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.usecases.desk.agents import Typed
from service.usecases.desk.enrolment import Enrolling
from service.usecases.errors import AgentSignInError
from service.web.dependencies import CallsDep
from service.web.pages.agent.guard import (
    EnrolmentOverError,
    desk_cookie,
    desk_of,
    enrolment_cookie,
    session_cookie,
    session_token,
)
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.render import page
from service.web.pages.second_factor import LONGEST, secret
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/agents", include_in_schema=False)

START = "/agents/accueil"
ENROLS = "/agents/protection"


@router.get("")
async def ask(request: Request, site: SiteDep) -> Response:
    """Show the sign-in form."""
    del site
    return page(request, "agent/sign_in.html", login="", ended="")


@router.post("")
async def sign_in(
    request: Request, form: FormDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Open a session, or lead to the second factor; whatever is wrong is told alike."""
    del site
    login = form.one("identifiant")[:100]
    password = secret(form, "mot-de-passe")
    errors = Errors()
    if not login:
        errors.add("identifiant", N_("Écrivez votre identifiant."))
    if not password:
        errors.add("mot-de-passe", N_("Écrivez votre mot de passe."))
    if not errors:
        try:
            if not login.isprintable():
                raise AgentSignInError
            typed = Typed(
                login=login,
                password=password,
                code=form.one("code")[:LONGEST],
                desk=desk_of(request, calls.ports),
            )
            opened = await calls.enter(typed)
            if isinstance(opened, Enrolling):
                return redirect(request, ENROLS, (enrolment_cookie(opened.token),))
            kept = desk_cookie(opened.agent_id, calls.ports)
            return redirect(request, START, (session_cookie(opened.token), kept))
        except AgentSignInError as error:
            errors.add_refusal("identifiant", error)
    return page(
        request,
        "agent/sign_in.html",
        status=422,
        login=login,
        ended="",
        errors=errors,
    )


@router.post("/sortie")
async def sign_out(request: Request, form: FormDep, calls: CallsDep) -> Response:
    """End the session."""
    del form
    token = session_token(request)
    if token is not None:
        await calls.sign_out(token)
    return redirect(request, "/agents", (session_cookie(""),))


async def show_signed_out(request: Request, error: Exception) -> Response:
    """Ask to sign in again; nothing was changed."""
    is_enrolment = isinstance(error, EnrolmentOverError)
    ended = "enrolment" if is_enrolment else "session"
    return page(
        request, "agent/sign_in.html", status=401, login="", ended=ended, errors={}
    )

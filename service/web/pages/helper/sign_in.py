"""Helpers accept their invitation, sign in with two factors, and out."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.errors import HelperSignInError, OrganisationSuspendedError
from service.web.helper_calls import HelperCallsDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.helper.guard import session_cookie, session_token
from service.web.pages.render import page
from service.web.pages.second_factor import LONGEST, qr_code, secret
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/accompagnants", include_in_schema=False)

START = "/accompagnants/personnes"


@router.get("")
async def ask(request: Request, site: SiteDep) -> Response:
    """Show the sign-in form."""
    del site
    return page(request, "helper/sign_in.html", login="", ended=False)


@router.post("")
async def sign_in(
    request: Request, form: FormDep, helpers: HelperCallsDep, site: SiteDep
) -> Response:
    """Open a session; whatever does not fit is told alike."""
    del site
    login = form.one("identifiant")[:LONGEST]
    password, code = secret(form, "mot-de-passe"), form.one("code")[:LONGEST]
    errors = Errors()
    if not login:
        errors.add("identifiant", N_("Écrivez votre identifiant."))
    if not password:
        errors.add("mot-de-passe", N_("Écrivez votre mot de passe."))
    if not code:
        errors.add("code", N_("Écrivez le code de l'application, ou de secours."))
    if not errors:
        try:
            if not login.isprintable():
                raise HelperSignInError
            token = await helpers.sign_in(login, password, code)
            return redirect(request, START, (session_cookie(token),))
        except (HelperSignInError, OrganisationSuspendedError) as error:
            errors.add_refusal("identifiant", error)
    return page(
        request,
        "helper/sign_in.html",
        status=422,
        login=login,
        ended=False,
        errors=errors,
    )


@router.post("/sortie")
async def sign_out(
    request: Request, form: FormDep, helpers: HelperCallsDep
) -> Response:
    """End the session."""
    del form
    token = session_token(request)
    if token is not None:
        await helpers.sign_out(token)
    return redirect(request, "/accompagnants", (session_cookie(""),))


@router.get("/invitation/{token}")
async def show_invitation(
    request: Request, token: str, helpers: HelperCallsDep, site: SiteDep
) -> Response:
    """Show the form that opens an account; looking changes nothing."""
    del site
    return await _enrol_page(request, token, helpers, Errors())


@router.get("/invitation/{token}/code.svg")
async def show_qr_code(token: str, helpers: HelperCallsDep) -> Response:
    """Show the secret as a QR code; an image of its own, nothing inline."""
    invitation = await helpers.invitation(token)
    return qr_code(invitation.totp_address)


@router.post("/invitation/{token}")
async def enrol(
    request: Request,
    token: str,
    form: FormDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Open the account and show the recovery codes, once."""
    del site
    errors = Errors()
    password = secret(form, "mot-de-passe")
    if password != secret(form, "encore"):
        errors.add("encore", N_("Les deux mots de passe ne sont pas les mêmes."))
    if not form.one("code"):
        errors.add("code", N_("Écrivez les six chiffres de l'application."))
    if not errors:
        try:
            codes = await helpers.enrol(token, password, form.one("code")[:LONGEST])
            return page(request, "helper/recovery.html", codes=codes)
        except HelperSignInError:
            errors.add("code", N_("Ce code ne convient pas. Attendez le suivant."))
        except DomainError as error:
            if error.field != "password":
                raise
            errors.add_refusal("mot-de-passe", error)
    return await _enrol_page(request, token, helpers, errors)


async def _enrol_page(
    request: Request, token: str, helpers: HelperCallsDep, errors: Errors
) -> Response:
    invitation = await helpers.invitation(token)
    return page(
        request,
        "helper/enrol.html",
        status=422 if errors else 200,
        invitation=invitation,
        token_of_invitation=token,
        errors=errors,
    )

"""Coming back: reference and code, or the personal link and a button."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.commands import Access
from service.web.dependencies import CallsDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.keys import Keys
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(include_in_schema=False)

_LONGEST = 200


@router.get("/acces")
async def ask(request: Request, site: SiteDep) -> Response:
    """Ask for the reference and the personal code."""
    del site
    return page(
        request,
        "applicant/access.html",
        closed=False,
        closed_by_hand="fermee" in request.query_params,
        reference="",
        code="",
        errors={},
    )


@router.get("/acces/{reference}/{secret}")
async def show_button(
    request: Request, reference: str, secret: str, site: SiteDep
) -> Response:
    """Show a button, nothing more: mail scanners open links, they press no button."""
    del site
    return page(
        request,
        "applicant/access_link.html",
        reference=reference[:_LONGEST],
        code=secret[:_LONGEST],
    )


@router.get("/a/{secret}")
async def show_button_of_a_message(
    request: Request, secret: str, site: SiteDep
) -> Response:
    """Show the button for the short link of a message; nothing is opened yet."""
    del site
    return page(
        request, "applicant/access_link.html", reference="", code=secret[:_LONGEST]
    )


@router.post("/a")
async def open_by_link(
    request: Request, form: FormDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Open the registration behind the link of a message."""
    del site
    secret = form.one("code")[:_LONGEST]
    try:
        access = await calls.open_by_link(secret)
    except DomainError:
        return page(
            request, "applicant/link_ended.html", status=404, languages_at="/acces"
        )
    keys = Keys(reference=access.reference, secret=access.secret)
    return redirect(request, "/suivi", (keys.cookie(calls.ports),))


@router.post("/acces")
async def open_registration(
    request: Request, form: FormDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Open the registration; a wrong reference and a wrong code are told alike."""
    del site
    reference, code = form.one("reference"), form.one("code")
    errors = Errors()
    if not reference:
        errors.add("reference", N_("Écrivez votre référence : 9 lettres et chiffres."))
    if not code:
        errors.add("code", N_("Écrivez votre code personnel."))
    if not errors and max(len(reference), len(code)) <= _LONGEST:
        try:
            view = await calls.view(Access(reference=reference, secret=code))
        except DomainError:
            pass
        else:
            keys = Keys(reference=view.reference, secret=code)
            return redirect(request, "/suivi", (keys.cookie(calls.ports),))
    if not errors:
        errors.add(
            "reference",
            N_("La référence ou le code ne convient pas. Vérifiez les deux."),
        )
    return page(
        request,
        "applicant/access.html",
        status=422,
        closed=False,
        reference=reference[:_LONGEST],
        code="",
        errors=errors,
    )


@router.post("/acces/fermer")
async def close(request: Request, form: FormDep) -> Response:
    """Close the registration in this browser, and say so.

    Whoever shares a telephone leaves it only once they have read that it is done.
    """
    del form
    return redirect(request, "/acces?fermee=1", (Keys.forget(),))

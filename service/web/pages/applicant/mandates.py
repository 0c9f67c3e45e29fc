"""Who acts for me: seen, accepted, taken back in one tap, with a log of all of it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.usecases.helper.mandate_views import MandatesView
from service.web.dependencies import CallsDep
from service.web.helper_calls import HelperCallsDep
from service.web.pages.agent.help_places import identifier
from service.web.pages.applicant.guard import KeysDep, NotOpenError, OwnFormDep
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.keys import Keys
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.mandate_phrases import ACTS, SCOPES, STATES

router = APIRouter(include_in_schema=False)

_LONGEST = 200


@router.get("/suivi/accompagnants")
async def who_acts(
    request: Request, keys: KeysDep, helpers: HelperCallsDep, site: SiteDep
) -> Response:
    """Show who acts for the person, until when, and what was done."""
    del site
    try:
        found = await helpers.mandates(keys.access)
    except UnknownResourceError:
        raise NotOpenError from None
    return _page(request, found, reference=keys.reference)


@router.post("/suivi/accompagnants/{mandate_id}/retirer")
async def revoke(
    request: Request,
    mandate_id: str,
    form: OwnFormDep,
    keys: KeysDep,
    helpers: HelperCallsDep,
) -> Response:
    """Take a mandate back."""
    del form
    await helpers.revoke(keys.access, identifier(mandate_id))
    return redirect(request, "/suivi/accompagnants?fait=retire")


@router.post("/suivi/accompagnants/{mandate_id}/accepter")
async def accept(
    request: Request,
    mandate_id: str,
    form: OwnFormDep,
    keys: KeysDep,
    helpers: HelperCallsDep,
) -> Response:
    """Say yes to an organisation that says it acts for the person."""
    del form
    await helpers.accept(keys.access, identifier(mandate_id))
    return redirect(request, "/suivi/accompagnants?fait=accepte")


@router.get("/a/{secret}/mandats")
async def from_a_message(
    request: Request,
    secret: str,
    calls: CallsDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Show the one button of a message's link: opening it changes nothing."""
    del site
    access = await _access(secret, calls)
    found = await helpers.mandates(access) if access else None
    if found is None:
        return page(request, "applicant/mandate_link.html", status=404, found=None)
    return page(
        request,
        "applicant/mandate_link.html",
        found=found,
        code=secret[:_LONGEST],
        scopes=SCOPES,
    )


@router.post("/a/mandats")
async def revoke_from_a_message(
    request: Request,
    form: FormDep,
    calls: CallsDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Take a mandate back, or accept it, with the link of a message alone."""
    del site
    secret = form.one("code")[:_LONGEST]
    access = await _access(secret, calls)
    if access is None:
        return page(
            request,
            "applicant/mandate_link.html",
            status=404,
            found=None,
            languages_at="/acces",
        )
    mandate = identifier(form.one("mandat"))
    keys = Keys(reference=access.reference, secret=access.secret)
    if form.has("accepter"):
        await helpers.accept(access, mandate)
        said = "accepte"
    else:
        await helpers.revoke(access, mandate)
        said = "retire"
    return redirect(
        request, f"/suivi/accompagnants?fait={said}", (keys.cookie(calls.ports),)
    )


async def _access(secret: str, calls: CallsDep) -> Access | None:
    try:
        return await calls.open_by_link(secret[:_LONGEST])
    except DomainError:
        return None


def _page(request: Request, found: MandatesView, *, reference: str) -> Response:
    return page(
        request,
        "applicant/mandates.html",
        found=found,
        reference=reference,
        scopes=SCOPES,
        acts=ACTS,
        states=STATES,
        done=request.query_params.get("fait", "")[:10],
    )

"""Answering an offer, giving a place back, leaving: asked before it is done."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep
from service.web.pages.applicant.guard import KeysDep, OwnFormDep, ViewDep
from service.web.pages.applicant.register import redirect
from service.web.pages.keys import Keys
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/suivi", include_in_schema=False)

WAYS = {"refuser": "awaiting", "annuler": "confirmed"}
"""Which state of an offer each way out belongs to."""


@router.get("/offre")
async def offer(
    request: Request, view: ViewDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show the offered place with its one button."""
    del site
    if view.offer is None or view.offer.state != "awaiting":
        return redirect(request, "/suivi")
    return page(
        request,
        "applicant/offer.html",
        view=view,
        offer=view.offer,
        ruleset=(await calls.prefecture(view.prefecture)).ruleset,
    )


@router.post("/offre/confirmer")
async def confirm(
    request: Request, form: OwnFormDep, keys: KeysDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Accept the place."""
    del form, site
    return await _answered(request, calls.confirm, keys.access)


@router.get("/offre/refuser")
async def ask_before_declining(
    request: Request, view: ViewDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Say what stays and what changes, then ask."""
    del site
    if view.offer is None or view.offer.state != WAYS["refuser"]:
        return redirect(request, "/suivi")
    return page(
        request,
        "applicant/decline.html",
        view=view,
        offer=view.offer,
        ruleset=(await calls.prefecture(view.prefecture)).ruleset,
    )


@router.post("/offre/refuser")
async def decline(
    request: Request, form: OwnFormDep, keys: KeysDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Give the offered place back."""
    del form, site
    return await _answered(request, calls.decline, keys.access)


@router.get("/rendez-vous/annuler")
async def ask_before_cancelling(
    request: Request, view: ViewDep, site: SiteDep
) -> Response:
    """Say what stays and what changes, then ask."""
    del site
    if view.offer is None or view.offer.state != WAYS["annuler"]:
        return redirect(request, "/suivi")
    return page(request, "applicant/cancel.html", view=view, offer=view.offer)


@router.post("/rendez-vous/annuler")
async def cancel(
    request: Request, form: OwnFormDep, keys: KeysDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Give the confirmed place back."""
    del form, site
    return await _answered(request, calls.cancel, keys.access)


@router.get("/desinscription")
async def ask_before_withdrawing(
    request: Request, view: ViewDep, site: SiteDep
) -> Response:
    """Say what is lost, then ask."""
    del site
    return page(request, "applicant/withdraw.html", view=view)


@router.post("/desinscription")
async def withdraw(
    request: Request,
    form: OwnFormDep,
    keys: KeysDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """End the registration."""
    del form, site
    try:
        await calls.withdraw(keys.access)
    except UnknownResourceError:
        raise
    except DomainError as error:
        return page(request, "applicant/too_late.html", status=409, code=error.code)
    return redirect(request, "/desinscription-faite", (Keys.forget(),))


async def _answered(
    request: Request,
    call: Callable[[Access], Awaitable[object]],
    access: Access,
) -> Response:
    """Carry out an answer and show where the registration stands now."""
    try:
        await call(access)
    except UnknownResourceError:
        raise
    except DomainError as error:
        return page(request, "applicant/too_late.html", status=409, code=error.code)
    return redirect(request, "/suivi")

"""Stopping a change of contact from the contact that is still in force."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.web.dependencies import CallsDep
from service.web.pages.applicant.register import FormDep
from service.web.pages.keys import Keys
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(include_in_schema=False)

_LONGEST = 200


@router.get("/a/{secret}/garder")
async def show_button(request: Request, secret: str, site: SiteDep) -> Response:
    """Show one button; opening the page changes nothing."""
    del site
    return page(request, "applicant/keep_contact.html", code=secret[:_LONGEST])


@router.post("/a/garder")
async def keep(
    request: Request, form: FormDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Keep the contact, close every access, and say where the new link went."""
    del site
    try:
        await calls.keep_contact(form.one("code")[:_LONGEST])
    except DomainError:
        return page(
            request, "applicant/link_ended.html", status=404, languages_at="/acces"
        )
    return page(
        request,
        "applicant/contact_kept.html",
        cookies=(Keys.forget(),),
        languages_at="/acces",
    )

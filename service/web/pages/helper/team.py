"""The helpers of an organisation: the lead invites and closes accounts."""

from contextlib import suppress

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.errors import LeadRequiredError, UnknownResourceError
from service.usecases.helper.helper_accounts import SignedInHelper
from service.web.dependencies import CallsDep
from service.web.helper_calls import HelperCallsDep
from service.web.pages.agent.help_places import identifier
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.helper.guard import SignedInDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/accompagnants/equipe", include_in_schema=False)

INPUT_OF = {"name": "nom", "login": "identifiant"}
_LONGEST = 200


@router.get("")
async def team(
    request: Request, me: SignedInDep, helpers: HelperCallsDep, site: SiteDep
) -> Response:
    """List the helpers of the organisation."""
    del site
    return await _team(request, me, helpers)


@router.post("")
async def invite(
    request: Request,
    form: FormDep,
    me: SignedInDep,
    helpers: HelperCallsDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Invite a colleague; the address of the invitation is shown once."""
    del site
    errors = Errors()
    name, login = form.one("nom")[:_LONGEST], form.one("identifiant")[:_LONGEST]
    try:
        token = await helpers.invite_helper(me.helper, name, login)
    except LeadRequiredError:
        raise
    except DomainError as error:
        errors.add_refusal(INPUT_OF.get(error.field or "", "identifiant"), error)
        return await _team(request, me, helpers, typed=(name, login), errors=errors)
    address = f"{calls.ports.public_url}/accompagnants/invitation/{token}"
    return await _team(request, me, helpers, invitation=address)


@router.post("/{helper_id}/fermer")
async def close(
    request: Request,
    helper_id: str,
    form: FormDep,
    me: SignedInDep,
    helpers: HelperCallsDep,
) -> Response:
    """Close a colleague's account at once."""
    del form
    with suppress(UnknownResourceError):
        await helpers.close_helper(me.helper, identifier(helper_id))
    return redirect(request, "/accompagnants/equipe")


async def _team(
    request: Request,
    me: SignedInHelper,
    helpers: HelperCallsDep,
    *,
    typed: tuple[str, str] = ("", ""),
    invitation: str = "",
    errors: Errors | None = None,
) -> Response:
    return page(
        request,
        "helper/team.html",
        status=422 if errors else 200,
        me=me,
        team=await helpers.colleagues(me.helper),
        typed=typed,
        invitation=invitation,
        errors=errors or {},
    )

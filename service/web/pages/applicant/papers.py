"""What a person may keep and hold against the service: line and signed accusé."""

from fastapi import APIRouter
from starlette.responses import Response

from service.web.dependencies import CallsDep, day_in_address
from service.web.kept import kept_as
from service.web.pages.applicant.guard import KeysDep
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/suivi", include_in_schema=False)


@router.get("/nuits/{held_on}/ligne")
async def line(held_on: str, keys: KeysDep, calls: CallsDep, site: SiteDep) -> Response:
    """Send the registration's own line of one published night."""
    del site
    day = day_in_address(held_on)
    return kept_as(f"ligne-{day}.json", await calls.line(keys.access, day))


@router.get("/accuse/signe")
async def signed_acknowledgement(
    keys: KeysDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Send the accusé d'inscription as a signed file."""
    del site
    return kept_as(
        "accuse-d-inscription.json", await calls.acknowledgement(keys.access)
    )

"""The nights as everybody may see and check them."""

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.dependencies import CallsDep, day_in_address
from service.web.pages.applicant.follow_up import band_edges
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/nuits", include_in_schema=False)


@router.get("")
async def list_nights(request: Request, calls: CallsDep, site: SiteDep) -> Response:
    """List the last nights, newest first."""
    nights = await calls.nights(site.prefecture)
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request, "public/nights.html", public=True, nights=nights, prefecture=prefecture
    )


@router.get("/{held_on}")
async def show_night(
    request: Request, held_on: str, calls: CallsDep, site: SiteDep
) -> Response:
    """Show one night: commitment, beacon, counts, and all that is needed to redo it."""
    night = await calls.night(site.prefecture, day_in_address(held_on))
    prefecture = await calls.prefecture(site.prefecture)
    commitment = json.dumps(
        night.commitment, ensure_ascii=False, indent=2, sort_keys=True, default=str
    )
    return page(
        request,
        "public/night.html",
        public=True,
        night=night,
        commitment=commitment if night.commitment else "",
        edges=band_edges(prefecture.ruleset),
        rows=tuple(
            (band, entries, served, _percent(served, entries))
            for band, entries, served in night.bands
        ),
    )


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0

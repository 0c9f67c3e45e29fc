"""Whether the service works, for people: and how to go on when it does not."""

from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.calls import Calls
from service.web.dependencies import CallsDep
from service.web.pages.render import page
from service.web.pages.site import known_site

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class LastNight:
    """The last night that has a commitment, and how far it is."""

    held_on: date
    state: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the database could still tell."""

    next_night_on: date
    next_freeze_at: datetime
    last: LastNight | None
    counted_on: date | None


@router.get("/etat")
async def status(request: Request, calls: CallsDep) -> Response:
    """Say which parts answer; this page needs none of them."""
    parts: dict[str, bool] = await request.app.state.container.healthy()
    works = parts.get("database", False)
    return page(
        request,
        "public/status.html",
        status=200 if works else 503,
        parts=parts,
        works=works,
        known=await _known(request, calls) if works else None,
    )


async def _known(request: Request, calls: Calls) -> Known:
    site = await known_site(request, calls)
    described = await calls.prefecture(site.prefecture)
    nights = await calls.nights(site.prefecture)
    days = await calls.figures_days(site.prefecture)
    last = nights[0] if nights else None
    return Known(
        next_night_on=described.next_night_on,
        next_freeze_at=described.next_freeze_at,
        last=LastNight(last.held_on, last.state, last.stopped_because is not None)
        if last
        else None,
        counted_on=days[0] if days else None,
    )

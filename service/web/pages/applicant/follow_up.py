"""Following a registration: the answer first, then the reason, then the detail."""

from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.ruleset import BAND_SOON, BAND_VERY_SOON, Ruleset
from service.usecases.errors import UnknownResourceError
from service.usecases.night.group_ranks import cut_off_in_group, rank_in_group
from service.usecases.views import NightView, RegistrationView
from service.web.dependencies import CallsDep, day_in_address
from service.web.pages.applicant.guard import ViewDep
from service.web.pages.public.waits import waits_of_band
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/suivi", include_in_schema=False)

SHOWN_NIGHTS = 14


@router.get("")
async def follow_up(
    request: Request, view: ViewDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show where the registration stands."""
    prefecture = await calls.prefecture(site.prefecture)
    today = calls.today
    last = view.nights[-1] if view.nights else None
    return page(
        request,
        "applicant/follow_up.html",
        view=view,
        ruleset=prefecture.ruleset,
        today=today,
        last=last,
        last_night=await _night(calls, view, last.held_on) if last else None,
        group=rank_in_group,
        cut_off=cut_off_in_group,
        moves_up_on=moves_up_on(view, prefecture.ruleset),
        earlier=max(len(view.nights) - SHOWN_NIGHTS, 0),
        shown=view.nights[-SHOWN_NIGHTS:],
        edges=band_edges(prefecture.ruleset),
        waits=waits_of_band(await calls.figures(view.prefecture), view.band),
    )


@router.get("/nuits")
async def all_nights(request: Request, view: ViewDep, site: SiteDep) -> Response:
    """List every night of this registration."""
    del site
    return page(request, "applicant/nights.html", view=view)


@router.get("/nuits/{held_on}")
async def why(
    request: Request, held_on: str, view: ViewDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Explain the result of one night: group, ticket, rank, places, how to redo it."""
    day = day_in_address(held_on)
    entry = next((one for one in view.nights if one.held_on == day), None)
    if entry is None:
        raise UnknownResourceError
    prefecture = await calls.prefecture(site.prefecture)
    night = await calls.night(view.prefecture, day)
    return page(
        request,
        "applicant/why.html",
        view=view,
        entry=entry,
        night=night,
        rank=rank_in_group(entry, night),
        cut_off=cut_off_in_group(entry, night),
        waited=max((day - view.waiting_since_on).days, 0),
        edges=band_edges(prefecture.ruleset),
        ruleset=prefecture.ruleset,
    )


async def _night(
    calls: CallsDep, view: RegistrationView, held_on: date
) -> NightView | None:
    try:
        return await calls.night(view.prefecture, held_on)
    except UnknownResourceError:
        return None


def band_edges(ruleset: Ruleset) -> tuple[int, int]:
    """Return how many days ahead the first two groups reach."""
    return ruleset.bands.very_soon_days, ruleset.bands.soon_days


def moves_up_on(view: RegistrationView, ruleset: Ruleset) -> date | None:
    """Return the night on which this registration enters the next more urgent group."""
    if view.end_of_right_on is None or view.band in {BAND_VERY_SOON, 2}:
        return None
    very_soon, soon = band_edges(ruleset)
    reach = very_soon if view.band == BAND_SOON else soon
    return view.end_of_right_on - timedelta(days=reach)

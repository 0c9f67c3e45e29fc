"""The day at the guichets: arrivals, absences, excuses, and the list to print."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.desk.day_list import ABSENT, ARRIVED, Appointment, Excuse
from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep, day_in_address
from service.web.desk_calls import DeskDep
from service.web.pages.agent.desk import number_in_address
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import desk_phrases

router = APIRouter(prefix="/agents/journee", include_in_schema=False)

REACH = timedelta(days=2 * 366)
"""How far from today a day is looked at."""


@router.get("")
async def day_list(
    request: Request,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Show who comes on a day, at one site or at all."""
    asked = request.query_params.get("jour")
    day = day_in_address(asked) if asked else calls.today
    if abs(day - calls.today) > REACH:
        raise UnknownResourceError
    prefecture = await calls.prefecture(site.prefecture)
    names = {one.code: one.name for one in prefecture.sites}
    place = request.query_params.get("lieu", "")
    lines = await desk.day(agent, day, place if place in names else None)
    return page(
        request,
        "agent/day.html",
        agent=agent,
        day=day,
        today=calls.today,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        lines=lines,
        counts=counts(lines),
        place=place if place in names else "",
        site_names=names,
        excuses=desk_phrases.EXCUSES,
        done=request.query_params.get("fait", "")[:30],
        line=request.query_params.get("ligne", "")[:40],
    )


def counts(lines: tuple[Appointment, ...]) -> dict[str, int]:
    """Count appointments by what became of them."""
    return {
        "expected": len(lines),
        "arrived": sum(line.outcome == ARRIVED for line in lines),
        "absent": sum(line.outcome == ABSENT for line in lines),
        "excused": sum(line.excuse is not None for line in lines),
        "unconfirmed": sum(not line.is_confirmed for line in lines),
    }


@router.post("/{number}")
async def note(
    request: Request, number: str, form: FormDep, agent: PageAgentDep, desk: DeskDep
) -> Response:
    """Note an arrival, an absence, or its excuse."""
    offer = number_in_address(number)
    day = day_in_address(form.one("jour"))
    place = form.one("lieu")
    back = f"/agents/journee?jour={day}"
    if place.isascii() and place.replace("-", "").isalnum() and len(place) < 60:
        back += f"&lieu={place}"
    outcome, excuse = form.one("noter"), form.one("excuse")
    try:
        if excuse in set(Excuse):
            await desk.excuse(agent, offer, Excuse(excuse))
            done = "excuse"
        else:
            await desk.note_visit(agent, offer, outcome)
            done = outcome
    except UnknownResourceError:
        raise
    except DomainError as error:
        return redirect(request, f"{back}&fait={error.code}#l-{offer}")
    return redirect(request, f"{back}&fait={done}&ligne={offer}#l-{offer}")

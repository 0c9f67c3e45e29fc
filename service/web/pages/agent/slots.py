"""Capacity: an agent sees a week, publishes a day, withdraws unused places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.errors import (
    CapacityMovedError,
    PlacesLockedError,
    UnknownResourceError,
)
from service.usecases.night.open_slots import places_at
from service.usecases.records import AgentRecord, SlotRecord
from service.web.calls import Calls
from service.web.dependencies import CallsDep, day_in_address, slot_in_address
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.agent.slots_form import (
    FIELDS,
    INPUT_OF,
    monday_of,
    plan_of,
    read_slots,
)
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.motifs import offered_motifs
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/agents/creneaux", include_in_schema=False)

WEEK = timedelta(days=6)


@router.get("")
async def week(
    request: Request, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show the places of one week, day by day."""
    today = calls.today
    asked = request.query_params.get("semaine")
    monday = monday_of(day_in_address(asked) if asked else today)
    slots = await calls.list_slots(agent, monday, monday + WEEK)
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "agent/week.html",
        agent=agent,
        monday=monday,
        sunday=monday + WEEK,
        before=monday - timedelta(days=7),
        after=monday + timedelta(days=7),
        today=today,
        days=by_day(slots, monday),
        total=totals(slots),
        prefecture=prefecture,
        site_names={one.code: one.name for one in prefecture.sites},
        published=request.query_params.get("publie", "")[:4],
        locked="verrou" in request.query_params,
        withdrawn=request.query_params.get("retire", "")[:4],
        cancelled=request.query_params.get("annule", "")[:4],
    )


@router.get("/publier")
async def form_to_publish(
    request: Request, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show an empty form."""
    first = {"duree": ("20",), "guichets": ("1",)}
    return await _form(request, agent, Form(first), calls, site.prefecture, Errors())


@router.post("/apercu")
async def preview(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Show what would be published, before anything is."""
    if form.has("corriger"):
        shown = form.only(FIELDS)
        return await _form(request, agent, shown, calls, site.prefecture, Errors())
    return await _preview(request, form, agent, calls, site.prefecture, changed=False)


@router.post("/publier")
async def publish(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Publish the day that was previewed; a second press finds it published."""
    prefecture = await calls.prefecture(site.prefecture)
    errors = Errors()
    today = calls.today
    command = read_slots(form, prefecture, today, errors)
    if command is None:
        return await _form(
            request, agent, form.only(FIELDS), calls, site.prefecture, errors
        )
    try:
        slots = await calls.open_slots(agent, command, expected=_seen(form))
    except CapacityMovedError:
        return await _preview(
            request, form, agent, calls, site.prefecture, changed=True
        )
    except DomainError as error:
        errors.add_refusal(INPUT_OF.get(error.field or "", "site"), error)
        return await _form(
            request, agent, form.only(FIELDS), calls, site.prefecture, errors
        )
    monday = monday_of(command.day)
    places = sum(slot.places for slot in slots)
    return redirect(request, f"/agents/creneaux?semaine={monday}&publie={places}")


@router.post("/retirer")
async def withdraw(
    request: Request, form: FormDep, agent: PageAgentDep, calls: CallsDep
) -> Response:
    """Withdraw the unused places of a slot; those held by people stay."""
    code, asked = slot_in_address(form.one("creneau")), form.one("places")[:9]
    places = int(asked) if asked.isascii() and asked.isdigit() and asked != "0" else 1
    monday = monday_of(day_in_address(form.one("semaine")))
    try:
        withdrawn = await calls.withdraw_places(agent, code, min(places, 1000))
    except UnknownResourceError:
        withdrawn = 0
    except PlacesLockedError:
        return redirect(request, f"/agents/creneaux?semaine={monday}&verrou=1")
    return redirect(request, f"/agents/creneaux?semaine={monday}&retire={withdrawn}")


def _seen(form: Form) -> int:
    """Return how many places the preview showed; no number is what nobody saw."""
    shown = form.one("deja")
    is_count = shown.isascii() and shown.isdigit() and len(shown) < 10
    return int(shown) if is_count else -1


async def _preview(
    request: Request,
    form: Form,
    agent: AgentRecord,
    calls: Calls,
    code: str,
    *,
    changed: bool,
) -> Response:
    prefecture = await calls.prefecture(code)
    errors = Errors()
    today = calls.today
    command = read_slots(form, prefecture, today, errors)
    plan = plan_of(command, today, errors) if command else None
    if command is None or plan is None:
        return await _form(request, agent, form.only(FIELDS), calls, code, errors)
    starts = tuple(plan.starts())
    there = await calls.list_slots(agent, command.day, command.day)
    return page(
        request,
        "agent/preview.html",
        agent=agent,
        form=form.only(FIELDS),
        fields=FIELDS,
        command=command,
        starts=starts,
        places=len(starts) * plan.guichets,
        present=places_at(command.site, there),
        changed=changed,
        prefecture=prefecture,
        site_names={one.code: one.name for one in prefecture.sites},
    )


async def _form(
    request: Request,
    agent: AgentRecord,
    form: Form,
    calls: Calls,
    code: str,
    errors: Errors,
) -> Response:
    prefecture = await calls.prefecture(code)
    return page(
        request,
        "agent/publish.html",
        status=422 if errors else 200,
        agent=agent,
        form=form,
        prefecture=prefecture,
        motifs=offered_motifs(prefecture),
        errors=errors,
    )


@dataclass(frozen=True, slots=True)
class Opening:
    """Slots of one day that share site and motifs: what was published together."""

    site: str
    motifs: tuple[str, ...]
    slots: tuple[SlotRecord, ...]

    @property
    def places(self) -> int:
        """All places that are still published."""
        return sum(slot.places for slot in self.slots)

    @property
    def free(self) -> int:
        """Places that nobody holds."""
        return sum(slot.free for slot in self.slots)


def by_day(
    slots: Sequence[SlotRecord], monday: date
) -> tuple[tuple[date, tuple[Opening, ...]], ...]:
    """Return each day of the week with its openings; weekends only if they have any."""
    days = [monday + timedelta(days=at) for at in range(7)]
    found = [
        (day, openings([s for s in slots if s.starts_at.date() == day])) for day in days
    ]
    return tuple((day, its) for day, its in found if its or day.weekday() < 5)


def openings(slots: Sequence[SlotRecord]) -> tuple[Opening, ...]:
    """Put slots of equal site and motifs together, earliest first."""
    grouped: dict[tuple[str, tuple[str, ...]], list[SlotRecord]] = {}
    for slot in slots:
        grouped.setdefault((slot.site, slot.motifs), []).append(slot)
    return tuple(
        Opening(site, motifs, tuple(its)) for (site, motifs), its in grouped.items()
    )


def totals(slots: Sequence[SlotRecord]) -> dict[str, int]:
    """Count the places of a week by what became of them."""
    return {
        "places": sum(slot.places for slot in slots),
        "confirmed": sum(slot.confirmed for slot in slots),
        "offered": sum(slot.offered for slot in slots),
        "free": sum(slot.free for slot in slots),
    }

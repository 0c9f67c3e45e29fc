"""Permits that are ready: said one by one or in a list, told, handed over."""

from collections.abc import Sequence
from datetime import datetime, time

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.desk.list_lines import LineResult
from service.usecases.errors import UnknownResourceError
from service.usecases.paper.notice_letters import notice_code
from service.usecases.records import AgentRecord
from service.usecases.records.doors import CollectionHours
from service.web.calls import Calls
from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskCalls, DeskDep
from service.web.pages import registration_form as reading
from service.web.pages.agent.desk import number_in_address
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.agent.lists import list_in, list_words, shown_lines
from service.web.pages.agent.slots_form import read_hour
from service.web.pages.answers import Errors, date_fields, read_date
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/agents", include_in_schema=False)

READY_FIELDS = (
    "nom",
    "prenoms",
    "numero",
    *date_fields("naissance"),
    "telephone",
    "courriel",
    "lieu",
    *date_fields("jour"),
    "heure",
    "liste",
)


@router.get("/titres-prets")
async def ready(
    request: Request, agent: PageAgentDep, calls: CallsDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Show the permits that wait, and the forms that add to them."""
    return await _ready(request, agent, calls, desk, site.prefecture, Form(), Errors())


@router.post("/listes/titres-prets")
async def say_ready(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Say that one permit, or a list of them, is ready."""
    errors, shown = Errors(), form.only(READY_FIELDS)
    prefecture = await calls.prefecture(site.prefecture)
    place = form.one("lieu")
    if place not in {one.code for one in prefecture.sites}:
        errors.add("lieu", N_("Choisissez un lieu."))
    results: Sequence[LineResult] = ()
    if form.has("liste") and not errors:
        try:
            results = await desk.say_ready_all(agent, list_in(form), place)
        except DomainError as error:
            errors.add("liste", list_words(error))
    elif not errors:
        said = await _one_ready(agent, form, place, calls, desk, errors)
        if said is not None:
            return redirect(request, f"/agents/titres-prets?fait={said}")
    return await _ready(
        request, agent, calls, desk, site.prefecture, shown, errors, results=results
    )


async def _one_ready(
    agent: AgentRecord,
    form: Form,
    place: str,
    calls: Calls,
    desk: DeskCalls,
    errors: Errors,
) -> str | None:
    asked = Form({**form.fields, "preuve": ("numero",), "numero-sur": ("1",)})
    identity = reading.read_identity(asked, calls.today, errors)
    contact = reading.read_contact(form, errors)
    day = read_date(form, "jour", errors)
    hour = time(9)
    if day is not None:
        hour = (
            read_hour(
                form.one("heure"),
                "heure",
                N_("Écrivez l'heure, par exemple 9 h 30."),
                errors,
            )
            or hour
        )
    if errors or identity is None or contact is None:
        return None
    collect_at = datetime.combine(day, hour) if day is not None else None
    try:
        return await desk.say_ready(agent, identity, contact, place, collect_at)
    except DomainError as error:
        errors.add_refusal("jour-jour" if error.field == "day" else "lieu", error)
        return None


@router.post("/titres-prets/horaires")
async def set_hours(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Store the collection hours of a site."""
    errors = Errors()
    place = form.one("lieu-horaires")
    hours = _read_hours(form, place, errors)
    if not errors:
        try:
            await desk.set_hours(agent, place, hours)
        except DomainError as error:
            errors.add_refusal("lieu-horaires", error)
        else:
            return redirect(request, "/agents/titres-prets?fait=horaires")
    return await _ready(request, agent, calls, desk, site.prefecture, Form(), errors)


def _read_hours(form: Form, place: str, errors: Errors) -> list[CollectionHours]:
    found: list[CollectionHours] = []
    for day in range(1, 6):
        typed = (form.one(f"ouvre-{day}"), form.one(f"ferme-{day}"))
        if not any(typed):
            continue
        sentence = N_("Écrivez les deux heures, par exemple 9 h et 11 h.")
        opens = read_hour(typed[0], f"ouvre-{day}", sentence, errors)
        closes = read_hour(typed[1], f"ferme-{day}", sentence, errors)
        if opens is not None and closes is not None:
            found.append(
                CollectionHours(site=place, weekday=day, opens=opens, closes=closes)
            )
    return found


@router.post("/titres-prets/{number}")
async def mark(
    request: Request, number: str, form: FormDep, agent: PageAgentDep, desk: DeskDep
) -> Response:
    """Note that somebody was told, or that a permit was handed over."""
    ready_id, done = number_in_address(number), form.one("noter")
    if done == "remis":
        await desk.mark_collected(agent, ready_id)
    elif done in ("phone", "letter"):
        await desk.mark_told(agent, ready_id, done)
    else:
        raise UnknownResourceError
    return redirect(request, f"/agents/titres-prets?fait={done}")


async def _ready(
    request: Request,
    agent: AgentRecord,
    calls: Calls,
    desk: DeskCalls,
    code: str,
    form: Form,
    errors: Errors,
    *,
    results: Sequence[LineResult] = (),
) -> Response:
    prefecture = await calls.prefecture(code)
    waiting, hours = await desk.ready(agent)
    return page(
        request,
        "agent/ready.html",
        status=422 if errors else 200,
        agent=agent,
        waiting=waiting,
        notice_code=notice_code,
        hours={(one.site, one.weekday): one for one in hours},
        sites=prefecture.sites,
        site_names={one.code: one.name for one in prefecture.sites},
        form=form,
        errors=errors,
        done=request.query_params.get("fait", "")[:20],
        **shown_lines(results),
    )

"""The directory of places that help without appointment, kept by agents."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.contact import LANGUAGES
from service.domain.errors import DomainError
from service.domain.help_places import Help, HelpPlace, is_stale
from service.usecases.errors import UnknownResourceError
from service.usecases.records import AgentRecord
from service.web.dependencies import CallsDep
from service.web.helper_calls import HelperCallsDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.help_phrases import HELP_KINDS, HELPS, LANGUAGE_NAMES

router = APIRouter(prefix="/agents/lieux-d-aide", include_in_schema=False)

LIST = "/agents/lieux-d-aide"
INPUT_OF = {
    "kind": "sorte",
    "name": "nom",
    "address": "adresse",
    "postcode": "code-postal",
    "town": "commune",
    "phone": "telephone",
    "website": "site",
    "hours": "horaires",
    "helps_with": "aides",
    "languages": "langues",
}
_TEXTS = ("name", "address", "postcode", "town", "phone", "website", "hours")


@router.get("")
async def places(
    request: Request,
    agent: PageAgentDep,
    calls: CallsDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """List the places, those to check again first."""
    found = await helpers.help_places(site.prefecture)
    today = calls.today
    return page(
        request,
        "agent/help_places.html",
        agent=agent,
        places=sorted(found, key=lambda one: not is_stale(one.checked_on, today)),
        today=today,
        is_stale=is_stale,
        kinds=HELP_KINDS,
        done=request.query_params.get("fait", "")[:10],
    )


@router.get("/ajouter")
async def form_to_add(request: Request, agent: PageAgentDep, site: SiteDep) -> Response:
    """Show an empty form."""
    del site
    return _form(request, agent, Form({"aides": (Help.REGISTER.value,)}), None)


@router.get("/{place_id}")
async def form_to_correct(
    request: Request,
    place_id: str,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Show a place with what is known of it."""
    del site
    found = await helpers.help_place(agent, identifier(place_id))
    return _form(request, agent, typed_of(found.place), found.id)


@router.post("/ajouter")
async def add(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Add a place."""
    del site
    return await _keep(request, form, agent, helpers, None)


@router.post("/{place_id}")
async def correct(
    request: Request,
    place_id: str,
    form: FormDep,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Correct a place; that also says that it was checked today."""
    del site
    return await _keep(request, form, agent, helpers, identifier(place_id))


@router.post("/{place_id}/retirer")
async def remove(
    request: Request,
    place_id: str,
    form: FormDep,
    agent: PageAgentDep,
    helpers: HelperCallsDep,
) -> Response:
    """Take a place out of the directory; a second press finds it gone."""
    del form
    with suppress(UnknownResourceError):
        await helpers.remove_help_place(agent, identifier(place_id))
    return redirect(request, f"{LIST}?fait=retire")


async def _keep(
    request: Request,
    form: Form,
    agent: AgentRecord,
    helpers: HelperCallsDep,
    place_id: UUID | None,
) -> Response:
    errors = Errors()
    place = read_place(form, errors)
    if place is None:
        return _form(request, agent, form, place_id, errors)
    await helpers.keep_help_place(agent, place, place_id)
    return redirect(request, f"{LIST}?fait=garde")


def read_place(form: Form, errors: Errors) -> HelpPlace | None:
    """Read the form; None when something is to be corrected."""
    step_free = {"oui": True, "non": False}.get(form.one("plain-pied"))
    try:
        return HelpPlace.parse(
            kind=form.one("sorte"),
            texts={name: form.one(INPUT_OF[name]) for name in _TEXTS},
            helps_with=form.all("aides"),
            languages=form.all("langues"),
            is_step_free=step_free,
        )
    except DomainError as error:
        errors.add_refusal(INPUT_OF.get(error.field or "", "nom"), error)
        return None


def typed_of(place: HelpPlace) -> Form:
    """Return the form that would give this place."""
    step_free = {True: "oui", False: "non", None: ""}[place.is_step_free]
    return Form(
        {
            "sorte": (place.kind.value,),
            "nom": (place.name,),
            "adresse": (place.address,),
            "code-postal": (place.postcode,),
            "commune": (place.town,),
            "telephone": (place.phone.text if place.phone else "",),
            "site": (place.website or "",),
            "horaires": (place.hours,),
            "aides": tuple(one.value for one in place.helps_with),
            "langues": tuple(place.languages),
            "plain-pied": (step_free,),
        }
    )


def identifier(text: str) -> UUID:
    """Read an identifier from an address.

    Raises:
        UnknownResourceError: There is nothing at such an address.
    """
    try:
        return UUID(text)
    except ValueError:
        raise UnknownResourceError from None


def _form(
    request: Request,
    agent: AgentRecord,
    form: Form,
    place_id: UUID | None,
    errors: Errors | None = None,
) -> Response:
    shown: dict[str, Any] = {
        "agent": agent,
        "form": form,
        "place_id": place_id,
        "kinds": HELP_KINDS,
        "helps": HELPS,
        "spoken": {code: LANGUAGE_NAMES[code] for code in LANGUAGES[1:]},
    }
    return page(
        request,
        "agent/help_place.html",
        status=422 if errors else 200,
        errors=errors or {},
        **shown,
    )

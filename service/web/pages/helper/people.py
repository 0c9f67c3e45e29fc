"""The people of an organisation: one list, one page each, only under a live mandate."""

from contextlib import suppress
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.domain.mandate import Scope
from service.usecases.commands import Access, AmendRegistration
from service.usecases.errors import UnknownResourceError
from service.usecases.helper.follow_people import FollowedPerson, only
from service.usecases.helper.helper_accounts import SignedInHelper
from service.usecases.views import RegistrationView
from service.web.dependencies import CallsDep
from service.web.helper_calls import HelperCalls, HelperCallsDep
from service.web.pages import registration_form
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.helper.columns import WEEKDAYS
from service.web.pages.helper.guard import SignedInDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import phrases
from service.words.mandate_phrases import ENDED_BY, STANDINGS

router = APIRouter(prefix="/accompagnants/personnes", include_in_schema=False)

LIST = "/accompagnants/personnes"


@router.get("")
async def people(
    request: Request,
    me: SignedInDep,
    helpers: HelperCallsDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """List everybody under a live mandate; filters are plain fields of the address."""
    found = await helpers.people(me.helper)
    standing = request.query_params.get("etat", "")
    written = request.query_params.get("nom", "").strip()[:100]
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "helper/people.html",
        me=me,
        found=found,
        shown=only(
            found.people,
            standing=standing if standing in STANDINGS else "",
            written=written,
        ),
        standing=standing,
        written=written,
        standings=STANDINGS,
        ended_by=ENDED_BY,
        bands=phrases.BAND_NAMES,
        results=phrases.RESULTS,
        site_names={one.code: one.name for one in prefecture.sites},
        printed_at=calls.ports.clock.now(),
        done=request.query_params.get("fait", "")[:12],
    )


@router.get("/{reference}")
async def person(
    request: Request,
    reference: str,
    me: SignedInDep,
    helpers: HelperCallsDep,
    site: SiteDep,
) -> Response:
    """Show one person; the look is noted where the person reads it."""
    del site
    view, line = await _opened(reference, me, helpers)
    return page(
        request,
        "helper/person.html",
        me=me,
        view=view,
        line=line,
        scopes=Scope,
        standings=STANDINGS,
        bands=phrases.BAND_NAMES,
        asked=request.query_params.get("question", "")[:12],
        done=request.query_params.get("fait", "")[:12],
        too_late="trop-tard" in request.query_params,
    )


@router.post("/{reference}/repondre")
async def answer(
    request: Request,
    reference: str,
    form: FormDep,
    me: SignedInDep,
    helpers: HelperCallsDep,
) -> Response:
    """Confirm, decline or give back, in the person's name."""
    ways = {
        "confirmer": helpers.confirm,
        "decliner": helpers.decline,
        "rendre": helpers.cancel,
    }
    way = ways.get(form.one("reponse"))
    if way is None:
        raise UnknownResourceError
    try:
        await way(me.helper, reference)
    except UnknownResourceError:
        raise
    except DomainError:
        return redirect(request, f"{LIST}/{reference}?trop-tard=1")
    return redirect(request, f"{LIST}/{reference}?fait=reponse")


@router.get("/{reference}/corriger")
async def form_to_correct(
    request: Request,
    reference: str,
    me: SignedInDep,
    helpers: HelperCallsDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Show places and days as they stand."""
    view, line = await _opened(reference, me, helpers)
    if Scope.CORRECT not in line.scopes:
        raise UnknownResourceError
    days = tuple(str(day) for day in sorted(view.availability.weekdays_excluded))
    form = Form(
        {
            "sites": view.sites,
            "jours": days,
            "personnes": (str(view.people),),
            **({"bref": ("1",)} if view.availability.short_notice else {}),
        }
    )
    return await _correct_page(request, me, calls, site.prefecture, (view, form))


@router.post("/{reference}/corriger")
async def correct(
    request: Request,
    reference: str,
    form: FormDep,
    me: SignedInDep,
    helpers: HelperCallsDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Correct places, days and people; the person is told."""
    view, _ = await _opened(reference, me, helpers)
    prefecture = await calls.prefecture(site.prefecture)
    errors = Errors()
    asked = Form({**form.fields, "motif": (view.motif,)})
    sites = registration_form.read_sites(asked, prefecture, errors)
    availability = registration_form.read_availability(asked, errors)
    count = registration_form.read_people(asked, errors)
    if errors or availability is None:
        return await _correct_page(
            request, me, calls, site.prefecture, (view, form), errors
        )
    kept = replace(availability, dates_excluded=view.availability.dates_excluded)
    command = AmendRegistration(
        access=Access(reference=reference, secret=""),
        sites=sites,
        availability=kept,
        people=count,
    )
    try:
        await helpers.correct(me.helper, command)
    except UnknownResourceError:
        raise
    except DomainError:
        return redirect(request, f"{LIST}/{reference}?trop-tard=1")
    return redirect(request, f"{LIST}/{reference}?fait=corrige")


@router.post("/{reference}/rendre-le-mandat")
async def give_up(
    request: Request,
    reference: str,
    form: FormDep,
    me: SignedInDep,
    helpers: HelperCallsDep,
) -> Response:
    """End the mandate on the organisation's side; a second press finds it ended."""
    del form
    with suppress(UnknownResourceError):
        await helpers.give_up(me.helper, reference)
    return redirect(request, f"{LIST}?fait=rendu")


async def _opened(
    reference: str, me: SignedInHelper, helpers: HelperCalls
) -> tuple[RegistrationView, FollowedPerson]:
    view = await helpers.view(me.helper, reference)
    found = await helpers.people(me.helper)
    for line in found.people:
        if line.reference == view.reference:
            return view, line
    raise UnknownResourceError


async def _correct_page(
    request: Request,
    me: SignedInHelper,
    calls: CallsDep,
    code: str,
    shown: tuple[RegistrationView, Form],
    errors: Errors | None = None,
) -> Response:
    view, form = shown
    prefecture = await calls.prefecture(code)
    return page(
        request,
        "helper/correct.html",
        status=422 if errors else 200,
        me=me,
        view=view,
        form=form,
        sites=[one for one in prefecture.sites if view.motif in one.motifs],
        weekdays=WEEKDAYS[:5],
        errors=errors or {},
    )

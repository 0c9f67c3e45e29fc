"""What a person may keep, show and hold against the service."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.offer import OfferState
from service.domain.paper_code import PaperCode
from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep, WordsDep, day_in_address
from service.web.kept import CALENDAR, PDF, kept_as
from service.web.pages.applicant.guard import KeysDep, ViewDep
from service.web.pages.applicant.register import redirect
from service.web.pages.render import page
from service.web.pages.site import SiteDep, known_site
from service.web.v1.registration_out import follow_up_url
from service.words.people import birth_in

router = APIRouter(prefix="/suivi", include_in_schema=False)


@router.get("/nuits/{held_on}/ligne")
async def line(held_on: str, keys: KeysDep, calls: CallsDep, site: SiteDep) -> Response:
    """Send the registration's own line of one published night."""
    del site
    day = day_in_address(held_on)
    return kept_as(f"ligne-{day}.json", await calls.line(keys.access, day))


@router.get("/nuits/{held_on}/pourquoi.pdf")
async def explanation_pdf(
    held_on: str, keys: KeysDep, view: ViewDep, calls: CallsDep, words: WordsDep
) -> Response:
    """Send why a night gave what it gave, as the law has it explained."""
    del view
    day = day_in_address(held_on)
    paper = await calls.explanation(keys.access, day)
    content = await calls.ports.press.explanation(paper, language=words.language)
    return kept_as(f"pourquoi-{day}.pdf", content, PDF)


@router.get("/accuse")
async def acknowledgement(
    request: Request,
    keys: KeysDep,
    view: ViewDep,
    calls: CallsDep,
    words: WordsDep,
    site: SiteDep,
) -> Response:
    """Show the accusé d'inscription, and apart from it what opens the registration."""
    del view, site  # opened: whoever has no registration open is asked for it
    paper = await calls.acknowledgement_paper(keys.access)
    prefecture = await calls.prefecture(paper.view.prefecture)
    return page(
        request,
        "applicant/acknowledgement.html",
        view=paper.view,
        paper=paper,
        holder=paper.holder,
        birth=birth_in(paper.holder.birth_date, words),
        paper_code=PaperCode(paper.code).spelled,
        square=calls.ports.press.square(paper.check_url),
        code=keys.secret,
        is_new=bool(keys.sent_as),
        link=follow_up_url(calls.ports.public_url, paper.view.reference, keys.secret),
        issued_at=calls.ports.clock.now(),
        hours=prefecture.ruleset.offer.window_hours,
    )


@router.get("/accuse.pdf")
async def acknowledgement_pdf(
    keys: KeysDep, view: ViewDep, calls: CallsDep, words: WordsDep
) -> Response:
    """Send the accusé d'inscription as a PDF; it holds nothing that opens anything."""
    del view
    paper = await calls.acknowledgement_paper(keys.access)
    content = await calls.ports.press.acknowledgement(
        paper, language=words.language, is_discreet=False
    )
    return kept_as(f"accuse-d-inscription-{paper.issued_on}.pdf", content, PDF)


@router.get("/accuse-discret.pdf")
async def discreet_acknowledgement_pdf(
    keys: KeysDep, view: ViewDep, calls: CallsDep, words: WordsDep
) -> Response:
    """Send it without motif, sites and most of the number: for an employer."""
    del view
    paper = await calls.acknowledgement_paper(keys.access)
    content = await calls.ports.press.acknowledgement(
        paper, language=words.language, is_discreet=True
    )
    return kept_as(f"accuse-d-inscription-discret-{paper.issued_on}.pdf", content, PDF)


@router.get("/convocation")
async def convocation(
    request: Request, keys: KeysDep, view: ViewDep, calls: CallsDep, words: WordsDep
) -> Response:
    """Show the convocation; without a confirmed place, where the person stands."""
    site = await known_site(request, calls)
    if view.offer is None or view.offer.state != OfferState.CONFIRMED:
        return redirect(request, "/suivi")
    paper = await calls.convocation(keys.access)
    return page(
        request,
        "applicant/convocation.html",
        view=view,
        paper=paper,
        offer=paper.offer,
        holder=paper.holder,
        birth=birth_in(paper.holder.birth_date, words),
        paper_code=PaperCode(paper.code).spelled,
        square=calls.ports.press.square(paper.check_url),
        phone=site.phone,
    )


@router.get("/convocation.pdf")
async def convocation_pdf(
    keys: KeysDep, view: ViewDep, calls: CallsDep, words: WordsDep
) -> Response:
    """Send the convocation as a PDF, while the place is the person's."""
    del view
    paper = await calls.convocation(keys.access)
    if paper.is_cancelled:
        raise UnknownResourceError
    content = await calls.ports.press.convocation(paper, language=words.language)
    return kept_as(f"convocation-{paper.offer.starts_at.date()}.pdf", content, PDF)


@router.get("/rendez-vous.ics")
async def calendar_file(
    view: ViewDep, calls: CallsDep, site: SiteDep, words: WordsDep
) -> Response:
    """Send the appointment for a calendar; once given back, its cancellation."""
    states = (OfferState.CONFIRMED, OfferState.CANCELLED)
    if view.offer is None or view.offer.state not in states:
        raise UnknownResourceError
    content = calls.ports.press.calendar(
        view, language=words.language, phone=site.phone
    )
    return kept_as("rendez-vous.ics", content, CALENDAR)


@router.get("/accuse/signe")
async def signed_acknowledgement(
    keys: KeysDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Send the accusé d'inscription as a signed file."""
    del site
    return kept_as(
        "accuse-d-inscription.json", await calls.acknowledgement(keys.access)
    )


@router.get("/mes-donnees.json")
async def own_data(
    request: Request, keys: KeysDep, view: ViewDep, calls: CallsDep
) -> Response:
    """Send what is kept of the person; a contact not proved yet is proved first."""
    del view  # opened: whoever has no registration open is asked for it
    try:
        content = await calls.own_data(keys.access)
    except UnknownResourceError:
        return redirect(request, "/acces/code")
    return kept_as("mes-donnees.json", content)

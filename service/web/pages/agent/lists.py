"""Lists of the office: ready permits, papers that end, holders to call."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import DomainError
from service.usecases.desk.list_lines import LineResult
from service.usecases.desk.renew_papers import EndingPaper, Renewed
from service.usecases.records import AgentRecord
from service.web.calls import Calls
from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskCalls, DeskDep
from service.web.messages import PROBLEMS
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors, read_date
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.motifs import offered_motifs
from service.web.pages.render import page
from service.web.pages.site import Site, SiteDep
from service.web.uploads import HOLDERS, RENEWALS
from service.words import desk_phrases
from service.words.i18n import N_

router = APIRouter(prefix="/agents", include_in_schema=False)

DAYS = (7, 15, 30, 60)
_FORMULA = re.compile(r"^[=+\-@\t\r]")


# --- holders called before expiry


@router.get("/personnes-appelees")
async def ask_for_holders(
    request: Request, agent: PageAgentDep, calls: CallsDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Show how a list is pasted, and the lists so far."""
    return await _called(request, agent, calls, desk, site.prefecture, Form(), Errors())


@router.post("/listes/personnes-appelees")
async def call_holders(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Try a list, then import it; the same list again changes nothing."""
    return await show_holders(request, agent, calls, desk, site, form, Errors())


async def show_holders(
    request: Request,
    agent: AgentRecord,
    calls: Calls,
    desk: DeskCalls,
    site: Site,
    form: Form,
    errors: Errors,
) -> Response:
    """Do what the form asks for, unless its file could not be read, and show it."""
    shown = form.only(("liste",))
    results: Sequence[LineResult] = ()
    dry_run = form.one("faire") != "importer"
    try:
        if not errors:
            called = await desk.call_holders(agent, list_in(form), dry_run=dry_run)
            results = called.lines
    except DomainError as error:
        errors.add("liste", list_words(error))
    return await _called(
        request,
        agent,
        calls,
        desk,
        site.prefecture,
        shown,
        errors,
        results=results,
        dry_run=dry_run,
    )


async def _called(
    request: Request,
    agent: AgentRecord,
    calls: Calls,
    desk: DeskCalls,
    code: str,
    form: Form,
    errors: Errors,
    *,
    results: Sequence[LineResult] = (),
    dry_run: bool = True,
) -> Response:
    prefecture = await calls.prefecture(code)
    return page(
        request,
        "agent/called.html",
        status=422 if errors else 200,
        agent=agent,
        form=form,
        errors=errors,
        dry_run=dry_run,
        address=HOLDERS,
        lists=await desk.lists_called(agent),
        motifs=offered_motifs(prefecture),
        sites=prefecture.sites,
        **shown_lines(results),
    )


def list_in(form: Form) -> str:
    """Return the list of a form as it was pasted, line ends and all."""
    return next(iter(form.fields.get("liste", ())), "")


def list_words(error: DomainError) -> str:
    """Say where a list cannot be read."""
    field = error.field or ""
    if field.startswith("line."):
        return N_("Une ligne a plus de cases que le titre, ou une case trop longue.")
    if field == "heading":
        return N_(
            "La première ligne n'est pas la bonne. Gardez les titres de colonnes"
            " indiqués, chacun une seule fois."
        )
    return N_("Collez une ligne de titres, puis de 1 à 1000 lignes.")


def shown_lines(results: Sequence[LineResult]) -> dict[str, Any]:
    """Return what ``agent/parts/line_results.html`` shows of a list."""
    return {
        "results": results,
        "summary": Counter(line.result for line in results),
        "words_of": desk_phrases.LINE_RESULTS,
        "said": PROBLEMS,
    }


# --- papers that end


@router.get("/papiers")
async def papers(
    request: Request, agent: PageAgentDep, calls: CallsDep, desk: DeskDep, site: SiteDep
) -> Response:
    """List the provisional papers that end within n days."""
    del site
    asked = request.query_params.get("jours", "30")
    days = int(asked) if asked in {str(one) for one in DAYS} else 30
    ending = await desk.papers_ending(agent, days)
    if request.query_params.get("fichier") == "csv":
        return as_csv(ending)
    return _papers(request, agent, ending, days, Form(), Errors(), calls.today)


@router.post("/listes/papiers")
async def renew(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Note that the chosen papers were renewed until a day."""
    del site
    errors = Errors()
    renewed: Renewed | None = None
    until = read_date(form, "jusqua", errors)
    chosen = form.all("dossiers")
    if until is None and not errors:
        errors.add("jusqua-jour", N_("Écrivez la nouvelle date de fin."))
    if not chosen:
        errors.add("dossiers", N_("Choisissez au moins une ligne."))
    if until is not None and not errors:
        try:
            renewed = await desk.mark_renewed(agent, chosen, until)
        except DomainError as error:
            errors.add_refusal("jusqua-jour", error)
        else:
            if not renewed.refused:
                return redirect(request, f"/agents/papiers?fait={renewed.count}")
    ending = await desk.papers_ending(agent, max(DAYS))
    return _papers(
        request, agent, ending, max(DAYS), form, errors, calls.today, renewed=renewed
    )


@router.post("/listes/papiers-renouveles")
async def renew_list(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    site: SiteDep,
) -> Response:
    """Try a list of renewed papers, then note it; each line has its own date."""
    del site
    return await show_renewals(request, agent, calls, desk, form, Errors())


async def show_renewals(
    request: Request,
    agent: AgentRecord,
    calls: Calls,
    desk: DeskCalls,
    form: Form,
    errors: Errors,
) -> Response:
    """Do what the form asks for, unless its file could not be read, and show it."""
    results: Sequence[LineResult] = ()
    dry_run = form.one("faire") != "noter"
    try:
        if not errors:
            results = await desk.renew_list(agent, list_in(form), dry_run=dry_run)
    except DomainError as error:
        errors.add("liste", list_words(error))
    ending = await desk.papers_ending(agent, max(DAYS))
    shown = form.only(("liste",))
    return _papers(
        request,
        agent,
        ending,
        max(DAYS),
        shown,
        errors,
        calls.today,
        results=results,
        dry_run=dry_run,
    )


def _papers(
    request: Request,
    agent: AgentRecord,
    ending: Sequence[EndingPaper],
    days: int,
    form: Form,
    errors: Errors,
    today: date,
    *,
    results: Sequence[LineResult] = (),
    dry_run: bool = True,
    renewed: Renewed | None = None,
) -> Response:
    asked = request.query_params.get("fait", "")
    return page(
        request,
        "agent/papers.html",
        status=422 if errors else 200,
        agent=agent,
        papers=ending,
        days=days,
        choices=DAYS,
        form=form,
        errors=errors,
        today=today,
        dry_run=dry_run,
        address=RENEWALS,
        done=str(renewed.count) if renewed else asked[:4],
        refused=[one[:20] for one in renewed.refused] if renewed else (),
        **shown_lines(results),
    )


def as_csv(ending: Sequence[EndingPaper]) -> Response:
    """Return the list for a spreadsheet; a cell that looks like a formula is text."""
    written = io.StringIO()
    sheet = csv.writer(written, delimiter=";")
    sheet.writerow(
        ("reference", "numero", "nom", "naissance", "document", "fin", "motif")
    )
    for one in ending:
        cells = (
            one.reference,
            one.number,
            one.name,
            one.birth_date,
            one.document,
            one.ends_on.isoformat(),
            one.motif,
        )
        sheet.writerow([f"'{c}" if _FORMULA.match(c) else c for c in cells])
    return Response(
        "\ufeff" + written.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="papiers.csv"'},
    )

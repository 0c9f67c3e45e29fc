"""Registering several people: a file, a dry run, a confirmation, an honest result."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.adapters.sheets import read_sheet
from service.adapters.sheets.template import write_csv_template, write_template
from service.usecases.desk.sheet import SheetError
from service.usecases.errors import OrganisationSuspendedError, UnknownResourceError
from service.usecases.helper.helper_accounts import SignedInHelper
from service.usecases.helper.helper_batch import BatchLine
from service.usecases.public.describe_prefecture import PrefectureView
from service.web.dependencies import CallsDep
from service.web.helper_calls import HelperCalls, HelperCallsDep
from service.web.messages import PROBLEMS
from service.web.pages.agent.help_places import identifier
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.form_data import Form
from service.web.pages.helper.columns import (
    BY_KEY,
    COLUMNS,
    TEMPLATE_WORDS,
    choices_of,
    names_of,
    template_columns,
)
from service.web.pages.helper.guard import SignedInDep
from service.web.pages.helper.rows import (
    ReadLine,
    ReadSheet,
    cells_of,
    read_line,
    read_lines,
    typed,
)
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.web.uploads import UPLOAD, uploaded_file
from service.words.i18n import N_
from service.words.mandate_phrases import HELPER_SCOPES

router = APIRouter(prefix="/accompagnants", include_in_schema=False)

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTHS: Final = {"3": 91, "6": 182, "12": 365}
"""What a mandate may last, in days, by what the form offers."""


@router.get("/lot")
async def ask_for_file(request: Request, me: SignedInDep, site: SiteDep) -> Response:
    """Offer the template, and the form that takes a file."""
    del site
    return _file_page(request, me, Errors())


@router.get("/lot/modele.xlsx")
async def template_xlsx(me: SignedInDep, calls: CallsDep, site: SiteDep) -> Response:
    """Hand over the template as a workbook."""
    del me
    columns = template_columns(await calls.prefecture(site.prefecture))
    return _download(write_template(columns, TEMPLATE_WORDS), XLSX, "xlsx")


@router.get("/lot/modele.csv")
async def template_csv(me: SignedInDep, calls: CallsDep, site: SiteDep) -> Response:
    """Hand over the headings as CSV."""
    del me
    columns = template_columns(await calls.prefecture(site.prefecture))
    return _download(write_csv_template(columns), "text/csv; charset=utf-8", "csv")


def _download(content: bytes, kind: str, extension: str) -> Response:
    name = f"tour-de-role-personnes.{extension}"
    return Response(
        content,
        media_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@router.post(UPLOAD.removeprefix("/accompagnants"))
async def dry_run(
    request: Request,
    me: SignedInDep,
    helpers: HelperCallsDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Read a file and say what it would do; nobody is registered yet."""
    errors = Errors()
    content = await uploaded_file(request)
    try:
        lines, about = cells_of(read_sheet(content))
    except SheetError as error:
        errors.add_refusal("fichier", error)
        return _file_page(request, me, errors)
    prefecture = await calls.prefecture(site.prefecture)
    read = (
        read_lines(lines, prefecture, calls.today)
        if not about.missing_columns
        else about
    )
    return await _shown(request, me, helpers, prefecture, read, about)


async def _shown(
    request: Request,
    me: SignedInHelper,
    helpers: HelperCalls,
    prefecture: PrefectureView,
    read: ReadSheet,
    about: ReadSheet,
) -> Response:
    tried = await helpers.try_batch(me.helper, batch_lines(read))
    batch = None
    if len(tried.already_followed) < len(read.lines):
        kept = [(line.number, line.cells) for line in read.lines]
        batch = await helpers.keep_batch(me.helper, kept)
    return page(
        request,
        "helper/dry_run.html",
        me=me,
        read=read,
        about=about,
        tried=tried,
        batch=batch,
        columns=BY_KEY,
        scopes=HELPER_SCOPES,
        prefecture=prefecture,
    )


@router.get("/inscrire")
async def form_for_one(
    request: Request, me: SignedInDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show the form for one person: the same columns, the same reader."""
    prefecture = await calls.prefecture(site.prefecture)
    return _one_page(request, me, prefecture, Form(), Errors())


@router.post("/inscrire")
async def check_one(
    request: Request,
    form: FormDep,
    me: SignedInDep,
    helpers: HelperCallsDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Check one person and ask for the confirmation."""
    prefecture = await calls.prefecture(site.prefecture)
    cells, errors = typed(form.fields), Errors()
    read_line(cells, prefecture, choices_of(prefecture), calls.today, errors)
    if errors:
        return _one_page(request, me, prefecture, form, errors)
    read = read_lines([(1, cells)], prefecture, calls.today)
    return await _shown(request, me, helpers, prefecture, read, read)


@router.post("/lot/{batch_id}")
async def confirm(
    request: Request,
    batch_id: str,
    form: FormDep,
    me: SignedInDep,
    helpers: HelperCallsDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Register the lines that were shown; twice is the same as once."""
    batch = identifier(batch_id)
    try:
        lines = await helpers.open_batch(me.helper, batch)
    except UnknownResourceError:
        return page(request, "helper/batch_gone.html", status=404, me=me)
    prefecture = await calls.prefecture(site.prefecture)
    read = read_lines(lines, prefecture, calls.today)
    errors = Errors()
    checked = replace(read, lines=tuple(_checked(read.lines, form)))
    tried = await helpers.try_batch(me.helper, batch_lines(read))
    if all(one.number in tried.already_followed for one in checked.lines):
        errors.add(
            "verifie", N_("Vérifiez une ligne au moins, ou corrigez le fichier.")
        )
    if not form.has("accord"):
        errors.add("accord", N_("Cochez la case : sans accord, pas de mandat."))
    scopes = ("register", *form.all("scopes"))
    if errors:
        return await _again(request, me, helpers, prefecture, (read, batch), errors)
    return await _registered(
        request,
        me,
        helpers,
        batch,
        checked,
        scopes,
        ends_on(form, calls.today),
        left=len(read.lines) - len(checked.lines),
    )


def _checked(lines: Sequence[ReadLine], form: Form) -> Iterator[ReadLine]:
    """Leave out what was asked about and not ticked: a wrong number is another one."""
    ticked = set(form.all("verifie"))
    return (one for one in lines if not one.questions or str(one.number) in ticked)


async def _registered(
    request: Request,
    me: SignedInHelper,
    helpers: HelperCalls,
    batch: UUID,
    read: ReadSheet,
    scopes: Sequence[str],
    last: date,
    *,
    left: int,
) -> Response:
    try:
        outcomes = await helpers.confirm_batch(
            me.helper, batch, batch_lines(read), scopes=scopes, ends_on=last
        )
    except OrganisationSuspendedError:
        return redirect(request, "/accompagnants")
    people = {line.number: line.command for line in read.lines}
    return page(
        request,
        "helper/batch_done.html",
        me=me,
        done=[one for one in outcomes if one.reference],
        refused=[one for one in outcomes if one.refused],
        people=people,
        last=last,
        left=left,
        problems=PROBLEMS,
    )


async def _again(
    request: Request,
    me: SignedInHelper,
    helpers: HelperCalls,
    prefecture: PrefectureView,
    kept: tuple[ReadSheet, UUID],
    errors: Errors,
) -> Response:
    read, batch = kept
    return page(
        request,
        "helper/dry_run.html",
        status=422,
        me=me,
        read=read,
        about=read,
        tried=await helpers.try_batch(me.helper, batch_lines(read)),
        batch=batch,
        columns=BY_KEY,
        scopes=HELPER_SCOPES,
        prefecture=prefecture,
        errors=errors,
    )


def ends_on(form: Form, today: date) -> date:
    """Return the last day of the mandate that the form asks for."""
    return today + timedelta(days=MONTHS.get(form.one("duree"), MONTHS["6"]))


def batch_lines(read: ReadSheet) -> list[BatchLine]:
    """Return the lines that can be registered."""
    return [BatchLine(number=one.number, command=one.command) for one in read.lines]


def _file_page(request: Request, me: SignedInHelper, errors: Errors) -> Response:
    return page(
        request,
        "helper/batch.html",
        status=422 if errors else 200,
        me=me,
        address=UPLOAD,
        errors=errors,
    )


def _one_page(
    request: Request,
    me: SignedInHelper,
    prefecture: PrefectureView,
    form: Form,
    errors: Errors,
) -> Response:
    return page(
        request,
        "helper/one.html",
        status=422 if errors else 200,
        me=me,
        form=form,
        columns=COLUMNS,
        names=names_of(prefecture),
        errors=errors,
    )

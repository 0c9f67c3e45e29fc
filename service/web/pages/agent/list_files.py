"""A list may come as a file: read as the helpers' files are, then tried like a paste.

Same reader, same limits (three hundred lines, half a mebibyte, nothing evaluated,
nothing fetched, memory only). What was read stands in the box of the page, where the
agent sees it and may correct it before anything is stored: the file itself is let go.
"""

import csv
import io
from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.adapters.sheets import read_sheet
from service.usecases.desk.sheet import Sheet, SheetError
from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskDep
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.agent.lists import show_holders, show_renewals
from service.web.pages.answers import Errors
from service.web.pages.form_data import Form
from service.web.pages.site import SiteDep
from service.web.uploads import HOLDERS, RENEWALS, uploaded_file

router = APIRouter(include_in_schema=False)

FIELD: Final = "fichier"


@router.post(HOLDERS)
async def holders_file(
    request: Request, agent: PageAgentDep, calls: CallsDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Try a file of holders; nobody is registered yet."""
    form, errors = await _pasted_form(request)
    return await show_holders(request, agent, calls, desk, site, form, errors)


@router.post(RENEWALS)
async def renewals_file(
    request: Request, agent: PageAgentDep, calls: CallsDep, desk: DeskDep, site: SiteDep
) -> Response:
    """Try a file of renewed papers; nothing is noted yet."""
    del site
    form, errors = await _pasted_form(request)
    return await show_renewals(request, agent, calls, desk, form, errors)


async def _pasted_form(request: Request) -> tuple[Form, Errors]:
    """Read the file of a request as the form that a paste of it would be."""
    errors = Errors()
    content = await uploaded_file(request)
    try:
        return Form({"liste": (pasted(read_sheet(content)),)}), errors
    except SheetError as error:
        errors.add_refusal(FIELD, error)
        return Form(), errors


def pasted(sheet: Sheet) -> str:
    """Write a sheet as it would be pasted; each line keeps its number in the file."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\n")
    lines.writerow(_filled(sheet.headings))
    at = 1
    for line in sheet.lines:
        written.write("\n" * (line.number - at - 1))
        lines.writerow(_filled([" ".join(cell.split()) for cell in line.cells]))
        at = max(line.number, at + 1)
    return written.getvalue()


def _filled(cells: Sequence[str]) -> list[str]:
    """Leave out the empty columns that a workbook has on the right."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept

"""Lists of the office as files: the helpers' reader, a dry run, errors by row."""

import html
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import httpx
import openpyxl
import pytest

from service.adapters.postgres import tables as t
from service.domain.permits import DocumentFacts
from service.usecases.desk.renew_papers import renew_list
from service.usecases.desk.sheet import Line, Sheet
from service.usecases.person.view_registration import view_registration
from service.web.pages.agent.list_files import pasted
from service.web.uploads import HOLDERS, RENEWALS
from tests.acceptance.test_desk_pages import Desk, count, desk, plain, world
from tests.world import TONIGHT, World

__all__ = ["desk", "world"]

pytestmark = pytest.mark.anyio

HEADINGS = ("Numéro", "Nom", "Naissance", "Document", "Fin", "Motif", "Lieu")
PEOPLE: list[tuple[Any, ...]] = [
    (
        9900000011,
        "BENALI",
        "01/02/2001",
        "student",
        TONIGHT + timedelta(days=60),
        "renouvellement-titre",
        "grenoble",
    ),
    ("", "", "", "", "", "", ""),
    ("99", "SILVA", "1990", "cst", "15/01/2027", "renouvellement-titre", "grenoble"),
    (
        "9900000013",
        "=1+1",
        "1990",
        "cst",
        "15/01/2027",
        "renouvellement-titre",
        "grenoble",
    ),
]


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


async def sent(desk: Desk, address: str, content: bytes) -> httpx.Response:
    return await desk.client.post(
        address, data={"jeton": desk.token}, files={"fichier": ("liste", content)}
    )


def box_of(page: httpx.Response) -> str:
    """What the page's box holds, as a browser would send it back."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


async def test_a_workbook_of_holders_is_tried_row_by_row_and_then_imported(
    desk: Desk, world: World
) -> None:
    answer = await sent(desk, HOLDERS, workbook(HEADINGS, *PEOPLE))

    said = plain(answer.text)
    assert answer.status_code == 200
    assert "3 lignes lues" in said
    assert "1 à inscrire" in said
    assert '<th scope="row" class="num">4</th><td>numero</td>' in said
    assert '<th scope="row" class="num">5</th><td>nom</td>' in said
    assert await count(world, t.registration) == 0

    box = box_of(answer)
    done = await desk.post(
        "/agents/listes/personnes-appelees", liste=box, faire="importer"
    )
    assert "1 inscrite" in plain(done.text)
    assert await count(world, t.registration) == 1


async def test_a_csv_of_renewed_papers_is_tried_and_then_noted(
    desk: Desk, world: World
) -> None:
    paper = DocumentFacts(
        held_document="recepisse_renewal", permit_expires_on=TONIGHT + timedelta(days=9)
    )
    access = await world.register(facts=paper, motif="recepisse")
    until = TONIGHT + timedelta(days=90)
    file = (
        "reference;numero;nom;fin;Renouvelé jusqu'au\n"
        f"{access.reference};9900000001;DIALLO;;{until:%d/%m/%Y}\n"
        f"AAAAAAAAA;;;;{until:%d/%m/%Y}\n"
        f"{access.reference};;;;hier\n"
    ).encode("cp1252")

    answer = await sent(desk, RENEWALS, file)
    tried = plain(answer.text)

    assert "1 à noter" in tried
    assert "2 à corriger" in tried
    assert (await view_registration(access, ports=world.ports)).state == "live"
    box = box_of(answer)
    noted = await desk.post(
        "/agents/listes/papiers-renouveles", liste=box, faire="noter"
    )
    assert "1 notée" in plain(noted.text)
    assert (await view_registration(access, ports=world.ports)).state == "served"
    again = await renew_list(
        world.agent,
        f"reference;renouvele\n{access.reference};{until:%d/%m/%Y}",
        dry_run=False,
        ports=world.ports,
    )
    assert [line.result for line in again] == ["known"]


async def test_a_renewal_tried_leaves_no_trace(desk: Desk, world: World) -> None:
    del desk
    access = await world.register()
    before = await count(world, t.audit), await count(world, t.outbox)
    until = TONIGHT + timedelta(days=90)

    [line] = await renew_list(
        world.agent,
        f"reference;renouvele\n{access.reference};{until:%d/%m/%Y}",
        dry_run=True,
        ports=world.ports,
    )

    assert line.result == "to-renew"
    assert (await count(world, t.audit), await count(world, t.outbox)) == before
    view = await view_registration(access, ports=world.ports)
    assert view.permit_expires_on == TONIGHT + timedelta(days=10)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a>" + b" " * 20_000_000 + b"</a>")
    return packed.getvalue()


ENTITIES = io.BytesIO()
with zipfile.ZipFile(ENTITIES, "w") as made:
    made.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')

HOSTILE: list[tuple[bytes, str]] = [
    (b"", "fichier"),
    (b"\x00\x01\x02" * 100, "fichier"),
    (b"PK\x03\x04 not a zip", "fichier"),
    (bomb(), "fichier"),
    (ENTITIES.getvalue(), "fichier"),
    (b"numero;nom;naissance\n", "fichier"),
    (b"numero;nom\n" + b"1;x\n" * 301, "fichier"),
    (b"colonne;autre\n1;2\n", "liste"),
    (b"numero;nom\n1;" + b"x" * 300_000, "fichier"),
]


@pytest.mark.parametrize("address", [HOLDERS, RENEWALS])
async def test_a_file_made_to_hurt_is_refused_at_its_field(
    desk: Desk, world: World, address: str
) -> None:
    for content, field in HOSTILE:
        answer = await sent(desk, address, content)

        assert answer.status_code == 422, content[:40]
        assert f'href="#{field}"' in answer.text, content[:40]
    assert await count(world, t.registration) == 0


async def test_a_file_from_elsewhere_or_from_nobody_is_refused(
    desk: Desk, world: World
) -> None:
    file = {"fichier": ("liste", workbook(HEADINGS, *PEOPLE))}
    for address in (HOLDERS, RENEWALS):
        forged = await desk.client.post(address, data={"jeton": "x" * 43}, files=file)
        assert forged.status_code == 403
    desk.client.cookies.clear()
    for address in (HOLDERS, RENEWALS):
        nobody = await desk.client.post(address, data={"jeton": "x"}, files=file)
        assert nobody.status_code == 401
    assert await count(world, t.registration) == 0


def test_each_line_keeps_the_number_that_the_spreadsheet_shows() -> None:
    sheet = Sheet(
        ("Nom", "Lieu"),
        (Line(4, ("A;B", "x")), Line(5, ("C\n D", ""))),
    )

    assert pasted(sheet) == 'Nom;Lieu\n\n\n"A;B";x\nC D\n'

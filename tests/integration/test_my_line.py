"""Everybody proves their own line and holds a signed promise; nobody a stranger's."""

import io
import json
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import update
from typer.testing import CliRunner

from service.adapters.postgres import tables as t
from service.adapters.signer import is_valid_signature
from service.checks import verify_file
from service.cli import app as command_line
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.verify import (
    NotATranscriptError,
    exit_code,
    verify_acknowledgement,
    verify_line,
)
from service.settings import Settings
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.open_slots import open_slots
from service.usecases.night.view_nights import transcript_of
from service.usecases.paper.issue_paper import issue_acknowledgement
from service.usecases.person.my_line import my_line
from service.usecases.person.sign_acknowledgement import sign_acknowledgement
from service.web.app import create_app
from tests.browser.live_site import WorldContainer
from tests.nights import hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

PEOPLE = 9


async def drawn(world: World) -> tuple[Sequence[Access], bytes]:
    """A night of six places for nine people; what opens each, and the transcript."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    people = [await world.register(number) for number in range(1, PEOPLE + 1)]
    await hold_night(world)
    return people, (await transcript_of("isere", TONIGHT, ports=world.ports)).text


async def make_reduced(world: World) -> None:
    async with world.engine.begin() as connection:
        await connection.execute(update(t.prefecture).values(publishes="reduced"))


@pytest.fixture
async def client(world: World, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(home=tmp_path, host="127.0.0.1", port=8000)
    transport = httpx.ASGITransport(app=create_app(WorldContainer(world, settings)))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1"
    ) as opened:
        yield opened


@pytest.mark.parametrize("publishes", ["full", "reduced"])
async def test_everybody_proves_their_own_line(world: World, publishes: str) -> None:
    if publishes == "reduced":
        await make_reduced(world)
    people, transcript = await drawn(world)

    assert ("leaves" in json.loads(transcript)) == (publishes == "reduced")
    lines = [await my_line(one, TONIGHT, ports=world.ports) for one in people]
    assert len({json.loads(line)["registration"]["label"] for line in lines}) == PEOPLE
    answers: list[str] = []
    for line in lines:
        said, _, code = verify_file(transcript, mine=line)
        assert code == 0, said
        answers.append(next(one for one in said if "answer" in one))
    assert sum("slot" in answer for answer in answers) == 6
    assert sum("places_taken" in answer for answer in answers) == 3


async def test_nobody_opens_the_line_of_somebody_else(world: World) -> None:
    people, _ = await drawn(world)

    for stranger in (
        Access(reference=people[0].reference, secret=people[1].secret),
        Access(reference=people[0].reference, secret=""),
        Access(reference="not one", secret=people[0].secret),
    ):
        with pytest.raises(UnknownResourceError):
            await my_line(stranger, TONIGHT, ports=world.ports)
        with pytest.raises(UnknownResourceError):
            await sign_acknowledgement(stranger, ports=world.ports)


async def test_a_repeated_registration_opens_no_line_of_the_first(world: World) -> None:
    await world.register(1)
    again = await world.register(1)
    await hold_night(world)

    with pytest.raises(UnknownResourceError):
        await my_line(again, TONIGHT, ports=world.ports)


async def test_there_is_no_line_before_the_night_is_published(world: World) -> None:
    person = await world.register()
    world.clock.advance(hours=8, minutes=1)
    await advance_nights(ports=world.ports)

    for day in (TONIGHT, TONIGHT + timedelta(days=1)):
        with pytest.raises(UnknownResourceError):
            await my_line(person, day, ports=world.ports)


async def test_a_changed_byte_of_a_line_proves_nothing(world: World) -> None:
    people, transcript = await drawn(world)
    line = await my_line(people[0], TONIGHT, ports=world.ports)

    published = parse_strict(transcript)
    for position in range(0, len(line), 3):
        changed = bytearray(line)
        changed[position] ^= 1
        try:
            checks = verify_line(parse_strict(bytes(changed)), published)
        except ValueError:
            continue
        assert exit_code(checks) == 1, position


async def test_the_line_of_one_night_proves_nothing_of_another(world: World) -> None:
    people, _ = await drawn(world)
    line = await my_line(people[0], TONIGHT, ports=world.ports)
    world.clock.advance(days=1)
    await hold_night(world)
    tomorrow = TONIGHT + timedelta(days=1)
    other = (await transcript_of("isere", tomorrow, ports=world.ports)).text

    said, _, code = verify_file(other, mine=line)

    assert code == 1
    assert any(one.startswith("FAIL night") for one in said)


async def test_a_line_holds_no_personal_data(world: World) -> None:
    people, _ = await drawn(world)
    line = await my_line(people[0], TONIGHT, ports=world.ports)
    signed = await sign_acknowledgement(people[0], ports=world.ports)

    assert people[0].reference.encode() not in line
    assert people[0].reference.encode() in signed
    for paper in (line, signed):
        for said in (b"Diallo", b"Awa", b"1990-05", b"9900000001", b"example.org"):
            assert said not in paper
        assert people[0].secret.encode() not in paper


async def test_no_paper_that_is_shown_holds_the_key_of_labels(
    world: World, client: httpx.AsyncClient
) -> None:
    access = await world.register()
    key = json.loads(await sign_acknowledgement(access, ports=world.ports))["label_key"]
    client.headers["Authorization"] = f"Bearer {access.secret}"
    paper = await issue_acknowledgement(access, ports=world.ports)
    assert key not in repr(paper)
    for is_discreet in (False, True):
        pdf = await world.ports.press.acknowledgement(
            paper, language="fr", is_discreet=is_discreet
        )
        pages = PdfReader(io.BytesIO(pdf)).pages
        text = "".join(page.extract_text() for page in pages)
        assert access.reference[:4] in text
        assert key not in "".join(text.split())
    view = await client.get(f"/v1/registrations/{access.reference}")
    assert view.status_code == 200
    assert key not in view.text


async def test_both_papers_come_over_http(
    world: World, client: httpx.AsyncClient
) -> None:
    people, _ = await drawn(world)
    own = {"Authorization": f"Bearer {people[0].secret}"}
    other = {"Authorization": f"Bearer {people[1].secret}"}
    root = f"/v1/registrations/{people[0].reference}"

    for path in (f"{root}/lines/{TONIGHT}", f"{root}/acknowledgement"):
        given = await client.get(path, headers=own)
        assert given.status_code == 200
        assert given.headers["cache-control"] == "no-store"
        assert "attachment" in given.headers["content-disposition"]
        assert (await client.get(path)).status_code == 401
        assert (await client.get(path, headers=other)).status_code == 404
    line = await client.get(f"{root}/lines/{TONIGHT}", headers=own)
    assert line.content == await my_line(people[0], TONIGHT, ports=world.ports)
    for day in ("2026-11-22", "2026-02-30", "today"):
        missing = await client.get(f"{root}/lines/{day}", headers=own)
        assert missing.status_code == 404


async def test_the_command_checks_both_papers(world: World, tmp_path: Path) -> None:
    people, transcript = await drawn(world)
    papers = {
        "night": transcript,
        "line": await my_line(people[0], TONIGHT, ports=world.ports),
        "signed": await sign_acknowledgement(people[0], ports=world.ports),
    }
    papers["forged"] = papers["signed"].replace(b"renouvellement", b"renouvellemenu")
    papers["other"] = papers["line"].replace(b'"size":1', b'"size":2')
    for name, content in papers.items():
        (tmp_path / name).write_bytes(content)

    def said(*options: str) -> int:
        arguments = [str(tmp_path / one) if one in papers else one for one in options]
        return CliRunner().invoke(command_line, ["verify", *arguments]).exit_code

    assert said("night", "--mine", "line", "--acknowledged", "signed") == 0
    assert said("night", "--mine", "other") == 1
    assert said("night", "--acknowledged", "forged") == 1
    assert said("night", "--mine", "signed") == 2
    assert said("night", "--acknowledged", "line") == 2
    assert said("line", "--mine", "line") == 2
    assert said("night", "--mine", "nowhere") == 2


async def test_who_was_acknowledged_and_left_out_has_the_proof(world: World) -> None:
    # The operator loses one registration between the acknowledgement and the freeze.
    left_out, drawn_too = [await world.register(number) for number in (1, 2)]
    signed = await sign_acknowledgement(left_out, ports=world.ports)
    async with world.engine.begin() as connection:
        await connection.execute(
            update(t.registration)
            .where(t.registration.c.reference == left_out.reference)
            .values(back_on=TONIGHT + timedelta(days=1))
        )
    await hold_night(world)
    night = (await transcript_of("isere", TONIGHT, ports=world.ports)).text

    said, _, code = verify_file(night, acknowledged=signed)
    assert code == 1
    [proof] = [one for one in said if one.startswith("FAIL")]
    assert proof.startswith("FAIL present: no ticket for its label")
    assert "withdrawn" in proof
    assert any(one.startswith("ok   promised") for one in said)
    assert any(one.startswith("ok   acknowledgement") for one in said)
    with pytest.raises(UnknownResourceError):
        await my_line(left_out, TONIGHT, ports=world.ports)

    kept = await sign_acknowledgement(drawn_too, ports=world.ports)
    own = await my_line(drawn_too, TONIGHT, ports=world.ports)
    assert verify_file(night, acknowledged=kept)[2] == 0
    assert verify_file(night, mine=own, acknowledged=kept)[2] == 0
    assert verify_file(night, mine=own, acknowledged=signed)[2] == 1


async def test_a_signed_acknowledgement_cannot_be_changed(world: World) -> None:
    _, night = await drawn(world)
    person = await world.register(77)
    signed = await sign_acknowledgement(person, ports=world.ports)
    transcript = parse_strict(night)

    for position in range(0, len(signed), 5):
        changed = bytearray(signed)
        changed[position] ^= 1
        try:
            checks = verify_acknowledgement(
                parse_strict(bytes(changed)),
                transcript,
                check_signature=is_valid_signature,
            )
        except ValueError:
            continue
        assert checks[0].outcome == "failed", position


async def test_an_acknowledgement_promises_only_its_own_nights(world: World) -> None:
    _, night = await drawn(world)
    late = await sign_acknowledgement(await world.register(78), ports=world.ports)

    def promised(paper: bytes, transcript: bytes = night) -> str:
        checks = verify_acknowledgement(parse_strict(paper), parse_strict(transcript))
        assert checks[0].outcome == "not made"
        return checks[2].outcome

    assert promised(late) == "failed"
    elsewhere = late.replace(b'"isere"', b'"rhone"').replace(
        b'_on":"2026-11-24"', b'_on":"2026-11-23"'
    )
    assert promised(elsewhere) == "failed"


async def test_an_acknowledgement_is_the_same_however_often(world: World) -> None:
    person = await world.register()
    first = await sign_acknowledgement(person, ports=world.ports)
    world.clock.advance(hours=30)

    assert await sign_acknowledgement(person, ports=world.ports) == first
    assert canonical_bytes(parse_strict(first)) == first
    assert json.loads(first).keys() == {
        *("spec", "reference", "received_at", "first_night_on"),
        *("prefecture", "motif", "label_key", "first_label_on", "signature"),
    }


async def test_another_key_of_the_prefecture_is_to_be_compared(world: World) -> None:
    people, night = await drawn(world)
    signed = json.loads(await sign_acknowledgement(people[0], ports=world.ports))
    signed["signature"]["key"] = "ab" * 32

    checks = verify_acknowledgement(signed, parse_strict(night))

    assert checks[1].outcome == "not made"
    with pytest.raises(NotATranscriptError):
        verify_acknowledgement({}, parse_strict(night))

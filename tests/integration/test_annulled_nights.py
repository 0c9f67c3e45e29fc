"""A stopped night holds its people: no second luck but one that everybody can see."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from service.adapters.postgres import tables as t
from service.adapters.postgres.guard_tables import night_annulment
from service.checks import verify_file, verify_files
from service.domain.cancellations import CancelReason
from service.domain.operator_errors import (
    NightNotKnownError,
    NightNotStoppedError,
    NightNotToAnnulError,
    ReasonRequiredError,
)
from service.draw.model import SPEC
from service.usecases.errors import PlacesLockedError, UnknownResourceError
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.cancel_slot import cancel_slot
from service.usecases.night.view_nights import (
    annulment_of,
    transcript_of,
    view_night,
)
from service.usecases.night.watch_nights import Trouble, resume_night, watch_nights
from service.usecases.operator.annul_night import annul_night
from service.usecases.person.view_registration import view_registration
from service.usecases.records.guards import AnnulmentRecord
from service.web.app import create_app
from tests.integration.test_watch import change_pool, stop_tonight
from tests.nights import freeze_hour, hold_night, state_of
from tests.standing import Standing
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

TOMORROW = TONIGHT + timedelta(days=1)
REASON = "La liste de cette nuit a été changée par erreur."


async def annul(
    world: World, held_on: date = TONIGHT, reason: str = REASON
) -> AnnulmentRecord:
    return await annul_night(
        "isere", held_on, reason=reason, by="operator:awa", ports=world.ports
    )


async def next_evening(world: World) -> None:
    world.clock.advance(days=1)
    await hold_night(world)


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(Standing(world.ports)))
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as opened:
        yield opened


async def planned_state(world: World, held_on: date) -> str:
    async with world.ports.open_uow() as uow:
        night = await uow.nights.by_date("isere", held_on)
    assert night is not None
    return night.state


async def test_a_byte_changed_after_the_round_gives_nobody_a_second_draw(
    world: World,
) -> None:
    await stop_tonight(world)

    await next_evening(world)

    assert await planned_state(world, TOMORROW) == "planned"
    stopped, blocked = await watch_nights(ports=world.ports)
    assert stopped.trouble is Trouble.STOPPED
    world.clock.advance(minutes=11)
    _, blocked = await watch_nights(ports=world.ports)
    assert (blocked.trouble, blocked.because) == (Trouble.BLOCKED, str(TONIGHT))


async def test_the_mended_night_is_drawn_and_lets_the_next_one_go(world: World) -> None:
    await stop_tonight(world)
    await next_evening(world)
    await change_pool(world, "substr(pool, 1, length(pool) - 1)")

    await resume_night(
        "isere", TONIGHT, found="a byte too many", by="operator:a", ports=world.ports
    )
    await advance_nights(ports=world.ports)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)

    assert await state_of(world) == "published"
    assert await state_of(world, TOMORROW) in {"published", "notified"}


async def test_an_annulled_night_returns_people_and_places_to_the_next_one(
    world: World,
) -> None:
    await stop_tonight(world)
    access = await world.register(2)

    await annul(world)
    await next_evening(world)

    night = await view_night("isere", TOMORROW, ports=world.ports)
    assert (night.state, night.entries, night.places) == ("published", 2, 6)
    assert (await view_registration(access, ports=world.ports)).offer is not None
    assert await watch_nights(ports=world.ports) == []


async def test_annulling_says_that_the_luck_was_known_and_is_audited_once(
    world: World,
) -> None:
    await stop_tonight(world)

    first = await annul(world)
    world.clock.advance(hours=1)
    again = await annul(world, reason="Une autre raison, plus tard.")

    assert first == again
    assert first.luck_was_known
    async with world.engine.connect() as connection:
        [event] = (
            await connection.execute(
                select(t.audit).where(t.audit.c.action == "night-annulled")
            )
        ).all()
    assert event.actor == "operator:awa"
    assert event.detail["reason"] == REASON
    assert event.detail["luck_was_known"] is True


async def test_a_night_stopped_before_its_round_was_given_up_without_luck(
    world: World,
) -> None:
    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    async with world.engine.begin() as connection:
        await connection.execute(
            text("UPDATE night SET stopped_at = now(), stopped_because = 'by hand'")
        )

    assert not (await annul(world)).luck_was_known


async def test_the_chain_of_commitments_holds_across_an_annulled_night(
    world: World,
) -> None:
    await stop_tonight(world)
    await annul(world)
    await next_evening(world)
    annulment = await annulment_of("isere", TONIGHT, ports=world.ports)
    transcript = (await transcript_of("isere", TOMORROW, ports=world.ports)).text

    lines, refusals, code = verify_files(
        [("a.json", annulment), ("b.json", transcript)]
    )

    assert (refusals, code) == ([], 0)
    assert f"ok   previous: 'isere/{TOMORROW}' names 'isere/{TONIGHT}'" in lines
    [told] = [line for line in lines if line.startswith("-    annulled")]
    assert "when its luck was known" in told
    alone, _, code = verify_file(annulment)
    assert (len(alone), code) == (2, 0)

    # Whoever kept both commitments sees that the annulment answers the first.
    kept = []
    for content in (annulment, transcript):
        found = json.loads(content)
        signed = {name: found[name] for name in ("commitment", "signature")}
        kept.append(json.dumps({"spec": SPEC, **signed}).encode())
    both = [("a.json", annulment), ("b.json", transcript)]
    lines, _, code = verify_files(both, kept=kept)
    assert code == 0
    assert lines[-1].startswith("ok   withheld: 2 commitments kept")
    assert any(line.startswith("ok   witness") for line in lines)
    assert verify_files(both[1:], kept=kept[1:])[2] == 0
    assert verify_file(annulment, kept=kept)[2] == 0


async def test_nobody_can_write_an_annulment_or_another_reason(world: World) -> None:
    await stop_tonight(world)
    await annul(world)
    document = json.loads(await annulment_of("isere", TONIGHT, ports=world.ports))

    document["annulled"]["luck_was_known"] = False
    lines, _, code = verify_file(json.dumps(document).encode())
    assert code == 1
    assert lines[1].startswith("FAIL annulled")

    del document["annulled"]["luck_was_known"]
    _, [refusal], code = verify_file(json.dumps(document).encode())
    assert code == 2
    assert "annulled" in refusal


async def test_an_annulled_night_stays_so_even_for_a_wrong_program(
    world: World,
) -> None:
    await stop_tonight(world)
    await annul(world)

    with pytest.raises(UnknownResourceError):
        await resume_night(
            "isere", TONIGHT, found="come back, please", by="x", ports=world.ports
        )
    for statement in (
        "UPDATE night SET stopped_at = NULL WHERE state = 'revealed'",
        "UPDATE night_annulment SET luck_was_known = false",
        "DELETE FROM night_annulment",
    ):
        with pytest.raises(DBAPIError):
            async with world.engine.begin() as connection:
                await connection.execute(text(statement))


async def test_only_a_stopped_night_without_a_draw_is_annulled(world: World) -> None:
    with pytest.raises(NightNotKnownError):
        await annul(world, date(2030, 1, 1))
    with pytest.raises(NightNotStoppedError):
        await annul(world)
    with pytest.raises(ReasonRequiredError):
        await annul(world, reason="bref")
    await hold_night(world)
    async with world.engine.begin() as connection:
        await connection.execute(
            text("UPDATE night SET stopped_at = now(), stopped_because = 'by hand'")
        )
    with pytest.raises(NightNotToAnnulError):
        await annul(world)

    with pytest.raises(DBAPIError, match="only a stopped night"):
        async with world.engine.begin() as connection:
            await connection.execute(
                text(
                    "INSERT INTO night_annulment "
                    "SELECT id, now(), 'x', 'dix lettres', false, '' FROM night "
                    "WHERE stopped_at IS NOT NULL"
                )
            )


async def test_frozen_places_stay_locked_while_the_night_is_stopped(
    world: World,
) -> None:
    await stop_tonight(world)
    async with world.ports.open_uow() as uow:
        [slot, *_] = await uow.slots.between("isere", TONIGHT, TONIGHT + timedelta(9))

    with pytest.raises(PlacesLockedError):
        await cancel_slot(
            world.agent, slot.code, reason=CancelReason.CLOSED, ports=world.ports
        )

    await annul(world)
    assert (
        await cancel_slot(
            world.agent, slot.code, reason=CancelReason.CLOSED, ports=world.ports
        )
    ).places


async def test_everybody_reads_it_on_pages_feed_and_open_data(
    world: World, client: httpx.AsyncClient
) -> None:
    await stop_tonight(world)
    access = await world.register(2)
    held = await view_registration(access, ports=world.ports)
    assert held.stopped_night_on == TONIGHT
    assert "arrêtée" in (await client.get("/nuits")).text

    await annul(world)

    page = (await client.get(f"/nuits/{TONIGHT}")).text
    assert "Cette nuit est annulée" in page
    assert "Le nombre au hasard était déjà connu." in page
    assert REASON in page
    assert "annulée" in (await client.get("/nuits")).text
    told = (await client.get(f"/v1/nights/isere/{TONIGHT}")).json()
    assert told["annulment"]["luck_was_known"] is True
    fed = (await client.get("/v1/feed/isere")).text
    assert fed.count("<entry>") == 2
    assert f"{TONIGHT} : annulé" in fed
    [line] = csv.DictReader(io.StringIO((await client.get("/v1/open-data/isere")).text))
    assert (line["date"], line["hasard_connu"]) == (str(TONIGHT), "oui")
    assert line["annulee_motif"] == REASON
    assert line["inscriptions"] == ""
    document = await client.get(f"/v1/nights/isere/{TONIGHT}/annulment")
    assert document.json()["annulled"]["reason"] == REASON
    assert (await view_registration(access, ports=world.ports)).stopped_night_on is None
    async with world.engine.connect() as connection:
        assert (await connection.execute(select(night_annulment))).one()

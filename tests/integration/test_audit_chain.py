"""Whoever rewrites the trail of agents' acts is found, by the number of the row."""

import random

import pytest
from httpx import ASGITransport, AsyncClient

from service.adapters.postgres.audit_check import check_chain
from service.usecases.night.open_slots import list_slots, open_slots, withdraw_places
from service.usecases.public.audit_head import audit_head
from service.watching import read_head, said_of_chain
from service.web.app import create_app
from tests.integration.test_storage_away import Standing
from tests.world import World

pytestmark = pytest.mark.anyio

EVENTS = 12


async def act(world: World, times: int = EVENTS) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    day = world.plan().day
    slots = await list_slots(world.agent, day, day, ports=world.ports)
    for _ in range(times - 1):
        async with world.ports.open_uow() as uow:
            await uow.audit.append(
                prefecture="isere",
                actor="agent",
                action="file-read",
                detail={"registration": slots[0].code, "n": 1},
                at=world.clock.now(),
            )
            await uow.commit()
        world.clock.advance(minutes=1)


async def test_an_honest_chain_holds_and_its_head_can_be_noted(world: World) -> None:
    await act(world)

    first = await check_chain(world.engine)
    day = world.plan().day
    slot, *_ = await list_slots(world.agent, day, day, ports=world.ports)
    await withdraw_places(world.agent, slot.code, 1, ports=world.ports)
    again = await check_chain(world.engine, known=(first.events, first.head))

    assert (first.events, first.broken_at, first.known_holds) == (EVENTS, None, None)
    assert (again.events, again.broken_at, again.known_holds) == (
        EVENTS + 1,
        None,
        True,
    )
    assert said_of_chain(again)[1] == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET actor = 'somebody' WHERE id = {n}",
        "UPDATE audit SET action = 'day-read' WHERE id = {n}",
        "UPDATE audit SET at = at + interval '1 second' WHERE id = {n}",
        "UPDATE audit SET detail = detail || '{{\"n\": 2}}' WHERE id = {n}",
        "UPDATE audit SET prefecture = 'rhone' WHERE id = {n}",
        "UPDATE audit SET hash = sha256(hash) WHERE id = {n}",
        "DELETE FROM audit WHERE id = {n}",
        "UPDATE audit SET id = CASE id WHEN {n} THEN 1000 ELSE id END",
    ],
)
async def test_the_first_rewritten_event_is_named(world: World, change: str) -> None:
    await act(world)
    number = random.Random(change).randrange(2, EVENTS)

    await world.tamper(change.format(n=number))

    report = await check_chain(world.engine)
    lines, code = said_of_chain(report)
    assert report.broken_at == number
    assert code == 1
    assert f"event {number}" in lines[-1]


async def test_a_tail_that_was_cut_shows_beside_the_head_noted_before(
    world: World,
) -> None:
    await act(world)
    world.clock.advance(days=1)
    noted = await audit_head(ports=world.ports)
    await world.tamper("DELETE FROM audit WHERE id > 9")

    alone = await check_chain(world.engine)
    beside = await check_chain(
        world.engine, known=read_head(f"{noted.events}:{noted.sha256}")
    )

    assert noted.events == EVENTS
    assert alone.broken_at is None  # in itself, a shorter chain is a chain
    assert beside.known_holds is False
    assert said_of_chain(beside)[1] == 1


async def test_a_chain_redone_from_the_start_shows_beside_the_noted_head(
    world: World,
) -> None:
    await act(world)
    head = await check_chain(world.engine)
    await world.tamper("DELETE FROM audit")
    await act(world)

    redone = await check_chain(world.engine, known=(head.events, head.head))

    assert redone.broken_at is None
    assert redone.known_holds is False


@pytest.mark.parametrize("wrong", ["", "3", "x:00", "0:" + "00" * 32, "3:00ff"])
def test_what_is_no_head_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_head(wrong)


async def test_anybody_may_note_the_head_of_this_morning(world: World) -> None:
    await act(world)
    app = create_app(Standing(world.ports))
    async with AsyncClient(
        transport=ASGITransport(app=app), base_url="http://localhost"
    ) as client:
        today = (await client.get("/v1/audit-head")).json()
        world.clock.advance(days=1)
        tomorrow = (await client.get("/v1/audit-head")).json()

    assert (today["events"], today["sha256"]) == (0, "00" * 32)
    assert tomorrow["events"] == EVENTS
    report = await check_chain(world.engine)
    assert tomorrow["sha256"] == report.head.hex()

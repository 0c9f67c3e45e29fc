"""What the public form of a small prefecture hides, a judge can be given, and check."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text

from service.adapters.postgres import tables as t
from service.checks import verify_file
from service.domain.operator_errors import NightNotKnownError, NightNotPublishedError
from service.draw.canonical import canonical_bytes
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.open_slots import open_slots
from service.usecases.night.view_nights import transcript_of
from service.usecases.operator.write_transcript import write_transcript
from tests.nights import freeze_hour, hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def written(world: World, *, is_full: bool) -> bytes:
    return await write_transcript(
        "isere", TONIGHT, is_full=is_full, by="operator:awa", ports=world.ports
    )


async def a_small_night(world: World) -> None:
    """More people than places, in a prefecture that publishes the reduced form."""
    async with world.engine.begin() as connection:
        await connection.execute(text("UPDATE prefecture SET publishes = 'reduced'"))
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(1, 12):
        await world.register(number)
    await hold_night(world)


def given_to_a_friend(transcript: bytes) -> bytes:
    """The same night, one place handed to somebody with a worse ticket."""
    found: dict[str, Any] = json.loads(transcript)
    result = found["result"]
    last = max(result["unserved"], key=lambda one: result["tickets"][one["label"]])
    first = result["allocations"][0]
    first["label"], last["label"] = last["label"], first["label"]
    result["allocations"].sort(key=lambda one: one["label"])
    result["unserved"].sort(key=lambda one: one["label"])
    return canonical_bytes(found)


async def test_the_full_transcript_of_a_reduced_night_passes_every_check(
    world: World,
) -> None:
    await a_small_night(world)

    full = await written(world, is_full=True)
    public = await written(world, is_full=False)

    stored = await transcript_of("isere", TONIGHT, ports=world.ports)
    assert public == stored.text
    assert "pool" not in json.loads(public)
    lines, refusals, code = verify_file(full)
    assert (refusals, code) == ([], 0)
    for line in ("ok   served", "ok   pool", "ok   root"):
        assert any(one.startswith(line) for one in lines), (line, lines)
    of_both = [json.loads(one)["commitment"] for one in (full, public)]
    assert of_both[0] == of_both[1]


async def test_it_catches_the_place_that_a_reduced_one_cannot_show(
    world: World,
) -> None:
    await a_small_night(world)

    _, _, hidden = verify_file(given_to_a_friend(await written(world, is_full=False)))
    lines, _, seen = verify_file(given_to_a_friend(await written(world, is_full=True)))

    assert hidden == 0
    assert seen == 1
    assert any(line.startswith("FAIL served") for line in lines), lines


async def test_nobody_is_shown_a_result_before_it_is_published(world: World) -> None:
    with pytest.raises(NightNotKnownError):
        await write_transcript(
            "elsewhere", TONIGHT, is_full=True, by="x", ports=world.ports
        )
    await freeze_hour(world)
    await advance_nights(ports=world.ports)

    for is_full in (True, False):
        with pytest.raises(NightNotPublishedError):
            await written(world, is_full=is_full)


async def test_each_writing_is_in_the_audit_under_the_operator(world: World) -> None:
    await a_small_night(world)
    await written(world, is_full=True)
    await written(world, is_full=False)

    async with world.engine.connect() as connection:
        rows = await connection.execute(
            select(t.audit.c.actor, t.audit.c.detail)
            .where(t.audit.c.action == "transcript-written")
            .order_by(t.audit.c.id)
        )
    found = [(row.actor, row.detail["form"]) for row in rows]
    assert found == [("operator:awa", "full"), ("operator:awa", "reduced")]

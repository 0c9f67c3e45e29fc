"""The audit compares whose label is whose with what was noted at the freeze."""

from datetime import timedelta

import pytest

from service.adapters.postgres.audit_check import check_chain
from service.adapters.postgres.pairs_check import check_pairs, said_of_pairs
from tests.nights import hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

TOMORROW = TONIGHT + timedelta(days=1)
FORGET_NOTE = (
    "DELETE FROM audit WHERE action = 'night-frozen' AND detail->>'night' = '{}'"
)


async def two_nights(world: World) -> None:
    for number in (1, 2, 3):
        await world.register(number)
    await hold_night(world)
    world.clock.advance(days=1)
    await hold_night(world)


async def faults(world: World) -> tuple[str, ...]:
    return (await check_pairs(world.engine)).faults


async def test_nights_stand_as_they_were_frozen(world: World) -> None:
    await two_nights(world)

    report = await check_pairs(world.engine)

    assert (report.nights, report.faults) == (2, ())
    assert said_of_pairs(report) == (
        ["the labels of 2 nights are compared with their freeze"],
        0,
    )
    assert (await check_chain(world.engine)).broken_at is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry e SET registration_id = o.registration_id FROM entry o "
        "WHERE e.night_id = o.night_id AND e.label < o.label AND e.night_id = 1 "
        "AND e.label = (SELECT min(label) FROM entry WHERE night_id = 1) "
        "AND o.label = (SELECT max(label) FROM entry WHERE night_id = 1)",
        "UPDATE entry SET label = sha256(label) WHERE night_id = 1 AND label = "
        "(SELECT min(label) FROM entry WHERE night_id = 1)",
        "DELETE FROM entry WHERE night_id = 1 AND label = "
        "(SELECT min(label) FROM entry WHERE night_id = 1)",
    ],
)
async def test_a_label_given_to_another_is_named_by_its_night(
    world: World, statement: str
) -> None:
    await two_nights(world)
    await world.tamper("ALTER TABLE entry DROP CONSTRAINT pk_entry", statement)

    assert await faults(world) == (f"isere/{TONIGHT}: a label is not whose it was",)
    said, code = said_of_pairs(await check_pairs(world.engine))
    assert code == 1
    assert said[1].startswith(f"FAIL isere/{TONIGHT}")


async def test_a_night_frozen_without_a_note_is_a_fault(world: World) -> None:
    await two_nights(world)
    await world.tamper(
        FORGET_NOTE.format(TOMORROW),
    )

    assert await faults(world) == (
        f"isere/{TOMORROW}: nothing was noted at its freeze",
    )


async def test_nights_from_before_notes_are_left_alone(world: World) -> None:
    await two_nights(world)
    await world.tamper(
        FORGET_NOTE.format(TONIGHT),
    )

    report = await check_pairs(world.engine)
    assert (report.nights, report.faults) == (1, ())


async def test_a_night_that_is_gone_is_a_fault(world: World) -> None:
    await two_nights(world)
    await world.tamper("UPDATE night SET held_on = held_on + 9 WHERE id = 2")

    assert await faults(world) == (
        f"isere/{TOMORROW + timedelta(days=9)}: nothing was noted at its freeze",
        f"isere/{TOMORROW}: it is gone",
    )

"""Two people taken for one: the closed registration comes back, all its days kept."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import tables as t
from service.domain.errors import SecondAgentRequiredError
from service.usecases.commands import Access
from service.usecases.desk.compare_registrations import (
    ask_both,
    close_newer,
    list_pairs,
)
from service.usecases.desk.reopen_pair import (
    ReopenReason,
    closed_pairs,
    reopen_pair,
)
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.person.view_registration import view_registration
from service.usecases.records import AgentRecord
from tests.helping import add_second_agent
from tests.integration.test_near_matches import named, pair
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

TOMORROW = TONIGHT + timedelta(days=1)
"""When the newer registration of the pair was made."""


async def closed(world: World) -> tuple[Access, Access, tuple[str, str], AgentRecord]:
    older, newer, references = await pair(world)
    other = await add_second_agent(world)
    await ask_both(world.agent, references, ports=world.ports)
    world.clock.advance(days=7)
    await close_newer(other, references, ports=world.ports)
    return older, newer, references, other


async def test_a_registration_closed_by_mistake_takes_part_again_with_all_its_days(
    world: World,
) -> None:
    _, newer, references, other = await closed(world)
    [shown] = await closed_pairs(world.agent, ports=world.ports)
    assert (shown.ended.reference, shown.closed_by, shown.is_mine) == (
        newer.reference,
        "Sol",
        False,
    )

    back = await reopen_pair(
        world.agent, references, ReopenReason.BOTH_CAME, ports=world.ports
    )

    assert back == newer.reference
    view = await view_registration(newer, ports=world.ports)
    assert (view.state, view.takes_part_next) == ("live", True)
    assert view.waiting_since_on == TOMORROW
    assert await closed_pairs(world.agent, ports=world.ports) == []
    assert await list_pairs(world.agent, ports=world.ports) == []
    async with world.engine.connect() as connection:
        kept = (await connection.execute(select(d.near_match_reopening))).one()
        decision = (await connection.execute(select(d.near_match))).one()
        [detail] = (
            await connection.execute(
                select(t.audit.c.detail).where(t.audit.c.action == "pair-reopened")
            )
        ).scalars()
    assert (kept.closed_by, kept.reopened_by) == (other.id, world.agent.id)
    assert (kept.reason, kept.reopened_at) == ("both-came", world.clock.now())
    assert (decision.decision, decision.closed_by) == ("different", other.id)
    assert detail == {"reason": "both-came"}


async def test_its_person_is_told(world: World) -> None:
    _, _, references, _ = await closed(world)

    await reopen_pair(world.agent, references, ReopenReason.SLIP, ports=world.ports)
    await send_messages(ports=world.ports)

    for number, times in ((1, 0), (2, 1)):
        subjects = [m.subject for m in world.mailbox.to(f"p{number}@example.org")]
        assert subjects.count("Votre inscription est rouverte") == times


async def test_whoever_closed_a_pair_does_not_reopen_it_alone(world: World) -> None:
    _, newer, references, other = await closed(world)

    assert (await closed_pairs(other, ports=world.ports))[0].is_mine
    with pytest.raises(SecondAgentRequiredError):
        await reopen_pair(other, references, ReopenReason.SLIP, ports=world.ports)

    assert (await view_registration(newer, ports=world.ports)).state == "lapsed"
    async with world.engine.begin() as connection:
        row = (await connection.execute(select(d.near_match))).mappings().one()
        with pytest.raises(IntegrityError, match="second_agent"):
            await connection.execute(
                insert(d.near_match_reopening).values(
                    first_id=row["first_id"],
                    second_id=row["second_id"],
                    closed_by=other.id,
                    closed_at=row["closed_at"],
                    reopened_by=other.id,
                    reopened_at=world.clock.now(),
                    reason="slip",
                )
            )


async def test_who_registered_anew_meanwhile_gets_the_old_days(world: World) -> None:
    _, newer, references, _ = await closed(world)
    anew = await world.register(2, identity=named(world, "DIALO", "AWA", "8800000002"))
    assert anew.reference != newer.reference

    back = await reopen_pair(
        world.agent, references, ReopenReason.PERSON_SAID, ports=world.ports
    )

    assert back == anew.reference
    view = await view_registration(anew, ports=world.ports)
    assert view.waiting_since_on == TOMORROW
    assert (await view_registration(newer, ports=world.ports)).state == "lapsed"


async def test_nothing_is_reopened_that_was_not_closed(world: World) -> None:
    _, _, references = await pair(world)

    for which in (references, (references[0], references[0])):
        with pytest.raises(UnknownResourceError):
            await reopen_pair(world.agent, which, ReopenReason.SLIP, ports=world.ports)


async def test_reopening_twice_is_refused_and_changes_nothing(world: World) -> None:
    _, _, references, _ = await closed(world)
    await reopen_pair(world.agent, references, ReopenReason.SLIP, ports=world.ports)

    with pytest.raises(UnknownResourceError):
        await reopen_pair(world.agent, references, ReopenReason.SLIP, ports=world.ports)

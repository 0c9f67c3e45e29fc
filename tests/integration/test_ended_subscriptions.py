"""No agent alone silences a witness; the witness is told first; silence is seen."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.settings import Profile, Settings
from service.supervisor.up import warnings_of
from service.usecases.night.auditors import list_auditors, subscribe_auditor
from service.usecases.night.end_subscription import (
    ASKED,
    ENDED,
    end_subscription,
    tell_endings,
)
from service.usecases.night.tell_witnesses import tell_witnesses
from service.usecases.night.trouble_words import said_of, to_do
from service.usecases.night.watch_nights import Trouble, Watched, watch_nights
from tests.helping import add_second_agent
from tests.integration.test_witness_nights import Friend, commit, with_witnesses
from tests.world import World

pytestmark = pytest.mark.anyio

LIGUE = "ligue@example.org"


async def subscribed(world: World) -> UUID:
    return await subscribe_auditor(
        world.agent, name="La Ligue", email=LIGUE, ports=world.ports
    )


async def test_an_agent_alone_only_asks_and_the_auditor_is_told_at_once(
    world: World,
) -> None:
    auditor = await subscribed(world)

    for _ in range(2):
        done = await end_subscription(world.agent, auditor, ports=world.ports)
        assert done == ASKED

    [mail] = world.mailbox.to(LIGUE)
    assert "Un autre agent doit encore l'accepter" in mail.text
    assert "/v1/feed/isere" in mail.text
    [view] = await list_auditors(world.agent, ports=world.ports)
    assert view.end_asked_by == world.agent.id
    await commit(world)
    await tell_witnesses(ports=world.ports)
    assert len(world.mailbox.to(LIGUE)) == 2  # still a witness


async def test_a_second_agent_ends_it_once_the_auditor_was_told(world: World) -> None:
    auditor = await subscribed(world)
    second = await add_second_agent(world)
    world.mailbox.delaying.add(LIGUE)
    await end_subscription(world.agent, auditor, ports=world.ports)

    assert await end_subscription(second, auditor, ports=world.ports) == ASKED
    with pytest.raises(DBAPIError, match="told_first"):
        async with world.engine.begin() as connection:
            await connection.execute(
                text(
                    "UPDATE subscription_ending SET confirmed_at = now(), "
                    "confirmed_by = '00000000-0000-0000-0000-000000000002'"
                )
            )
    world.mailbox.delaying.clear()
    assert await tell_endings(ports=world.ports) == 1
    assert await tell_endings(ports=world.ports) == 0

    assert await end_subscription(second, auditor, ports=world.ports) == ENDED
    assert await list_auditors(world.agent, ports=world.ports) == []


async def test_an_address_that_refuses_all_mail_can_be_ended_too(world: World) -> None:
    auditor = await subscribed(world)
    second = await add_second_agent(world)
    world.mailbox.refusing.add(LIGUE)
    await end_subscription(world.agent, auditor, ports=world.ports)

    assert await end_subscription(second, auditor, ports=world.ports) == ENDED


async def unwitnessed(world: World) -> list[Watched]:
    return [
        one
        for one in await watch_nights(ports=world.ports)
        if one.trouble is Trouble.UNWITNESSED
    ]


async def on_a_public_chain(world: World) -> None:
    """As a production prefecture commits: to a chain that is not this machine's."""
    await world.tamper(
        text("UPDATE night SET beacon_chain = 'drand/' || repeat('0', 64)")
    )


async def test_a_commitment_that_nobody_had_before_its_round_is_shouted(
    world: World,
) -> None:
    await commit(world)
    assert await unwitnessed(world) == []
    world.clock.advance(minutes=16)
    assert await unwitnessed(world) == []  # a local chain proves nothing outside

    await on_a_public_chain(world)

    [found] = await unwitnessed(world)
    assert "had no witness" in said_of(found)
    assert "TDR_WITNESS_DIR" in to_do(found)


@pytest.mark.parametrize("minutes", [1, 20])
async def test_a_witness_counts_when_it_had_it_before_the_round(
    world: World, minutes: int
) -> None:
    with_witnesses(world, Friend())
    await commit(world)
    world.clock.advance(minutes=minutes)
    await tell_witnesses(ports=world.ports)
    world.clock.advance(minutes=30)
    await on_a_public_chain(world)

    assert bool(await unwitnessed(world)) is (minutes == 20)


def test_a_production_without_a_witness_says_so_when_it_starts(tmp_path: Path) -> None:
    def started(profile: Profile, **given: object) -> list[str]:
        return warnings_of(
            Settings.model_construct(profile=profile, **{"witness_dir": None, **given})
        )

    assert "TDR_WITNESS_DIR" in started(Profile.PRODUCTION)[0]
    assert started(Profile.PRODUCTION, witness_dir=tmp_path) == []
    assert started(Profile.DEMONSTRATION) == []

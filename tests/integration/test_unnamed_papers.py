"""Leaving out which paper it is moves nobody forward."""

from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import update

from service.adapters.postgres import tables as t
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.permits import DocumentFacts
from service.migrations import config_for, upgrade
from service.migrations.accounts import grant_program
from service.usecases.commands import Access
from service.usecases.desk.check_dates import check_dates
from service.usecases.person.view_registration import view_registration
from tests.world import TONIGHT, World, open_world

pytestmark = pytest.mark.anyio

SOON = TONIGHT + timedelta(days=10)
STEP_BEFORE = "0018"


def a_date(kind: str | None) -> DocumentFacts:
    return DocumentFacts(held_document=kind, permit_expires_on=SOON)


async def band(world: World, access: Access) -> int:
    return (await view_registration(access, ports=world.ports)).band


async def see(world: World, access: Access, facts: DocumentFacts) -> None:
    await check_dates(
        world.agent,
        access.reference,
        CheckedFacts(document=facts),
        SeenDocument.CARD,
        ports=world.ports,
    )


@pytest.mark.parametrize("kind", [None, "unknown", "asylum_attestation"])
async def test_an_unsure_paper_counts_once_an_agent_has_seen_it(
    world: World, kind: str | None
) -> None:
    access = await world.register(facts=a_date(kind))

    assert await band(world, access) == 3
    await see(world, access, a_date(kind))
    assert await band(world, access) == 0


async def test_who_was_ordered_by_an_unnamed_paper_waits_for_an_agent_too(
    database: str, owned: str
) -> None:
    world = await open_world(database)
    named = await world.register(1)
    unnamed = await world.register(2, facts=a_date(None))
    seen = await world.register(3, facts=a_date(None))
    await see(world, seen, a_date(None))
    async with world.engine.begin() as connection:
        await connection.execute(
            update(t.registration).values(
                end_of_right_on=SOON, end_of_right_basis="printed-end"
            )
        )
    await world.engine.dispose()

    command.downgrade(config_for(owned), STEP_BEFORE)
    upgrade(owned)
    grant_program(owned, database)

    found = [await band(world, access) for access in (named, unnamed, seen)]
    await world.close()
    assert found == [0, 3, 0]

"""Organisations have limits: of contacts, of ceilings, of trust."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from service.adapters.postgres import mandate_tables as m
from service.adapters.postgres import tables as t
from service.domain.contact import Contact
from service.domain.help_errors import (
    CeilingReachedError,
    HelperContactError,
    SharedContactLimitError,
)
from service.domain.mandate import Ceilings
from service.usecases.errors import (
    AlreadyFollowedError,
    OrganisationSuspendedError,
    UnknownResourceError,
)
from service.usecases.helper.follow_people import follow_people
from service.usecases.helper.helper_acts import (
    view_as_helper,
)
from service.usecases.helper.mandates import (
    end_mandates_at_the_guichet,
    give_up_mandate,
)
from service.usecases.helper.organisations import suspend_organisation
from service.usecases.person.view_registration import view_registration
from tests.helping import open_help, own_access, rows
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_the_helpers_own_contact_never_stands_in_for_the_persons(
    world: World,
) -> None:
    """BLM#5663: a helper's e-mail made their clients look like duplicates."""
    help_ = await open_help(world)

    for email in ("LEAD@passages.example", "contact@passages.example"):
        contact = Contact.parse(email=email, phone=None, language="fr")
        with pytest.raises(HelperContactError):
            await help_.register(1, contact=contact)

    assert await rows(world, t.registration) == 0


async def test_people_who_share_a_telephone_are_no_duplicates(world: World) -> None:
    """BLM#4083: six to eight students in twelve square metres."""
    help_ = await open_help(world)
    shared = Contact.parse(email=None, phone="06 39 98 00 01", language="fr")

    for number in range(8):
        await help_.register(number, contact=shared)
    with pytest.raises(SharedContactLimitError):
        await help_.register(8, contact=shared)
    nobody = Contact.parse(email=None, phone=None, language="fr")
    await help_.register(8, contact=nobody)

    followed = await follow_people(help_.helper, ports=world.ports)
    assert len(followed.people) == 9
    assert {one.standing for one in followed.people} == {"waiting"}


async def test_registering_someone_twice_makes_one_registration_and_one_mandate(
    world: World,
) -> None:
    help_ = await open_help(world)
    first = await help_.register(1, key="same")

    again = await help_.register(1, key="same")
    with pytest.raises(AlreadyFollowedError):
        await help_.register(1, key="other")

    assert again.reference == first.reference
    assert await rows(world, t.registration) == 1
    assert await rows(world, m.mandate) == 1


async def test_one_live_mandate_per_organisation_and_registration(
    world: World,
) -> None:
    """The database says so, whatever the code forgets."""
    help_ = await open_help(world)
    await help_.register()

    async with world.engine.connect() as connection:
        row = (await connection.execute(select(m.mandate))).mappings().one()
        with pytest.raises(IntegrityError, match="uq_mandate_live"):
            await connection.execute(
                insert(m.mandate).values({**row, "id": help_.organisation_id})
            )


async def test_two_agents_are_needed_even_for_the_database(world: World) -> None:
    help_ = await open_help(world)

    async with world.engine.connect() as connection:
        with pytest.raises(IntegrityError, match="four_eyes"):
            await connection.execute(
                m.organisation.update()
                .where(m.organisation.c.id == help_.organisation_id)
                .values(decided_by=m.organisation.c.proposed_by)
            )


async def test_a_ceiling_holds_against_many_at_once(world: World) -> None:
    help_ = await open_help(world, ceilings=Ceilings(live=4, per_day=100))

    async def attempt(number: int) -> bool:
        try:
            await help_.register(number, key=f"key-{number}")
        except CeilingReachedError:
            return False
        return True

    done = await asyncio.gather(*(attempt(number) for number in range(9)))

    assert sum(done) == 4
    assert await rows(world, t.registration) == 4
    assert await rows(world, m.mandate) == 4


async def test_a_ceiling_of_the_day_is_free_again_tomorrow(world: World) -> None:
    help_ = await open_help(world, ceilings=Ceilings(live=100, per_day=1))
    await help_.register(1)
    with pytest.raises(CeilingReachedError):
        await help_.register(2)
    world.clock.advance(days=1)

    await help_.register(2)

    assert await rows(world, m.mandate) == 2


async def test_a_suspended_organisation_does_nothing_and_its_people_lose_nothing(
    world: World,
) -> None:
    help_ = await open_help(world)
    reference = (await help_.register()).reference

    await suspend_organisation(
        world.agent, help_.organisation_id, reason="signalement", ports=world.ports
    )

    with pytest.raises(OrganisationSuspendedError):
        await view_as_helper(help_.helper, reference, ports=world.ports)
    with pytest.raises(OrganisationSuspendedError):
        await help_.register(2)
    view = await view_registration(
        await own_access(world, reference), ports=world.ports
    )
    assert view.state == "live"


async def test_a_person_without_a_code_has_a_mandate_ended_at_the_guichet(
    world: World,
) -> None:
    help_ = await open_help(world)
    reference = (await help_.register()).reference
    stranger = replace(world.agent, prefecture="rhone")

    with pytest.raises(UnknownResourceError):
        await end_mandates_at_the_guichet(stranger, reference, ports=world.ports)
    ended = await end_mandates_at_the_guichet(world.agent, reference, ports=world.ports)

    assert ended == 1
    with pytest.raises(UnknownResourceError):
        await view_as_helper(help_.helper, reference, ports=world.ports)


async def test_an_organisation_gives_a_mandate_up(world: World) -> None:
    help_ = await open_help(world)
    reference = (await help_.register()).reference

    await give_up_mandate(help_.helper, reference, ports=world.ports)

    [ended] = (await follow_people(help_.helper, ports=world.ports)).ended
    assert ended.ended_by == "helper"
    assert ended.ended_at == world.clock.now()


async def test_the_list_says_where_each_person_stands(world: World) -> None:
    help_ = await open_help(world)
    await help_.register(1)

    [person] = (await follow_people(help_.helper, ports=world.ports)).people

    assert person.family_name == "Diallo"
    assert person.standing == "waiting"
    assert person.band == 0
    assert person.mandate_ends_on == help_.half_a_year
    assert person.last_night_on is None
    assert isinstance(person.end_of_right_on, date)

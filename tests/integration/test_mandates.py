"""Someone acts for a person: with a mandate, in the open, until the person says no."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from service.adapters.postgres import mandate_tables as m
from service.adapters.postgres import tables as t
from service.domain.contact import Contact
from service.domain.help_errors import (
    InvalidMandateError,
    MandateMissingError,
)
from service.domain.mandate import MandateState
from service.usecases.commands import Access, AmendRegistration
from service.usecases.errors import (
    UnknownResourceError,
)
from service.usecases.helper.follow_people import follow_people
from service.usecases.helper.helper_acts import (
    confirm_as_helper,
    correct_as_helper,
    view_as_helper,
)
from service.usecases.helper.mandates import (
    accept_mandate,
    end_mandates,
    my_mandates,
    revoke_mandate,
)
from service.usecases.helper.register_under_mandate import register_under_mandate
from service.usecases.person.view_registration import view_registration
from tests.helping import ALL_SCOPES, Help, kinds, open_help, own_access, rows
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_a_person_registered_by_a_helper_stands_in_the_same_list(
    world: World,
) -> None:
    help_ = await open_help(world)
    alone = await world.register(2)

    answer = await help_.register(1)

    view = await view_as_helper(help_.helper, answer.reference, ports=world.ports)
    own = await view_registration(alone, ports=world.ports)
    assert (view.state, view.band, view.first_night_on) == (
        own.state,
        own.band,
        own.first_night_on,
    )
    async with world.engine.connect() as connection:
        channel = await connection.execute(
            select(t.registration.c.channel).where(
                t.registration.c.reference == answer.reference
            )
        )
    assert channel.scalar_one() == "helper"
    assert await kinds(world, answer.reference) == ["registered", "mandate_opened"]


async def test_the_person_sees_who_acts_and_what_was_done(world: World) -> None:
    help_ = await open_help(world)
    reference = (await help_.register()).reference
    await view_as_helper(help_.helper, reference, ports=world.ports)
    await view_as_helper(help_.helper, reference, ports=world.ports)
    await correct_as_helper(
        help_.helper,
        AmendRegistration(access=Access(reference=reference, secret=""), people=2),
        ports=world.ports,
    )

    mine = await my_mandates(await own_access(world, reference), ports=world.ports)

    assert [one.organisation for one in mine.live] == ["Maison des Passages"]
    assert mine.live[0].ends_on == help_.half_a_year
    assert [one.act for one in mine.acts] == ["corrected", "viewed", "registered"]
    assert (await kinds(world, reference))[-1] == "mandate_used"


async def test_once_revoked_the_helper_sees_and_does_nothing_more(
    world: World,
) -> None:
    help_ = await open_help(world)
    reference = (await help_.register()).reference
    access = await own_access(world, reference)
    [mandate] = (await my_mandates(access, ports=world.ports)).live

    await revoke_mandate(access, mandate.id, ports=world.ports)
    await revoke_mandate(access, mandate.id, ports=world.ports)

    for act in (view_as_helper, confirm_as_helper):
        with pytest.raises(UnknownResourceError):
            await act(help_.helper, reference, ports=world.ports)
    followed = await follow_people(help_.helper, ports=world.ports)
    assert followed.people == ()
    assert [(one.reference, one.ended_by) for one in followed.ended] == [
        (reference, "person")
    ]
    mine = await my_mandates(access, ports=world.ports)
    assert [one.state for one in mine.ended] == [MandateState.REVOKED]
    assert (await kinds(world, reference)).count("mandate_ended") == 1
    view = await view_registration(access, ports=world.ports)
    assert view.state == "live"


async def test_nothing_is_done_without_that_very_scope(world: World) -> None:
    help_ = await open_help(world)
    reference = (await help_.register(scopes=("register", "follow"))).reference

    with pytest.raises(MandateMissingError):
        await confirm_as_helper(help_.helper, reference, ports=world.ports)
    with pytest.raises(MandateMissingError):
        await correct_as_helper(
            help_.helper,
            AmendRegistration(access=Access(reference=reference, secret=""), people=2),
            ports=world.ports,
        )

    assert (await rows(world, m.mandate_act)) == 1


async def test_a_helper_never_changes_how_a_person_is_reached(world: World) -> None:
    help_ = await open_help(world)
    reference = (await help_.register()).reference
    contact = Contact.parse(email="other@example.org", phone=None, language="fr")

    with pytest.raises(MandateMissingError):
        await correct_as_helper(
            help_.helper,
            AmendRegistration(
                access=Access(reference=reference, secret=""), contact=contact
            ),
            ports=world.ports,
        )


async def test_another_organisation_sees_nothing(world: World) -> None:
    ours = await open_help(world)
    theirs = await open_help(
        world, second=ours.second_agent, name="Autre", login="x@autre.example"
    )
    reference = (await ours.register()).reference

    with pytest.raises(UnknownResourceError):
        await view_as_helper(theirs.helper, reference, ports=world.ports)
    assert (await follow_people(theirs.helper, ports=world.ports)).people == ()


async def test_a_mandate_ends_by_itself_and_the_person_is_told(world: World) -> None:
    help_ = await open_help(world)
    reference = (await help_.register()).reference
    world.clock.advance(days=183)

    with pytest.raises(UnknownResourceError):
        await view_as_helper(help_.helper, reference, ports=world.ports)
    assert await end_mandates(ports=world.ports) == 1
    assert await end_mandates(ports=world.ports) == 0

    assert (await kinds(world, reference))[-1] == "mandate_ended"


async def test_a_mandate_longer_than_a_year_is_not_made(world: World) -> None:
    help_ = await open_help(world)

    for days in (-1, 367):
        with pytest.raises(InvalidMandateError):
            await replace_end(help_, days)

    assert await rows(world, m.mandate) == 0
    assert await rows(world, t.registration) == 0


async def replace_end(help_: Help, days: int) -> None:
    await register_under_mandate(
        help_.helper,
        help_.world.person(1),
        scopes=ALL_SCOPES,
        ends_on=help_.world.clock.now().date() + timedelta(days=days),
        idempotency_key=f"days-{days}",
        ports=help_.world.ports,
    )


async def test_a_known_person_stays_unknown_to_the_helper_until_they_say_yes(
    world: World,
) -> None:
    help_ = await open_help(world)
    own = await world.register(1)

    answer = await help_.register(1)

    new = await help_.register(2)
    assert (answer.first_night_on, answer.received_at) == (
        new.first_night_on,
        new.received_at,
    )
    seen = await view_as_helper(help_.helper, answer.reference, ports=world.ports)
    assert (seen.state, seen.needs_proof) == ("live", False)
    assert answer.reference != own.reference
    assert await kinds(world, own.reference) == [
        "registered",
        "already_registered",
        "mandate_opened",
    ]
    assert await kinds(world, answer.reference) == []


async def test_a_known_person_says_yes_and_the_mandate_concerns_their_own(
    world: World,
) -> None:
    help_ = await open_help(world)
    own = await world.register(1)
    await help_.register(1)
    [proposal] = (await my_mandates(own, ports=world.ports)).live
    assert proposal.is_proposed

    await accept_mandate(own, proposal.id, ports=world.ports)

    seen = await view_as_helper(help_.helper, own.reference, ports=world.ports)
    assert seen.reference == own.reference
    [mandate] = (await my_mandates(own, ports=world.ports)).live
    assert not mandate.is_proposed


async def test_a_known_person_refuses_and_nothing_ever_was(world: World) -> None:
    help_ = await open_help(world)
    own = await world.register(1)
    answer = await help_.register(1)
    [proposal] = (await my_mandates(own, ports=world.ports)).live

    await revoke_mandate(own, proposal.id, ports=world.ports)

    with pytest.raises(UnknownResourceError):
        await view_as_helper(help_.helper, answer.reference, ports=world.ports)
    with pytest.raises(UnknownResourceError):
        await accept_mandate(own, proposal.id, ports=world.ports)


async def test_nobody_takes_back_the_mandate_of_somebody_else(world: World) -> None:
    help_ = await open_help(world)
    reference = (await help_.register(1)).reference
    stranger = await world.register(2)
    access = await own_access(world, reference)
    [mandate] = (await my_mandates(access, ports=world.ports)).live

    with pytest.raises(UnknownResourceError):
        await revoke_mandate(stranger, mandate.id, ports=world.ports)
    with pytest.raises(UnknownResourceError):
        await accept_mandate(access, mandate.id, ports=world.ports)

    assert (await my_mandates(access, ports=world.ports)).live

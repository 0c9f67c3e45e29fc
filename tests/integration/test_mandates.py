"""Someone acts for a person: with a mandate, in the open, until the person says no."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from service.adapters.postgres import mandate_tables as m
from service.adapters.postgres import tables as t
from service.domain.contact import Contact
from service.domain.errors import (
    CeilingReachedError,
    HelperContactError,
    InvalidMandateError,
    MandateMissingError,
    SharedContactLimitError,
)
from service.domain.mandate import Ceilings, MandateState
from service.usecases.access import secret_digest
from service.usecases.commands import Access, AmendRegistration
from service.usecases.errors import (
    AlreadyFollowedError,
    OrganisationSuspendedError,
    UnknownResourceError,
)
from service.usecases.follow_people import follow_people
from service.usecases.helper_acts import (
    confirm_as_helper,
    correct_as_helper,
    view_as_helper,
)
from service.usecases.mandates import (
    accept_mandate,
    end_mandates,
    end_mandates_at_the_guichet,
    give_up_mandate,
    my_mandates,
    revoke_mandate,
)
from service.usecases.organisations import suspend_organisation
from service.usecases.register_under_mandate import register_under_mandate
from service.usecases.view_registration import view_registration
from tests.helping import ALL_SCOPES, Help, open_help
from tests.world import World

pytestmark = pytest.mark.anyio


async def own_access(world: World, reference: str) -> Access:
    """What the person's own message would open: a fresh personal link."""
    async with world.ports.open_uow() as uow:
        record = await uow.registrations.by_reference(reference)
        assert record is not None
        await uow.registrations.add_link(
            record.id, secret_digest("own"), world.clock.now() + timedelta(days=1)
        )
        await uow.commit()
    return Access(reference=reference, secret="own")


async def kinds(world: World, reference: str) -> list[str]:
    async with world.engine.connect() as connection:
        found = await connection.execute(
            select(t.outbox.c.kind)
            .join(t.registration, t.registration.c.id == t.outbox.c.registration_id)
            .where(t.registration.c.reference == reference)
            .order_by(t.outbox.c.id)
        )
    return list(found.scalars().all())


async def rows(world: World, table: object) -> int:
    async with world.engine.connect() as connection:
        counted = select(func.count()).select_from(table)  # type: ignore[arg-type]
        return (await connection.execute(counted)).scalar_one()


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
    assert (seen.state, seen.joined) == ("live", False)
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

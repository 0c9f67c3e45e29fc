"""Personal data goes when it has served its time; the proof of a draw stays."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import mandate_tables as m
from service.adapters.postgres import tables as t
from service.adapters.postgres.retention import EMPTIED
from service.domain.birth_date import BirthDate
from service.domain.companions import Companion
from service.domain.contact import Contact
from service.domain.identity import Names
from service.nights import forget_once
from service.settings import Settings
from service.usecases.commands import Access
from service.usecases.desk.agents import agent_of, sign_in
from service.usecases.desk.day_list import (
    ABSENT,
    Excuse,
    excuse_absence,
    list_day,
    note_visit,
)
from service.usecases.desk.ready_permits import mark_collected, say_ready
from service.usecases.errors import AgentRequiredError, UnknownResourceError
from service.usecases.night.lapse_offers import release_served
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.forget_access import forget_access
from service.usecases.person.forget_people import forget_people, forgotten
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from tests.helping import open_help
from tests.integration.test_claims import claim
from tests.integration.test_offers import offered
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

CHILD = Companion(names=Names("Diallo", "Fatou"), birth_date=BirthDate(2020, 1, 2))
NOBODY = Contact.parse(email=None, phone=None, language="fr")


async def row_of(world: World, access: Access) -> dict[str, object]:
    async with world.engine.connect() as connection:
        found = await connection.execute(
            select(t.registration).where(t.registration.c.reference == access.reference)
        )
        return dict(found.mappings().one())


async def count(world: World, table: object) -> int:
    async with world.engine.connect() as connection:
        return len((await connection.execute(select(table))).all())  # type: ignore[call-overload]


def is_bare(row: dict[str, object]) -> bool:
    return all(row[name] in (None, []) for name in EMPTIED[t.registration])


async def family(world: World, number: int = 1) -> Access:
    access = await world.register(number, people=2, companions=(CHILD,))
    await claim(world, access, on=TONIGHT + timedelta(days=5))
    return access


async def test_three_months_after_leaving_nothing_names_the_person(
    world: World,
) -> None:
    access = await family(world)
    await withdraw_registration(access, ports=world.ports)

    world.clock.advance(days=91)
    assert "registration" not in await forgotten(ports=world.ports)
    assert not is_bare(await row_of(world, access))

    world.clock.advance(days=1)
    gone = await forgotten(ports=world.ports)
    assert gone["registration"] == gone["companions"] == gone["urgency_claim"] == 1
    assert is_bare(await row_of(world, access))
    assert await count(world, d.companions) == 0


async def test_twice_is_once(world: World) -> None:
    access = await family(world)
    await withdraw_registration(access, ports=world.ports)
    world.clock.advance(days=93)

    assert await forget_people(ports=world.ports) > 0
    assert await forget_people(ports=world.ports) == 0


async def test_a_dry_run_says_the_same_and_changes_nothing(world: World) -> None:
    access = await family(world)
    await withdraw_registration(access, ports=world.ports)
    world.clock.advance(days=93)
    before = await row_of(world, access)
    audited = await count(world, t.audit)

    told = await forgotten(ports=world.ports, is_dry_run=True)

    assert await row_of(world, access) == before
    assert await count(world, t.audit) == audited
    assert told == await forgotten(ports=world.ports)
    assert await count(world, t.audit) == audited + 1


async def test_whoever_waits_is_never_forgotten_however_long(world: World) -> None:
    access = await family(world)
    world.clock.advance(days=1_000)

    await forget_people(ports=world.ports)

    assert (await row_of(world, access))["sealed_identity"] is not None
    assert await count(world, d.companions) == 1
    assert (await view_registration(access, ports=world.ports)).family_name == "Diallo"


async def test_the_trace_of_a_repeated_registration_stays_with_the_first(
    world: World,
) -> None:
    first = await world.register()
    trace = await world.register(is_proved=False)
    world.clock.advance(days=100)

    await forget_people(ports=world.ports)
    assert not is_bare(await row_of(world, trace))

    await withdraw_registration(first, ports=world.ports)
    world.clock.advance(days=93)
    await forget_people(ports=world.ports)
    assert is_bare(await row_of(world, trace))
    assert is_bare(await row_of(world, first))


async def test_after_the_appointment_the_proof_of_the_draw_stays_as_it_was(
    world: World,
) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)
    async with world.ports.open_uow() as uow:
        transcript = await uow.nights.transcript("isere", TONIGHT)
    assert transcript is not None

    world.clock.advance(days=8)  # the appointment is a week after the night
    assert await release_served(ports=world.ports) == 1
    world.clock.advance(days=91)
    await forget_people(ports=world.ports)
    assert not is_bare(await row_of(world, access))
    world.clock.advance(days=1)
    await forget_people(ports=world.ports)

    assert is_bare(await row_of(world, access))
    async with world.ports.open_uow() as uow:
        assert await uow.nights.transcript("isere", TONIGHT) == transcript
    view = await view_registration(access, ports=world.ports)
    assert (view.family_name, view.masked_email) == ("", None)
    assert len(view.nights) == 1


async def test_a_permit_in_waiting_is_forgotten_after_a_year_or_when_handed_over(
    world: World,
) -> None:
    for number in (1, 2):
        await say_ready(
            world.agent,
            world.person(number).identity,
            NOBODY,
            site="grenoble",
            collect_at=None,
            ports=world.ports,
        )
    async with world.ports.open_uow() as uow:
        first, _second = await uow.doors.lists.ready("isere")
    await mark_collected(world.agent, first.id, ports=world.ports)

    world.clock.advance(days=364)
    assert "ready_permit" not in await forgotten(ports=world.ports)
    world.clock.advance(days=1)

    assert (await forgotten(ports=world.ports))["ready_permit"] == 1
    async with world.engine.connect() as connection:
        kept = await connection.execute(
            select(d.ready_permit.c.sealed_identity, d.ready_permit.c.sealed_contact)
        )
    assert {tuple(row) for row in kept} == {(None, None)}


async def test_what_a_request_was_answered_goes_after_thirty_days(world: World) -> None:
    await world.register()
    world.clock.advance(days=29)
    assert "answer" not in await forgotten(ports=world.ports)
    world.clock.advance(days=1)

    assert (await forgotten(ports=world.ports))["answer"] == 1
    assert await count(world, t.answer) == 0


async def test_when_all_is_over_no_sealed_column_holds_anything(world: World) -> None:
    """Every sealed column of the schema, found by its name, after the clock jumped."""
    access = await family(world)
    other = await offered(world, 2)
    await confirm_offer(other, ports=world.ports)
    await withdraw_registration(access, ports=world.ports)
    world.clock.advance(days=8)
    await release_served(ports=world.ports)
    world.clock.advance(days=400)

    await forget_people(ports=world.ports)
    await forget_access(ports=world.ports)

    nobodys = {"beacon_chain.sealed_seed"}
    async with world.engine.connect() as connection:
        for table in t.metadata.tables.values():
            for column in table.columns:
                if "sealed" not in column.name or str(column) in nobodys:
                    continue
                held = await connection.execute(
                    select(column).where(column.is_not(None))
                )
                assert held.all() == [], str(column)


async def test_a_forgotten_person_is_not_brought_back_without_a_name(
    world: World,
) -> None:
    access = await offered(world)
    await confirm_offer(access, ports=world.ports)
    world.clock.advance(days=7)
    day = TONIGHT + timedelta(days=7)
    [line] = await list_day(world.agent, day, ports=world.ports)
    await note_visit(world.agent, line.offer_id, ABSENT, ports=world.ports)
    world.clock.advance(days=1)
    await release_served(ports=world.ports)
    world.clock.advance(days=93)
    await forget_people(ports=world.ports)

    with pytest.raises(UnknownResourceError):
        await excuse_absence(world.agent, line.offer_id, Excuse.WORK, ports=world.ports)
    assert (await row_of(world, access))["state"] == "served"


async def test_an_operator_sees_first_what_would_go_then_lets_it_go(
    world: World, database: str
) -> None:
    """The command's own way in, with the machine's clock: years after the end."""
    access = await world.register()
    await withdraw_registration(access, ports=world.ports)
    async with world.engine.begin() as connection:
        ended = datetime(2024, 1, 8, 11, tzinfo=UTC)
        await connection.execute(update(t.registration).values(released_at=ended))
    settings = Settings.model_validate(
        {
            "database_url": database,
            "redis_url": "redis://127.0.0.1:1/0",
            "applicant_key": "6b" * 32,
            "sealing_key": "73" * 32,
            "signing_key": "65" * 32,
        }
    )

    told = await forget_once(settings, is_dry_run=True)
    assert not is_bare(await row_of(world, access))
    assert await forget_once(settings, is_dry_run=False) == told
    assert is_bare(await row_of(world, access))
    assert await forget_once(settings, is_dry_run=False) == {}
    assert told["registration"] == 1


async def test_a_session_that_is_over_is_forgotten_and_one_in_use_goes_on(
    world: World,
) -> None:
    """Who sat at a desk, and when, is not kept once nobody can use it any more."""
    await open_help(world)  # the lead signed in
    left = (await sign_in("agent", "secret", ports=world.ports)).token
    used = (await sign_in("agent", "secret", ports=world.ports)).token
    world.clock.advance(minutes=10)
    await agent_of(used, ports=world.ports)
    world.clock.advance(minutes=10)

    await forget_people(ports=world.ports)

    assert await count(world, t.agent_session) == 1
    assert await count(world, m.helper_session) == 0
    assert (await agent_of(used, ports=world.ports)).login == "agent"
    with pytest.raises(AgentRequiredError):
        await agent_of(left, ports=world.ports)

    for _ in range(54):  # in use all day long: nine hours, and no more
        world.clock.advance(minutes=10)
        with suppress(AgentRequiredError):
            await agent_of(used, ports=world.ports)
    await forget_people(ports=world.ports)
    assert await count(world, t.agent_session) == 0

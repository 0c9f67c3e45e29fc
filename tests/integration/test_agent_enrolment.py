"""An agent enrols a second factor once; the operator forgets a lost one."""

import pyotp
import pytest
from sqlalchemy import func, select

from service.adapters.postgres import tables as t
from service.adapters.postgres.agent_tables import (
    agent_enrolment,
    agent_factor,
    agent_recovery,
    agent_try,
)
from service.domain.agent_account import MOST_TRIES
from service.domain.second_factor import TryKind
from service.usecases.desk.agents import Typed, agent_of, enter, sign_in
from service.usecases.desk.enrolment import (
    EnrolledAgent,
    Enrolling,
    enrol_agent,
    view_enrolment,
)
from service.usecases.errors import (
    AgentRequiredError,
    AgentSignInError,
    SecondFactorNotEnrolledError,
)
from service.usecases.operator.agent_accounts import (
    change_password,
    close_agent,
    forget_phone,
    list_agents,
)
from service.usecases.person.forget_people import forget_people
from tests.agents import (
    MOST_CODES,
    acts,
    as_in_production,
    begin,
    entered,
    protect,
    refused,
)
from tests.helping import add_second_agent, rows
from tests.world import World

pytestmark = pytest.mark.anyio

BY = "operator:root"


async def test_the_right_password_alone_opens_no_session(world: World) -> None:
    begun = await begin(world)

    assert await rows(world, t.agent_session) == 0
    with pytest.raises(AgentRequiredError):
        await agent_of(begun.token, ports=world.ports)
    with pytest.raises(SecondFactorNotEnrolledError):
        await sign_in("agent", "secret", ports=as_in_production(world))
    assert await rows(world, t.agent_session) == 0


async def test_a_wrong_password_leads_to_no_enrolment(world: World) -> None:
    ports = as_in_production(world)

    await refused(enter(Typed(login="agent", password="guess"), ports=ports))

    assert await rows(world, agent_enrolment) == 0


async def first_code(world: World, begun: Enrolling) -> str:
    shown = await view_enrolment(begun.token, ports=world.ports)
    return pyotp.TOTP(shown.totp_secret).at(world.clock.now())


async def enrol(world: World, begun: Enrolling) -> EnrolledAgent:
    code = await first_code(world, begun)
    return await enrol_agent(begun.token, code, ports=world.ports)


async def test_the_first_code_enrols_and_the_session_opens(world: World) -> None:
    enrolled = await enrol(world, await begin(world))

    assert (await agent_of(enrolled.token, ports=world.ports)).login == "agent"
    assert await acts(world) == [
        ("agent", "second-factor-enrolled"),
        ("agent", "signed-in"),
    ]


async def test_a_wrong_first_code_enrols_nobody_and_can_be_typed_again(
    world: World,
) -> None:
    begun = await begin(world)

    await refused(enrol_agent(begun.token, "000000", ports=world.ports))
    assert await rows(world, agent_factor) == 0

    assert await enrol(world, begun)


async def test_a_used_token_enrols_no_second_time(world: World) -> None:
    """Neither now nor once the factor was forgotten: it was for one enrolment."""
    begun = await begin(world)
    code = await first_code(world, begun)
    await enrol_agent(begun.token, code, ports=world.ports)

    with pytest.raises(AgentRequiredError):
        await enrol_agent(begun.token, code, ports=world.ports)
    await forget_phone("agent", by=BY, ports=world.ports)

    with pytest.raises(AgentRequiredError):
        await enrol_agent(begun.token, code, ports=world.ports)
    with pytest.raises(AgentRequiredError):
        await view_enrolment(begun.token, ports=world.ports)


async def test_of_four_who_send_one_token_at_once_one_enrols(world: World) -> None:
    begun = await begin(world)
    code = await first_code(world, begun)

    count = await entered(
        [lambda: enrol_agent(begun.token, code, ports=world.ports)] * 4
    )

    assert count == 1
    assert await rows(world, agent_recovery) == 10
    assert await rows(world, t.agent_session) == 1


async def test_a_token_enrols_its_own_agent_and_no_other(world: World) -> None:
    second = await add_second_agent(world)
    begun, other = await begin(world), await begin(world, "second")
    code = await first_code(world, begun)

    await refused(enrol_agent(other.token, code, ports=world.ports))
    enrolled = await enrol(world, other)

    assert enrolled.agent_id == second.id
    enrolled_ones = {
        one.login: one.enrolled_at for one in await list_agents(None, ports=world.ports)
    }
    assert enrolled_ones == {"agent": None, "second": world.clock.now()}


async def test_a_secret_that_somebody_looked_at_is_never_enrolled(world: World) -> None:
    """A thief looks at the page first; the agent then enrols another secret."""
    thief = await begin(world)
    stolen = await view_enrolment(thief.token, ports=world.ports)

    awa = await protect(world)

    assert awa.secret != stolen.totp_secret
    with pytest.raises(AgentRequiredError):
        await view_enrolment(thief.token, ports=world.ports)


async def test_a_token_ends_after_ten_minutes_and_is_forgotten(world: World) -> None:
    begun = await begin(world)
    code = await first_code(world, begun)
    world.clock.advance(minutes=9)
    await forget_people(ports=world.ports)
    assert await view_enrolment(begun.token, ports=world.ports)
    world.clock.advance(minutes=1)

    with pytest.raises(AgentRequiredError):
        await enrol_agent(begun.token, code, ports=world.ports)
    await forget_people(ports=world.ports)

    assert await rows(world, agent_enrolment) == 0


async def test_a_script_that_signs_in_does_not_disturb_who_enrols(world: World) -> None:
    begun = await begin(world)

    with pytest.raises(SecondFactorNotEnrolledError):
        await sign_in("agent", "secret", ports=as_in_production(world))

    assert await enrol(world, begun)


async def test_a_closed_door_leads_to_no_enrolment_either(world: World) -> None:
    ports = as_in_production(world)
    for _ in range(MOST_TRIES[TryKind.PASSWORD]):
        await refused(sign_in("agent", "guess", ports=ports))

    await refused(enter(Typed(login="agent", password="secret"), ports=ports))


# --- the operator


async def test_a_forgotten_telephone_ends_sessions_and_is_enrolled_anew(
    world: World,
) -> None:
    awa = await protect(world)
    for _ in range(MOST_CODES):
        await refused(awa.sign_in("000000"))

    assert await forget_phone(" AGENT", by=BY, ports=world.ports)

    with pytest.raises(AgentRequiredError):
        await agent_of(awa.session, ports=world.ports)
    with pytest.raises(SecondFactorNotEnrolledError):
        await awa.sign_in(awa.recovery[0])
    anew = await protect(world)
    assert anew.secret != awa.secret
    await refused(anew.sign_in(awa.recovery[1]))
    assert (BY, "second-factor-forgotten") in await acts(world)


async def test_what_is_not_enrolled_is_not_forgotten(world: World) -> None:
    assert not await forget_phone("agent", by=BY, ports=world.ports)
    assert await acts(world) == []


async def test_a_closed_account_keeps_nothing_of_its_second_factor(
    world: World,
) -> None:
    awa = await protect(world)

    await close_agent("agent", by=BY, ports=world.ports)

    await refused(awa.sign_in(awa.next_code()))
    async with world.engine.connect() as connection:
        for table in (agent_factor, agent_recovery, agent_enrolment, agent_try):
            count = await connection.execute(select(func.count()).select_from(table))
            assert count.scalar_one() == 0, table.name


async def test_closing_an_account_or_changing_its_password_ends_an_enrolment(
    world: World,
) -> None:
    await add_second_agent(world)
    closed, changed = await begin(world), await begin(world, "second")

    await close_agent("agent", by=BY, ports=world.ports)
    await change_password("second", "quatre pommes vertes", by=BY, ports=world.ports)

    for begun in (closed, changed):
        with pytest.raises(AgentRequiredError):
            await view_enrolment(begun.token, ports=world.ports)


async def test_another_password_keeps_the_second_factor(world: World) -> None:
    awa = await protect(world)
    await change_password("agent", "quatre pommes vertes", by=BY, ports=world.ports)
    awa.password = "quatre pommes vertes"

    with pytest.raises(AgentSignInError):
        await awa.sign_in("")

    assert await awa.sign_in(awa.next_code())

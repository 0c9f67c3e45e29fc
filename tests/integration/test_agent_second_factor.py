"""A stolen password does not sit at the desk: agents sign in with a code too."""

from collections import Counter

import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.adapters.postgres.agent_tables import (
    agent_factor,
    agent_recovery,
    agent_try,
)
from service.usecases.desk.agents import Desk, agent_of, sign_in
from service.usecases.desk.enrolment import totp_place, view_enrolment
from service.usecases.person.access import secret_digest
from tests.agents import (
    MOST_CODES,
    acts,
    as_in_production,
    begin,
    entered,
    protect,
    refused,
)
from tests.asked import statements
from tests.helping import add_second_agent
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_password_and_code_together_open_the_desk(world: World) -> None:
    awa = await protect(world)

    opened = await awa.sign_in(awa.next_code())

    assert (await agent_of(opened.token, ports=awa.ports)).login == "agent"


async def test_whatever_does_not_fit_is_told_alike(world: World) -> None:
    awa = await protect(world)
    code = awa.next_code()

    said = {
        await refused(sign_in(login, password, typed, ports=awa.ports))
        for login, password, typed in (
            ("nobody", "secret", code),
            ("agent", "guess", code),
            ("agent", "secret", "000000"),
            ("agent", "secret", ""),
            ("agent", "secret", "😀" * 6),
        )
    }

    assert len(said) == 1


async def test_a_wrong_code_asks_the_database_what_a_wrong_password_does(
    world: World,
) -> None:
    """An answer that took longer would tell a thief that the password is right."""
    awa = await protect(world)
    code = awa.next_code()

    with statements(world) as at_password:
        await refused(sign_in("agent", "guess", code, ports=awa.ports))
    with statements(world) as at_code:
        await refused(sign_in("agent", "secret", "000000", ports=awa.ports))

    assert at_password == at_code


async def test_a_code_that_somebody_looked_over_is_worth_nothing(world: World) -> None:
    awa = await protect(world)
    used = awa.next_code()
    await awa.sign_in(used)

    await refused(awa.sign_in(used))
    world.clock.advance(seconds=30)  # within the tolerance of its step still
    await refused(awa.sign_in(used))

    assert await awa.sign_in(awa.next_code())


async def test_the_code_that_enrolled_does_not_sign_in_as_well(world: World) -> None:
    awa = await protect(world)

    await refused(awa.sign_in(awa.code()))


async def test_the_database_itself_lets_a_step_and_a_recovery_code_serve_once(
    world: World,
) -> None:
    """Whoever judged wrongly before, or forgot to lock, is stopped here."""
    awa = await protect(world)
    code, now = secret_digest(awa.recovery[0]), world.clock.now()
    async with world.ports.open_uow() as uow:
        door = uow.agent_factors.door(world.agent.id, None)
        enrolled = await door.enrolled()
        assert enrolled is not None
        step = enrolled.step

        used = [await door.use_step(one) for one in (step, step + 2, step + 2, step)]
        recovered = [await door.use_recovery(code, now) for _ in range(2)]

    assert used == [False, True, False, False]
    assert recovered == [True, False]


async def test_of_four_who_send_one_code_at_once_one_enters(world: World) -> None:
    awa = await protect(world)
    code = awa.next_code()

    assert await entered([lambda: awa.sign_in(code)] * 4) == 1


async def test_of_four_who_send_one_recovery_code_at_once_one_enters(
    world: World,
) -> None:
    awa = await protect(world)

    assert await entered([lambda: awa.sign_in(awa.recovery[0])] * 4) == 1


async def test_a_recovery_code_works_once_ever_and_is_on_record(world: World) -> None:
    awa = await protect(world)
    typed = awa.recovery[3].upper()

    assert await awa.sign_in(f"{typed[:4]} {typed[4:]}")
    await refused(awa.sign_in(typed))

    assert len(set(awa.recovery)) == 10
    async with world.engine.connect() as connection:
        detail = await connection.execute(
            select(t.audit.c.detail).where(t.audit.c.action == "recovery-code-used")
        )
    assert detail.scalars().all() == [{"left": 9}]


async def test_after_five_wrong_codes_even_the_right_one_waits(world: World) -> None:
    awa = await protect(world)
    for _ in range(MOST_CODES):
        await refused(awa.sign_in("000000"))

    await refused(awa.sign_in(awa.next_code()))
    world.clock.advance(minutes=16)

    assert await awa.sign_in(awa.next_code())
    assert Counter(action for _, action in await acts(world))["sign-in-paused"] == 1


async def test_a_thief_with_the_password_does_not_shut_the_desk(world: World) -> None:
    awa = await protect(world)
    desk = Desk(agent_id=world.agent.id, sha256=b"d" * 32)
    for _ in range(MOST_CODES + 2):
        await refused(awa.sign_in("000000"))

    assert await awa.sign_in(awa.next_code(), desk)


async def test_wrong_codes_at_the_same_instant_take_turns(world: World) -> None:
    awa = await protect(world)

    assert await entered([lambda: awa.sign_in("000000")] * 12) == 0

    async with world.engine.connect() as connection:
        kinds = await connection.execute(select(agent_try.c.kind))
    assert Counter(kinds.scalars()) == {"code": MOST_CODES}


async def test_a_code_is_counted_only_after_the_right_password(world: World) -> None:
    awa = await protect(world)
    for _ in range(MOST_CODES + 1):
        await refused(sign_in("agent", "guess", "000000", ports=awa.ports))

    assert await awa.sign_in(awa.next_code())


async def test_secrets_are_stored_sealed_or_as_digests(world: World) -> None:
    awa = await protect(world)
    async with world.engine.connect() as connection:
        sealed = (await connection.execute(select(agent_factor.c.sealed_totp))).scalar()
        codes = (await connection.execute(select(agent_recovery))).all()

    assert sealed is not None
    assert awa.secret.encode() not in sealed
    opened = world.ports.sealer.unseal(sealed, place=totp_place(world.agent.id))
    assert opened.decode() == awa.secret
    assert len(codes) == 10
    assert not {row.code_sha256 for row in codes} & {c.encode() for c in awa.recovery}
    assert awa.secret not in repr(await begin_of_second(world))


async def begin_of_second(world: World) -> object:
    await add_second_agent(world)
    return await view_enrolment(
        (await begin(world, "second")).token, ports=as_in_production(world)
    )


# --- the demonstration


async def test_the_demonstration_asks_no_code_of_who_has_none(world: World) -> None:
    assert await sign_in("agent", "secret", ports=world.ports)


async def test_who_has_a_second_factor_is_asked_for_it_everywhere(world: World) -> None:
    awa = await protect(world)

    await refused(sign_in("agent", "secret", ports=world.ports))

    assert await sign_in("agent", "secret", awa.next_code(), ports=world.ports)

"""An insider who holds the program's account: denied by PostgreSQL, or found after.

Everything here is SQL typed by hand as that account, on a night that was published.
"""

from collections.abc import Callable, Iterable
from datetime import time

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, IntegrityError, RaiseException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from service.adapters.postgres import tables as t
from service.adapters.postgres.engine import psycopg_url
from service.migrations.accounts import grant_program
from service.usecases.night.check_origins import check_origins
from service.usecases.night.open_slots import open_slots
from service.usecases.paper.issue_paper import issue_acknowledgement
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.withdraw_registration import withdraw_registration
from service.watching import said_of_origins
from tests.insider import (
    CAUGHT_BY_CONSTRAINTS,
    DENIED_BY_RIGHTS,
    DENIED_BY_TRIGGERS,
    FORGED_NIGHT,
    OF_THE_NINTH,
    PLANTED,
    REWRITTEN,
)
from tests.nights import hold_and_tell_night
from tests.world import World, ports_for

pytestmark = pytest.mark.anyio


@pytest.fixture
async def told(world: World, database: str, owned: str) -> World:
    """A night that served six of eight; one confirmed, one left, papers given."""
    grant_program(owned, database)  # a clone of the schema has no rights of its own
    two_a_time = world.plan(closes=time(10), guichets=2)
    await open_slots(world.agent, two_a_time, ports=world.ports)
    people = [await world.register(number) for number in range(8)]
    await issue_acknowledgement(people[0], ports=world.ports)
    await hold_and_tell_night(world)
    served = await served_of(world)
    confirmed, gone, *_ = [one for one in people if one.reference in served]
    await confirm_offer(confirmed, ports=world.ports)
    await withdraw_registration(gone, ports=world.ports)
    await world.register(9)
    return world


async def served_of(world: World) -> set[str]:
    query = select(t.registration.c.reference).join(
        t.offer, t.offer.c.registration_id == t.registration.c.id
    )
    async with world.engine.connect() as connection:
        return set((await connection.execute(query)).scalars())


def not_stopped(
    url: str, attacks: Iterable[str], by: type[psycopg.Error], **names: str
) -> list[str]:
    """Try each attack with an account; return those that ``by`` did not stop."""
    through: list[str] = []
    for attack in attacks:
        statement = attack
        for name, value in names.items():
            statement = statement.replace(f"{{{name}}}", value)
        with psycopg.connect(url) as connection:
            try:
                connection.execute(statement)
            except by:
                connection.rollback()
            except psycopg.Error as error:
                through.append(f"{attack}: {type(error).__name__} {error}")
                connection.rollback()
            else:
                through.append(attack)
    return through


def names_of(database: str, owned: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for who, url in (("program", database), ("owner", owned)):
        with psycopg.connect(url) as connection:
            row = connection.execute(
                "SELECT quote_ident(current_user), quote_ident(current_database())"
            ).fetchone()
        assert row is not None
        found[who], found["database"] = row
    return found


async def test_what_was_settled_is_beyond_the_rights_of_the_program(
    told: World, database: str, owned: str
) -> None:
    assert len(DENIED_BY_RIGHTS) >= 30

    names = names_of(database, owned)
    assert not_stopped(database, DENIED_BY_RIGHTS, InsufficientPrivilege, **names) == []


async def test_a_row_that_has_moved_does_not_move_again(
    told: World, database: str
) -> None:
    assert not_stopped(database, DENIED_BY_TRIGGERS, RaiseException) == []


async def test_what_has_moved_is_held_from_the_owner_too(
    told: World, owned: str
) -> None:
    assert not_stopped(owned, DENIED_BY_TRIGGERS, RaiseException) == []


async def test_what_is_there_is_not_written_twice(told: World, database: str) -> None:
    assert not_stopped(database, CAUGHT_BY_CONSTRAINTS, IntegrityError) == []


async def test_the_attacks_are_attacks(told: World, owned: str) -> None:
    """With the triggers switched off each of them changes something."""
    for attack in DENIED_BY_TRIGGERS:
        with psycopg.connect(owned) as owner:
            owner.execute("SET LOCAL session_replication_role = replica")
            assert owner.execute(attack).rowcount > 0, attack
            owner.rollback()


async def test_a_right_handed_on_gives_nobody_anything(
    told: World, database: str
) -> None:
    """PostgreSQL answers such a GRANT with a warning, and grants nothing."""
    with psycopg.connect(database, autocommit=True) as insider:
        insider.execute("GRANT INSERT, UPDATE, DELETE ON audit TO PUBLIC")
        with pytest.raises(InsufficientPrivilege):
            insider.execute("UPDATE audit SET actor = 'nobody'")


async def test_an_honest_prefecture_comes_from_its_draws_and_its_acts(
    told: World,
) -> None:
    report = await check_origins(ports=told.ports)

    assert (report.nights, report.offers, report.fault) == (1, 6, None)
    assert said_of_origins(report)[1] == 0


async def found_in(url: str, told: World) -> str | None:
    """What the audit finds in a database, with the clock and the keys of ``told``."""
    engine = create_async_engine(psycopg_url(url))
    try:
        report = await check_origins(
            ports=ports_for(engine, told.clock, told.mailbox, told.telephones)
        )
    finally:
        await engine.dispose()
    lines, code = said_of_origins(report)
    assert (code == 1) == (report.fault is not None) == ("FAIL" in lines[-1])
    return report.fault


async def test_what_the_program_may_write_is_found_when_nothing_stands_behind_it(
    told: World, database: str, copied: Callable[[str], str]
) -> None:
    await told.close()

    for planted, found in PLANTED.items():
        copy = copied(database)
        with psycopg.connect(copy) as insider:
            insider.execute(planted.replace("{of the ninth}", OF_THE_NINTH))

        fault = await found_in(copy, told)

        assert fault is not None, planted
        assert found in fault, planted


async def test_what_the_owner_rewrites_is_found_by_drawing_again(
    told: World,
    database: str,
    copied: Callable[[str], str],
    as_owner: Callable[[str], str],
) -> None:
    await told.close()

    for rewritten, found in REWRITTEN.items():
        copy = copied(database)
        with psycopg.connect(as_owner(copy)) as owner:
            owner.execute("SET LOCAL session_replication_role = replica")
            assert owner.execute(rewritten).rowcount > 0, rewritten

        fault = await found_in(copy, told)

        assert fault is not None, rewritten
        assert found in fault, rewritten


async def test_a_night_signed_for_another_date_is_no_origin(
    told: World, database: str
) -> None:
    """The boldest: walk a made-up night along every arrow, with a true night's proofs.

    Its lines are given to whom one likes; commitment, signature and randomness are
    genuine, and every right and trigger is respected.
    """
    with psycopg.connect(database) as insider:
        for statement in FORGED_NIGHT:
            insider.execute(statement)

    report = await check_origins(ports=told.ports)

    assert report.fault == "night isere/2026-01-05: its pool is another night's"
    assert report.nights == 0  # the oldest first

"""Whatever people, strangers, helpers, agents and the clock do, in whatever order.

No sequence of acts makes a person lose seniority, receive two live offers, or more
than a few messages a day; none leaves at night, or about a day that is past; and no
agent alone makes anybody more urgent than their own words did; and the audit finds a
draw or an act behind all that stands. On the real database, with the real use cases,
mailbox and telephones that we hold.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Self

import hypothesis
import pytest
from hypothesis.stateful import (
    run_state_machine_as_test,
)
from sqlalchemy import text

from service.adapters.postgres.deliveries import PostgresDeliveries
from service.adapters.postgres.unit_of_work import PostgresUnitOfWork
from service.domain.sending import at_once
from tests.people_acts import Everybody, found_in
from tests.people_machine import CONTACTS

EXAMPLES = {"dev": 6, "ci": 20, "thorough": 200}
STEPS = 40
PERSON = {"number": 1, "contact": CONTACTS[0], "days_left": 30}


class Uncapped(PostgresDeliveries):
    """A planted fault: every day has room."""

    async def count_in(self, *_args: object, **_limits: object) -> bool:
        return True


class UncappedUnitOfWork(PostgresUnitOfWork):
    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.deliveries = Uncapped(self._connection)
        return self


@pytest.fixture
def by_hand(new_database: Callable[[], str]) -> Iterator[Everybody]:
    """The machine without its engine: a test presses its buttons."""

    class Here(Everybody):
        database = staticmethod(new_database)

    machine = Here()
    machine.begin()
    yield machine
    machine.teardown()


def begun(machine: Everybody) -> None:
    [access] = found_in(machine.register(**PERSON))
    machine.much_happens(access, "date_corrected")


def test_the_machine_sees_a_cap_that_is_gone(by_hand: Everybody) -> None:
    world = by_hand.world
    begun(by_hand)
    by_hand.messages_leave()
    by_hand.nobody_is_written_to_too_often_too_late_or_at_night()

    world.ports = replace(
        world.ports, open_uow=lambda: UncappedUnitOfWork(world.engine)
    )
    begun(by_hand)
    by_hand.messages_leave()

    with pytest.raises(AssertionError):
        by_hand.nobody_is_written_to_too_often_too_late_or_at_night()


def test_the_machine_sees_a_message_at_night(by_hand: Everybody) -> None:
    world = by_hand.world
    world.ports = replace(world.ports, opening=at_once)
    world.clock.advance(hours=11)
    begun(by_hand)
    by_hand.messages_leave()

    with pytest.raises(AssertionError):
        by_hand.nobody_is_written_to_too_often_too_late_or_at_night()


def test_the_machine_sees_a_day_of_waiting_that_is_lost(by_hand: Everybody) -> None:
    begun(by_hand)
    by_hand.nobody_loses_a_day_of_waiting()

    async def lost() -> None:
        async with by_hand.world.engine.begin() as connection:
            await connection.execute(
                text("UPDATE registration SET waiting_since_on = waiting_since_on + 1")
            )

    by_hand.do(lost)

    with pytest.raises(AssertionError):
        by_hand.nobody_loses_a_day_of_waiting()


def test_the_machine_sees_a_date_that_one_agent_brought_alone(
    by_hand: Everybody,
) -> None:
    [access] = found_in(by_hand.register(**PERSON | {"days_left": 90}))
    by_hand.one_agent_reads_a_card(access, 3)
    by_hand.nobody_is_more_urgent_by_one_agent_alone()

    async def brought() -> None:
        async with by_hand.world.engine.begin() as connection:
            await connection.execute(
                text("UPDATE registration SET end_of_right_on = end_of_right_on - 87")
            )

    by_hand.do(brought)

    with pytest.raises(AssertionError):
        by_hand.nobody_is_more_urgent_by_one_agent_alone()


def test_the_machine_presses_the_link_that_stops_a_change_of_contact(
    by_hand: Everybody,
) -> None:
    [access] = found_in(by_hand.register(**PERSON))
    by_hand.change_contact(access, CONTACTS[1])
    by_hand.messages_leave()

    [again] = found_in(by_hand.keep())

    assert again.reference == access.reference
    assert found_in(by_hand.keep()) == ()


@pytest.mark.timeout(900)
def test_no_sequence_of_acts_breaks_a_promise_to_a_person(
    new_database: Callable[[], str],
) -> None:
    class Here(Everybody):
        database = staticmethod(new_database)

    profile = hypothesis.settings.get_current_profile_name()
    run_state_machine_as_test(
        Here,
        settings=hypothesis.settings(
            max_examples=EXAMPLES.get(profile, EXAMPLES["dev"]),
            stateful_step_count=STEPS,
            deadline=None,
            # A shorter sequence would cost minutes of real nights to find.
            phases=(hypothesis.Phase.reuse, hypothesis.Phase.generate),
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )

"""The worker: no night waits for the mail; a carrier that hangs delays one message."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import QueuePool, select

from service.adapters.postgres import tables as t
from service.usecases.helper import organisation_mail
from service.usecases.message import send_messages as messages
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import open_slots
from service.usecases.ports import Ports
from service.usecases.records import Mail
from service.worker.reconciler import reconcile
from tests.nights import freeze_hour, stored_state
from tests.world import World

pytestmark = pytest.mark.anyio


@dataclass
class HangingCarrier:
    """Takes messages and lets none go until it is opened."""

    world: World
    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    taken: int = 0

    async def send(self, mail: Mail) -> None:
        self.taken += 1
        await self.is_open.wait()
        await self.world.mailbox.send(mail)


async def until(
    is_so: Callable[[], bool] | None = None, *, world: World, state: str = ""
) -> None:
    """Wait for something to be so, or for tonight to reach a state: ten seconds."""
    for _ in range(200):
        if is_so() if is_so else await stored_state(world) == state:
            return
        await asyncio.sleep(0.05)
    pytest.fail("ten seconds passed")


def idle(world: World) -> Callable[[], bool]:
    """Say whether no loop had a connection open, ten looks in a row."""
    looks: list[int] = []

    def is_idle() -> bool:
        pool = cast("QueuePool", world.engine.pool)
        looks.append(pool.checkedout())
        return len(looks) >= 10 and not any(looks[-10:])

    return is_idle


@asynccontextmanager
async def reconciling(world: World, ports: Ports) -> AsyncGenerator[asyncio.Event]:
    wake = asyncio.Event()
    working = asyncio.create_task(reconcile(ports=ports, wake=wake))
    try:
        yield wake
        await until(idle(world), world=world)
        assert not working.done()
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def test_a_night_takes_place_while_no_message_leaves(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(1, 4):
        await world.register(number)
    carrier = HangingCarrier(world)

    async with reconciling(world, replace(world.ports, mailer=carrier)) as wake:
        await until(lambda: carrier.taken == 3, world=world)
        await freeze_hour(world)
        wake.set()
        await until(world=world, state="committed")
        world.clock.advance(minutes=16)
        wake.set()
        await until(world=world, state="published")
        assert world.mailbox.sent == []

        carrier.is_open.set()
        await until(world=world, state="notified")

    # Nobody rang: the night that was published woke the mail, the mail its night.
    assert len(world.mailbox.to("p1@example.org")) >= 2


async def test_stopping_waits_for_no_carrier(world: World) -> None:
    await world.register()
    carrier = HangingCarrier(world)

    async with asyncio.timeout(10):
        async with reconciling(world, replace(world.ports, mailer=carrier)):
            await until(lambda: carrier.taken == 1, world=world)

    async with world.engine.connect() as connection:
        row = (await connection.execute(select(t.outbox))).one()
    assert row.done_at is None  # leased: it leaves once the lease is over
    world.clock.advance(minutes=1)
    await send_messages(ports=world.ports)
    assert len(world.mailbox.to("p1@example.org")) == 1


async def test_a_carrier_that_hangs_delays_its_message_and_no_other(
    world: World,
) -> None:
    await world.register(1)
    carrier = HangingCarrier(world)
    ports = replace(world.ports, mailer=carrier)

    await send_messages(ports=ports, within=timedelta(seconds=0.05))

    async with world.engine.connect() as connection:
        row = (await connection.execute(select(t.outbox))).one()
    assert (row.attempts, row.last_error) == (1, "delayed: TimeoutError")
    assert row.available_at > world.clock.now()


def test_no_batch_outlives_its_lease() -> None:
    """What is leased is lent to others afterwards: nobody may get it twice."""
    groups = -(-messages.BATCH // messages.AT_ONCE)

    assert groups * messages.SEND_WITHIN < messages.LEASE
    longest = organisation_mail.BATCH * messages.SEND_WITHIN
    assert longest < organisation_mail.LEASE

"""Who leaves in the middle of the draw: no place is lost, and nobody else waits."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.offers import PostgresOffers
from service.adapters.postgres.unit_of_work import PostgresUnitOfWork
from service.domain.errors import OfferNotOpenError
from service.domain.identity import AgdrefNumber, Identity, Names
from service.domain.permits import DocumentFacts
from service.usecases.commands import Access
from service.usecases.desk.compare_registrations import ask_both, close_newer
from service.usecases.desk.renew_papers import mark_renewed
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.lapse_offers import lapse_offers
from service.usecases.night.open_slots import open_slots
from service.usecases.night.trouble_words import said_of, to_do
from service.usecases.night.watch_nights import Trouble, watch_nights
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.ports import Ports
from service.usecases.records import NewOffer, OfferRecord
from tests.helping import add_second_agent
from tests.nights import freeze_hour, hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

LONG_ENOUGH = 0.5
"""Seconds in which an act that nothing holds up is over many times."""


class InterruptedOffers(PostgresOffers):
    """Somebody acts between the draw's look at the people and its offers."""

    def __init__(
        self, connection: AsyncConnection, act: Callable[[], Awaitable[object]]
    ) -> None:
        super().__init__(connection)
        self._act = act

    async def make(self, night_id: int, offers: Sequence[NewOffer]) -> None:
        await self._act()
        await super().make(night_id, offers)


class InterruptedUnitOfWork(PostgresUnitOfWork):
    """The real transaction, in which an act of somebody else comes first."""

    act: Callable[[], Awaitable[object]]

    async def __aenter__(self) -> "InterruptedUnitOfWork":
        opened = await super().__aenter__()
        self.offers = InterruptedOffers(self._connection, self.act)
        return opened


async def draw_while(
    world: World, act: Callable[[], Awaitable[object]]
) -> asyncio.Future[object]:
    """Hold tonight's draw while somebody acts in the middle of it."""
    started: list[asyncio.Future[object]] = []

    async def begin() -> None:
        started.append(asyncio.ensure_future(act()))
        await asyncio.wait(started, timeout=LONG_ENOUGH)

    def interrupted() -> PostgresUnitOfWork:
        uow = InterruptedUnitOfWork(world.engine)
        uow.act = begin
        return uow

    await freeze_hour(world)
    await advance_nights(ports=world.ports)
    world.clock.advance(minutes=16)
    await advance_nights(ports=replace(world.ports, open_uow=interrupted))
    [acted] = started
    await asyncio.wait([acted])
    return acted


async def places_held(world: World) -> int:
    query = select(t.offer_place).where(t.offer_place.c.given_back_at.is_(None))
    async with world.engine.connect() as connection:
        return len((await connection.execute(query)).all())


async def test_who_withdraws_in_the_middle_of_the_draw_holds_no_place(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()

    done = await draw_while(
        world, lambda: withdraw_registration(access, ports=world.ports)
    )

    assert done.exception() is None
    assert (await view_registration(access, ports=world.ports)).state == "withdrawn"
    assert await places_held(world) == 0


async def test_a_paper_renewed_in_the_middle_of_the_draw_holds_no_place(
    world: World,
) -> None:
    plan = world.plan(motifs=("recepisse",))
    await open_slots(world.agent, plan, ports=world.ports)
    today = world.clock.now().date()
    access = await world.register(
        motif="recepisse",
        facts=DocumentFacts(
            held_document="recepisse_renewal",
            permit_expires_on=today + timedelta(days=5),
        ),
    )
    until = today + timedelta(days=90)

    done = await draw_while(
        world,
        lambda: mark_renewed(world.agent, [access.reference], until, ports=world.ports),
    )

    assert done.exception() is None
    assert (await view_registration(access, ports=world.ports)).state == "served"
    assert await places_held(world) == 0


async def test_nobody_who_is_given_a_place_is_closed_in_that_very_draw(
    world: World,
) -> None:
    older = await world.register(1)
    world.clock.advance(hours=1)
    newer = await world.register(
        2,
        identity=Identity(
            proof=AgdrefNumber("8800000002"),
            names=Names("DIALO", "AWA"),
            birth_date=world.person().identity.birth_date,
        ),
    )
    pair = (older.reference, newer.reference)
    other = await add_second_agent(world)
    await ask_both(world.agent, pair, ports=world.ports)
    world.clock.advance(days=7)
    await advance_nights(ports=world.ports)
    await open_slots(world.agent, world.plan(), ports=world.ports)

    done = await draw_while(world, lambda: close_newer(other, pair, ports=world.ports))

    assert isinstance(done.exception(), OfferNotOpenError)
    assert (await view_registration(newer, ports=world.ports)).state == "live"
    assert await places_held(world) == 2


# --- offers whose hour has passed


async def two_offered(world: World) -> tuple[Access, Access]:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    both = await world.register(1), await world.register(2)
    await hold_night(world)
    await send_messages(ports=world.ports)
    world.clock.advance(days=8)
    return both


async def test_an_offer_whose_person_has_gone_frees_its_place_and_no_other_waits(
    world: World,
) -> None:
    gone, there = await two_offered(world)
    async with world.engine.begin() as connection:
        await connection.execute(
            update(t.registration)
            .where(t.registration.c.reference == gone.reference)
            .values(state="withdrawn", released_at=world.clock.now())
        )

    assert await lapse_offers(ports=world.ports) == 2

    assert (await view_registration(gone, ports=world.ports)).state == "withdrawn"
    assert (await view_registration(there, ports=world.ports)).state == "live"
    assert await places_held(world) == 0


class BrokenOffers(PostgresOffers):
    """One offer cannot be read."""

    broken: UUID

    async def by_id(self, offer_id: UUID, *, lock: bool = False) -> OfferRecord | None:
        if offer_id == self.broken:
            raise ArithmeticError
        return await super().by_id(offer_id, lock=lock)


def with_broken_offer(world: World, broken: UUID) -> Ports:
    class BrokenUnitOfWork(PostgresUnitOfWork):
        async def __aenter__(self) -> "BrokenUnitOfWork":
            opened = await super().__aenter__()
            offers = BrokenOffers(self._connection)
            offers.broken = broken
            self.offers = offers
            return opened

    return replace(world.ports, open_uow=lambda: BrokenUnitOfWork(world.engine))


async def test_one_offer_that_fails_keeps_no_other_waiting_and_is_told(
    world: World,
) -> None:
    await two_offered(world)
    async with world.ports.open_uow() as uow:
        first, _ = await uow.offers.overdue(world.clock.now(), 10)

    with pytest.raises(ExceptionGroup):
        await lapse_offers(ports=with_broken_offer(world, first.id))

    async with world.ports.open_uow() as uow:
        assert await uow.offers.overdue(world.clock.now(), 10) == [first]
    [told] = [
        one
        for one in await watch_nights(ports=world.ports)
        if one.trouble is Trouble.OFFERS_OVERDUE
    ]
    assert (told.count, told.since) == (1, first.confirm_by)
    assert said_of(told).startswith("1 offers whose hour has passed")
    assert "tourderole tick" in to_do(told)


async def test_an_offer_is_overdue_only_after_the_worker_had_its_minutes(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()
    await hold_night(world)
    await send_messages(ports=world.ports)
    await advance_nights(ports=world.ports)
    offer = (await view_registration(access, ports=world.ports)).offer
    assert offer is not None
    assert offer.held_on == TONIGHT

    world.clock.move_to(offer.confirm_by + timedelta(minutes=9))
    early = await watch_nights(ports=world.ports)
    world.clock.advance(minutes=2)
    late = await watch_nights(ports=world.ports)

    troubles = [one.trouble for one in early], [one.trouble for one in late]
    assert Trouble.OFFERS_OVERDUE not in troubles[0]
    assert Trouble.OFFERS_OVERDUE in troubles[1]

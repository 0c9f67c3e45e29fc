"""Four people, strangers, agents and a clock: everything that may happen to anyone.

The invariants are promises to people; ``tests/property/test_promises_to_people`` runs
the machine, and shows that it sees what is broken.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)
from sqlalchemy import text

from service.domain.availability import Availability
from service.domain.cancellations import CancelReason
from service.domain.contact import Contact
from service.domain.errors import DomainError
from service.domain.night import paris_date
from service.domain.permits import DocumentFacts
from service.domain.sending import MOST_A_DAY, MOST_ANYONES, next_decent
from service.usecases.commands import Access, AmendRegistration
from service.usecases.errors import PlacesLockedError
from service.usecases.message.message_kinds import KINDS
from service.usecases.message.send_messages import send_messages
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.cancel_slot import cancel_slot
from service.usecases.night.check_origins import check_origins
from service.usecases.night.lapse_offers import lapse_offers, release_served
from service.usecases.night.open_slots import list_slots, open_slots
from service.usecases.person.access_code import Asked, ask_for_code, queue_codes
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.answer_offer import (
    cancel_appointment,
    confirm_offer,
    decline_offer,
)
from service.usecases.person.change_contact import change_contacts
from service.usecases.person.paper_code import issue_paper_code
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.records import NewOutboxRow
from tests.world import World, open_world

Result = TypeVar("Result")

CONTACTS = (
    ("p@example.org", None),
    (None, "+33639980000"),
    ("q@example.org", "+33639980001"),
    (None, None),
)

_DOUBLE = text(
    "SELECT count(*) FROM (SELECT applicant_key, motif FROM offer "
    "JOIN registration ON registration.id = offer.registration_id "
    "WHERE offer.state = 'awaiting' OR (offer.state = 'confirmed' "
    "AND registration.released_at IS NULL) "
    "GROUP BY applicant_key, motif HAVING count(*) > 1) AS double"
)
_SHARED = text(
    "SELECT count(*) FROM (SELECT place_id FROM offer_place "
    "WHERE given_back_at IS NULL GROUP BY place_id HAVING count(*) > 1) AS shared"
)
_SENT = text(
    "SELECT delivery.at, delivery.way, kind, applicant_key, slot.starts_at "
    "FROM delivery JOIN outbox ON outbox.id = outbox_id "
    "JOIN registration ON registration.id = outbox.registration_id "
    "LEFT JOIN offer ON offer.id = outbox.offer_id "
    "LEFT JOIN slot ON slot.id = offer.slot_id WHERE delivery.outcome = 'sent'"
)


class People(RuleBasedStateMachine):
    """Four people at most, one prefecture, and everything that may happen."""

    database: Callable[[], str]
    people: Bundle[Access] = Bundle("people")

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.world: World = self.do(lambda: open_world(self.database()))
        self.since: dict[str, date] = {}

    def do(self, act: Callable[[], Awaitable[Result]]) -> Result:
        async def acted() -> Result:
            return await act()

        return self.runner.run(acted())

    def attempt(self, act: Callable[[], Awaitable[object]]) -> None:
        """Do what may be refused; a refusal is an answer, anything else a fault."""
        try:
            self.do(act)
        except DomainError:
            return

    @rule(
        target=people,
        number=st.integers(1, 4),
        contact=st.sampled_from(CONTACTS),
        days_left=st.integers(-20, 120),
    )
    def register(
        self, number: int, contact: tuple[str | None, str | None], days_left: int
    ) -> object:
        """Somebody registers: anew, or what is registered already."""
        email, phone = contact
        world = self.world
        facts = DocumentFacts(
            held_document="cst",
            permit_expires_on=paris_date(world.clock.now()) + timedelta(days=days_left),
        )
        parsed = Contact.parse(email=email, phone=phone, language="fr")
        access = self.do(lambda: world.register(number, contact=parsed, facts=facts))
        view = self.do(lambda: view_registration(access, ports=world.ports))
        self.since[access.reference] = view.waiting_since_on
        return multiple(access)

    @rule(access=people)
    def ask_for_a_code(self, access: Access) -> None:
        """Anybody asks for a code in somebody's name."""
        asked = Asked(prefecture="isere", reference=access.reference)
        self.do(lambda: ask_for_code(asked, ports=self.world.ports))
        self.do(lambda: queue_codes(ports=self.world.ports))

    @rule(access=people, weekday=st.integers(1, 7), days_left=st.integers(-20, 120))
    def correct(self, access: Access, weekday: int, days_left: int) -> None:
        """A person corrects days and dates."""
        ends = paris_date(self.world.clock.now()) + timedelta(days=days_left)
        command = AmendRegistration(
            access=access,
            facts=DocumentFacts(held_document="cst", permit_expires_on=ends),
            availability=Availability(weekdays_excluded=frozenset({weekday})),
        )
        self.attempt(lambda: amend_registration(command, ports=self.world.ports))

    @rule(access=people, contact=st.sampled_from(CONTACTS[:3]))
    def change_contact(
        self, access: Access, contact: tuple[str | None, str | None]
    ) -> None:
        """A person, or a thief, changes the contact."""
        parsed = Contact.parse(email=contact[0], phone=contact[1], language="fr")
        command = AmendRegistration(access=access, contact=parsed)
        self.attempt(lambda: amend_registration(command, ports=self.world.ports))

    @rule(access=people)
    def hand_a_paper_code(self, access: Access) -> None:
        """An agent prints a paper code."""
        self.do(
            lambda: issue_paper_code(
                self.world.agent, access.reference, ports=self.world.ports
            )
        )

    @rule(access=consumes(people))
    def withdraw(self, access: Access) -> None:
        """A person leaves; registering again begins a new wait."""
        self.attempt(lambda: withdraw_registration(access, ports=self.world.ports))

    @rule(guichets=st.integers(1, 2))
    def publish(self, guichets: int) -> None:
        """An agent publishes twenty minutes of a day next week."""
        plan = self.world.plan(guichets=guichets)
        short = replace(plan, closes=plan.opens.replace(minute=20))
        self.attempt(
            lambda: open_slots(self.world.agent, short, ports=self.world.ports)
        )

    @rule()
    def hold_the_night(self) -> None:
        """The next night happens, from the freeze to the publication."""
        world = self.world

        async def night() -> None:
            async with world.ports.open_uow() as uow:
                planned = await uow.nights.next_open("isere", lock=False)
            assert planned is not None
            world.clock.move_to(max(world.clock.now(), planned.freeze_at))
            await advance_nights(ports=world.ports)
            world.clock.advance(minutes=16)
            await advance_nights(ports=world.ports)

        self.do(night)

    @rule(access=people)
    def confirm(self, access: Access) -> None:
        """A person says yes."""
        self.attempt(lambda: confirm_offer(access, ports=self.world.ports))

    @rule(access=people)
    def decline(self, access: Access) -> None:
        """A person says no."""
        self.attempt(lambda: decline_offer(access, ports=self.world.ports))

    @rule(access=people)
    def cancel(self, access: Access) -> None:
        """A person gives an appointment back."""
        self.attempt(lambda: cancel_appointment(access, ports=self.world.ports))

    @rule()
    def prefecture_cancels(self) -> None:
        """The prefecture cannot receive the next people after all."""
        world = self.world

        async def cancelled() -> None:
            today = paris_date(world.clock.now())
            slots = await list_slots(
                world.agent, today, today + timedelta(days=30), ports=world.ports
            )
            held = [slot.code for slot in slots if slot.offered or slot.confirmed]
            if held:
                await cancel_slot(
                    world.agent, held[0], reason=CancelReason.CLOSED, ports=world.ports
                )

        try:
            self.attempt(cancelled)
        except PlacesLockedError:
            return

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        """Hours pass, and the worker does what is due."""
        self.world.clock.advance(hours=hours)
        self.do(lambda: lapse_offers(ports=self.world.ports))
        self.do(lambda: release_served(ports=self.world.ports))
        self.do(lambda: change_contacts(ports=self.world.ports))

    @rule(access=people, kind=st.sampled_from(("date_corrected", "already_registered")))
    def much_happens(self, access: Access, kind: str) -> None:
        """Ten causes of one kind at once: 136 texts to one person began so."""
        world = self.world

        async def caused() -> None:
            now = world.clock.now()
            async with world.ports.open_uow() as uow:
                record = await uow.registrations.by_reference(access.reference)
                assert record is not None
                await uow.outbox.add(
                    NewOutboxRow(
                        once=f"{kind}:{record.id}:{now.isoformat()}:{number}",
                        kind=kind,
                        registration_id=record.id,
                        available_at=now,
                    )
                    for number in range(10)
                )
                await uow.commit()

        self.do(caused)

    @rule()
    def messages_leave(self) -> None:
        """The worker sends what is due."""
        self.do(lambda: send_messages(ports=self.world.ports))

    @invariant()
    def nobody_loses_a_day_of_waiting(self) -> None:
        """The days waited count from the day of registration, for ever."""
        if not hasattr(self, "world"):
            return

        async def waiting() -> dict[str, date]:
            async with self.world.engine.connect() as connection:
                rows = await connection.execute(
                    text("SELECT reference, waiting_since_on FROM registration")
                )
                return {row.reference: row.waiting_since_on for row in rows}

        found = self.do(waiting)
        assert {name: found[name] for name in self.since} == self.since

    @invariant()
    def nobody_has_two_live_offers_nor_a_place_two_people(self) -> None:
        """One live offer a person, one holder a place."""
        if not hasattr(self, "world"):
            return

        async def counted() -> tuple[int, int]:
            async with self.world.engine.connect() as connection:
                double = (await connection.execute(_DOUBLE)).scalar_one()
                shared = (await connection.execute(_SHARED)).scalar_one()
            return double, shared

        assert self.do(counted) == (0, 0)

    @invariant()
    def nobody_is_written_to_too_often_too_late_or_at_night(self) -> None:
        """Few a day each way, at decent hours unless asked, never about the past."""
        if not hasattr(self, "world"):
            return

        async def sent() -> list[tuple[object, ...]]:
            async with self.world.engine.connect() as connection:
                return [tuple(row) for row in await connection.execute(_SENT)]

        all_of: dict[tuple[object, ...], int] = {}
        anyones: dict[tuple[object, ...], int] = {}
        for at, way, kind, key, starts_at in self.do(sent):
            day = (paris_date(at), way, key)  # type: ignore[arg-type]
            all_of[day] = all_of.get(day, 0) + 1
            anyones[day] = anyones.get(day, 0) + KINDS[str(kind)].is_anyones
            assert KINDS[str(kind)].is_answer or next_decent(at) == at  # type: ignore[arg-type]
            if starts_at is not None:
                assert paris_date(at) <= starts_at.date()  # type: ignore[arg-type,attr-defined]
        assert max(all_of.values(), default=0) <= MOST_A_DAY
        assert max(anyones.values(), default=0) <= MOST_ANYONES

    def all_that_stands_comes_from_a_draw_or_an_act(self) -> None:
        """What the audit asks of an insider, no honest sequence of acts may miss."""
        report = self.do(lambda: check_origins(ports=self.world.ports))
        assert report.fault is None, report.fault

    def teardown(self) -> None:
        """Audit where everything comes from, then close the example's connections."""
        if hasattr(self, "world"):
            try:
                self.all_that_stands_comes_from_a_draw_or_an_act()
            finally:
                self.do(self.world.close)
                self.runner.close()

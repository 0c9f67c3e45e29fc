"""What agents and helpers do with the people of ``people_machine``: the whole of it.

To the promises of the machine it adds one about agents: whatever one of them reads,
answers or renews alone, nobody is more urgent by it than their own words made them.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import (
    MultipleResults,
    initialize,
    invariant,
    multiple,
    rule,
)
from sqlalchemy import text

from service.domain.availability import Availability
from service.domain.bands import band_of
from service.domain.birth_date import BirthDate
from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.claims import ClaimGround, ClaimReason, Evidence
from service.domain.contact import Contact
from service.domain.desk_acts import Shown
from service.domain.errors import DomainError
from service.domain.night import paris_date
from service.domain.permits import DocumentFacts
from service.domain.ruleset import DEFAULT_RULESET
from service.usecases.commands import Access, AmendRegistration
from service.usecases.desk.act_for import (
    PersonThere,
    amend_for,
    confirm_for,
    decline_for,
    give_back_for,
    withdraw_for,
)
from service.usecases.desk.check_dates import check_dates
from service.usecases.desk.correct_date import correct_date
from service.usecases.desk.list_checks import checks_to_certify
from service.usecases.desk.ready_permits import say_ready
from service.usecases.desk.renew_papers import mark_renewed
from service.usecases.helper.helper_acts import (
    cancel_as_helper,
    confirm_as_helper,
    correct_as_helper,
    decline_as_helper,
)
from service.usecases.person.access import secret_digest
from service.usecases.person.change_contact import keep_contact
from service.usecases.person.urgency_claims import (
    GiveAnswer,
    MakeClaim,
    answer_claim,
    claims_to_answer,
    decide_check_and_claim,
    make_claim,
)
from tests.helping import open_help
from tests.people_machine import CONTACTS, People

_KEEP = re.compile(r"/a/(\S+)/garder")
_DATES = text(
    "SELECT reference, end_of_right_on FROM registration "
    "WHERE state IN ('live', 'served') AND end_of_right_on IS NOT NULL"
)
_DAYS = st.integers(1, 120)
BORN = BirthDate(1990, 5, 4)
"""As ``World.person`` says of everybody."""


def _card(ends_on: date) -> DocumentFacts:
    return DocumentFacts(held_document="cst", permit_expires_on=ends_on)


def found_in(result: object) -> tuple[Access, ...]:
    """The ways in that a rule put into the machine's bundle."""
    assert isinstance(result, MultipleResults)
    return tuple(result.values)


class Everybody(People):
    """People, strangers, two agents and the lead of one organisation."""

    @initialize()
    def begin(self) -> None:
        super().begin()
        self.help = self.do(lambda: open_help(self.world))
        self.kept = 0
        self.allowed: dict[str, date] = {}
        """The nearest end that a registration's own words or two agents gave."""

    def _in_days(self, days: int) -> date:
        return paris_date(self.world.clock.now()) + timedelta(days=days)

    def _said(self, reference: str, ends_on: date) -> None:
        earlier = self.allowed.get(reference, ends_on)
        self.allowed[reference] = min(earlier, ends_on)

    def _done(self, act: Callable[[], Awaitable[object]]) -> bool:
        """Do what may be refused; say whether it was done."""
        try:
            self.do(act)
        except DomainError:
            return False
        return True

    @rule(
        target=People.people,
        number=st.integers(1, 4),
        contact=st.sampled_from(CONTACTS),
        days_left=st.integers(-20, 120),
    )
    def register(
        self, number: int, contact: tuple[str | None, str | None], days_left: int
    ) -> MultipleResults[Access]:
        """Somebody registers, and we remember which end they said."""
        found = super().register(number, contact, days_left)
        for access in found_in(found):
            self._said(access.reference, self._in_days(days_left))
        return multiple(*found_in(found))

    @rule(
        access=People.people, weekday=st.integers(1, 7), days_left=st.integers(-20, 120)
    )
    def correct(self, access: Access, weekday: int, days_left: int) -> None:
        """A person corrects; their own words may say any end."""
        super().correct(access, weekday, days_left)
        self._said(access.reference, self._in_days(days_left))

    @rule(number=st.integers(1, 4), days_left=st.integers(-20, 120))
    def helper_registers(self, number: int, days_left: int) -> None:
        """A helper registers somebody, known or not, under a mandate."""
        ends_on = self._in_days(days_left)

        async def registered() -> None:
            done = await self.help.register(number, facts=_card(ends_on))
            self._said(done.reference, ends_on)

        self.attempt(registered)

    @rule(
        access=People.people,
        act=st.sampled_from((confirm_as_helper, decline_as_helper, cancel_as_helper)),
    )
    def helper_answers(
        self, access: Access, act: Callable[..., Awaitable[object]]
    ) -> None:
        """A helper answers, with a mandate or without one."""
        self.attempt(
            lambda: act(self.help.helper, access.reference, ports=self.world.ports)
        )

    @rule(access=People.people, days_left=st.integers(-20, 120))
    def helper_corrects(self, access: Access, days_left: int) -> None:
        """A helper corrects a date in somebody's name."""
        ends_on = self._in_days(days_left)
        command = AmendRegistration(access=access, facts=_card(ends_on))
        if self._done(
            lambda: correct_as_helper(self.help.helper, command, ports=self.world.ports)
        ):
            self._said(access.reference, ends_on)

    @rule(target=People.people)
    def keep(self) -> MultipleResults[Access]:
        """The old contact presses « c'est une erreur »: all is shut but a new link."""
        world = self.world
        written = [mail.text for mail in world.mailbox.sent]
        written += [message.text for message in world.telephones.sent]
        links = [link for one in written for link in _KEEP.findall(one)]

        async def kept() -> list[Access]:
            for link in links[-1:]:
                record = await self._opened_by(link)
                if record is None:
                    return []
                await keep_contact(link, ports=world.ports)
                assert await self._opened_by(link) is None
                return [await self._with_a_new_link(record)]
            return []

        return multiple(*self.do(kept))

    async def _opened_by(self, link: str) -> UUID | None:
        async with self.world.ports.open_uow() as uow:
            return await uow.ways_in.of_link(
                secret_digest(link), self.world.clock.now()
            )

    async def _with_a_new_link(self, registration: UUID) -> Access:
        """Follow the link that reached the kept contact; no change waits any more."""
        self.kept += 1
        secret, now = f"kept{self.kept}", self.world.clock.now()
        async with self.world.ports.open_uow() as uow:
            record = await uow.registrations.by_id(registration)
            assert record is not None
            assert (record.sealed_new_contact, record.new_contact_from) == (None, None)
            await uow.registrations.add_link(
                record.id, secret_digest(secret), now + timedelta(days=90)
            )
            await uow.commit()
        return Access(reference=record.reference, secret=secret)

    @rule(access=People.people, ground=st.sampled_from(ClaimGround))
    def claim(self, access: Access, ground: ClaimGround) -> None:
        """Somebody says what they stand to lose."""
        command = MakeClaim(
            access=access, ground=ground, evidence=(Evidence.TITLE,), happens_on=None
        )
        self.attempt(lambda: make_claim(command, ports=self.world.ports))

    @rule(
        reason=st.sampled_from((ClaimReason.TITLE_SEEN, ClaimReason.NO_DATE_IN_LAW)),
        days_left=_DAYS,
    )
    def answer_a_claim(self, reason: ClaimReason, days_left: int) -> None:
        """One agent answers the claim that is due first."""
        world, is_seen = self.world, reason is ClaimReason.TITLE_SEEN
        seen = CheckedFacts(document=_card(self._in_days(days_left)))

        async def answered() -> None:
            for claim in (await claims_to_answer(world.agent, ports=world.ports))[:1]:
                command = GiveAnswer(
                    claim_id=claim.id,
                    reason=reason,
                    seen=seen if is_seen else None,
                    document=SeenDocument.CARD if is_seen else None,
                )
                await answer_claim(world.agent, command, ports=world.ports)

        self.attempt(answered)

    @rule(access=People.people, days_left=_DAYS)
    def one_agent_reads_a_card(self, access: Access, days_left: int) -> None:
        """One agent reads some end on paper, true or not."""
        seen = CheckedFacts(document=_card(self._in_days(days_left)))
        self.attempt(
            lambda: check_dates(
                self.world.agent,
                access.reference,
                seen,
                SeenDocument.CARD,
                ports=self.world.ports,
            )
        )

    @rule(access=People.people, days_left=_DAYS)
    def one_agent_corrects_at_the_guichet(self, access: Access, days_left: int) -> None:
        """One agent has the night of a place redrawn with some end, true or not."""
        self.attempt(
            lambda: correct_date(
                self.world.agent,
                access.reference,
                _card(self._in_days(days_left)),
                ports=self.world.ports,
            )
        )

    @rule(
        access=People.people,
        act=st.sampled_from((confirm_for, decline_for, give_back_for, withdraw_for)),
        born=st.sampled_from((BORN, BirthDate(1991))),
    )
    def an_agent_answers(
        self, access: Access, act: Callable[..., Awaitable[object]], born: BirthDate
    ) -> None:
        """An agent acts for whoever is at the guichet, or says they are."""
        who = PersonThere(
            reference=access.reference, shown=Shown.DOCUMENT, birth_date=born
        )
        is_done = self._done(lambda: act(self.world.agent, who, ports=self.world.ports))
        assert not is_done or born == BORN

    @rule(
        access=People.people,
        contact=st.sampled_from(CONTACTS),
        weekday=st.integers(1, 5),
    )
    def an_agent_corrects(
        self, access: Access, contact: tuple[str | None, str | None], weekday: int
    ) -> None:
        """An agent corrects days or the contact of somebody at the guichet."""
        email, phone = contact
        change = AmendRegistration(
            access=access,
            availability=Availability(weekdays_excluded=frozenset({weekday})),
            contact=Contact.parse(email=email, phone=phone, language="fr")
            if email or phone
            else None,
        )
        who = PersonThere(
            reference=access.reference, shown=Shown.DOCUMENT, birth_date=BORN
        )
        self.attempt(
            lambda: amend_for(self.world.agent, who, change, ports=self.world.ports)
        )

    @rule(access=People.people, days_left=_DAYS)
    def a_paper_is_renewed(self, access: Access, days_left: int) -> None:
        """One agent says that a paper was renewed until some day."""
        self.attempt(
            lambda: mark_renewed(
                self.world.agent,
                [access.reference],
                self._in_days(days_left),
                ports=self.world.ports,
            )
        )

    @rule(certify=st.booleans())
    def another_agent_decides(self, certify: bool) -> None:
        """A second agent certifies what the first one read, or sets it aside."""
        world = self.world

        async def decided() -> None:
            waiting = await checks_to_certify(world.agent, ports=world.ports)
            for check in waiting[:1]:
                await decide_check_and_claim(
                    self.help.second_agent, check.id, certify=certify, ports=world.ports
                )
                if certify and check.read.permit_expires_on is not None:
                    self._said(check.reference, check.read.permit_expires_on)

        self.attempt(decided)

    @rule(number=st.integers(1, 4), contact=st.sampled_from(CONTACTS))
    def a_permit_is_ready(
        self, number: int, contact: tuple[str | None, str | None]
    ) -> None:
        """An agent says that a permit waits; its holder is told outside the draw."""
        parsed = Contact.parse(email=contact[0], phone=contact[1], language="fr")
        self.attempt(
            lambda: say_ready(
                self.world.agent,
                self.world.person(number).identity,
                parsed,
                site="grenoble",
                collect_at=None,
                ports=self.world.ports,
            )
        )

    @invariant()
    def nobody_is_more_urgent_by_one_agent_alone(self) -> None:
        """An end nearer than a person's own words stands only by two agents."""
        if not hasattr(self, "allowed"):
            return

        async def ends() -> dict[str, date]:
            async with self.world.engine.connect() as connection:
                rows = await connection.execute(_DATES)
                return {row.reference: row.end_of_right_on for row in rows}

        tonight = paris_date(self.world.clock.now())
        for reference, ends_on in self.do(ends).items():
            nearest = self.allowed[reference]
            assert (
                ends_on >= nearest
                or band_of(ends_on, tonight, DEFAULT_RULESET).number
                >= band_of(nearest, tonight, DEFAULT_RULESET).number
            ), reference

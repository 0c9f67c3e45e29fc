"""A small prefecture on a real database, with a clock and a mailbox that we hold."""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Executable, insert, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from service.adapters.beacon.local import LocalBeacon
from service.adapters.mail.letters import Letters
from service.adapters.papers.calendar import calendar_of
from service.adapters.papers.printer import Printer
from service.adapters.postgres import tables as t
from service.adapters.postgres.engine import psycopg_url
from service.adapters.postgres.unit_of_work import PostgresUnitOfWork
from service.adapters.pseudonymiser import HmacPseudonymiser
from service.adapters.sealer import AesSealer
from service.adapters.second_factor import TotpSecondFactor
from service.adapters.signer import Ed25519Signer
from service.domain.availability import Availability
from service.domain.contact import Contact
from service.domain.identity import AgdrefNumber, BirthDate, Identity, Names
from service.domain.permits import DocumentFacts
from service.domain.prefectures import ISERE
from service.domain.ruleset import DEFAULT_RULESET
from service.usecases.commands import Access, PublishSlots, RegisterApplicant
from service.usecases.errors import (
    MailDelayedError,
    MailRefusedError,
    TextDelayedError,
    TextRefusedError,
)
from service.usecases.night.plan_nights import plan_nights
from service.usecases.person.register_applicant import register_applicant
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord, Mail, TextMessage

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
"""Monday 23 November 2026, noon in Paris."""

TONIGHT = date(2026, 11, 23)


class HeldClock:
    """A clock that moves only when a test says so."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, **duration: float) -> None:
        self._now += timedelta(**duration)

    def move_to(self, instant: datetime) -> None:
        self._now = instant


@dataclass
class Mailbox:
    """What was handed over; addresses can be made to refuse or to delay."""

    sent: list[Mail] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    delaying: set[str] = field(default_factory=set)

    async def send(self, mail: Mail) -> None:
        if mail.to in self.refusing:
            raise MailRefusedError
        if mail.to in self.delaying:
            raise MailDelayedError("TimeoutError")
        self.sent.append(mail)

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.sent if mail.to == address]


@dataclass
class Telephones:
    """What was texted; numbers can be made to refuse or to delay."""

    sent: list[TextMessage] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    delaying: set[str] = field(default_factory=set)

    async def send(self, message: TextMessage) -> None:
        if message.to in self.refusing:
            raise TextRefusedError
        if message.to in self.delaying:
            raise TextDelayedError("TimeoutError")
        self.sent.append(message)

    def to(self, number: str) -> list[TextMessage]:
        return [text for text in self.sent if text.to == number]


class QuickPasswords:
    """Plain comparison: the slow hash has its own test."""

    def hash(self, password: str) -> str:
        return f"hash of {password}"

    def matches(self, stored: str, password: str) -> bool:
        return stored == f"hash of {password}"


@dataclass
class World:
    """A loaded prefecture, and what is needed to act in it."""

    engine: AsyncEngine
    ports: Ports
    clock: HeldClock
    mailbox: Mailbox
    agent: AgentRecord
    telephones: Telephones
    registered: int = 0
    owned: str = ""

    async def tamper(self, *statements: str | Executable, **values: object) -> None:
        """Change rows as who owns the tables, triggers switched off: nothing denies it.

        ``engine`` is the program's account, and may do only what the program may.
        """
        engine = create_async_engine(psycopg_url(self.owned), poolclass=NullPool)
        async with engine.begin() as connection:
            await connection.execute(text("SET LOCAL session_replication_role=replica"))
            for one in statements:
                said = text(one) if isinstance(one, str) else one
                await connection.execute(said, values or None)

    async def close(self) -> None:
        await self.engine.dispose()

    def person(self, number: int = 1, **changes: object) -> RegisterApplicant:
        """A person renewing a permit that ends in ten days."""
        command = RegisterApplicant(
            prefecture="isere",
            motif="renouvellement-titre",
            sites=("grenoble",),
            identity=Identity(
                proof=AgdrefNumber(f"99{number:08d}"),
                names=Names("Diallo", "Awa"),
                birth_date=BirthDate(1990, 5, 4),
            ),
            contact=Contact.parse(
                email=f"p{number}@example.org", phone=None, language="fr"
            ),
            facts=DocumentFacts(
                held_document="cst",
                permit_expires_on=self.clock.now().date() + timedelta(days=10),
            ),
            availability=Availability(),
            people=1,
        )
        return replace(command, **changes)  # type: ignore[arg-type]

    async def register(
        self, number: int = 1, *, is_proved: bool = True, **changes: object
    ) -> Access:
        """Register a person and return what opens the registration.

        Unless a test wants it otherwise, the person has followed a link since: what a
        screen alone shows has its own tests.
        """
        self.registered += 1
        answer = await register_applicant(
            self.person(number, **changes),
            idempotency_key=f"key-{self.registered}",
            ports=self.ports,
        )
        if is_proved:
            await self.prove(answer.reference)
        return Access(reference=answer.reference, secret=answer.secret)

    async def prove(self, reference: str) -> None:
        """Let a person have followed the link of a message."""
        async with self.ports.open_uow() as uow:
            record = await uow.registrations.by_reference(reference)
            assert record is not None
            await uow.registrations.prove(record.id, self.clock.now())
            await uow.commit()

    def plan(self, **changes: object) -> PublishSlots:
        """Two hours of one guichet, a week from today."""
        plan = PublishSlots(
            site="grenoble",
            day=self.clock.now().date() + timedelta(days=7),
            opens=time(9),
            closes=time(11),
            minutes=20,
            guichets=1,
            motifs=("renouvellement-titre",),
        )
        return replace(plan, **changes)  # type: ignore[arg-type]


async def open_world(database: str, *, at: datetime = NOON, owned: str = "") -> World:
    """Load Isère into an empty database; ``owned`` is its address for ``tamper``."""
    engine = create_async_engine(psycopg_url(database), pool_size=10)
    clock, mailbox, telephones = HeldClock(at), Mailbox(), Telephones()
    ports = ports_for(engine, clock, mailbox, telephones)
    agent = await _load(engine)
    await plan_nights(ports=ports)
    return World(engine, ports, clock, mailbox, agent, telephones, owned=owned)


def ports_for(
    engine: AsyncEngine,
    clock: HeldClock,
    mailbox: Mailbox,
    telephones: Telephones | None = None,
) -> Ports:
    """The real adapters, with a held clock, seeded luck and our mailbox."""
    luck = random.Random(7)
    sealer = AesSealer(b"s" * 32)

    async def ring() -> None:
        return None

    return Ports(
        open_uow=lambda: PostgresUnitOfWork(engine),
        clock=clock,
        entropy=luck.randbytes,
        pseudonymiser=HmacPseudonymiser(b"k" * 32),
        sealer=sealer,
        signer=Ed25519Signer(b"e" * 32),
        beacon=LocalBeacon(
            engine, clock=clock, sealer=sealer, entropy=luck.randbytes, length=4_000
        ),
        passwords=QuickPasswords(),
        second_factor=TotpSecondFactor(),
        agents_need_code=False,
        mailer=mailbox,
        texter=telephones,
        write_letter=Letters().write,
        press=Printer(),
        write_calendar=calendar_of,
        ring=ring,
        public_url="https://rdv.example.org",
    )


async def _load(engine: AsyncEngine) -> AgentRecord:
    agent = AgentRecord(
        id=UUID(int=1),
        prefecture="isere",
        login="agent",
        name="Agent",
        password_hash="hash of secret",
    )
    async with engine.begin() as connection:
        await connection.execute(
            insert(t.prefecture).values(
                code="isere", name=ISERE.name, phone="0476603400"
            )
        )
        await connection.execute(
            insert(t.site),
            [
                {
                    "prefecture": "isere",
                    "code": site.code,
                    "name": site.name,
                    "address": site.address,
                    "motifs": sorted(site.motifs),
                }
                for site in ISERE.sites
            ],
        )
        await connection.execute(
            insert(t.ruleset).values(
                prefecture="isere",
                version=DEFAULT_RULESET.version,
                effective_on=DEFAULT_RULESET.effective_on,
                content=DEFAULT_RULESET.to_json(),
            )
        )
        await connection.execute(
            insert(t.agent).values(
                id=agent.id,
                prefecture="isere",
                login=agent.login,
                name=agent.name,
                password_hash=agent.password_hash,
            )
        )
    return agent

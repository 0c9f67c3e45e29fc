"""An organisation with a helper who signs in, as the tests of mandates need one."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

import pyotp
from sqlalchemy import Table, func, insert, select

from service.adapters.postgres import tables as t
from service.domain.mandate import Ceilings
from service.domain.night import paris_date
from service.usecases.commands import Access, RegisterApplicant
from service.usecases.desk.confirm_cancellations import (
    cancellations_to_confirm,
    decide_cancellations,
)
from service.usecases.helper.helper_accounts import (
    enrol,
    helper_of,
    invite_lead,
    sign_in_helper,
    view_invitation,
)
from service.usecases.helper.organisations import (
    decide_organisation,
    propose_organisation,
)
from service.usecases.helper.register_under_mandate import (
    UnderMandate,
    register_under_mandate,
)
from service.usecases.person.access import secret_digest
from service.usecases.records import AgentRecord
from service.usecases.records.mandates import HelperRecord
from tests.world import World

PASSWORD = "a long sentence to remember"
ALL_SCOPES = ("register", "follow", "correct", "answer")


@dataclass
class Help:
    """An accepted organisation, its lead, and what the lead signs in with."""

    world: World
    second_agent: AgentRecord
    organisation_id: UUID
    helper: HelperRecord
    secret: str
    recovery: tuple[str, ...]
    registered: int = field(default=0)

    def code(self) -> str:
        """The code that the app shows now."""
        return pyotp.TOTP(self.secret).at(self.world.clock.now())

    async def sign_in(self) -> str:
        """Sign in with a code that was not used yet."""
        self.world.clock.advance(seconds=30)
        return await sign_in_helper(
            self.helper.login, PASSWORD, self.code(), ports=self.world.ports
        )

    @property
    def half_a_year(self) -> date:
        return paris_date(self.world.clock.now()) + timedelta(days=182)

    async def register(
        self,
        number: int = 1,
        *,
        scopes: tuple[str, ...] = ALL_SCOPES,
        key: str = "",
        **changes: object,
    ) -> UnderMandate:
        """Register a person under a mandate."""
        self.registered += 1
        command: RegisterApplicant = self.world.person(number, **changes)
        return await register_under_mandate(
            self.helper,
            command,
            scopes=scopes,
            ends_on=self.half_a_year,
            idempotency_key=key or f"helper-key-{self.registered}",
            ports=self.world.ports,
        )


async def add_second_agent(world: World) -> AgentRecord:
    """Another agent: two are needed to accept an organisation."""
    second = replace(world.agent, id=UUID(int=2), login="second", name="Sol")
    async with world.engine.begin() as connection:
        await connection.execute(
            insert(t.agent).values(
                id=second.id,
                prefecture=second.prefecture,
                login=second.login,
                name=second.name,
                password_hash=second.password_hash,
            )
        )
    return second


async def confirm_what_was_cancelled(world: World) -> int:
    """Let a second agent confirm every cancellation; returns who moves first."""
    second = await add_second_agent(world)
    waiting = await cancellations_to_confirm(second, ports=world.ports)
    acts = [act for one in waiting for act in one.acts]
    return await decide_cancellations(second, acts, confirm=True, ports=world.ports)


async def open_help(
    world: World,
    *,
    second: AgentRecord | None = None,
    name: str = "Maison des Passages",
    login: str = "lead@passages.example",
    ceilings: Ceilings | None = None,
) -> Help:
    """Vet an organisation and enrol its lead."""
    second = second or await add_second_agent(world)
    organisation_id = await propose_organisation(
        world.agent,
        name=name,
        kind="association",
        contact="contact@passages.example",
        ceilings=ceilings or Ceilings(live=300, per_day=100),
        ports=world.ports,
    )
    await decide_organisation(second, organisation_id, accept=True, ports=world.ports)
    token = await invite_lead(
        world.agent, organisation_id, name="Inès Modèle", login=login, ports=world.ports
    )
    invitation = await view_invitation(token, ports=world.ports)
    secret = invitation.totp_secret
    recovery = await enrol(
        token,
        password=PASSWORD,
        code=pyotp.TOTP(secret).at(world.clock.now()),
        ports=world.ports,
    )
    world.clock.advance(seconds=30)
    session = await sign_in_helper(
        login, PASSWORD, pyotp.TOTP(secret).at(world.clock.now()), ports=world.ports
    )
    signed_in = await helper_of(session, ports=world.ports)
    return Help(world, second, organisation_id, signed_in.helper, secret, recovery)


async def own_access(world: World, reference: str) -> Access:
    """What the person's own message would open: a fresh personal link."""
    secret = f"own-{reference}"
    async with world.ports.open_uow() as uow:
        record = await uow.registrations.by_reference(reference)
        assert record is not None
        await uow.registrations.add_link(
            record.id, secret_digest(secret), world.clock.now() + timedelta(days=1)
        )
        await uow.commit()
    return Access(reference=reference, secret=secret)


async def kinds(world: World, reference: str) -> list[str]:
    async with world.engine.connect() as connection:
        found = await connection.execute(
            select(t.outbox.c.kind)
            .join(t.registration, t.registration.c.id == t.outbox.c.registration_id)
            .where(t.registration.c.reference == reference)
            .order_by(t.outbox.c.id)
        )
    return list(found.scalars().all())


async def rows(world: World, table: Table) -> int:
    async with world.engine.connect() as connection:
        counted = select(func.count()).select_from(table)
        return (await connection.execute(counted)).scalar_one()

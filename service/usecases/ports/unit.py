"""One transaction, and all that a use case may reach."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Protocol, Self

from service.domain.sending import Opening, next_decent
from service.usecases.message.letter import Letter, Message
from service.usecases.ports.access import WaysIn
from service.usecases.ports.desk_acts import DeskActs
from service.usecases.ports.doors import Doors
from service.usecases.ports.evidence import (
    Beacon,
    Signer,
    SigningKeys,
    Witness,
    Witnesses,
)
from service.usecases.ports.guards import Annulments, Cancellations, Endings
from service.usecases.ports.help_places import HelpPlaces
from service.usecases.ports.mandates import Mandates, Organisations
from service.usecases.ports.messages import (
    Deliveries,
    Mailer,
    TextSender,
    WriteCalendar,
)
from service.usecases.ports.nights import Nights, Slots
from service.usecases.ports.operator import AgentAccounts, Prefectures
from service.usecases.ports.origins import Origins
from service.usecases.ports.outbox import Outbox
from service.usecases.ports.own_data import OwnData
from service.usecases.ports.papers import IssuedPapers, Press
from service.usecases.ports.people import Answers, Directory, Offers, Registrations
from service.usecases.ports.promises import Promises
from service.usecases.ports.public import PublicFacts
from service.usecases.ports.retention import Retention
from service.usecases.ports.second_factor import AgentFactors, SecondFactor
from service.usecases.ports.world import (
    Audit,
    Clock,
    PasswordKeeper,
    Pseudonymiser,
    Sealer,
)


class UnitOfWork(Protocol):
    """One transaction: commit is explicit, leaving without it rolls back."""

    registrations: Registrations
    promises: Promises
    slots: Slots
    nights: Nights
    annulments: Annulments
    cancellations: Cancellations
    endings: Endings
    offers: Offers
    outbox: Outbox
    deliveries: Deliveries
    ways_in: WaysIn
    witnesses: Witnesses
    keys: SigningKeys
    answers: Answers
    papers: IssuedPapers
    directory: Directory
    prefectures: Prefectures
    accounts: AgentAccounts
    agent_factors: AgentFactors
    audit: Audit
    doors: Doors
    desk_acts: DeskActs
    help_places: HelpPlaces
    organisations: Organisations
    mandates: Mandates
    public: PublicFacts
    retention: Retention
    origins: Origins
    own_data: OwnData

    async def __aenter__(self) -> Self:
        """Begin."""
        ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back whatever was not committed."""
        ...

    async def commit(self) -> None:
        """Make everything durable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """All that a use case may reach, chosen once by the composition root."""

    open_uow: Callable[[], UnitOfWork]
    clock: Clock
    entropy: Callable[[int], bytes]
    pseudonymiser: Pseudonymiser
    sealer: Sealer
    signer: Signer
    beacon: Beacon
    passwords: PasswordKeeper
    second_factor: SecondFactor
    mailer: Mailer
    write_letter: Callable[[Letter], Message]
    press: Press
    ring: Callable[[], Awaitable[None]]
    public_url: str
    agents_need_code: bool = True
    """Only the demonstration says no: its agents are in its README."""

    beacon_patience: timedelta = timedelta(hours=6)
    witnesses: Sequence[Witness] = ()
    texter: TextSender | None = None
    write_calendar: WriteCalendar | None = None
    opening: Opening = next_decent

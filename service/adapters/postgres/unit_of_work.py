"""One transaction over all repositories; commit is explicit."""

from types import TracebackType
from typing import Self

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.adapters.postgres.agent_accounts import PostgresAgentAccounts
from service.adapters.postgres.agent_factors import PostgresAgentFactors
from service.adapters.postgres.annulments import PostgresAnnulments
from service.adapters.postgres.audit import PostgresAudit
from service.adapters.postgres.cancellations import PostgresCancellations
from service.adapters.postgres.deliveries import PostgresDeliveries
from service.adapters.postgres.desk_acts import PostgresDeskActs
from service.adapters.postgres.directory import PostgresDirectory
from service.adapters.postgres.doors import PostgresDoors
from service.adapters.postgres.endings import PostgresEndings
from service.adapters.postgres.help_places import PostgresHelpPlaces
from service.adapters.postgres.keys import PostgresSigningKeys
from service.adapters.postgres.mandates import PostgresMandates
from service.adapters.postgres.nights import PostgresNights
from service.adapters.postgres.offers import PostgresOffers
from service.adapters.postgres.organisations import PostgresOrganisations
from service.adapters.postgres.origins import PostgresOrigins
from service.adapters.postgres.outbox import PostgresAnswers, PostgresOutbox
from service.adapters.postgres.own_data import PostgresOwnData
from service.adapters.postgres.papers import PostgresIssuedPapers
from service.adapters.postgres.prefectures import PostgresPrefectures
from service.adapters.postgres.promises import PostgresPromises
from service.adapters.postgres.public_facts import PostgresPublicFacts
from service.adapters.postgres.registrations import PostgresRegistrations
from service.adapters.postgres.retention import PostgresRetention
from service.adapters.postgres.slots import PostgresSlots
from service.adapters.postgres.ways_in import PostgresWaysIn
from service.adapters.postgres.witnesses import PostgresWitnesses
from service.usecases import ports
from service.usecases.errors import StorageAwayError
from service.usecases.ports import access as access_ports
from service.usecases.ports import desk_acts as desk_ports
from service.usecases.ports import doors as doors_ports
from service.usecases.ports import evidence as evidence_ports
from service.usecases.ports import guards as guard_ports
from service.usecases.ports import help_places as help_ports
from service.usecases.ports import mandates as mandate_ports
from service.usecases.ports import messages as message_ports
from service.usecases.ports import operator as operator_ports
from service.usecases.ports import origins as origin_ports
from service.usecases.ports import papers as paper_ports
from service.usecases.ports import public as public_ports
from service.usecases.ports.own_data import OwnData
from service.usecases.ports.promises import Promises
from service.usecases.ports.retention import Retention
from service.usecases.ports.second_factor import AgentFactors


class PostgresUnitOfWork:
    """See `service.usecases.ports.UnitOfWork`; READ COMMITTED, guarded by constraints.

    Leaving the block without ``commit`` rolls everything back. A server that is gone,
    full, or too busy is told as ``StorageAwayError``, whatever statement met it.
    """

    registrations: ports.Registrations
    promises: Promises
    slots: ports.Slots
    nights: ports.Nights
    annulments: guard_ports.Annulments
    cancellations: guard_ports.Cancellations
    endings: guard_ports.Endings
    offers: ports.Offers
    outbox: ports.Outbox
    deliveries: message_ports.Deliveries
    ways_in: access_ports.WaysIn
    witnesses: evidence_ports.Witnesses
    keys: evidence_ports.SigningKeys
    answers: ports.Answers
    papers: paper_ports.IssuedPapers
    directory: ports.Directory
    prefectures: operator_ports.Prefectures
    accounts: operator_ports.AgentAccounts
    agent_factors: AgentFactors
    audit: ports.Audit
    doors: doors_ports.Doors
    desk_acts: desk_ports.DeskActs
    help_places: help_ports.HelpPlaces
    organisations: mandate_ports.Organisations
    mandates: mandate_ports.Mandates
    public: public_ports.PublicFacts
    retention: Retention
    origins: origin_ports.Origins
    own_data: OwnData

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def __aenter__(self) -> Self:
        try:
            self._connection: AsyncConnection = await self._engine.connect()
        except (OperationalError, PoolTimeoutError) as error:
            raise StorageAwayError from error
        self.registrations = PostgresRegistrations(self._connection)
        self.promises = PostgresPromises(self._connection)
        self.slots = PostgresSlots(self._connection)
        self.nights = PostgresNights(self._connection)
        self.annulments = PostgresAnnulments(self._connection)
        self.cancellations = PostgresCancellations(self._connection)
        self.endings = PostgresEndings(self._connection)
        self.offers = PostgresOffers(self._connection)
        self.outbox = PostgresOutbox(self._connection)
        self.deliveries = PostgresDeliveries(self._connection)
        self.ways_in = PostgresWaysIn(self._connection)
        self.witnesses = PostgresWitnesses(self._connection)
        self.keys = PostgresSigningKeys(self._connection)
        self.answers = PostgresAnswers(self._connection)
        self.papers = PostgresIssuedPapers(self._connection)
        self.directory = PostgresDirectory(self._connection)
        self.prefectures = PostgresPrefectures(self._connection)
        self.accounts = PostgresAgentAccounts(self._connection)
        self.agent_factors = PostgresAgentFactors(self._connection)
        self.audit = PostgresAudit(self._connection)
        self.doors = PostgresDoors(self._connection)
        self.desk_acts = PostgresDeskActs(self._connection)
        self.help_places = PostgresHelpPlaces(self._connection)
        self.organisations = PostgresOrganisations(self._connection)
        self.mandates = PostgresMandates(self._connection)
        self.public = PostgresPublicFacts(self._connection)
        self.retention = PostgresRetention(self._connection)
        self.origins = PostgresOrigins(self._connection)
        self.own_data = PostgresOwnData(self._connection)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self._connection.close()
        finally:
            if _is_away(error):
                raise StorageAwayError from error

    async def commit(self) -> None:
        """Make everything durable."""
        await self._connection.commit()


def _is_away(error: BaseException | None) -> bool:
    """Say whether a failure is the server's state, and not the statement's fault.

    A lock waited for in vain, a deadlock and a full disk belong to it: later, or the
    second time, the same statement does well.
    """
    return isinstance(error, OperationalError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )

"""The other doors in PostgreSQL: checks, families, claims, pairs, visits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import tables as t
from service.adapters.postgres.desk_waits import PostgresDeskWaits
from service.adapters.postgres.door_lists import PostgresLists
from service.adapters.postgres.door_visits import PostgresNearMatches, PostgresVisits
from service.adapters.postgres.paris import paris_day
from service.domain.permits import DocumentFacts
from service.usecases.ports import doors as ports
from service.usecases.ports.desk import DeskWaits
from service.usecases.records.doors import (
    ClaimCount,
    ClaimRecord,
    DateCheckRecord,
)

_FACTS = (
    "held_document",
    "permit_expires_on",
    "permit_starts_on",
    "entered_on",
    "requested_on",
)


class PostgresDoors:
    """See `service.usecases.ports.doors.Doors`."""

    checks: ports.DateChecks
    companions: ports.Companions
    claims: ports.Claims
    matches: ports.NearMatches
    lists: ports.Lists
    visits: ports.Visits
    agents: ports.Agents
    waits: DeskWaits

    def __init__(self, connection: AsyncConnection) -> None:
        self.checks = PostgresDateChecks(connection)
        self.companions = PostgresCompanions(connection)
        self.claims = PostgresClaims(connection)
        self.matches = PostgresNearMatches(connection)
        self.lists = PostgresLists(connection)
        self.visits = PostgresVisits(connection)
        self.agents = PostgresAgents(connection)
        self.waits = PostgresDeskWaits(connection)
        self._connection = connection

    async def traces_of(self, registration_id: UUID) -> frozenset[str]:
        row = await self._connection.execute(_TRACES, {"of": registration_id})
        return frozenset(name for name, has in row.mappings().one().items() if has)


_TRACES = text(
    "SELECT "
    "EXISTS (SELECT FROM companions WHERE registration_id = :of) AS companions, "
    'EXISTS (SELECT FROM date_check WHERE registration_id = :of) AS "check", '
    "EXISTS (SELECT FROM date_check WHERE registration_id = :of "
    "AND state = 'awaiting') AS awaiting, "
    "EXISTS (SELECT FROM urgency_claim WHERE registration_id = :of) AS claim, "
    "EXISTS (SELECT FROM ready_permit WHERE registration_id = :of "
    "AND collected_at IS NULL) AS ready, "
    "EXISTS (SELECT FROM desk_act WHERE registration_id = :of) AS desk_act, "
    "EXISTS (SELECT FROM paper_renewal WHERE registration_id = :of) AS renewal, "
    "EXISTS (SELECT FROM near_match WHERE decision = 'asked' "
    "AND :of IN (first_id, second_id)) AS asked"
)
"""One round trip for what most registrations do not have."""


class PostgresDateChecks:
    """See `service.usecases.ports.doors.DateChecks`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, check: DateCheckRecord) -> None:
        await self._connection.execute(
            update(d.date_check)
            .where(
                d.date_check.c.registration_id == check.registration_id,
                d.date_check.c.state == "awaiting",
            )
            .values(state="set-aside")
        )
        await self._connection.execute(insert(d.date_check).values(_columns(check)))

    async def last_standing(self, registration_id: UUID) -> DateCheckRecord | None:
        found = await self.standing_of([registration_id])
        return found.get(registration_id)

    async def standing_of(
        self, registrations: Iterable[UUID]
    ) -> Mapping[UUID, DateCheckRecord]:
        rows = await self._connection.execute(
            _checks()
            .ext(distinct_on(d.date_check.c.registration_id))
            .where(
                d.date_check.c.registration_id == func.any(list(registrations)),
                d.date_check.c.state == "standing",
            )
            .order_by(d.date_check.c.registration_id, d.date_check.c.checked_at.desc())
        )
        return {row["registration_id"]: _check(row) for row in rows.mappings()}

    async def by_id(
        self, check_id: UUID, *, lock: bool = False
    ) -> DateCheckRecord | None:
        query = _checks().where(d.date_check.c.id == check_id)
        row = await self._connection.execute(
            query.with_for_update(of=d.date_check) if lock else query
        )
        found = row.mappings().first()
        return _check(found) if found else None

    async def awaiting(self, prefecture: str) -> Sequence[DateCheckRecord]:
        rows = await self._connection.execute(
            _checks()
            .join(t.registration, t.registration.c.id == d.date_check.c.registration_id)
            .where(
                t.registration.c.prefecture == prefecture,
                d.date_check.c.state == "awaiting",
            )
            .order_by(d.date_check.c.checked_at)
        )
        return [_check(row) for row in rows.mappings()]

    async def decide(self, check: DateCheckRecord) -> None:
        await self._connection.execute(
            update(d.date_check)
            .where(d.date_check.c.id == check.id)
            .values(
                state=check.state,
                decided_by=check.decided_by,
                decided_at=check.decided_at,
            )
        )


def _checks() -> Select[*tuple[Any, ...]]:
    return select(d.date_check, t.agent.c.name.label("checked_by_name")).join(
        t.agent, t.agent.c.id == d.date_check.c.checked_by
    )


def _columns(check: DateCheckRecord) -> dict[str, Any]:
    columns = asdict(check)
    del columns["checked_by_name"]
    facts: dict[str, Any] = columns.pop("facts")
    return {**facts, **columns}


def _check(row: RowMapping) -> DateCheckRecord:
    columns: dict[str, Any] = dict(row)
    facts = DocumentFacts(**{name: columns.pop(name) for name in _FACTS})
    return DateCheckRecord(facts=facts, **columns)


class PostgresCompanions:
    """See `service.usecases.ports.doors.Companions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, registration_id: UUID, sealed: bytes) -> None:
        statement = upsert(d.companions).values(
            registration_id=registration_id, sealed=sealed
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["registration_id"],
                set_={"sealed": statement.excluded.sealed},
            )
        )

    async def of(self, registration_id: UUID) -> bytes | None:
        found = await self._connection.execute(
            select(d.companions.c.sealed).where(
                d.companions.c.registration_id == registration_id
            )
        )
        return found.scalar()


class PostgresClaims:
    """See `service.usecases.ports.doors.Claims`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_unless_open(self, claim: ClaimRecord) -> bool:
        columns = asdict(claim) | {"evidence": list(claim.evidence)}
        added = await self._connection.execute(
            upsert(d.urgency_claim)
            .values(columns)
            .on_conflict_do_nothing(
                index_elements=["registration_id"],
                index_where=text("answered_at IS NULL"),
            )
            .returning(d.urgency_claim.c.id)
        )
        return added.first() is not None

    async def of(self, registration_id: UUID) -> Sequence[ClaimRecord]:
        rows = await self._connection.execute(
            select(d.urgency_claim)
            .where(d.urgency_claim.c.registration_id == registration_id)
            .order_by(d.urgency_claim.c.made_at.desc())
        )
        return [_claim(row) for row in rows.mappings()]

    async def by_id(self, claim_id: UUID, *, lock: bool = False) -> ClaimRecord | None:
        query = select(d.urgency_claim).where(d.urgency_claim.c.id == claim_id)
        rows = await self._connection.execute(
            query.with_for_update() if lock else query
        )
        row = rows.mappings().first()
        return _claim(row) if row else None

    async def of_check(self, check_id: UUID) -> ClaimRecord | None:
        rows = await self._connection.execute(
            select(d.urgency_claim).where(d.urgency_claim.c.check_id == check_id)
        )
        row = rows.mappings().first()
        return _claim(row) if row else None

    async def to_answer(self, prefecture: str) -> Sequence[ClaimRecord]:
        rows = await self._connection.execute(
            select(d.urgency_claim)
            .join(
                t.registration,
                t.registration.c.id == d.urgency_claim.c.registration_id,
            )
            .where(
                t.registration.c.prefecture == prefecture,
                d.urgency_claim.c.answered_at.is_(None),
            )
            .order_by(d.urgency_claim.c.answer_by, d.urgency_claim.c.made_at)
        )
        return [_claim(row) for row in rows.mappings()]

    async def answer(self, answered: ClaimRecord) -> None:
        await self._connection.execute(
            update(d.urgency_claim)
            .where(d.urgency_claim.c.id == answered.id)
            .values(
                answered_at=answered.answered_at,
                answered_by=answered.answered_by,
                answer=answered.answer,
                reason=answered.reason,
                check_id=answered.check_id,
            )
        )

    async def counts(
        self, prefecture: str, since: date, today: date
    ) -> Sequence[ClaimCount]:
        claim = d.urgency_claim.c
        closed_on = func.coalesce(paris_day(claim.answered_at), today)
        rows = await self._connection.execute(
            select(
                claim.ground,
                func.count().label("made"),
                func.count(claim.answered_at).label("answered"),
                func.count().filter(claim.answer == "date-changed").label("changed"),
                func.count().filter(closed_on > claim.answer_by).label("late"),
            )
            .join(t.registration, t.registration.c.id == claim.registration_id)
            .where(
                t.registration.c.prefecture == prefecture,
                paris_day(claim.made_at) >= since,
            )
            .group_by(claim.ground)
            .order_by(claim.ground)
        )
        return [ClaimCount(**row) for row in rows.mappings()]


def _claim(row: RowMapping) -> ClaimRecord:
    columns: dict[str, Any] = dict(row)
    columns["evidence"] = tuple(columns["evidence"])
    return ClaimRecord(**columns)


class PostgresAgents:
    """See `service.usecases.ports.doors.Agents`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def names(self, agents: Iterable[UUID]) -> Mapping[UUID, str]:
        rows = await self._connection.execute(
            select(t.agent.c.id, t.agent.c.name).where(
                t.agent.c.id == func.any(list(agents))
            )
        )
        return {row.id: row.name for row in rows}

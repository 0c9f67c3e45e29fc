"""What waits at the desk, counted in one round trip."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres.door_lists import PROVISIONAL
from service.usecases.ports.desk import Moment, Wait


class PostgresDeskWaits:
    """See `service.usecases.ports.desk.DeskWaits`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(
        self, prefecture: str, agent_id: UUID, moment: Moment
    ) -> Mapping[str, Wait]:
        rows = await self._connection.execute(
            _WAITS,
            {
                "prefecture": prefecture,
                "agent": agent_id,
                "here": moment.here,
                "today": moment.today,
                "asked_before": moment.objections_end,
                "papers_from": moment.papers_from,
                "papers_to": moment.papers_to,
                "provisional": sorted(PROVISIONAL),
            },
        )
        return {row["kind"]: Wait(**row) for row in rows.mappings()}


_WAITS: Final = text(
    """
SELECT 'calls' AS kind, count(*) AS count, 0 AS late, NULL::date AS due_on
FROM offer JOIN slot ON slot.id = offer.slot_id
JOIN registration ON registration.id = offer.registration_id
WHERE registration.prefecture = :prefecture AND offer.state = 'awaiting'
AND offer.undeliverable_at IS NOT NULL AND slot.starts_at > :here
UNION ALL
SELECT 'cancellations', count(*),
count(*) FILTER (
    WHERE (cancelled_at AT TIME ZONE 'Europe/Paris')::date < :today
), NULL
FROM slot_cancellation JOIN slot ON slot.id = slot_cancellation.slot_id
WHERE slot.prefecture = :prefecture AND slot_cancellation.state = 'awaiting'
AND cancelled_by <> :agent
UNION ALL
SELECT 'claims', count(*), count(*) FILTER (WHERE answer_by < :today), min(answer_by)
FROM urgency_claim JOIN registration ON registration.id = registration_id
WHERE prefecture = :prefecture AND answered_at IS NULL
UNION ALL
SELECT 'checks', count(*), 0, NULL
FROM date_check JOIN registration ON registration.id = registration_id
WHERE prefecture = :prefecture AND date_check.state = 'awaiting'
AND checked_by <> :agent
UNION ALL
SELECT 'visits', count(*),
count(*) FILTER (WHERE slot.starts_at <= :here AND visit.offer_id IS NULL), NULL
FROM offer JOIN slot ON slot.id = offer.slot_id
LEFT JOIN visit ON visit.offer_id = offer.id
WHERE slot.prefecture = :prefecture AND slot.starts_at::date = :today
AND offer.state = 'confirmed'
UNION ALL
SELECT 'pairs', count(*), 0, NULL
FROM near_match JOIN registration one ON one.id = first_id
JOIN registration other ON other.id = second_id
WHERE one.prefecture = :prefecture AND one.state = 'live' AND other.state = 'live'
AND decision = 'asked' AND decided_by <> :agent
AND (objected_at IS NOT NULL OR decided_at <= :asked_before)
UNION ALL
SELECT 'papers', count(*), count(*) FILTER (WHERE permit_expires_on < :today),
min(permit_expires_on)
FROM registration
WHERE prefecture = :prefecture AND state = 'live'
AND held_document = ANY(:provisional)
AND permit_expires_on BETWEEN :papers_from AND :papers_to
UNION ALL
SELECT 'ready', count(*), 0, NULL
FROM ready_permit
WHERE prefecture = :prefecture AND told_at IS NULL AND collected_at IS NULL
UNION ALL
SELECT 'organisations', count(*), 0, NULL
FROM organisation
WHERE prefecture = :prefecture AND state = 'proposed' AND proposed_by <> :agent
"""
)

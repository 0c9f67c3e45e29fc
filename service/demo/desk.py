"""The demonstration's desk: a second agent, and hours at which permits are handed over.

Some decisions take two agents: with one login alone they could not be shown.
"""

from collections.abc import Callable
from datetime import time
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.door_lists import PostgresLists
from service.domain.prefectures import ISERE
from service.usecases.records.doors import CollectionHours

SECOND_LOGIN = "agent2"
_NAMESPACE = UUID("7f1f0d6e-6f0c-4f59-9d3c-9a6f2f2d6c38")
_COLLECTION_DAYS = (1, 2, 3, 5)
"""Grenoble hands permits over without appointment on Monday, Tuesday, Wednesday and
Friday from 9 to 11 (press release of 7 July 2025, as quoted in permits.md § 3)."""


async def load_desk(
    connection: AsyncConnection, hash_password: Callable[[str], str], password: str
) -> None:
    """Load the second agent and the collection hours."""
    await connection.execute(
        upsert(t.agent)
        .values(
            id=uuid5(_NAMESPACE, SECOND_LOGIN),
            prefecture=ISERE.code,
            login=SECOND_LOGIN,
            name="Second agent de démonstration",
            password_hash=hash_password(password),
        )
        .on_conflict_do_nothing()
    )
    hours = [
        CollectionHours(site="grenoble", weekday=day, opens=time(9), closes=time(11))
        for day in _COLLECTION_DAYS
    ]
    await PostgresLists(connection).set_hours(ISERE.code, "grenoble", hours)

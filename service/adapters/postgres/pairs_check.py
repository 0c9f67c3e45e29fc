"""Whose label is whose, compared with what the audit chain noted at each freeze."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.adapters.postgres import tables as t
from service.domain.pairs import pairs_digest

ACTION: Final = "night-frozen"
"""Written by ``usecases/night/freeze_night.py``, with the digest of the pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsReport:
    """How many nights stand as frozen.

    Attributes:
        nights: How many were compared.
        faults: One line for each that does not hold: the night, and how.
    """

    nights: int
    faults: tuple[str, ...]


async def check_pairs(engine: AsyncEngine) -> PairsReport:
    """Compute each night's pairs again, one night at a time.

    Nights from before the first note of their prefecture cannot be compared; after it,
    a frozen night without a note is a fault, and so is a note without its night.
    """
    async with engine.connect() as connection:
        noted = await _noted(connection)
        first = dict(sorted(noted, reverse=True))
        held: set[tuple[str, str]] = set()
        faults: list[str] = []
        for night in await _frozen(connection):
            name = night["prefecture"], str(night["held_on"])
            if name[1] < first.get(name[0], "9999"):
                continue
            held.add(name)
            note = noted.get(name)
            if note is None:
                faults.append(f"{'/'.join(name)}: nothing was noted at its freeze")
            elif note != await _pairs(connection, night["id"]):
                faults.append(f"{'/'.join(name)}: a label is not whose it was")
        faults += [
            f"{'/'.join(one)}: it is gone" for one in sorted(noted.keys() - held)
        ]
    return PairsReport(nights=len(held), faults=tuple(faults))


def said_of_pairs(report: PairsReport) -> tuple[list[str], int]:
    """Put a report in words; 1 when a night does not hold."""
    lines = [f"the labels of {report.nights} nights are compared with their freeze"]
    lines += [
        f"FAIL {fault}: keep a copy of the database, compare with the backup of the day"
        " before"
        for fault in report.faults
    ]
    return lines, int(bool(report.faults))


async def _noted(connection: AsyncConnection) -> dict[tuple[str, str], str]:
    rows = await connection.execute(
        select(t.audit.c.prefecture, t.audit.c.detail)
        .where(t.audit.c.action == ACTION)
        .order_by(t.audit.c.id)
    )
    return {(row.prefecture, row.detail["night"]): _note(row.detail) for row in rows}


def _note(detail: dict[str, Any]) -> str:
    return f"{detail['entries']} {detail['pairs_sha256']}"


async def _frozen(connection: AsyncConnection) -> Sequence[RowMapping]:
    rows = await connection.execute(
        select(t.night.c.id, t.night.c.prefecture, t.night.c.held_on)
        .where(t.night.c.frozen_at.is_not(None))
        .order_by(t.night.c.prefecture, t.night.c.held_on)
    )
    return rows.mappings().all()


async def _pairs(connection: AsyncConnection, night_id: int) -> str:
    rows = await connection.execute(
        select(t.entry.c.label, t.entry.c.registration_id)
        .where(t.entry.c.night_id == night_id)
        .order_by(t.entry.c.label)
    )
    pairs: list[tuple[bytes, UUID]] = [(row[0], row[1]) for row in rows]
    return f"{len(pairs)} {pairs_digest(pairs).hex()}"

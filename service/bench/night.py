"""One whole night, freeze to published: 5,000 registrations for 500 places."""

import secrets
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.adapters.embedded.postgres import EmbeddedPostgres
from service.adapters.postgres import tables as t
from service.adapters.postgres.engine import open_engine
from service.adapters.postgres.promises import PostgresPromises
from service.adapters.postgres.registrations import columns_of
from service.adapters.postgres.slots import PostgresSlots
from service.bench import Figure
from service.bootstrap import ports_on
from service.demo import load_prefecture
from service.demo.people import promises_to, registrations
from service.domain.motifs import MOTIFS
from service.domain.night import paris_date
from service.domain.prefectures import ISERE
from service.domain.slots import SlotPlan
from service.migrations import upgrade
from service.migrations.accounts import grant_program
from service.settings import Settings
from service.usecases.night.advance_nights import ARROWS
from service.usecases.night.plan_nights import plan_nights
from service.usecases.ports import Clock, Ports

PEOPLE = 5_000
PLACES = 500
PROMISED_S = 3.0


class _SteppedClock:
    """The wall clock, moved forward by hand over the beacon's wait."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def move_to(self, instant: datetime) -> None:
        self._offset += max(timedelta(), instant - self.now())


async def measure_night() -> Sequence[Figure]:
    """Measure each arrow on a real, durable PostgreSQL of its own (fsync on)."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder) / "postgres") as server,
    ):
        upgrade(server.url)
        grant_program(server.url, server.program_url)
        engine = open_engine(server.program_url, pool_size=4)
        try:
            return await _measure_on(engine, owner_url=server.url)
        finally:
            await engine.dispose()


async def _measure_on(engine: AsyncEngine, *, owner_url: str) -> Sequence[Figure]:
    clock = _SteppedClock()
    ports = _ports(engine, clock)
    await _load(engine, ports)
    await _analyze(owner_url)
    await plan_nights(ports=ports)
    await ports.beacon.name_round(clock.now())  # builds the chain, once in 35 days
    figures: list[Figure] = []
    async with ports.open_uow() as uow:
        [night] = await uow.nights.unfinished()
    clock.move_to(night.freeze_at)
    while night.state != "published":
        if night.state == "committed" and night.beacon_due_at is not None:
            clock.move_to(night.beacon_due_at)
        started = time.perf_counter()
        await ARROWS[night.state](night, ports=ports)
        elapsed = time.perf_counter() - started
        async with ports.open_uow() as uow:
            moved = await uow.nights.by_date(night.prefecture, night.held_on)
        if moved is None or moved.state == night.state:
            raise RuntimeError(f"the night did not leave {night.state}")
        figures.append(_arrow(night.state, moved.state, elapsed))
        night = moved
    whole = sum(figure.measured for figure in figures)
    return [
        *figures,
        Figure(
            name=f"whole night, {PEOPLE} registrations x {PLACES} places",
            measured=whole,
            unit="s",
            promised=PROMISED_S,
        ),
    ]


def _arrow(was: str, now: str, elapsed: float) -> Figure:
    return Figure(name=f"{was} -> {now}", measured=elapsed, unit="s", promised=None)


def _ports(engine: AsyncEngine, clock: Clock) -> Ports:
    keys = {
        name: secrets.token_hex(32)
        for name in ("applicant_key", "sealing_key", "signing_key")
    }

    async def ring() -> None:
        return None

    return ports_on(engine, Settings.model_validate(keys), ring=ring, clock=clock)


async def _analyze(owner_url: str) -> None:
    """What autovacuum does in a minute: only an owner may."""
    engine = open_engine(owner_url, pool_size=1)
    async with engine.begin() as connection:
        await connection.execute(text("ANALYZE"))
    await engine.dispose()


async def _load(engine: AsyncEngine, ports: Ports) -> None:
    now = ports.clock.now()
    agent = UUID(int=1)
    async with engine.begin() as connection:
        await load_prefecture(connection, ISERE)
        await connection.execute(
            insert(t.agent).values(
                id=agent,
                prefecture=ISERE.code,
                login="bench",
                name="bench",
                password_hash="",
            )
        )
        people = list(registrations(ports, count=PEOPLE, seed=1, now=now))
        await connection.execute(
            insert(t.registration), [columns_of(record) for record in people]
        )
        await PostgresPromises(connection).add(promises_to(people, now, ports))
        await PostgresSlots(connection).publish(
            ISERE.code,
            [slot for plan in _plans(now) for slot in plan.slots(f"bench-{plan.day}")],
            by=agent,
            at=now,
        )


def _plans(now: datetime) -> Sequence[SlotPlan]:
    """Ten days of 25 slots with two places: 500 places, open to every motif."""
    return [
        SlotPlan(
            site="grenoble",
            day=paris_date(now) + timedelta(days=ahead),
            opens=clock_time(8),
            closes=clock_time(16, 20),
            minutes=20,
            guichets=2,
            motifs=frozenset(MOTIFS),
        )
        for ahead in range(3, 13)
    ]

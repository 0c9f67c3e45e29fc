"""PostgreSQL is gone, full or busy: a moment's refusal, never a riddle or a leak."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from service.adapters.postgres.engine import open_engine
from service.adapters.postgres.unit_of_work import PostgresUnitOfWork
from service.settings import Settings
from service.usecases.errors import StorageAwayError
from service.usecases.ports import Ports
from service.usecases.records import NightRecord
from service.web.app import create_app
from tests.world import World

pytestmark = pytest.mark.anyio

NOBODY_LISTENS = "postgresql://nobody:swordfish@127.0.0.1:1/none"


class Standing:
    """What the web stands on, for these tests."""

    def __init__(self, ports: Ports, *, is_well: bool = False) -> None:
        self.ports = ports
        self.settings = Settings()
        self._is_well = is_well

    async def healthy(self) -> dict[str, bool]:
        return {"database": self._is_well, "bell": self._is_well}

    async def close(self) -> None:
        return None


@asynccontextmanager
async def site_on(world: World, engine: AsyncEngine) -> AsyncGenerator[AsyncClient]:
    """The real pages and the real use cases, on another engine."""
    ports = replace(world.ports, open_uow=lambda: PostgresUnitOfWork(engine))
    transport = ASGITransport(app=create_app(Standing(ports)))
    async with AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client
    await engine.dispose()


@pytest.mark.parametrize(
    "path", ["/", "/v1/prefectures/isere", "/v1/nights/isere/2026-11-23"]
)
async def test_without_its_database_the_service_says_when_to_come_back(
    world: World, path: str
) -> None:
    async with site_on(world, open_engine(NOBODY_LISTENS)) as client:
        answer = await client.get(path)

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "une fois" in answer.text
    assert "swordfish" not in answer.text


async def test_a_full_pool_is_a_moments_refusal_and_passes(
    world: World, database: str
) -> None:
    engine = open_engine(database, pool_size=1)
    engine.pool._timeout = 0.2  # type: ignore[attr-defined] # no need to wait 5 s
    async with site_on(world, engine) as client:
        async with engine.connect():
            busy = await client.get("/v1/prefectures/isere")
        free = await client.get("/v1/prefectures/isere")

    assert (busy.status_code, free.status_code) == (503, 200)


async def unfinished(engine: AsyncEngine) -> Sequence[NightRecord]:
    async with PostgresUnitOfWork(engine) as uow:
        return await uow.nights.unfinished()


async def end_all_others(world: World) -> None:
    async with world.engine.connect() as other:
        await other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_a_server_that_ends_every_connection_is_met_again_at_once(
    world: World, database: str
) -> None:
    """What a restart of PostgreSQL in the middle of a night does to a transaction."""
    engine = open_engine(database, pool_size=2)

    async def interrupted() -> None:
        async with PostgresUnitOfWork(engine) as uow:
            await uow.nights.unfinished()
            await end_all_others(world)
            await uow.nights.unfinished()

    with pytest.raises(StorageAwayError):
        await interrupted()

    assert await unfinished(engine)
    await engine.dispose()


async def test_a_lock_waited_for_in_vain_is_told_as_a_moments_refusal(
    world: World, database: str, owned: str
) -> None:
    engine = open_engine(database, pool_size=2)
    migrator = open_engine(owned, pool_size=1)
    async with migrator.begin() as holder:
        await holder.execute(text("LOCK TABLE night IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(StorageAwayError):
            await asyncio.wait_for(unfinished(engine), 8)
    await migrator.dispose()
    await engine.dispose()


async def test_no_value_of_a_statement_stands_in_its_error(
    world: World, new_database: Callable[[], str]
) -> None:
    """A failing statement is logged with its trace by the worker."""
    engine = open_engine(new_database())

    async def store() -> None:
        async with PostgresUnitOfWork(engine) as uow:
            await uow.directory.open_session(
                b"swordfish", world.agent.id, world.clock.now()
            )

    with pytest.raises(IntegrityError) as failure:
        await store()
    await engine.dispose()

    assert str(world.agent.id) not in str(failure.value).split("DETAIL")[0]
    assert "swordfish" not in repr(failure.value)

"""The bell may be dead, or answer nonsense, all night long: the night takes place."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace
from typing import cast

import pytest

from service.bootstrap import Container
from service.settings import Settings
from service.worker.__main__ import work
from tests.nights import freeze_hour, stored_state
from tests.world import World

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def answering(nonsense: bytes) -> AsyncGenerator[str]:
    """A server in the place of Redis that says the same whatever it is asked."""

    talks: set[asyncio.Task[None]] = set()

    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while await reader.read(1024):
                writer.write(nonsense)
                await writer.drain()
        writer.close()

    def come(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.create_task(say(reader, writer))
        talks.add(talk)

    async with await asyncio.start_server(come, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"redis://127.0.0.1:{port}/0"
        await asyncio.wait_for(asyncio.gather(*talks), 10)  # whoever asked hung up


async def night_under(world: World, redis_url: str) -> str:
    """Let the worker run a few seconds, past the freeze, with that bell."""
    await world.register()
    await freeze_hour(world)
    container = SimpleNamespace(
        ports=world.ports, settings=Settings(redis_url=redis_url)
    )
    working = asyncio.create_task(work(cast("Container", container)))
    for _ in range(80):
        await asyncio.sleep(0.1)
        if working.done() or await stored_state(world) == "committed":
            break
    await asyncio.sleep(1)  # long enough for the bell to have failed, too
    assert not working.done()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    return await stored_state(world)


async def test_without_redis_the_night_is_frozen_and_committed(world: World) -> None:
    assert await night_under(world, "redis://127.0.0.1:1/0") == "committed"


@pytest.mark.parametrize(
    "nonsense",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"*1\r\n$-7\r\n", b":7\r\n", b"+\xff\r\n"],
)
async def test_whatever_redis_answers_the_night_goes_on(
    world: World, nonsense: bytes
) -> None:
    async with answering(nonsense) as redis_url:
        assert await night_under(world, redis_url) == "committed"

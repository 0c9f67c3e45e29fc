"""The bell may be dead, or answer nonsense, all night long: the night takes place."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace
from typing import cast

import pytest

from service.bootstrap import Bell, Container
from service.settings import Settings
from service.worker.__main__ import work
from tests.nights import freeze_hour, stored_state
from tests.world import World

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def answering(nonsense: bytes) -> AsyncGenerator[str]:
    """A server in the place of Redis that says the same whatever it is asked."""
    async with serving(lambda _: nonsense) as redis_url:
        yield redis_url


def no_room(asked: bytes) -> bytes:
    """What a Redis says that is there and takes nothing more."""
    commands = asked.split(b"\r\n*")
    return b"".join(
        b"+PONG\r\n" if b"PING" in one else b"-OOM command not allowed\r\n"
        for one in commands
    )


@asynccontextmanager
async def serving(answer: Callable[[bytes], bytes]) -> AsyncGenerator[str]:
    """A server in the place of Redis; at its end, whoever asked must have hung up."""
    talks: set[asyncio.Task[None]] = set()

    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while asked := await reader.read(1024):
                writer.write(answer(asked))
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


async def test_a_bell_that_is_rung_in_vain_keeps_no_connection_open() -> None:
    """Not those of rings that came together, nor those of before it failed."""
    async with serving(no_room) as redis_url:
        bell = Bell(redis_url)
        await asyncio.gather(*(bell.ring() for _ in range(5)))
        await bell.ring()
        await bell.close()


async def test_nobody_waits_for_a_redis_that_says_nothing() -> None:
    async with serving(lambda _: b"") as redis_url:
        bell = Bell(redis_url, answer_within_s=0.5)
        async with asyncio.timeout(2 * 0.5):  # all of them together
            await asyncio.gather(*(bell.ring() for _ in range(5)))
        with pytest.raises(TimeoutError):
            await bell.ping()
        await bell.close()

"""Keep the embedded servers alive, in one thread that lives as long as they do."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor

from service.adapters.embedded.errors import EmbeddedServerError
from service.adapters.embedded.server import EmbeddedServer
from service.supervisor.backoff import Backoff
from service.supervisor.child import StartError
from service.supervisor.keeper import Say

_LOOK_EVERY_S = 0.2


@contextlib.asynccontextmanager
async def servers_thread() -> AsyncGenerator[ThreadPoolExecutor]:
    """The one thread that starts servers.

    The kernel ends a leashed server when the *thread* that started it ends, so
    this one must outlive them all.
    """
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="servers")
    try:
        yield executor
    finally:
        executor.shutdown(wait=True)


@contextlib.asynccontextmanager
async def kept_server(
    server: EmbeddedServer, *, name: str, thread: ThreadPoolExecutor, say: Say
) -> AsyncGenerator[str]:
    """Start the server, start it again when it dies, stop it at the end.

    Yields:
        Its address, which a restart does not change.

    Raises:
        StartError: It cannot be started.
    """
    try:
        url = await _start(server, thread)
    except EmbeddedServerError as error:
        raise StartError(str(error)) from error
    watch = asyncio.create_task(_watch(server, name=name, thread=thread, say=say))
    try:
        yield url
    finally:
        watch.cancel()
        server.give_up()
        with contextlib.suppress(asyncio.CancelledError):
            await watch
        await _in_thread(thread, server.stop)


async def _watch(
    server: EmbeddedServer, *, name: str, thread: ThreadPoolExecutor, say: Say
) -> None:
    backoff = Backoff()
    loop = asyncio.get_running_loop()
    began_at = loop.time()
    while True:
        await asyncio.sleep(_LOOK_EVERY_S)
        if server.is_running():
            continue
        wait_s, backoff = backoff.after(loop.time() - began_at)
        say(name, f"ended; starts again in {wait_s:.1f} s")
        await asyncio.sleep(wait_s)
        began_at = loop.time()
        try:
            await _start(server, thread)
        except EmbeddedServerError as error:
            say(name, str(error))


async def _start(server: EmbeddedServer, thread: ThreadPoolExecutor) -> str:
    """Start in the thread; a cancelled wait makes the start give up first."""
    start = asyncio.get_running_loop().run_in_executor(thread, server.start)
    try:
        return await asyncio.shield(start)
    except asyncio.CancelledError:
        server.give_up()
        with contextlib.suppress(EmbeddedServerError):
            await start
        await _in_thread(thread, server.stop)
        raise


async def _in_thread(thread: ThreadPoolExecutor, work: Callable[[], None]) -> None:
    await asyncio.get_running_loop().run_in_executor(thread, work)

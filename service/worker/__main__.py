"""Run the worker: the reconciler always, the bell as long as Redis answers."""

import asyncio
import contextlib
import signal

import structlog
from redis.exceptions import RedisError

from service.bootstrap import Container, build
from service.observability import configure_logging
from service.settings import load_settings
from service.usecases.message.send_messages import AT_ONCE
from service.worker.reconciler import reconcile
from service.worker.settings import arq_worker

log = structlog.get_logger()

RING_AGAIN_S = 5
"""How long the bell waits before it looks for Redis again."""


async def work(container: Container) -> None:
    """Run until told to stop; Redis may come and go."""
    wake = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        main = tasks.create_task(reconcile(ports=container.ports, wake=wake))
        bell = tasks.create_task(_ring_for_ever(container, wake))
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(
                name, lambda: (main.cancel(), bell.cancel())
            )


async def _ring_for_ever(container: Container, wake: asyncio.Event) -> None:
    url = container.settings.redis_url or ""
    while True:
        worker = arq_worker(url, wake)
        try:
            await worker.async_run()
        except (RedisError, OSError) as error:
            log.warning("the bell is silent", error=type(error).__name__)
        finally:
            with contextlib.suppress(RedisError, OSError):
                await worker.close()
        await asyncio.sleep(RING_AGAIN_S)


async def _main() -> None:
    settings = load_settings()
    configure_logging(settings)
    container = build(settings, pool_size=AT_ONCE + 2)  # the mail, a night, the rest
    try:
        await work(container)
    finally:
        await container.close()


if __name__ == "__main__":
    asyncio.run(_main())

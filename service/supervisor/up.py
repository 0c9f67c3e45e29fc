"""From a bare directory to ``ready:`` and, on Ctrl-C, back to nothing running."""

import asyncio
import contextlib
import errno
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AsyncExitStack
from pathlib import Path

from service.adapters.embedded.postgres import EmbeddedPostgres
from service.adapters.embedded.postmaster import is_grave, telling_line
from service.adapters.embedded.process import last_words
from service.adapters.embedded.server import EmbeddedServer
from service.adapters.embedded.valkey import EmbeddedValkey
from service.settings import Profile, Settings
from service.supervisor.child import Child, Plan, StartError
from service.supervisor.health import until_it_serves
from service.supervisor.home import (
    Running,
    claimed,
    forget_running,
    note_running,
    refuse_full_disk,
    was_killed,
)
from service.supervisor.keeper import Say, keep, run_once, say
from service.supervisor.plan import Ground, brings_a_lab, brings_a_mailbox, plan_of
from service.supervisor.servers import kept_server, servers_thread

_PORT_PATIENCE_S = 5.0
_PORT_RETRY_S = 0.1
_EARLY_STARTS = 4
_READY_PATIENCE_S = 120.0
_BACKLOG = 2048


def up(settings: Settings, *, make_plan: Callable[[Ground], Plan] = plan_of) -> int:
    """Run the whole service until SIGINT or SIGTERM.

    Prints exactly one line on standard output, ``ready: ADDRESS``, once the web
    process serves; everything else goes to standard error.

    Returns:
        The exit status: 0 after a stop that was asked for, 1 when it could not
        start; in both cases nothing is left running.
    """
    try:
        return asyncio.run(_until_stopped(settings, make_plan))
    except StartError as error:
        sys.stderr.write(f"tour de rôle: {error}\n")
        return 1


async def _until_stopped(
    settings: Settings, make_plan: Callable[[Ground], Plan]
) -> int:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    work = asyncio.create_task(_serve(settings, make_plan))
    asked = asyncio.create_task(stop.wait())
    await asyncio.wait({work, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work
    return 0


def warnings_of(settings: Settings) -> list[str]:
    """Return what whoever starts the service should know, and may start without."""
    if settings.profile is Profile.PRODUCTION and settings.witness_dir is None:
        return [
            "TDR_WITNESS_DIR is not set: unless an auditor is subscribed, nobody "
            "outside can say that a commitment came before its round"
        ]
    return []


async def _serve(settings: Settings, make_plan: Callable[[Ground], Plan]) -> None:
    """Everything, in order; leaving undoes it in the opposite order."""
    async with AsyncExitStack() as stack:
        stack.enter_context(claimed(settings.home))
        web = stack.enter_context(await _web_socket(settings))
        mail = stack.enter_context(_mail_socket(settings))
        lab = stack.enter_context(_lab_socket(settings))
        for warning in warnings_of(settings):
            say("witness", warning)
        servers = await stack.enter_async_context(_servers(settings))
        database_url, owner_url, redis_url = servers
        _note(settings, *servers)
        stack.callback(forget_running, settings.home)
        plan = make_plan(
            Ground(
                settings=settings,
                database_url=database_url,
                owner_database_url=owner_url,
                redis_url=redis_url,
                web_descriptor=web.fileno(),
                mail_descriptor=mail.fileno() if mail else None,
                lab_descriptor=lab.fileno() if lab else None,
                mail_port=mail.getsockname()[1] if mail else settings.smtp_port,
            )
        )
        for step in plan.steps:
            await _prepare(step, log=_log_of_our_own(settings))
        gone_wrong = asyncio.Event()
        for child in plan.children:
            await stack.enter_async_context(_kept(child, say, gone_wrong))
        await _until_ready(settings, plan, gone_wrong)
        sys.stdout.write(f"ready: http://{settings.host}:{settings.port}\n")
        sys.stdout.flush()
        if lab:
            say("lab", f"at http://{settings.host}:{settings.lab_port}")
        await asyncio.Event().wait()


async def _web_socket(settings: Settings) -> socket.socket:
    """Listen before anything else is started: a taken port costs nothing.

    After a kill the kernel may need a moment to end who held the port.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + (_PORT_PATIENCE_S if was_killed(settings.home) else 0)
    while True:
        try:
            return socket.create_server(
                (settings.host, settings.port), backlog=_BACKLOG
            )
        except OSError as error:
            is_final = error.errno != errno.EADDRINUSE or loop.time() >= deadline
            if is_final:
                raise StartError(_no_port(settings, error)) from error
        await asyncio.sleep(_PORT_RETRY_S)


def _no_port(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {settings.port} is taken: stop what listens there, "
            "or set TDR_PORT to a free one"
        )
    reason = os.strerror(error.errno) if error.errno else str(error)
    return (
        f"cannot listen on {settings.host}:{settings.port} ({reason}): "
        "set TDR_HOST and TDR_PORT"
    )


@contextlib.contextmanager
def _lab_socket(settings: Settings) -> Generator[socket.socket | None]:
    """The laboratory's port; when it is taken, the service starts without a lab."""
    if not brings_a_lab(settings):
        yield None
        return
    try:
        listener = socket.create_server((settings.host, settings.lab_port))
    except OSError:
        say("lab", f"port {settings.lab_port} is taken: no laboratory this time")
        yield None
        return
    with listener:
        yield listener


@contextlib.contextmanager
def _mail_socket(settings: Settings) -> Generator[socket.socket | None]:
    """A free port of the loopback for the demonstration's mailbox."""
    if not brings_a_mailbox(settings):
        yield None
        return
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@contextlib.asynccontextmanager
async def _servers(
    settings: Settings,
) -> AsyncGenerator[tuple[str, str | None, str]]:
    """PostgreSQL, the same for its owner, and Redis: those named, or embedded ones."""
    async with AsyncExitStack() as stack:
        thread = await stack.enter_async_context(servers_thread())

        async def embedded(server: EmbeddedServer, name: str) -> str:
            kept = kept_server(server, name=name, thread=thread, say=say)
            return await stack.enter_async_context(kept)

        database_url, owner_url = settings.database_url, settings.owner_database_url
        if database_url is None:
            refuse_full_disk(settings.home)
            postgres = EmbeddedPostgres(settings.home / "postgres")
            owner_url = await embedded(postgres, "postgres")
            database_url = postgres.program_url
        redis_url = settings.redis_url or await embedded(
            EmbeddedValkey(settings.home / "valkey"), "valkey"
        )
        yield database_url, owner_url, redis_url


def _note(
    settings: Settings, database_url: str, owner_url: str | None, redis_url: str
) -> None:
    running = Running(
        pid=os.getpid(),
        address=f"http://{settings.host}:{settings.port}",
        database_url=database_url,
        redis_url=redis_url,
        # A named owner's address is kept nowhere: whoever serves could read it here.
        owner_database_url=None if settings.database_url else owner_url,
    )
    note_running(settings.home, running)


def _log_of_our_own(settings: Settings) -> Path | None:
    """Return the log of the embedded PostgreSQL, None when a server is named."""
    return None if settings.database_url else settings.home / "postgres/server.log"


async def _prepare(step: Child, *, log: Path | None) -> None:
    """Run a step to its end; when it fails, say what its server said too.

    Raises:
        StartError: It failed.
    """
    since = log.stat().st_size if log and log.exists() else 0
    said: list[str] = []
    status, last = await run_once(step, say=lambda _name, line: said.append(line))
    if status != 0:
        for line in said[:-1]:
            say(step.name, line)
        words = last_words(log, since) if log else ""
        why = last or f"{step.name} failed with exit status {status}"
        if is_grave(words):
            why = f"{why}; the embedded PostgreSQL: {telling_line(words)} (see {log})"
        raise StartError(why)
    for line in said:
        say(step.name, line)


@contextlib.asynccontextmanager
async def _kept(
    child: Child, say: Say, gone_wrong: asyncio.Event
) -> AsyncGenerator[None]:
    """Keep the child while the context lasts; tell when it dies again and again."""
    starts = 0

    def started() -> None:
        nonlocal starts
        starts += 1
        if starts >= _EARLY_STARTS:
            gone_wrong.set()

    task = asyncio.create_task(keep(child, say=say, started=started))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _until_ready(
    settings: Settings, plan: Plan, gone_wrong: asyncio.Event
) -> None:
    """Wait until the service answers, or until a child has died too often."""
    serves = asyncio.create_task(
        until_it_serves(settings.host, settings.port, plan.health_path)
    )
    failed = asyncio.create_task(gone_wrong.wait())
    try:
        done, _ = await asyncio.wait(
            {serves, failed},
            timeout=_READY_PATIENCE_S,
            return_when=asyncio.FIRST_COMPLETED,
        )
    finally:
        serves.cancel()
        failed.cancel()
    if serves not in done:
        message = (
            "a process ends as soon as it starts: its last lines above say why"
            if failed in done
            else f"no answer from {plan.health_path} in {_READY_PATIENCE_S:.0f} s: "
            "the lines above say why"
        )
        raise StartError(message)

"""Keep one child alive, show its words, and end it for sure."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import Callable

from service.adapters.embedded.account import Account, leashed
from service.supervisor.backoff import Backoff
from service.supervisor.child import Child

Say = Callable[[str, str], None]
"""Shows one line of one speaker: (name, line)."""

_LONGEST_LINE = 16_384
_LAST_WORDS_S = 1.0


def say(name: str, line: str) -> None:
    """Write one line to standard error, after the name of who said it."""
    sys.stderr.write(f"{name:<10}| {line}\n")
    sys.stderr.flush()


async def keep(child: Child, *, say: Say, started: Callable[[], None]) -> None:
    """Run the child, again and again, until cancelled; then end it.

    Args:
        child: What to run.
        say: Where its lines and ours go.
        started: Called at each start.
    """
    backoff = Backoff()
    loop = asyncio.get_running_loop()
    while True:
        began_at = loop.time()
        started()
        status = await _run(child, say)
        wait_s, backoff = backoff.after(loop.time() - began_at)
        say(child.name, f"ended ({described(status)}); starts again in {wait_s:.1f} s")
        await asyncio.sleep(wait_s)


async def run_once(child: Child, *, say: Say) -> tuple[int, str]:
    """Run a step to its end: its exit status and the last line it said."""
    last = ""

    def listen(name: str, line: str) -> None:
        nonlocal last
        last = line.strip() or last
        say(name, line)

    return await _run(child, listen), last


async def _run(child: Child, say: Say) -> int:
    """One life of the child; cancelled, it ends the child before it returns."""
    reading, writing = os.pipe()
    try:
        process = await _start(child, writing)
    except BaseException:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    words = asyncio.create_task(_forward(reading, child.name, say))
    try:
        return await process.wait()
    finally:
        await _end(process, child)
        await _let_finish(words)


async def _start(child: Child, writing: int) -> Process:
    """Start on a leash and in a session of its own.

    Its own session: Ctrl-C reaches the supervisor alone, which ends things in
    order. Our own pipe: asyncio's would make ``wait`` wait for everyone who
    inherited it.
    """
    account = Account("ours", os.geteuid(), os.getegid())
    return await asyncio.create_subprocess_exec(
        *leashed(child.command, account, death_signal=signal.SIGKILL),
        stdin=DEVNULL,
        stdout=writing,
        stderr=STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **child.environment},
        pass_fds=child.descriptors,
        start_new_session=True,
    )


async def _forward(reading: int, name: str, say: Say) -> None:
    """Show every line; one without end is cut rather than kept in memory."""
    stream = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(reading, "rb")
    )
    rest = b""
    try:
        while part := await stream.read(65_536):
            *lines, rest = (rest + part).split(b"\n")
            if len(rest) > _LONGEST_LINE:
                lines, rest = [*lines, rest], b""
            for line in lines:
                say(name, line[:_LONGEST_LINE].decode(errors="replace").rstrip())
        if rest:
            say(name, rest.decode(errors="replace").rstrip())
    finally:
        transport.close()


async def _end(process: Process, child: Child) -> None:
    """Ask, wait, kill; then kill whatever else lives in its session."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(child.stop_signal)
        try:
            await asyncio.wait_for(process.wait(), child.patience_s)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


async def _let_finish(words: asyncio.Task[None]) -> None:
    """The last words may still be in the pipe; a stranger may hold it open."""
    done, _ = await asyncio.wait({words}, timeout=_LAST_WORDS_S)
    if not done:
        words.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await words


def described(status: int) -> str:
    """An exit status in words."""
    if status >= 0:
        return f"exit {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"

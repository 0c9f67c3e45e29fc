"""A running server, started by us or found alive: watch it, make it end."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

_LOG_LIMIT_BYTES = 5_000_000


class RunningServer(Protocol):
    """A server process, whoever started it."""

    @property
    def pid(self) -> int:
        """Its process number."""
        ...

    def has_ended(self, *, within_s: float = 0) -> bool:
        """Wait at most ``within_s`` for its end; True once it has ended."""
        ...


class OwnServer:
    """A server that this process started."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._child.pid

    def has_ended(self, *, within_s: float = 0) -> bool:
        """Wait at most ``within_s`` for its end; True once it has ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(within_s)
        return self._child.returncode is not None


class AdoptedServer:
    """A server whose starter is dead; someone else collects its exit status."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._pid

    def has_ended(self, *, within_s: float = 0) -> bool:
        """Wait at most ``within_s`` for its end; True once it has ended."""
        deadline = time.monotonic() + within_s
        while is_alive(self._pid):
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            _wait_for_end(self._pid, min(left, 0.1))
        return True


def _wait_for_end(pid: int, within_s: float) -> None:
    """Wait without asking again and again, where the kernel can tell (Linux)."""
    if not hasattr(os, "pidfd_open"):
        time.sleep(min(within_s, 0.02))
        return
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        select.select([descriptor], [], [], within_s)
    finally:
        os.close(descriptor)


def is_alive(pid: int) -> bool:
    """True while the process runs; a dead one not yet collected does not count."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[:1] == ["Z"]


def works_in(pid: int, directory: Path) -> bool:
    """True when ``directory`` is where the process works; True when nobody can tell."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == directory.resolve()
    except FileNotFoundError:
        return not Path("/proc/self").exists() and is_alive(pid)
    except PermissionError:
        return False  # another account's process: not a server of ours


def end(server: RunningServer, *signals: tuple[signal.Signals, float]) -> None:
    """Ask with each signal in turn, each with its seconds of patience, then kill."""
    for number, patience_s in (*signals, (signal.SIGKILL, 10.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(server.pid, number)
        if server.has_ended(within_s=patience_s):
            return


def start_server(command: Sequence[str], *, log: Path, directory: Path) -> OwnServer:
    """Start a server in its own session, its words appended to ``log``.

    Its own session: Ctrl-C in a terminal must reach the supervisor alone, which
    then ends things in order.
    """
    if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".old.log"))
    with log.open("ab") as words:
        child = subprocess.Popen(  # noqa: S603 - our own fixed command
            command,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            cwd=directory,
            start_new_session=True,
        )
    return OwnServer(child)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def last_words(log: Path, since: int) -> str:
    """What was written to the log after byte ``since``, at most 4,000 characters."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(since)
        return file.read()[-4000:].decode(errors="replace")

"""The data directory: one supervisor at a time, and a note of what runs in it."""

import contextlib
import json
import os
import shutil
from collections.abc import Generator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from service.adapters.embedded.account import owned_by_another
from service.adapters.embedded.lock import DirectoryBusyError, DirectoryLock
from service.supervisor.child import StartError


@dataclass(frozen=True, slots=True)
class Running:
    """What runs in a home, for commands started beside it."""

    pid: int
    address: str
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    owner_database_url: str | None = field(default=None, repr=False)


@contextlib.contextmanager
def claimed(home: Path) -> Generator[None]:
    """Hold the home for this process alone; the kernel lets go if it is killed.

    Raises:
        StartError: It cannot be written, another supervisor holds it, or it is full
            of another account's files.
    """
    _refuse_anothers(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = DirectoryLock(home / "lock")
        lock.acquire()
        (home / "write-test").write_bytes(b"\0" * 4096)
        (home / "write-test").unlink()
    except DirectoryBusyError as error:
        raise StartError(_busy(home)) from error
    except OSError as error:
        message = (
            f"cannot write to {home} ({error.strerror}): "
            "set TDR_HOME to a directory of yours"
        )
        raise StartError(message) from error
    try:
        yield
    finally:
        lock.release()


def _refuse_anothers(home: Path) -> None:
    """Keep root out of what an ordinary account works in: it would be locked out."""
    owner = owned_by_another(home)
    if os.geteuid() == 0 and owner and any(home.iterdir()):
        message = (
            f"{home} belongs to {owner}: start as {owner}, "
            "or set TDR_HOME to a directory of yours"
        )
        raise StartError(message)


ROOM_FOR_A_CLUSTER = 256 * 2**20
"""Octets free for a first start: a new cluster, its journal, the demonstration."""

ROOM_TO_START = 48 * 2**20
"""Octets free for any other start: three segments of the journal."""


def refuse_full_disk(home: Path, needed: int | None = None) -> None:
    """Refuse to start a server of our own where it would stop half way.

    Raises:
        StartError: Fewer octets are free than ``needed``, found out when not said.
    """
    is_new = not (home / "postgres").exists()
    least = needed or (ROOM_FOR_A_CLUSTER if is_new else ROOM_TO_START)
    free = shutil.disk_usage(home).free
    if free < least:
        message = (
            f"{home} has {free // 2**20} MB free, PostgreSQL needs {least // 2**20}: "
            "free some space, or set TDR_HOME to a directory on another disk"
        )
        raise StartError(message)


def _busy(home: Path) -> str:
    running = read_running(home)
    where = f" at {running.address} (process {running.pid})" if running else ""
    return (
        f"already running{where}: stop it first, or set TDR_HOME and TDR_PORT "
        "to start a second one"
    )


def note_running(home: Path, running: Running) -> None:
    """Write down what runs; for the owner's eyes, since it holds passwords."""
    fresh = home / "running.json.new"
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(asdict(running)), encoding="utf-8")
    fresh.replace(_note(home))


def forget_running(home: Path) -> None:
    """Remove the note."""
    _note(home).unlink(missing_ok=True)


def was_killed(home: Path) -> bool:
    """True when the last supervisor left its note behind."""
    return _note(home).exists()


def read_running(home: Path) -> Running | None:
    """The note, or None when there is none or it is not readable."""
    try:
        return Running(**json.loads(_note(home).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _note(home: Path) -> Path:
    return home / "running.json"

"""What PostgreSQL is told at initdb and at start, and what its pid file says. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DATABASE: Final = "tourderole"
ROLE: Final = "tourderole"
"""Who owns everything; nobody but the step that migrates is given its password."""

PROGRAM_ROLE: Final = "tourderole_program"
"""Whom the program is: it may do what `grants` lists."""

_SOCKET_PATH_LIMIT = 107  # bytes, sun_path of unix(7) less the final zero
_READY = "ready"

_SOBER: Mapping[str, str] = {
    # Processes: a demonstration has one prefecture, not a warehouse.
    "max_connections": "60",
    "superuser_reserved_connections": "3",
    "autovacuum_max_workers": "1",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "max_logical_replication_workers": "0",
    "max_worker_processes": "2",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    # Memory
    "shared_buffers": "32MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "jit": "off",
    "huge_pages": "off",
    # What others may count on
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "logging_collector": "off",
    "password_encryption": "scram-sha-256",
}
_DURABLE: Mapping[str, str] = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
}
_THROWAWAY: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
}


def initdb_arguments(
    *, major: int, data: Path, password_file: Path, throwaway: bool
) -> list[str]:
    """Arguments of initdb: UTF-8, byte order as locale, a password, never trust."""
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if major >= 17
        else ["--locale=C"]
    )
    return [
        f"--pgdata={data}",
        f"--username={ROLE}",
        "--encoding=UTF8",
        *locale,
        "--auth=scram-sha-256",
        f"--pwfile={password_file}",
        *(["--no-sync"] if throwaway else []),
    ]


def program_statements(password: str) -> str:
    """What makes the program's account, once or again, for a server alone on its data.

    One statement a line. Where the role exists, the first line is refused and the
    second one still gives it this password.
    """
    return (
        f"CREATE ROLE {PROGRAM_ROLE} LOGIN;\n"
        f"ALTER ROLE {PROGRAM_ROLE} PASSWORD '{password}';\n"
    )


def server_arguments(
    *, major: int, data: Path, port: int, throwaway: bool
) -> list[str]:
    """Arguments of postgres: loopback and a private socket, little memory."""
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(data) if socket_fits(data, port) else "",
        "unix_socket_permissions": "0700",
        **_SOBER,
        **(_THROWAWAY if throwaway else _DURABLE),
        # Three idle processes less; the parameter is new in 18.
        **({"io_method": "sync"} if major >= 18 else {}),
    }
    return [
        "-D",
        str(data),
        *(part for name, value in settings.items() for part in _setting(name, value)),
    ]


def _setting(name: str, value: str) -> tuple[str, str]:
    return ("-c", f"{name}={value}")


def socket_fits(directory: Path, port: int) -> bool:
    """False when the socket's path is longer than the kernel takes: TCP only then."""
    return len(f"{directory}/.s.PGSQL.{port}".encode()) <= _SOCKET_PATH_LIMIT


def major_version(printed: str) -> int:
    """The major number in what ``postgres --version`` prints.

    Raises:
        ValueError: There is no number.
    """
    found = re.search(r"(\d+)", printed)
    if found is None:
        message = "postgres --version printed no number"
        raise ValueError(message)
    return int(found.group(1))


@dataclass(frozen=True, slots=True)
class PostmasterFile:
    """What a live postmaster writes about itself in its data directory.

    Source: PostgreSQL documentation, "postmaster.pid"; pidfile.h of its sources.
    """

    pid: int
    port: int | None
    is_ready: bool

    @classmethod
    def parse(cls, text: str) -> "PostmasterFile | None":
        """Read the file; None while it is half written or not one of ours."""
        lines = [line.strip() for line in text.splitlines()]
        if not lines or not lines[0].lstrip("-").isdecimal():
            return None
        port = lines[3] if len(lines) > 3 else ""
        status = lines[7] if len(lines) > 7 else ""
        return cls(
            pid=abs(int(lines[0])),
            port=int(port) if port.isdecimal() else None,
            is_ready=status == _READY,
        )


def is_left_over_from_a_crash(last_words: str) -> bool:
    """True when a start failed only because the killed server's children linger."""
    return "shared memory" in last_words or "postmaster.pid" in last_words


def is_port_taken(last_words: str) -> bool:
    """True when a start failed because someone else listens on the port."""
    return "could not create any TCP/IP sockets" in last_words


def telling_line(words: str) -> str:
    """Return the line that says why, of what PostgreSQL or initdb wrote.

    initdb goes on after it to say what it removes.
    """
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    for mark in ("PANIC:", "FATAL:", "ERROR:", "error:"):
        found = [line for line in lines if mark in line]
        if found:
            return found[-1]
    return lines[-1] if lines else "it said nothing"


def is_grave(words: str) -> bool:
    """Say whether a log tells of a server that stopped, or of a disk that is full."""
    return "PANIC:" in words or "No space left" in words

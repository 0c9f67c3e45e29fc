"""What both embedded servers share: one holder, start or adopt, stop."""

import abc
import secrets
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from service.adapters.embedded.account import Account, possible_accounts
from service.adapters.embedded.binaries import Programs
from service.adapters.embedded.errors import EmbeddedServerError
from service.adapters.embedded.footing import (
    Footing,
    find_footing,
    prepare_directory,
    refuse_anothers,
)
from service.adapters.embedded.lock import DirectoryBusyError, DirectoryLock
from service.adapters.embedded.process import RunningServer

GLANCE_S = 0.01
"""How long to look away between two looks at a server that starts."""


class EmbeddedServer(abc.ABC):
    """One server in one private directory.

    Args:
        directory: Private to this server; made when absent.
        accounts: Whom the server may be; found out when not said.
        patience_s: How long a start may take.
    """

    def __init__(
        self,
        directory: Path,
        *,
        accounts: Sequence[Account] | None = None,
        patience_s: float = 30.0,
    ) -> None:
        self._directory = directory.absolute()
        self._accounts = accounts
        self._patience_s = patience_s
        self._lock = DirectoryLock(self._directory / "lock")
        self._log = self._directory / "server.log"
        self._unwanted = threading.Event()
        self._footing: Footing | None = None
        self._server: RunningServer | None = None
        self._port: int | None = None

    @property
    @abc.abstractmethod
    def url(self) -> str:
        """The address with its password; secret, never to be logged."""

    @property
    def pid(self) -> int | None:
        """The server's process number, or None before start and after stop."""
        return self._server.pid if self._server else None

    def is_running(self) -> bool:
        """True while the server lives."""
        return self._server is not None and not self._server.has_ended()

    def start(self) -> str:
        """Start the server, or adopt the one that lives; idempotent.

        A second start after a crash keeps the port, so that addresses handed to
        others stay true. The server ends when the thread that called this ends,
        however it ends.

        Returns:
            The address.

        Raises:
            EmbeddedServerError: One line that says what to do; nothing is left
                running.
        """
        if self.is_running():
            return self.url
        refuse_anothers(self._directory, self._accounts or possible_accounts())
        prepare_directory(self._directory)
        try:
            self._lock.acquire()
        except DirectoryBusyError as error:
            message = f"{self._directory} is in use by another process: stop it first"
            raise EmbeddedServerError(message) from error
        try:
            self._footing = self._footing or self._find_footing()
            self._make_ready(self._footing)
            self._server = self._adopt(self._footing) or self._launch(self._footing)
        except BaseException:
            self._lock.release()
            raise
        return self.url

    def stop(self) -> None:
        """End the server in good order; idempotent."""
        self._unwanted.set()
        if self._server is not None:
            self._end(self._server)
            self._server = None
        self._clear()
        self._lock.release()
        self._unwanted.clear()

    def give_up(self) -> None:
        """Make a start that is under way in another thread fail soon."""
        self._unwanted.set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @abc.abstractmethod
    def _find_footing(self) -> Footing:
        """Choose programs and account, or say what to do."""

    @abc.abstractmethod
    def _make_ready(self, footing: Footing) -> None:
        """Make the files that a start needs, once."""

    @abc.abstractmethod
    def _adopt(self, footing: Footing) -> RunningServer | None:
        """Take over a server whose starter was killed."""

    @abc.abstractmethod
    def _launch(self, footing: Footing) -> RunningServer:
        """Start a server and wait until it serves."""

    @abc.abstractmethod
    def _end(self, server: RunningServer) -> None:
        """Make the server end in good order."""

    @abc.abstractmethod
    def _clear(self) -> None:
        """Remove what must not stay after a stop."""

    def _first_that_runs(
        self, candidates: Sequence[Programs], program: str, otherwise: str
    ) -> Footing:
        footing = find_footing(
            self._directory,
            candidates=candidates,
            accounts=self._accounts or possible_accounts(),
            program=program,
        )
        if footing is None:
            raise EmbeddedServerError(otherwise)
        return footing

    def _password(self, name: str = "password") -> str:
        return (self._directory / name).read_text(encoding="ascii")

    def _make_password(self, name: str = "password") -> None:
        """A new generated password, in a file that only its owner reads."""
        path = self._directory / name
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24), encoding="ascii")

    def _log_size(self) -> int:
        return self._log.stat().st_size if self._log.exists() else 0

    def _deadline(self) -> float:
        return time.monotonic() + self._patience_s

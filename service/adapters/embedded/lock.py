"""One holder per directory, released by the kernel however the holder ends."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class DirectoryBusyError(Exception):
    """Another living process holds this directory."""


class DirectoryLock:
    """An advisory lock on one file; a killed holder leaves nothing behind.

    The file itself stays: removing it would let two processes hold two
    different files of the same name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock now or not at all; taking it twice changes nothing.

        Raises:
            DirectoryBusyError: Another process has it.
        """
        if self._descriptor is not None:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise DirectoryBusyError from error
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the next one in; releasing twice changes nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

"""A directory that receives every signed commitment, one file a night.

Meant for a place that somebody else copies, or that cannot be rewritten: a mirror of
an association, an archive, a versioned share.
"""

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from service.usecases.errors import WitnessDelayedError
from service.usecases.records import SignedStatement

NAME: Final = "Miroir de fichiers"


class FileMirror:
    """See `service.usecases.ports.Witness`."""

    key = "mirror"
    name = NAME

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    async def deliver(self, statement: SignedStatement) -> None:
        """Write ``<prefecture>/<date>.commitment.json``, whole or not at all.

        A file that is there already is never written again: the same bytes are a
        success, others mean that somebody must look.

        Raises:
            WitnessDelayedError: The directory cannot be written, or says otherwise.
        """
        try:
            await asyncio.to_thread(self._write, statement)
        except OSError as error:
            raise WitnessDelayedError(error.strerror or type(error).__name__) from None

    def _write(self, statement: SignedStatement) -> None:
        folder = self._directory / statement.prefecture
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{statement.held_on.isoformat()}.commitment.json"
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            _write_durably(fresh, statement.document)
            with suppress(FileExistsError):
                os.link(fresh, path)  # fails, instead of replacing what is there
                _sync(folder)
        finally:
            fresh.unlink(missing_ok=True)
        if path.read_bytes() != statement.document:
            raise WitnessDelayedError("another commitment is kept there")


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

"""Where and as whom one server stands: programs, account and data directory."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.adapters.embedded.account import (
    Account,
    can_run,
    hand_over,
    is_open_to_all,
    owned_by_another,
)
from service.adapters.embedded.binaries import SHARED_HOME, Programs, open_copy
from service.adapters.embedded.errors import EmbeddedServerError


@dataclass(frozen=True, slots=True)
class Footing:
    """Programs that run, the account they run as, the directory they may write."""

    programs: Programs
    account: Account
    room: Path
    printed: str


def refuse_anothers(directory: Path, accounts: Sequence[Account]) -> None:
    """Leave alone what another account's server wrote.

    Root could take it over: then its owner could not enter it any more.

    Raises:
        EmbeddedServerError: It belongs to another; the line says to whom.
    """
    room = directory / "server"
    ours = [account.uid for account in accounts] if os.geteuid() == 0 else []
    for place in (directory, room):
        owner = owned_by_another(place, ours)
        if owner is None or (place == directory and not room.exists()):
            continue
        message = (
            f"{place} belongs to {owner}: start as {owner}, "
            "or set TDR_HOME to a directory of yours"
        )
        raise EmbeddedServerError(message)


def prepare_directory(directory: Path) -> None:
    """Make the private directory of one server.

    Raises:
        EmbeddedServerError: It cannot be written; the line says what to do.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        directory.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        message = (
            f"cannot write to {directory} ({error.strerror}): "
            "set TDR_HOME to a directory of yours"
        )
        raise EmbeddedServerError(message) from error


def find_footing(
    directory: Path,
    *,
    candidates: Iterable[Programs],
    accounts: Sequence[Account],
    program: str,
) -> Footing | None:
    """The first programs that the first possible account can really run.

    Tried by running, not guessed: a container may forbid user namespaces, a
    virtual environment may lie under a home that nobody else may enter.
    """
    there = (p for p in candidates if Path(p.path(program)).is_file())
    for programs in there:
        for account in accounts:
            usable = open_copy(programs) if account.needs_open_paths else programs
            room = _room(directory, account)
            printed = can_run([usable.path(program), "--version"], account)
            listed = can_run(["/bin/ls", str(room)], account)
            if printed is not None and listed is not None:
                return Footing(usable, account, room, printed)
    return None


def _room(directory: Path, account: Account) -> Path:
    """A directory that the account can reach, made and handed over to it."""
    place = directory
    if account.needs_open_paths and not is_open_to_all(directory):
        name = hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:16]
        place = SHARED_HOME / "data" / name
    room = place / "server"
    if place != directory:
        place.mkdir(parents=True, exist_ok=True, mode=0o755)
    room.mkdir(exist_ok=True, mode=0o700)
    hand_over(room, account)
    return room

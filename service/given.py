"""Files that strangers give to ``replay`` and ``verify``: read within bounds.

Anybody may be handed a file that was made to hurt. Its size bounds what checking it
may take: memory beyond that is refused by the system, and the command ends with one
line instead of the machine.
"""

import os
import resource
import stat
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

LARGEST_FILE: Final = 2**30
"""Twelve times the largest night that was measured, half a million registrations."""
PIECE: Final = 2**20
MEMORY_PER_OCTET: Final = 100
"""An empty array takes three octets to write and sixty to hold, twice while checked."""
MEMORY_AT_LEAST: Final = 256 * 2**20


class UnreadableFileError(Exception):
    """The file cannot be read; the message is one line."""


def read_given(file: str) -> bytes:
    """Return the bytes of a file, ``-`` being standard input.

    Raises:
        UnreadableFileError: There is none, it is no file, or it is larger than 1 GiB.
    """
    try:
        content = _read(sys.stdin.buffer) if file == "-" else _read_path(Path(file))
    except OSError as error:
        raise UnreadableFileError(f"{shown(file)}: {error.strerror}") from None
    if content is None:
        raise UnreadableFileError(f"{shown(file)}: larger than 1 GiB")
    return content


def is_folder(file: str) -> bool:
    """Say whether a name given is one of a folder."""
    return os.path.isdir(file)  # False, not an error, for odd names


def transcripts(files: Sequence[str]) -> list[str]:
    """Return the files named, and those (``*.json``) of the folders named.

    Raises:
        UnreadableFileError: There is no such file, or a folder holds none.
    """
    paths: list[str] = []
    for file in files:
        found = (
            sorted(map(str, Path(file).glob("*.json"))) if is_folder(file) else [file]
        )
        if not found:
            raise UnreadableFileError(f"{shown(file)}: no transcript (*.json) in it")
        paths += found
    for path in paths:
        if not os.path.isfile(path):  # as above
            raise UnreadableFileError(f"{shown(path)}: no such file")
    return paths


def commitments(kept: str | None) -> list[str]:
    """Return the file of kept commitments, or all of a folder and its folders.

    Raises:
        UnreadableFileError: The folder holds none.
    """
    if kept is None or not is_folder(kept):
        return [] if kept is None else [kept]
    found = sorted(map(str, Path(kept).rglob("*.json")))
    if not found:
        raise UnreadableFileError(f"{shown(kept)}: no commitment (*.json) in it")
    return found


@contextmanager
def memory_for(octets: int) -> Generator[None]:
    """Let what is done inside take memory in proportion to so many octets.

    Raises:
        UnreadableFileError: It asked for more.
    """
    limit = MEMORY_AT_LEAST + MEMORY_PER_OCTET * octets
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = [n for n in (soft, hard) if n != resource.RLIM_INFINITY]
    resource.setrlimit(
        resource.RLIMIT_AS, (min([pages * resource.getpagesize() + limit, *most]), hard)
    )
    try:
        yield
    except MemoryError:
        said = f"asks for more memory than {limit // 2**20} MiB: not checked"
        raise UnreadableFileError(said) from None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def shown(file: str) -> str:
    """Return a file's name as text that can be printed."""
    return file.encode("utf-8", "backslashreplace").decode()


def _read_path(path: Path) -> bytes | None:
    with path.open("rb") as opened:
        mode = os.fstat(opened.fileno()).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise UnreadableFileError(f"{shown(str(path))}: not a file")
        return _read(opened)


def _read(opened: BinaryIO) -> bytes | None:
    """Return everything, None when it is too much; what is promised is not believed."""
    content = bytearray()
    while piece := opened.read(PIECE):
        content += piece
        if len(content) > LARGEST_FILE:
            return None
    return bytes(content)

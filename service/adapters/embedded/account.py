"""Under whom a server runs: as ourselves, or, when we are root, as someone lesser."""

import os
import pwd
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Standing = Literal["ours", "namespace", "account"]

_LEASH = Path(__file__).with_name("leash.py")
_LESSER = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server is, seen from inside (``uid``) and by the file system.

    ``namespace``: root to the file system, ``uid`` to itself, so that everything
    stays in place. ``account``: really ``uid``, so that programs and data must
    lie where others may pass.
    """

    standing: Standing
    uid: int
    gid: int

    @property
    def owner(self) -> tuple[int, int]:
        """The uid and gid that must own the server's files."""
        if self.standing == "account":
            return self.uid, self.gid
        return os.geteuid(), os.getegid()

    @property
    def needs_open_paths(self) -> bool:
        """True when programs and data must lie under traversable directories."""
        return self.standing == "account"


def possible_accounts() -> tuple[Account, ...]:
    """Whom a server could be, best first; PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return (Account("ours", os.geteuid(), os.getegid()),)
    lesser = pwd.getpwnam(_LESSER)  # a uid without a name fails at initdb
    account = Account("account", lesser.pw_uid, lesser.pw_gid)
    if sys.platform != "linux":
        return (account,)
    return (Account("namespace", lesser.pw_uid, lesser.pw_gid), account)


def leashed(
    command: Sequence[str], account: Account, *, death_signal: int
) -> list[str]:
    """The command, run as ``account``, ended with ``death_signal`` when we end.

    The kernel watches the *thread* that starts the process: start it from one
    that lives as long as the process should.
    """
    return [
        *(sys.executable, "-I", "-S", str(_LEASH)),
        *(str(os.getpid()), str(int(death_signal)), account.standing),
        *(str(account.uid), str(account.gid)),
        *command,
    ]


def can_run(command: Sequence[str], account: Account) -> str | None:
    """Run a harmless command as ``account``: its output, or None if it cannot be."""
    outcome = subprocess.run(  # noqa: S603 - a program of ours with fixed arguments
        leashed(command, account, death_signal=9),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return outcome.stdout if outcome.returncode == 0 else None


def owned_by_another(path: Path, also_ours: Sequence[int] = ()) -> str | None:
    """Name the account that a path belongs to, None when it is ours or not there.

    Args:
        path: A file or directory.
        also_ours: Further uids that we may work as.
    """
    try:
        uid = path.stat().st_uid
    except OSError:
        return None
    if uid == os.geteuid() or uid in also_ours:
        return None
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"the account {uid}"


def is_open_to_all(path: Path) -> bool:
    """True when anyone may pass through ``path`` and each directory above it."""
    resolved = path.resolve()
    return all(
        candidate.stat().st_mode & stat.S_IXOTH
        for candidate in (resolved, *resolved.parents)
    )


def hand_over(tree: Path, account: Account) -> None:
    """Give a directory and all in it to the account, unless it already owns it."""
    if os.geteuid() != 0:
        return
    uid, gid = account.owner
    found = tree.stat()
    if (found.st_uid, found.st_gid) == (uid, gid):
        return
    for path in tree.rglob("*"):
        os.chown(path, uid, gid, follow_symlinks=False)
    os.chown(tree, uid, gid)  # last: a half-made change is taken up again

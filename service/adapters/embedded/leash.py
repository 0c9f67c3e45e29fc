"""Drop rights, tie one's life to the parent's, then become another program.

A script run with ``python -I -S``, never imported: between fork and exec only a
process of one thread may change its rights safely, and the kernel forgets the
wish to die with the parent whenever rights change, so the order below matters.

    leash.py PARENT_PID DEATH_SIGNAL STANDING UID GID PROGRAM [ARGUMENT ...]

STANDING is ``ours`` (change nothing), ``namespace`` (root outside, an ordinary
number inside) or ``account`` (really become UID and GID).
"""

import ctypes
import os
import sys

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1


def _enter_namespace(uid: int, gid: int) -> None:
    outside_uid, outside_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespace is to be had")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {outside_uid} 1"),
        ("gid_map", f"{gid} {outside_gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def _die_with(parent: int, death_signal: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the kernel took our wish
        sys.exit("the process that wanted this one has ended")


def main(arguments: list[str]) -> None:
    """Read the arguments, change standing, and execute the program."""
    parent, death_signal, standing, uid, gid, *command = arguments
    if standing == "namespace":
        _enter_namespace(int(uid), int(gid))
    elif standing == "account":
        _become(int(uid), int(gid))
    _die_with(int(parent), int(death_signal))
    os.execv(command[0], command)  # noqa: S606 - the caller's own fixed program


if __name__ == "__main__":
    main(sys.argv[1:])

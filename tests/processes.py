"""Start programs for real and watch what lives; every wait has a deadline."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
_PAUSE = threading.Event()  # never set: waiting on it is a pause between two looks


def wait_until(condition, *, within_s=20.0, what):
    """The first true answer of ``condition``, or a failure that says what lacked."""
    deadline = time.monotonic() + within_s
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}"
        _PAUSE.wait(0.02)


def living_in(home):
    """The processes that know ``home``: by their environment or working directory.

    PostgreSQL overwrites its environment, so its directory tells.
    """
    return {pid for pid in _all_pids() if pid != os.getpid() and _knows(pid, home)}


def _all_pids():
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()
    ]


def _knows(pid, home):
    process = Path(f"/proc/{pid}")
    try:
        if f"TDR_HOME={home}\0".encode() in (process / "environ").read_bytes() + b"\0":
            return True
        return Path(os.readlink(process / "cwd")).is_relative_to(home)
    except OSError:
        return False  # ended meanwhile, or another account's


def wait_for_nobody(home, *, within_s=20.0):
    """Wait until no process knows ``home``."""
    wait_until(
        lambda: not living_in(home), within_s=within_s, what=f"nothing left in {home}"
    )


class Program:
    """A started program whose lines can be waited for."""

    def __init__(self, *command, environment):
        inherited = {n: v for n, v in os.environ.items() if not n.startswith("TDR_")}
        self._process = subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        )
        self.printed: list[str] = []
        self.said: list[str] = []
        self._readers = [
            threading.Thread(target=self._read, args=pair, daemon=True)
            for pair in (
                (self._process.stdout, self.printed),
                (self._process.stderr, self.said),
            )
        ]
        for reader in self._readers:
            reader.start()

    @staticmethod
    def _read(stream, lines):
        with stream:
            for line in stream:
                lines.append(line.rstrip("\n"))  # one by one: each is seen at once

    @property
    def pid(self):
        return self._process.pid

    def wait_for_line(self, text, *, within_s=30.0):
        """Wait until the program prints or says a line that contains ``text``."""

        def found():
            for line in (*self.printed, *self.said):
                if text in line:
                    return line
            assert self._process.poll() is None, f"it ended: {self.said}"
            return None

        return wait_until(found, within_s=within_s, what=f"a line with {text!r}")

    def signal(self, number):
        self._process.send_signal(number)

    def wait(self, *, within_s=40.0):
        """Its exit status, once it has ended and all it said is read."""
        status = self._process.wait(within_s)
        for reader in self._readers:
            reader.join(within_s)
        return status

    def stop(self):
        """Make it end whatever state it is in; for the end of a test."""
        if self._process.poll() is None:
            self.signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(30)
            self._process.kill()
        self.wait()

"""How long a start takes, and what everything together holds in memory at rest."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from service.bench import Figure

PROMISED_START_S = 15.0
PROMISED_MIB = 600.0
_SETTLE_S = 5.0
_PORT = "8765"


def measure_start() -> Sequence[Figure]:
    """Start the whole program twice in a fresh home; sum up its processes' memory."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        first, _ = _one_start(Path(home), "first start, demonstration loaded")
        again, memory = _one_start(Path(home), "second start")
    return [first, again, memory]


def _one_start(home: Path, name: str) -> tuple[Figure, Figure]:
    environment = os.environ | {
        "TDR_HOME": str(home),
        "TDR_PORT": _PORT,
    }
    started = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "up"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        line = program.stdout.readline() if program.stdout else ""
        elapsed = time.perf_counter() - started
        if not line.startswith("ready: "):
            raise RuntimeError("the program did not start")
        httpx.get(line.removeprefix("ready: ").strip(), timeout=10).raise_for_status()
        time.sleep(_SETTLE_S)  # at rest: the first night is planned, nothing runs
        resident = _resident_mib(program.pid)
    finally:
        program.send_signal(signal.SIGINT)
        program.wait(60)
    return (
        Figure(name=name, measured=elapsed, unit="s", promised=PROMISED_START_S),
        Figure(
            name="all processes at rest, proportional set size",
            measured=resident,
            unit="MiB",
            promised=PROMISED_MIB,
        ),
    )


def _resident_mib(root: int) -> float:
    """Sum the proportional set size of a process and all its descendants."""
    return sum(_pss_kib(pid) for pid in _family(root)) / 1024


def _family(root: int) -> set[int]:
    parents = {pid: _parent(pid) for pid in _pids()}
    family = {root}
    while True:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        if not more:
            return family
        family |= more


def _pids() -> list[int]:
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()
    ]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _pss_kib(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(
        (
            int(line.split()[1])
            for line in rollup.splitlines()
            if line.startswith("Pss:")
        ),
        0,
    )

#!/usr/bin/env python3
"""Set up once, then start the service, test it, or hand a word to its tool.

    python3 run.py            set up if needed, start everything
    python3 run.py test       set up if needed, run every check
    python3 run.py test -- …  set up if needed, run pytest alone with these arguments
    python3 run.py WORD …     the same as: tourderole WORD …

Standard library only: this file is the whole set-up. Everything is installed
beside it, in .venv, from files that name each package's digest.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - whoever meets this line has an old one
    sys.exit(
        "Tour de rôle needs Python 3.11 or newer; this is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}. "
        "Start run.py with a newer one, for example: python3.11 run.py"
    )

ROOT = Path(__file__).resolve().parent
RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "tests/requirements.lock"

CHECKS = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
    ("pyright", ("pyright", "--pythonpath", "{python}")),
    ("import walls", ("lint-imports",)),
)
PYTEST = (
    *("-n", "2", "--dist", "worksteal"),  # a file's site and people are set up once
    "--durations=20",  # coverage doubles the time: python3 run.py test -- -n 2 --cov
)


class SetUpError(Exception):
    """The set-up cannot be done; the message says what to do, in one line."""


def main(words: list[str]) -> int:
    """Set up what the words need, then do what they say."""
    is_test = words[:1] == ["test"]
    locks = [RUNTIME_LOCK, TEST_LOCK] if is_test else [RUNTIME_LOCK]
    try:
        python = Environment(ROOT).ready(locks)
    except SetUpError as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 1
    if is_test:
        return test(python, words[1:])
    command = [str(python), "-m", "service.cli", *(words or ["up"])]
    sys.stdout.flush()
    return os.execv(command[0], command)


class Environment:
    """The virtual environment beside run.py.

    A stamp written last tells what was installed; without it whatever is there
    is half made and is built again.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.directory = root / ".venv"
        self.python = self.directory / "bin" / "python"
        self.stamp = self.directory / "installed.json"

    def ready(self, locks: list[str]) -> Path:
        """The environment's Python, with everything installed that ``locks`` name."""
        wanted = self.wanted(locks)
        if not self.holds(wanted):
            with self.alone() as descriptor:
                if not self.holds(wanted):  # another run may just have done it
                    self.build(locks, descriptor)
        return self.python

    def wanted(self, locks: list[str]) -> dict[str, str]:
        """What the stamp must say: where we are, and the digest of each lock file."""
        digests = {
            name: hashlib.sha256((self.root / name).read_bytes()).hexdigest()
            for name in locks
        }
        return {"root": str(self.root), **digests}

    def holds(self, wanted: dict[str, str]) -> bool:
        """True when the environment is whole and at least what is wanted."""
        stamped = self.stamped()
        same = all(stamped.get(name) == value for name, value in wanted.items())
        return same and os.access(self.python, os.X_OK)

    def stamped(self) -> dict[str, str]:
        """What was installed, or nothing when the environment is half made."""
        try:
            found = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    @contextlib.contextmanager
    def alone(self):  # noqa: ANN201 - typing would be its only import
        """Hold the set-up lock; installers inherit it.

        When run.py is killed its installer may live on: it then still holds the
        lock, and the next run waits instead of building on moving ground.
        """
        try:
            lock = (self.root / ".venv.lock").open("a")
        except OSError as error:
            message = (
                f"cannot write to {self.root} ({error.strerror}): copy the project "
                "to a directory of yours and start it there"
            )
            raise SetUpError(message) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("another run.py is setting up: waiting for it", file=sys.stderr)
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock.fileno()

    def build(self, locks: list[str], descriptor: int) -> None:
        """Install what is missing, from nothing if what is there is half made."""
        print("setting up: this happens once and may take a minute", file=sys.stderr)
        stamped = self.stamped()
        is_whole = stamped.get("root") == str(self.root)
        self.stamp.unlink(missing_ok=True)
        if not (is_whole and os.access(self.python, os.X_OK)):
            stamped = {}
            self.make(descriptor)
        names = sorted({*locks, *(name for name in stamped if name != "root")})
        present = [name for name in names if (self.root / name).is_file()]
        install(self.python, [self.root / name for name in present], descriptor)
        self.add_ourselves()
        half_written = self.stamp.with_suffix(".new")
        half_written.write_text(json.dumps(self.wanted(present)), encoding="utf-8")
        half_written.replace(self.stamp)

    def make(self, descriptor: int) -> None:
        """Make an empty environment, without pip: that needs one more package."""
        shutil.rmtree(self.directory, ignore_errors=True)
        command = [sys.executable, "-m", "venv", "--without-pip", str(self.directory)]
        outcome = run_quietly(command, descriptor)
        if outcome.returncode != 0:
            raise SetUpError(no_venv(outcome.stdout))

    def add_ourselves(self) -> None:
        """Let the environment's Python find the project, and name its tool."""
        code = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
        found = subprocess.run(
            [str(self.python), "-c", code], capture_output=True, text=True, check=True
        )
        path_file = Path(found.stdout.strip()) / "tour_de_role.pth"
        path_file.write_text(f"{self.root}\n", encoding="utf-8")
        tool = self.directory / "bin" / "tourderole"
        tool.write_text(
            f"#!{self.python}\nfrom service.cli import main\n\nmain()\n",
            encoding="utf-8",
        )
        tool.chmod(0o755)


def install(python: Path, locks: list[Path], descriptor: int) -> None:
    """Install the lock files: with uv where it is found, else with pip.

    If uv fails pip is tried too: an organisation's own mirror may be known to pip
    alone.

    Raises:
        SetUpError: Neither could; the last lines of the installer are shown.
    """
    files = [part for lock in locks for part in ("-r", str(lock))]
    rules = ["--require-hashes", "--only-binary", ":all:", *files]
    uv = shutil.which("uv")
    if uv is not None:
        command = [uv, "pip", "install", "--quiet", "--compile-bytecode"]
        command += ["--python", str(python), *rules]
        if run_quietly(command, descriptor).returncode == 0:
            return
    pip = [str(python), "-m", "pip"]
    if run_quietly([*pip, "--version"], descriptor).returncode != 0:
        outcome = run_quietly([str(python), "-m", "ensurepip"], descriptor)
        if outcome.returncode != 0:
            raise SetUpError(no_venv(outcome.stdout))
    options = ["--quiet", "--no-input", "--disable-pip-version-check"]
    outcome = run_quietly([*pip, "install", *options, *rules], descriptor)
    if outcome.returncode != 0:
        print(outcome.stdout, file=sys.stderr)
        message = (
            "the packages could not be installed (see above): check the network, "
            "or name your mirror in pip's own configuration, and start again"
        )
        raise SetUpError(message)


def run_quietly(command: list[str], descriptor: int):  # noqa: ANN201
    """Run an installer that keeps the set-up lock; its words come back as one text."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        pass_fds=(descriptor,),
        check=False,
    )


def no_venv(said: str) -> str:
    """Why there is no environment, and what to install."""
    if "ensurepip" in said or "No module named venv" in said:
        return (
            "this Python lacks what makes virtual environments: install the package "
            "python3-venv (on Debian and Ubuntu: apt install python3-venv), then "
            "start run.py again"
        )
    last = said.strip().splitlines()[-1:] or ["no reason given"]
    return f"the virtual environment could not be made: {last[0]}"


def test(python: Path, words: list[str]) -> int:
    """Run every check in turn and stop at the first that fails; pytest comes last."""
    os.chdir(ROOT)
    if words:
        arguments = words[1:] if words[0] == "--" else words
        return subprocess.run(
            [str(python), "-m", "pytest", *arguments], check=False
        ).returncode
    for name, command in CHECKS:
        began_at = time.monotonic()
        outcome = subprocess.run(
            check_command(python, command), capture_output=True, text=True, check=False
        )
        verdict = "ok" if outcome.returncode == 0 else "FAILED"
        print(
            f"{name:<14} {verdict:<6} {time.monotonic() - began_at:6.1f} s", flush=True
        )
        if outcome.returncode != 0:
            print(outcome.stdout + outcome.stderr)
            return outcome.returncode
    print("pytest", flush=True)
    return subprocess.run(
        [str(python), "-m", "pytest", *PYTEST], check=False
    ).returncode


def check_command(python: Path, command: tuple[str, ...]) -> list[str]:
    """The full command of one check, its program taken from the environment."""
    program, *arguments = command
    filled = (argument.replace("{python}", str(python)) for argument in arguments)
    return [str(python.with_name(program)), *filled]


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

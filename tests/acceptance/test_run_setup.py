"""run.py sets up once, mends what a kill left, and says what is missing.

Its installers are tiny programs put in the place of uv and pip: what is tested is
run.py's judgement, not the network.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import run
from tests.processes import ROOT, Program, wait_until

LOCKS = [run.RUNTIME_LOCK]


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the project with nothing to install, and no uv to be found."""
    root = tmp_path / "project"
    (root / "tests").mkdir(parents=True)
    for name in (run.RUNTIME_LOCK, run.TEST_LOCK):
        (root / name).write_text("", encoding="utf-8")
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    return root


@pytest.fixture
def calls(project, tmp_path, monkeypatch):
    """A uv that installs nothing and notes how it was called."""
    noted = tmp_path / "calls"
    uv = tmp_path / "tools" / "uv"
    uv.write_text(f'#!/bin/sh\necho "$@" >> {noted}\n', encoding="utf-8")
    uv.chmod(0o755)
    return lambda: noted.read_text().splitlines() if noted.exists() else []


def test_the_second_run_installs_nothing(project, calls):
    environment = run.Environment(project)

    python = environment.ready(LOCKS)
    assert run.Environment(project).ready(LOCKS) == python

    assert len(calls()) == 1
    assert "--require-hashes" in calls()[0]
    assert subprocess.run([python, "-c", ""], check=False).returncode == 0


def test_a_changed_lock_file_is_installed_again(project, calls):
    run.Environment(project).ready(LOCKS)
    (project / run.RUNTIME_LOCK).write_text("# one more line\n", encoding="utf-8")

    run.Environment(project).ready(LOCKS)

    assert len(calls()) == 2


def test_the_tests_packages_come_with_the_first_test_and_stay(project, calls):
    environment = run.Environment(project)
    environment.ready(LOCKS)
    environment.ready([*LOCKS, run.TEST_LOCK])
    environment.ready(LOCKS)

    assert len(calls()) == 2
    assert run.TEST_LOCK not in calls()[0]
    assert run.TEST_LOCK in calls()[1]


def test_a_half_made_environment_is_built_again(project, calls):
    environment = run.Environment(project)
    environment.ready(LOCKS)
    left_over = environment.directory / "left-over"
    left_over.touch()
    environment.stamp.unlink()  # what a kill in the middle leaves

    environment.ready(LOCKS)

    assert not left_over.exists()
    assert len(calls()) == 2


@pytest.mark.parametrize("written", ["", "{", "[]", '{"root": "elsewhere"}'])
def test_a_stamp_that_is_not_ours_is_not_trusted(project, calls, written):
    environment = run.Environment(project)
    environment.ready(LOCKS)
    environment.stamp.write_text(written, encoding="utf-8")

    environment.ready(LOCKS)

    assert len(calls()) == 2
    assert json.loads(environment.stamp.read_text())["root"] == str(project)


def test_an_environment_whose_python_is_gone_is_built_again(project, calls):
    environment = run.Environment(project)
    environment.ready(LOCKS)
    environment.python.unlink()

    environment.ready(LOCKS)

    assert os.access(environment.python, os.X_OK)


def test_an_environment_of_a_moved_project_is_built_again(project, calls, tmp_path):
    run.Environment(project).ready(LOCKS)
    moved = tmp_path / "moved"
    project.rename(moved)

    run.Environment(moved).ready(LOCKS)

    assert len(calls()) == 2
    tool = (moved / ".venv/bin/tourderole").read_text()
    assert tool.startswith(f"#!{moved}/.venv/bin/python")


def test_when_uv_fails_pip_is_tried(project, tmp_path, monkeypatch):
    uv = tmp_path / "tools" / "uv"
    uv.write_text("#!/bin/sh\nexit 2\n", encoding="utf-8")
    uv.chmod(0o755)

    python = run.Environment(project).ready(LOCKS)

    assert (
        subprocess.run([python, "-m", "pip", "--version"], check=False).returncode == 0
    )


def test_packages_that_cannot_be_had_end_in_one_line_that_says_what_to_do(
    project, monkeypatch, capsys
):
    digest = "0" * 64
    (project / run.RUNTIME_LOCK).write_text(
        f"tour-de-role-no-such-package==1 --hash=sha256:{digest}\n", encoding="utf-8"
    )
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(run.SetUpError, match="name your mirror") as refused:
        run.Environment(project).ready(LOCKS)

    assert "\n" not in str(refused.value)
    assert not run.Environment(project).stamp.exists()


@pytest.mark.parametrize(
    "said",
    [
        "The virtual environment was not created successfully because ensurepip is "
        "not available.",
        "/usr/bin/python3: No module named venv",
    ],
)
def test_a_python_without_venv_is_told_which_package_to_install(said):
    assert "python3-venv" in run.no_venv(said)


def test_a_folder_that_cannot_be_written_says_what_to_do(project):
    (project / ".venv.lock").mkdir()  # stands in the way, for root too

    with pytest.raises(run.SetUpError, match="to a directory of yours"):
        run.Environment(project).ready(LOCKS)


SET_UP = """
import sys
from pathlib import Path
import run
run.Environment(Path(sys.argv[1])).ready([run.RUNTIME_LOCK])
print("set up", flush=True)
"""


def set_up(project):
    return Program("-c", SET_UP, str(project), environment={})


def test_two_at_once_take_turns_and_install_once(project, calls):
    with (project / ".venv.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        both = [set_up(project), set_up(project)]
        for program in both:
            program.wait_for_line("waiting for it")

    assert [program.wait() for program in both] == [0, 0]
    assert len(calls()) == 1


def test_the_next_run_waits_for_the_installer_of_a_killed_one(project, tmp_path):
    """Its uv goes on alone; nobody builds where it still writes."""
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    begun = tmp_path / "begun"
    uv = tmp_path / "tools" / "uv"
    uv.write_text(f"#!/bin/sh\ntouch {begun}\nread line < {gate}\n", encoding="utf-8")
    uv.chmod(0o755)
    first = set_up(project)
    wait_until(begun.exists, what="the installer")

    first.signal(9)
    second = set_up(project)
    second.wait_for_line("waiting for it")
    uv.write_text("#!/bin/sh\n", encoding="utf-8")
    gate.write_text("go on\n")

    assert second.wait() == 0
    assert run.Environment(project).stamp.exists()
    first.wait()


@pytest.mark.parametrize("version", ["3.6", "3.8", "3.10"])
def test_an_old_python_gets_one_clear_sentence(version):
    old = _python_of(version)
    if old is None:
        pytest.skip(f"no Python {version} on this machine")

    outcome = subprocess.run(
        [old, str(ROOT / "run.py"), "up"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )

    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert len(outcome.stderr.splitlines()) == 1
    assert f"needs Python 3.11 or newer; this is Python {version}" in outcome.stderr


def _python_of(version):
    found = shutil.which(f"python{version}")
    beside = Path(sys.base_prefix).parent.glob(f"{version}.*/bin/python")
    for python in filter(None, (found, *map(str, beside))):
        shown = subprocess.run([python, "-V"], capture_output=True, check=False)
        if shown.returncode == 0:
            return python
    return None


def test_the_checks_stop_at_the_first_that_fails_and_show_what_it_said(
    monkeypatch, capfd, tmp_path
):
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    ran = tmp_path / "ran"
    for name, status in (("ruff", 0), ("mypy", 1), ("pyright", 0), ("lint-imports", 0)):
        program = bin_folder / name
        program.write_text(
            f"#!/bin/sh\necho {name} >> {ran}\necho what {name} said\nexit {status}\n"
        )
        program.chmod(0o755)

    before = Path.cwd()
    status = run.test(bin_folder / "python", [])
    os.chdir(before)

    shown = capfd.readouterr().out
    assert status == 1
    assert ran.read_text().split() == ["ruff", "ruff", "mypy"]
    assert "what mypy said" in shown
    assert "what ruff said" not in shown
    assert "FAILED" in shown


def test_words_after_two_dashes_are_for_pytest_alone(monkeypatch, tmp_path):
    python = tmp_path / "python"
    noted = tmp_path / "noted"
    python.write_text(f'#!/bin/sh\necho "$@" > {noted}\nexit 5\n')
    python.chmod(0o755)

    before = Path.cwd()
    status = run.test(python, ["--", "-k", "night"])
    os.chdir(before)

    assert status == 5
    assert noted.read_text() == "-m pytest -k night\n"


def test_each_check_is_a_program_of_the_environment(tmp_path):
    python = tmp_path / "bin" / "python"

    commands = [run.check_command(python, command) for _, command in run.CHECKS]

    assert commands[0] == [str(python.with_name("ruff")), "check", "."]
    assert str(python) in commands[3]

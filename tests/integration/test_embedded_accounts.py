"""Under which account the embedded PostgreSQL runs, and whose files it leaves alone."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from service.adapters.embedded.account import Account, can_run, possible_accounts
from service.adapters.embedded.errors import EmbeddedServerError
from service.adapters.embedded.footing import Footing
from service.adapters.embedded.postgres import EmbeddedPostgres
from tests.processes import ROOT


def run_sql(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.fixture
def fresh(tmp_path):
    """A directory for a cluster that is still to be made."""
    return tmp_path / "postgres"


@pytest.fixture
def directory(fresh, made_cluster):
    """A directory with a cluster in it that has already run once."""
    shutil.copytree(made_cluster, fresh)
    return fresh


_BECOME_NOBODY = ("--reuid=65534", "--regid=65534", "--clear-groups")
as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can become someone else"
)


@as_root
@pytest.mark.parametrize("account", possible_accounts(), ids=lambda a: a.standing)
def test_root_can_start_it_each_way_that_works_here(fresh, account: Account):
    if can_run(["/bin/true"], account) is None:
        pytest.skip(f"this machine forbids the way {account.standing!r}")

    with EmbeddedPostgres(fresh, accounts=(account,)) as server:
        run_sql(server.url, "CREATE TABLE kept AS SELECT 7 AS number")
        assert _uid_inside(server.pid) != 0
    with EmbeddedPostgres(fresh, accounts=(account,)) as server:
        room = _room_of(server)
        assert run_sql(server.url, "SELECT number FROM kept") == [(7,)]

    if not room.is_relative_to(fresh):
        shutil.rmtree(room.parent)


def _room_of(server: EmbeddedPostgres) -> Path:
    footing: Footing | None = server._footing
    assert footing is not None
    return footing.room


def _uid_inside(pid):
    """The number the server itself sees, whatever namespace it lives in."""
    uid_map = Path(f"/proc/{pid}/uid_map").read_text().split()
    real = int(Path(f"/proc/{pid}/status").read_text().split("Uid:")[1].split()[0])
    inside, outside = int(uid_map[0]), int(uid_map[1])
    return real - outside + inside


@as_root
def test_root_leaves_alone_what_another_account_runs(directory):
    room = directory / "server"
    for path in (room, *room.rglob("*")):
        os.chown(path, 54_321, 54_321)

    with pytest.raises(EmbeddedServerError, match="belongs to the account 54321"):
        EmbeddedPostgres(directory).start()

    assert {path.stat().st_uid for path in (room, *room.rglob("*"))} == {54_321}


@as_root
def test_an_ordinary_account_is_told_whose_files_it_may_not_enter():
    """Not that it has no PostgreSQL: root had started there once."""
    setpriv, python = shutil.which("setpriv"), _python_for_all()
    if setpriv is None or python is None:
        pytest.skip("no setpriv, or no Python that an ordinary account may run")
    home = Path(tempfile.mkdtemp())
    (home / "pg/server").mkdir(parents=True, mode=0o700)
    for path in (home, home / "pg"):
        os.chown(path, 65534, 65534)
    code = (
        "from pathlib import Path;"
        "from service.adapters.embedded.postgres import EmbeddedPostgres;"
        f"EmbeddedPostgres(Path({str(home)!r}, 'pg')).start()"
    )
    packages = str(Path(psycopg.__file__).parent.parent)

    outcome = subprocess.run(
        [setpriv, *_BECOME_NOBODY, python, "-c", code],
        env={"PYTHONPATH": f"{ROOT}:{packages}", "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    shutil.rmtree(home)

    said = outcome.stderr.strip().splitlines()[-1]
    assert f"{home}/pg/server belongs to root: start as root" in said


@as_root
def test_an_ordinary_account_can_start_it():
    setpriv = shutil.which("setpriv")
    python = _python_for_all()
    if setpriv is None or python is None:
        pytest.skip("no setpriv, or no Python that an ordinary account may run")
    home = Path(tempfile.mkdtemp())  # outside pytest's own, which others may not enter
    os.chown(home, 65534, 65534)
    code = (
        "from pathlib import Path;"
        "from service.adapters.embedded.postgres import EmbeddedPostgres;"
        "from service.adapters.embedded.valkey import EmbeddedValkey;"
        f"a = EmbeddedPostgres(Path({str(home)!r}, 'pg'));"
        f"b = EmbeddedValkey(Path({str(home)!r}, 'vk'));"
        "a.start(); b.start(); a.stop(); a.start(); print('started twice');"
        "a.stop(); b.stop()"
    )
    packages = str(Path(psycopg.__file__).parent.parent)

    outcome = subprocess.run(
        [setpriv, *_BECOME_NOBODY, python, "-c", code],
        env={"PYTHONPATH": f"{ROOT}:{packages}", "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    shutil.rmtree(home)

    assert outcome.stdout == "started twice\n", outcome.stderr


def _python_for_all():
    """A Python that ``nobody`` may run and that can read the project, or None."""
    nobody = Account("account", 65534, 65534)
    for python in (sys.executable, "/usr/bin/python3"):
        wanted = "import sys; sys.exit(sys.version_info < (3, 11))"
        can_read = can_run(["/bin/ls", str(ROOT)], nobody) is not None
        if can_read and can_run([python, "-c", wanted], nobody) is not None:
            return python
    return None

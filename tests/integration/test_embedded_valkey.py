"""The embedded Valkey starts, survives, is adopted, and is private."""

import os
import signal
import stat
from pathlib import Path

import pytest
import redis

from service.adapters.embedded.errors import EmbeddedServerError
from service.adapters.embedded.process import is_alive
from service.adapters.embedded.valkey import EmbeddedValkey
from tests.processes import wait_until


def client(url):
    return redis.Redis.from_url(url)


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "valkey"


def test_it_starts_twice_and_keeps_its_queue(directory):
    with EmbeddedValkey(directory) as first, client(first.url) as line:
        line.rpush("queue", "ring")

    with EmbeddedValkey(directory) as second, client(second.url) as line:
        assert line.lrange("queue", 0, -1) == [b"ring"]


def test_the_queue_survives_a_kill_at_the_same_address(directory):
    with EmbeddedValkey(directory) as server:
        url = server.url
        with client(url) as line:
            line.rpush("queue", *range(53))

        os.kill(server.pid, signal.SIGKILL)
        wait_until(lambda: not server.is_running(), what="the kill")

        assert server.start() == url
        with client(url) as line:
            assert line.llen("queue") == 53


def test_a_live_server_without_a_starter_is_adopted_and_can_be_stopped(directory):
    first = EmbeddedValkey(directory)
    first.start()
    first._lock.release()  # what the kernel does for a starter that was killed

    second = EmbeddedValkey(directory)
    second.start()

    assert second.pid == first.pid
    second.stop()
    assert not first.is_running()


def test_a_note_about_a_server_that_is_gone_is_no_obstacle(directory):
    directory.mkdir()
    (directory / "running").write_text(f"{os.getppid()} 6379\n")

    with EmbeddedValkey(directory) as server, client(server.url) as line:
        assert line.ping()


def test_nothing_is_running_after_a_stop(directory):
    server = EmbeddedValkey(directory)
    server.start()
    pid = server.pid

    server.stop()
    server.stop()

    assert not is_alive(pid)


def test_a_password_is_asked_for_and_shows_on_no_command_line(directory):
    with EmbeddedValkey(directory) as server:
        nameless = server.url.replace(server._password(), "wrong")
        with pytest.raises(redis.AuthenticationError), client(nameless) as line:
            line.ping()

        command_line = Path(f"/proc/{server.pid}/cmdline").read_bytes()
        assert server._password().encode() not in command_line
        mode = stat.S_IMODE((directory / "server/secret.conf").stat().st_mode)
        assert mode == 0o600


def test_every_write_goes_to_disk_within_a_second_and_memory_is_bounded(directory):
    with EmbeddedValkey(directory) as server, client(server.url) as line:
        assert line.config_get("appendonly") == {"appendonly": "yes"}
        assert line.config_get("appendfsync") == {"appendfsync": "everysec"}
        assert line.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert int(line.config_get("maxmemory")["maxmemory"]) <= 64 * 1024**2
        assert line.config_get("bind") == {"bind": "127.0.0.1"}


def test_it_has_no_power_over_the_machine(directory):
    with EmbeddedValkey(directory) as server:
        status = Path(f"/proc/{server.pid}/status").read_text()

    capabilities = status.split("CapEff:")[1].split()[0]

    assert int(capabilities, 16) == 0


def test_two_holders_of_one_directory_are_refused_in_words(directory):
    with (
        EmbeddedValkey(directory),
        pytest.raises(EmbeddedServerError, match="in use by another process"),
    ):
        EmbeddedValkey(directory).start()

"""The web process, as it is really started, keeps nothing that a stranger sends."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from service.settings import Settings
from service.supervisor.plan import Ground, plan_of

MEGABYTE = 1024 * 1024


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Port and process of a web process without any server behind it."""
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        port = listening.getsockname()[1]
        child = plan_of(
            Ground(
                settings=Settings(home=tmp_path),
                database_url="postgresql://nobody@127.0.0.1:1/none",
                redis_url="redis://127.0.0.1:1",
                web_descriptor=listening.fileno(),
                mail_descriptor=None,
                lab_descriptor=None,
                mail_port=1,
            )
        ).children[-1]
        process = subprocess.Popen(
            child.command,
            env={**os.environ, **child.environment},
            pass_fds=child.descriptors,
        )
        try:
            yield port, process.pid
        finally:
            process.kill()
            process.wait()


def ask(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        try:
            line.sendall(sent)
            return line.recv(4096)
        except OSError:
            return b"closed"


def resident(process: int) -> int:
    pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGESIZE")


HEALTHY = b"GET /v1/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_endless_headers_are_cut_and_cost_no_memory(web: tuple[int, int]) -> None:
    port, process = web
    assert b" 200 " in ask(port, HEALTHY)  # waits until it has started
    before = resident(process)

    for _ in range(16):
        answer = ask(port, b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 4 * MEGABYTE)
        assert b" 200 " not in answer
    many = b"".join(b"A%d: b\r\n" % number for number in range(20_000))
    assert b" 400 " in ask(port, b"GET / HTTP/1.1\r\nHost: x\r\n" + many + b"\r\n")

    assert resident(process) - before < 16 * MEGABYTE
    assert b" 200 " in ask(port, HEALTHY)


def test_the_cookies_of_a_long_draft_still_fit(web: tuple[int, int]) -> None:
    port, _ = web
    cookies = b"Cookie: " + b"; ".join(b"c%d=" % n + b"a" * 4000 for n in range(6))
    sent = HEALTHY.replace(b"\r\n\r\n", b"\r\n" + cookies + b"\r\n\r\n")

    assert b" 200 " in ask(port, sent)

"""Every answer, errors included: headers, request id, bounded body, silent log."""

import asyncio
import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from service.web.app import create_app, hosts_of
from service.web.middleware import MAX_BODY, BodyGate, Envelope
from service.web.pages.render import error_page
from tests.unit.web.bodies import good
from tests.unit.web.fakes import SECRET, FakeCalls, FakeContainer

JSON = {"Content-Type": "application/json", "Idempotency-Key": "key-0001"}

REQUESTS = [
    ("GET", "/", {}, b"", 200),
    ("GET", "/inscription/aaaaaaaa/motif", {}, b"", 404),
    ("GET", "/nothing", {}, b"", 404),
    ("GET", "/suivi", {}, b"", 401),
    ("GET", f"/acces/0123ABCDM/{SECRET}", {}, b"", 200),
    (
        "POST",
        "/acces",
        {"Content-Type": "application/x-www-form-urlencoded"},
        b"a",
        403,
    ),
    ("POST", "/", {}, b"", 405),
    ("GET", "/v1/health/live", {}, b"", 200),
    ("GET", "/v1/nothing", {}, b"", 404),
    ("PUT", "/v1/registrations", {}, b"", 405),
    ("POST", "/v1/registrations", JSON, b"{", 400),
    ("POST", "/v1/registrations", JSON, b"{}", 422),
    ("POST", "/v1/registrations", {"Content-Type": "text/plain"}, b"x", 415),
    ("POST", "/v1/registrations", JSON, b"x" * (MAX_BODY + 1), 413),
    ("GET", "/", {"Host": "evil.example"}, b"", 400),
    ("GET", "/v1/health/live", {"Host": "evil.example"}, b"", 400),
]


@pytest.mark.parametrize(("method", "path", "headers", "content", "status"), REQUESTS)
def test_every_answer_carries_the_security_headers(
    client: TestClient,
    method: str,
    path: str,
    headers: dict[str, str],
    content: bytes,
    status: int,
) -> None:
    answer = client.request(method, path, headers=headers, content=content)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-request-id"]
    assert answer.headers["cache-control"]
    assert "strict-transport-security" not in answer.headers


def test_an_encrypted_connection_is_asked_to_stay_so(
    secure_client: TestClient,
) -> None:
    answer = secure_client.get("/nothing")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path",
    ["/suivi", f"/acces/0123ABCDM/{SECRET}", "/acces", "/agents", "/inscription"],
)
def test_a_personal_page_is_kept_nowhere(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert answer.headers["cache-control"] == "no-store"


def test_a_body_without_announced_length_is_bounded_too(
    client: TestClient, calls: FakeCalls
) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 1024 + 2):
            yield b" " * 1024

    answer = client.post("/v1/registrations", content=pieces(), headers=JSON)
    assert answer.status_code == 413
    assert calls.asked.nothing


def test_the_largest_body_allowed_still_arrives(
    client: TestClient, calls: FakeCalls
) -> None:
    body = json.dumps(good()).encode()
    padded = body + b" " * (MAX_BODY - len(body))
    answer = client.post("/v1/registrations", content=padded, headers=JSON)
    assert answer.status_code == 202
    assert len(calls.asked.registered) == 1


@pytest.mark.anyio
async def test_whoever_only_holds_the_line_is_let_go(calls: FakeCalls) -> None:
    app = create_app(FakeContainer(calls), calls=calls)
    gate = Envelope(
        BodyGate(app, error_page=error_page, patience_s=0.05), error_page=error_page
    )
    pieces = [{"type": "http.request", "body": b"{", "more_body": True}]
    answers: list[Message] = []

    async def receive() -> Message:
        if pieces:
            return pieces.pop()
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Message) -> None:
        answers.append(message)

    await asyncio.wait_for(gate(posted(app), receive, send), 5)

    assert answers[0]["status"] == 408
    assert (b"connection", b"close") in answers[0]["headers"]
    assert calls.asked.nothing


def posted(app: FastAPI) -> Scope:
    return {
        "type": "http",
        "app": app,
        "method": "POST",
        "scheme": "http",
        "path": "/v1/registrations",
        "raw_path": b"/v1/registrations",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
    }


def test_the_log_knows_the_route_and_neither_secret_nor_reference(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get(f"/acces/0123ABCDM/{SECRET}")
    client.get("/v1/registrations/0123ABCDM", headers={"Authorization": SECRET})
    client.get(f"/nothing/{SECRET}?code={SECRET}")
    printed = "".join(capsys.readouterr())
    assert "/acces/{reference}/{secret}" in printed
    assert "/v1/registrations/{reference}" in printed
    assert SECRET not in printed
    assert "0123ABCDM" not in printed


def test_the_secret_link_page_sends_no_referrer_and_shows_only_a_button(
    client: TestClient,
) -> None:
    answer = client.get(f"/acces/0123ABCDM/{SECRET}")
    assert answer.text.count('type="submit"') == 1
    assert "set-cookie" in answer.headers  # the form token, no session
    assert "tdr-acces" not in answer.headers["set-cookie"]


def test_a_service_on_every_interface_without_a_name_serves_any_host() -> None:
    open_to_all = FakeContainer(FakeCalls(), host="::")
    assert hosts_of(open_to_all.settings) == frozenset()


def test_a_named_service_serves_its_name_alone(calls: FakeCalls) -> None:
    container = FakeContainer(calls, public_url="https://rdv.example.org")
    app = create_app(container, calls=calls)
    with TestClient(app, base_url="https://rdv.example.org") as client:
        assert client.get("/v1/health/live").status_code == 200
        other = client.get("/v1/health/live", headers={"Host": "rdv.example.com"})
        assert other.status_code == 400


def test_the_service_is_ready_as_long_as_the_database_answers(
    calls: FakeCalls,
) -> None:
    container = FakeContainer(calls)
    with TestClient(
        create_app(container, calls=calls), base_url="http://localhost"
    ) as client:
        container.parts = {"database": True, "bell": False}
        assert client.get("/v1/health/ready").status_code == 200
        container.parts = {"database": False, "bell": True}
        answer = client.get("/v1/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "parts": {"database": False, "bell": True},
    }

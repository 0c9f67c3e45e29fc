"""One table from refusal to status; every refusal in words; nothing echoed."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from service.domain.errors import DomainError
from service.usecases import errors as _usecases  # noqa: F401 - declares refusals
from service.web.messages import PROBLEMS
from service.web.problems import (
    PROBLEM_JSON,
    STATUS,
    WebError,
    place_of,
    pointer_of,
    status_of,
)
from tests.unit.web.bodies import good
from tests.unit.web.fakes import FakeCalls


def all_refusals(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("service."):
            yield child
            yield from all_refusals(child)


@pytest.mark.parametrize(
    "refusal", sorted(set(all_refusals()), key=lambda kind: kind.__qualname__)
)
def test_every_refusal_has_a_status_and_a_sentence(refusal: type[DomainError]) -> None:
    if refusal is WebError:
        return
    assert any(kind in STATUS for kind in refusal.__mro__), "add it to the one table"
    assert refusal.code in PROBLEMS


def test_every_sentence_ends_and_none_shows_a_placeholder() -> None:
    for code, said in PROBLEMS.items():
        assert said[0].isupper(), code
        assert "{" not in said
        assert "%" not in said


class ForgottenError(DomainError):
    """Nobody thought of this one."""

    code = "forgotten"


def test_a_refusal_nobody_thought_of_is_our_fault() -> None:
    assert status_of(ForgottenError("identity.family_name")) == 500


def test_an_unexpected_failure_tells_only_the_request_id(
    client: TestClient, calls: FakeCalls
) -> None:
    calls.failing = RuntimeError("number 9900000001 of SPÉCIMEN")
    answer = client.post(
        "/v1/registrations", json=good(), headers={"Idempotency-Key": "key-0001"}
    )
    assert answer.status_code == 500
    body = answer.json()
    assert set(body) == {"type", "title", "status", "instance"}
    assert body["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    assert "9900000001" not in answer.text


def test_an_unexpected_failure_leaves_no_value_in_the_log(
    client: TestClient, calls: FakeCalls, capsys: pytest.CaptureFixture[str]
) -> None:
    calls.failing = RuntimeError("number 9900000001 of SPÉCIMEN")
    client.post(
        "/v1/registrations", json=good(), headers={"Idempotency-Key": "key-0001"}
    )
    printed = "".join(capsys.readouterr())
    assert "RuntimeError" in printed
    assert "9900000001" not in printed
    assert "SPÉCIMEN" not in printed


def test_a_page_that_fails_is_still_a_page(
    client: TestClient, calls: FakeCalls
) -> None:
    calls.failing = RuntimeError("nothing works")
    answer = client.get("/")
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["x-request-id"] in answer.text
    assert "nothing works" not in answer.text


def test_a_domain_field_becomes_a_json_pointer() -> None:
    assert pointer_of("identity.family_name") == "/identity/family_name"
    assert pointer_of("sites") == "/sites"
    assert pointer_of(None) is None


def test_a_place_stops_before_an_invented_key() -> None:
    assert place_of(("body", "identity", "family_name")) == "/identity/family_name"
    assert place_of(("body", "sites", 0)) == "/sites/0"
    assert place_of(("body", "identity", "9900000001")) == "/identity"
    assert place_of(("body", "<b>")) == ""


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("PUT", "/v1/registrations", 405),
        ("GET", "/v1/nights/isere/never", 404),
        ("GET", "/v1/nights/isere/2026-02-30", 404),
        ("GET", "/v1/registrations/0123ABCDM", 401),
        ("GET", "/v1/agent/slots?first=2026-11-23&last=2026-11-24", 401),
        ("POST", "/v1/registrations/0123ABCDM/offer/confirm", 401),
    ],
)
def test_a_refusal_of_the_api_is_a_problem(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert answer.json()["type"].startswith("/problems/")


def test_the_type_of_a_problem_explains_itself(client: TestClient) -> None:
    for code in PROBLEMS:
        assert client.get(f"/problems/{code}").status_code == 200
    assert client.get("/problems/other").status_code == 404


def test_who_may_not_is_told_how_to_come_in(client: TestClient) -> None:
    answer = client.get("/v1/registrations/0123ABCDM")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_wrong_secret_and_an_unknown_reference_are_told_alike(
    client: TestClient,
) -> None:
    wrong = {"Authorization": "Bearer mfrggzdfmztwq2lknnwg23tpobyxe43u"}
    known = client.get("/v1/registrations/0123ABCDM", headers=wrong).json()
    unknown = client.get("/v1/registrations/zzzzzzzzz", headers=wrong).json()
    assert known | {"instance": ""} == unknown | {"instance": ""}

"""Whatever is sent where it does not belong: a 4xx that names the place, no value."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.web.problems import PROBLEM_JSON
from tests.unit.web.bodies import (
    HOSTILE,
    TEXT_FIELDS,
    good,
    pointer_parent,
    with_value,
)
from tests.unit.web.fakes import FakeCalls

# Values that are harmless where they stand: free of meaning, accepted on purpose.
_FITTING = {
    ("identity.given_names", "empty"),
    ("contact.email", "empty"),
    ("contact.phone", "empty"),
    ("availability.short_notice", "boolean"),
}


def post(client: TestClient, body: Any) -> Any:
    return client.post(
        "/v1/registrations",
        content=json.dumps(body),
        headers={"Content-Type": "application/json", "Idempotency-Key": "key-0001"},
    )


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (place, kind)
        for place in TEXT_FIELDS
        for kind in HOSTILE
        if (place, kind) not in _FITTING
    ],
)
def test_a_hostile_value_is_refused_by_its_place(
    client: TestClient, calls: FakeCalls, place: str, kind: str
) -> None:
    value = HOSTILE[kind]
    answer = post(client, with_value(place, value))
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert calls.asked.nothing
    body = answer.json()
    if kind == "10 kB" and answer.status_code == 413:
        return
    pointers = [error["pointer"] for error in body["errors"]]
    assert any(pointer.startswith(pointer_parent(place)) for pointer in pointers)
    if isinstance(value, str) and value:
        assert value not in answer.text


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("permit_expires_on", "2026-02-30"),
        ("permit_expires_on", "12/12/2026"),
        ("permit_expires_on", "2026-12-12T00:00:00"),
        ("permit_expires_on", 1795996800),
        ("permit_expires_on", "２０２６-12-12"),
        ("identity.birth_date", "1994-02-30"),
        ("identity.birth_date", "1894-02-03"),
        ("people", 0),
        ("people", 9),
        ("people", 1.0),
        ("people", "1"),
        ("availability.weekdays_excluded", [1, 2, 3, 4, 5, 6, 7]),
        ("availability.weekdays_excluded", [1, 2, 3, 4, 5]),
        ("availability.weekdays_excluded", [0]),
        ("availability.weekdays_excluded", [True]),
        ("sites", []),
        ("sites", "grenoble"),
        ("sites", ["grenoble"] * 21),
        ("contact.email", "noor@localhost"),
        ("contact.phone", "06 39 98"),
    ],
)
def test_an_impossible_answer_names_its_place(
    client: TestClient, calls: FakeCalls, place: str, value: Any
) -> None:
    answer = post(client, with_value(place, value))
    assert answer.status_code == 422
    assert calls.asked.nothing
    assert answer.json()["errors"][0]["pointer"].startswith(pointer_parent(place))


@pytest.mark.parametrize("place", [p for p in TEXT_FIELDS if "." not in p])
def test_a_missing_answer_is_named(client: TestClient, place: str) -> None:
    body = good()
    del body[place]
    answer = post(client, body)
    if place in {"held_document", "permit_starts_on", "entered_on", "requested_on"}:
        assert answer.status_code == 202
        return
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{place}"


def test_the_expiry_is_given_or_said_to_be_unknown(client: TestClient) -> None:
    assert post(client, with_value("permit_expires_on", None)).status_code == 202


@pytest.mark.parametrize(
    ("parent", "place"),
    [("", ""), ("identity", "/identity"), ("contact", "/contact")],
)
def test_an_unknown_field_is_refused_without_repeating_an_invented_name(
    client: TestClient, parent: str, place: str
) -> None:
    for name, told in (("admin", f"{place}/admin"), ("9930123456", place)):
        body = good()
        (body[parent] if parent else body)[name] = "x"
        answer = post(client, body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == told
        assert "9930123456" not in answer.text


def test_two_proofs_of_identity_and_none_are_refused(client: TestClient) -> None:
    both = with_value("document.kind", "passport")
    both["identity"]["agdref_number"] = "9900000001"
    none = good()
    del none["identity"]["agdref_number"]
    for body in (both, none):
        answer = post(client, body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/identity"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 8_000,
        b"\xff\xfe",
        b'{"a": NaN}',
        b"null",
        b'"text"',
        b"[]",
        b'{"prefecture": "isere", "prefecture": "isere"}',
    ],
)
def test_a_body_that_is_no_registration_is_refused(
    client: TestClient, calls: FakeCalls, content: bytes
) -> None:
    answer = client.post(
        "/v1/registrations",
        content=content,
        headers={"Content-Type": "application/json", "Idempotency-Key": "key-0001"},
    )
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert calls.asked.nothing


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "",
    ],
)
def test_another_media_type_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post(
        "/v1/registrations",
        content=json.dumps(good()),
        headers={"Content-Type": kind, "Idempotency-Key": "key-0001"},
    )
    assert answer.status_code == 415


def test_details_are_french_sentences_that_name_the_field(client: TestClient) -> None:
    answer = post(client, with_value("identity.family_name", ""))
    assert answer.json()["errors"] == [
        {
            "pointer": "/identity/family_name",
            "detail": "Nom de famille\u00a0: Écrivez votre nom de famille.",
        }
    ]

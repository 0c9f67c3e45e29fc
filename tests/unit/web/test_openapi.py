"""The committed OpenAPI document is what the code says, and says what can go wrong."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.web import openapi_document, write_openapi
from service.web.problems import PROBLEM_JSON
from tests.unit.web.bodies import GOOD

COMMITTED = Path(__file__).parents[3] / "openapi" / "openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_document()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_committed_document_is_up_to_date(tmp_path: Path) -> None:
    written = tmp_path / "openapi.json"
    write_openapi(written)
    assert COMMITTED.read_text(encoding="utf-8") == written.read_text(
        encoding="utf-8"
    ), "run: tourderole openapi"


def test_only_the_json_resources_are_described(document: dict[str, Any]) -> None:
    assert document["paths"]
    assert all(path.startswith("/v1/") for path in document["paths"])


def test_every_route_that_can_refuse_declares_its_problems(
    document: dict[str, Any],
) -> None:
    for path, method, operation in operations(document):
        refusals = {s: r for s, r in operation["responses"].items() if s >= "400"}
        if path == "/v1/health/live":
            continue
        assert refusals, (method, path)
        for refusal in refusals.values():
            assert list(refusal["content"]) == [PROBLEM_JSON]
            schema = refusal["content"][PROBLEM_JSON]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}


def test_every_reference_of_the_document_leads_somewhere(
    document: dict[str, Any],
) -> None:
    text = json.dumps(document)
    for name in {
        part.split('"')[0] for part in text.split("#/components/schemas/")[1:]
    }:
        assert name in document["components"]["schemas"]


def test_a_registration_has_exactly_the_fields_that_were_agreed(
    document: dict[str, Any],
) -> None:
    schema = document["components"]["schemas"]["RegistrationIn"]
    # A family came later and is optional: what was agreed still is the whole of it.
    assert set(schema["properties"]) == set(GOOD) | {"companions"}
    assert "companions" not in schema["required"]
    assert schema["additionalProperties"] is False
    acknowledgement = document["components"]["schemas"]["AcknowledgementOut"]
    assert set(acknowledgement["properties"]) == {
        "reference",
        "secret",
        "follow_up_url",
    }


def test_every_operation_says_what_it_is_for(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        assert operation.get("description"), (method, path)
        assert operation.get("tags"), (method, path)


def test_the_document_that_is_served_is_the_one_that_is_committed(
    client: TestClient,
) -> None:
    served = client.get("/v1/openapi.json")
    assert served.text == COMMITTED.read_text(encoding="utf-8")

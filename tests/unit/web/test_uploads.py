"""Three addresses take a file, within their own limit; others keep their 16 KiB."""

import pytest
from starlette.testclient import TestClient

from service.usecases.desk.sheet import MOST_BYTES
from service.web.middleware import MAX_BODY, longest_at
from service.web.uploads import ADDRESSES, HOLDERS, MOST, UPLOAD

FILE = {"fichier": ("people.csv", b"x" * 100_000, "text/csv")}


@pytest.mark.parametrize("address", sorted(ADDRESSES))
def test_a_file_within_the_limit_passes_the_gate(
    client: TestClient, address: str
) -> None:
    answer = client.post(address, files=FILE)

    assert answer.status_code == 401  # nobody is signed in: it was read, not refused


@pytest.mark.parametrize("address", sorted(ADDRESSES))
def test_a_larger_file_is_refused_in_words_about_files(
    client: TestClient, address: str
) -> None:
    answer = client.post(address, files={"fichier": ("x.csv", b"x" * (MOST + 1))})

    assert answer.status_code == 413
    assert "500" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/accompagnants",
        "/agents",
        "/acces",
        UPLOAD + "/x",
        HOLDERS[:-1],
    ],
)
def test_no_other_address_takes_a_file(client: TestClient, path: str) -> None:
    small = {"fichier": ("people.csv", b"x", "text/csv")}

    assert client.post(path, files=small).status_code == 415
    assert client.post(path, files=FILE).status_code == 413
    assert longest_at(path) == MAX_BODY


@pytest.mark.parametrize("kind", ["application/json", "text/csv", ""])
def test_a_file_comes_as_a_form_or_not_at_all(client: TestClient, kind: str) -> None:
    answer = client.post(UPLOAD, content=b"x", headers={"Content-Type": kind})

    assert answer.status_code == 415


def test_the_limit_of_the_address_is_that_of_the_file() -> None:
    assert MOST_BYTES < MOST < MOST_BYTES + MAX_BODY

"""A log line names nobody."""

import io
import json
import logging

import pytest
import structlog

from service.observability import MASK, configure_logging, mask, mask_text
from service.settings import Profile, Settings


@pytest.mark.parametrize(
    "text",
    [
        "sent to amina.b@example.org today",
        "file 9930123456 is known",
        "call +33 6 12 34 56 78 or 06.12.34.56.78",
        "cannot reach postgresql://tdr:pw@db.example/tdr",
        "null value\nDETAIL:  Failing row contains (7, amina, pw@, 9930).\nCONTEXT: x",
    ],
)
def test_what_looks_like_a_person_or_a_password_is_masked(text):
    masked = mask_text(text)

    assert MASK in masked
    assert not any(part in masked for part in ("amina", "9930", "12 34", "pw@"))


@pytest.mark.parametrize(
    "text",
    [
        "night 2026-11-22 of isere drawn in 812 ms",
        "GET /v1/nights/isere/2026-11-22/transcript 200",
        "at 2026-11-22T20:00:00.123456Z on 127.0.0.1:8000",
        "request 0f3a9c21-5b7e-4e0f-9a56-0d3b1b9e77aa",
    ],
)
def test_what_is_no_person_can_be_read(text):
    assert mask_text(text) == text


def test_sensitive_names_lose_their_value_however_deep():
    event = {"identity": {"x": 1}, "outer": {"email": "a", "motif": "titre"}, "n": 3}

    assert mask(event) == {
        "identity": MASK,
        "outer": {"email": MASK, "motif": "titre"},
        "n": 3,
    }


@pytest.fixture
def written(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    before = logging.getLogger().handlers[:]
    configure_logging(Settings.model_construct(profile=Profile.PRODUCTION))
    yield stream
    logging.getLogger().handlers[:] = before
    structlog.reset_defaults()


def test_a_librarys_line_and_ours_are_masked_alike(written):
    logging.getLogger("library").warning("told %s", "amina.b@example.org")
    structlog.get_logger("ours").warning("registered", family_name="Benali", night="n")

    theirs, ours = (json.loads(line) for line in written.getvalue().splitlines())
    assert theirs["event"] == f"told {MASK}"
    assert (ours["family_name"], ours["night"]) == (MASK, "n")


def test_a_trace_back_does_not_bring_the_value_back(written):
    try:
        raise ValueError("amina.b@example.org")
    except ValueError:
        logging.getLogger("library").exception("failed")

    assert "amina" not in written.getvalue()
    assert "ValueError" in written.getvalue()

"""A signed acknowledgement against a published night: what it proves, and what not."""

import copy

import pytest

from service.draw.canonical import canonical_bytes
from service.draw.verify import NotATranscriptError, verify_acknowledgement
from tests.strategies_draw import KEY, is_signed
from tests.unit.draw.verifying import full, put, reduced

PREFIX = b"tour-de-role/acknowledgement/1/"


def paper(**changes):
    """An acknowledgement as the service signs them."""
    said = {
        "spec": "tour-de-role/acknowledgement/1",
        "reference": "ABC234DEF",
        "received_at": "2026-11-20T02:14:00Z",
        "first_night_on": "2026-11-20",
        "prefecture": "isere",
        "motif": "recepisse",
        **changes,
    }
    signature = {
        "key": KEY.public_key().public_bytes_raw().hex(),
        "value": KEY.sign(PREFIX + canonical_bytes(said)).hex(),
    }
    return {**said, "signature": signature}


def found(own, transcript=None, check_signature=is_signed):
    checks = verify_acknowledgement(
        own, transcript or reduced(), check_signature=check_signature
    )
    assert [one.name for one in checks] == ["acknowledgement", "key", "promised"]
    return {one.name: (one.outcome, one.detail) for one in checks}


@pytest.mark.parametrize("form", [full, reduced])
def test_a_promise_of_that_night_holds_against_either_transcript(form):
    own = paper()

    assert found(own, form()) == {
        "acknowledgement": (
            "passed",
            "'ABC234DEF', received at '2026-11-20T02:14:00Z'",
        ),
        "key": ("passed", f"{own['signature']['key']} signed this night too"),
        "promised": (
            "passed",
            "it was to take part: ask for its line, which must stand under the root",
        ),
    }


@pytest.mark.parametrize(
    "name", ["reference", "received_at", "first_night_on", "prefecture", "motif"]
)
def test_a_word_changed_after_signing_is_noticed(name):
    own = paper()
    own[name] = "2026-11-21" if name == "first_night_on" else "another"

    outcome, detail = found(own)["acknowledgement"]

    assert outcome == "failed"
    assert detail == f"not a signature by key {own['signature']['key']}"


def test_a_signature_of_another_kind_is_none():
    own = paper()
    said = {name: value for name, value in own.items() if name != "signature"}
    own["signature"]["value"] = KEY.sign(canonical_bytes(said)).hex()

    assert found(own)["acknowledgement"][0] == "failed"


def test_without_a_way_to_check_ed25519_nothing_is_claimed():
    assert found(paper(), check_signature=None)["acknowledgement"] == (
        "not made",
        "nothing here can check Ed25519",
    )


def test_another_key_is_left_to_the_list_of_keys():
    transcript = reduced()
    transcript["signature"]["key"] = "ab" * 32
    own = paper()

    assert found(own, transcript)["key"] == (
        "not made",
        f"another key signed this night: look for {own['signature']['key']} "
        "in those published",
    )


@pytest.mark.parametrize(
    ("first_night", "expected"),
    [
        ("2026-11-22", "passed"),
        ("2026-11-23", "passed"),
        ("2026-11-24", "failed"),
        ("2027-01-01", "failed"),
    ],
)
def test_a_promise_binds_from_its_first_night_on(first_night, expected):
    outcome, detail = found(paper(first_night_on=first_night))["promised"]

    assert outcome == expected
    if expected == "failed":
        assert detail == f"its first night is '{first_night}'"


def test_a_promise_of_another_prefecture_binds_nobody_here():
    assert found(paper(prefecture="ain"))["promised"] == (
        "failed",
        "it is one of 'ain'",
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (put("spec", value="tour-de-role/draw/1"), "spec"),
        (put("first_night_on", value="2026-02-30"), "first_night_on"),
        (put("first_night_on", value=20261120), "first_night_on"),
        (put("reference", value=7), "reference"),
        (put("received_at", value=None), "received_at"),
        (put("prefecture", value=[]), "prefecture"),
        (put("motif", value={}), "motif"),
        (put("signature", "key", value="ab" * 31), "signature.key"),
        (put("signature", "value", value="ab" * 32), "signature.value"),
        (put("more", value=1), "more"),
    ],
)
def test_what_has_not_the_shape_of_an_acknowledgement_is_none(change, place):
    own = copy.deepcopy(paper())
    change(own)

    with pytest.raises(NotATranscriptError) as refused:
        found(own)

    assert refused.value.place == place


@pytest.mark.parametrize("value", [None, [], {}, "text"])
def test_anything_else_is_refused(value):
    with pytest.raises(NotATranscriptError):
        found(value)
    with pytest.raises(NotATranscriptError):
        verify_acknowledgement(paper(), value)

"""A signed acknowledgement against a published night: what it proves, and what not."""

import copy

import pytest

from service.draw.canonical import canonical_bytes
from service.draw.verify import NotATranscriptError, exit_code, verify_acknowledgement
from tests.papers_draw import KEYS, LEFT_OUT, label, line, night, paper
from tests.strategies_draw import KEY, is_signed
from tests.unit.draw.verifying import put

CHECKS = ["acknowledgement", "key", "promised", "present"]


def found(own, transcript=None, check_signature=is_signed, given=None):
    checks = verify_acknowledgement(
        own,
        transcript or night("reduced"),
        line=given,
        check_signature=check_signature,
    )
    assert [one.name for one in checks] == [*CHECKS, *(["mine"] if given else [])]
    return {one.name: (one.outcome, one.detail) for one in checks}


def code(own, *, given=None, form="reduced"):
    checks = verify_acknowledgement(
        own, night(form), line=given, check_signature=is_signed
    )
    return exit_code(checks)


@pytest.mark.parametrize("form", ["full", "reduced"])
@pytest.mark.parametrize("number", range(LEFT_OUT))
def test_everybody_in_the_night_finds_themselves(number, form):
    own = paper(number)

    assert found(own, night(form), given=line(number)) == {
        "acknowledgement": (
            "passed",
            "'ABC234DEF', received at '2026-11-20T02:14:00Z'",
        ),
        "key": ("passed", f"{own['signature']['key']} signed this night too"),
        "promised": (
            "passed",
            "it was to take part, as in every night from 2026-11-20",
        ),
        "present": ("passed", f"its label {label(number)} has a ticket"),
        "mine": ("passed", f"the line stands under its label {label(number)}"),
    }
    assert code(own, given=line(number), form=form) == 0


@pytest.mark.parametrize("form", ["full", "reduced"])
def test_who_was_left_out_is_told_so_with_what_could_explain_it(form):
    outcome, detail = found(paper(LEFT_OUT), night(form))["present"]

    assert outcome == "failed"
    assert detail.startswith(f"no ticket for its label {label(LEFT_OUT)}")
    for reason in (
        "withdrawn",
        "lapsed",
        "an offer or an appointment",
        "sat out after a decline",
        "before 2026-11-20",
    ):
        assert reason in detail
    assert code(paper(LEFT_OUT), form=form) == 1


@pytest.mark.parametrize("number", range(LEFT_OUT + 1))
def test_the_line_of_somebody_else_is_refused(number):
    others = [at for at in range(LEFT_OUT) if at != number]

    for other in others:
        outcome, detail = found(paper(number), given=line(other))["mine"]
        assert outcome == "failed"
        assert label(number) in detail
        assert label(other) in detail
        assert code(paper(number), given=line(other)) == 1


def test_without_a_label_key_presence_is_left_open():
    said = found(paper(), given=line(0))

    assert said["present"][0] == said["mine"][0] == "not made"
    assert "holds no label key" in said["present"][1]
    assert code(paper()) == 0


@pytest.mark.parametrize(
    ("first", "outcome"),
    [("2026-11-22", "passed"), ("2026-11-23", "passed"), ("2026-11-24", "not made")],
)
def test_a_key_drawn_later_says_nothing_of_earlier_nights(first, outcome):
    own = paper(3, first_label_on=first)

    assert found(own, given=line(3))["present"][0] == outcome
    assert found(own, given=line(3))["mine"][0] == outcome


def test_no_word_of_what_was_found_holds_the_label_key():
    for number in (0, LEFT_OUT):
        said = found(paper(number), given=line(0))
        assert not any(KEYS[number].hex() in detail for _, detail in said.values())


@pytest.mark.parametrize(
    "name",
    [
        *("reference", "received_at", "first_night_on", "prefecture", "motif"),
        *("label_key", "first_label_on"),
    ],
)
def test_a_word_changed_after_signing_is_noticed(name):
    own = paper(1)
    own[name] = "2026-11-21" if name.endswith("_on") else "ab" * 32

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
    transcript = night("reduced")
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
        (put("spec", value="tour-de-role/acknowledgement/1"), "spec"),
        (put("spec", value="tour-de-role/acknowledgement/3"), "spec"),
        (put("label_key", value="ab" * 31), "label_key"),
        (put("label_key", value=None), "label_key"),
        (put("first_label_on", value="2026-11-31"), "first_label_on"),
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
    own = copy.deepcopy(paper(2))
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


@pytest.mark.parametrize("name", ["label_key", "first_label_on"])
def test_half_of_version_two_is_no_version(name):
    own = paper(2)
    del own[name]

    with pytest.raises(NotATranscriptError):
        found(own)


def test_a_line_that_is_none_is_refused():
    with pytest.raises(NotATranscriptError):
        verify_acknowledgement(paper(1), night("full"), line={})

"""One's own line: proved against the published root, by its applicant alone."""

import copy

import pytest

from service.draw.verify import (
    NotATranscriptError,
    verify_line,
)
from tests.strategies_draw import (
    LABELS,
    entry,
    lines_of,
    pool_of,
    transcript_of,
)
from tests.unit.draw.verifying import (
    NIGHT,
    as_json,
    full,
    put,
    reduced,
)

LINES = lines_of(NIGHT)


def own(label=LABELS[3]):
    return as_json(LINES.line(label))


def line_outcomes(line, transcript):
    checks = verify_line(line, transcript)
    assert [check.name for check in checks] == [
        "night",
        "inclusion",
        "ticket",
        "answer",
    ]
    return {check.name for check in checks if check.outcome == "failed"}


@pytest.mark.parametrize("label", LABELS[:11])
def test_everybody_proves_their_own_line_against_either_transcript(label):
    assert line_outcomes(own(label), reduced()) == set()
    assert line_outcomes(own(label), full()) == set()


def test_a_line_says_what_became_of_the_registration():
    answers = [verify_line(own(label), reduced())[3].detail for label in LABELS[:11]]

    assert sum(said.startswith("reason '") for said in answers) == 8
    assert sum(said.startswith("slot 'd") for said in answers) == 3


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("commitment_sha256", value="00" * 32), {"night"}),
        (put("nonce", value="00" * 32), {"inclusion"}),
        (put("registration", "band", value=9), {"inclusion"}),
        (put("index", value=4), {"inclusion"}),
        (put("index", value=11), {"inclusion"}),
        (put("index", value=2**53 - 1), {"inclusion"}),
        (put("path", value=[]), {"inclusion"}),
        (put("path", 0, value="00" * 32), {"inclusion"}),
        (
            put("registration", "label", value=LABELS[40]),
            {"inclusion", "ticket", "answer"},
        ),
    ],
)
def test_a_line_that_was_changed_proves_nothing(change, expected):
    line = own()
    change(line)

    assert line_outcomes(line, reduced()) == expected


def test_a_path_too_long_proves_nothing():
    line = own()
    line["path"].append("00" * 32)

    assert line_outcomes(line, reduced()) == {"inclusion"}


def test_a_line_of_a_night_of_one_is_proved_by_nothing_but_itself():
    alone = transcript_of(pool_of([1], [([0], [])], [entry(LABELS[0])]))
    line = as_json(lines_of(alone).line(LABELS[0]))
    longer = copy.deepcopy(line)
    longer["path"] = ["00" * 32]

    assert line["path"] == []
    assert line_outcomes(line, as_json(alone.reduced())) == set()
    assert line_outcomes(longer, as_json(alone.reduced())) == {"inclusion"}


def test_a_registration_left_out_of_the_result_is_noticed_by_its_applicant():
    found = reduced()
    found["result"]["unserved"] = []
    found["result"]["allocations"] = []

    assert line_outcomes(own(), found) == {"answer"}


@pytest.mark.parametrize("value", [{}, [], None, {"spec": "tour-de-role/draw/1"}])
def test_what_is_no_line_is_refused(value):
    with pytest.raises(NotATranscriptError):
        verify_line(value, reduced())
    with pytest.raises(NotATranscriptError):
        verify_line(own(), value)

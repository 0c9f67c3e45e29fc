"""One person's papers, changed by whoever held them: two verifiers of one mind.

`tests/browser/test_verifier_page.py` puts the third beside them.
"""

import json
from functools import cache

import pytest

import verify_tour_de_role as alone
import verify_tour_de_role_kept as alone_kept
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.verify import exit_code, verify_acknowledgement, verify_line
from tests.papers_draw import DRAW, LEFT_OUT, label, line, night, paper
from tests.strategies_draw import is_signed, one_bit_changed

SAID = {True: "passed", False: "failed", None: "not made"}
BITS = 150


def ours(own, transcript, given=None):
    """What the program says of the texts: name and outcome of each, and the exit."""
    try:
        found, checks = parse_strict(transcript), []
        shown = None if given is None else parse_strict(given)
        if given is not None:
            checks += verify_line(shown, found)
        if own is not None:
            checks += verify_acknowledgement(
                parse_strict(own), found, line=shown, check_signature=is_signed
            )
    except ValueError:
        return None, 2
    return [(check.name, check.outcome) for check in checks], exit_code(checks)


def theirs(own, transcript, given=None):
    """What the file for everybody says of them."""
    try:
        found, checks = night_alone(transcript), []
        shown = None if given is None else alone.parse(given)
        if given is not None:
            checks += alone_kept.line_checks(shown, found)
        if own is not None:
            checks += alone_kept.promise_checks(alone.parse(own), found, shown)
    except (ValueError, TypeError, RecursionError):
        return None, 2
    said = [(name, SAID[holds]) for name, holds, _ in checks]
    return said, int(any(outcome == "failed" for _, outcome in said))


@cache
def night_alone(transcript):
    """A night that the file for everybody takes for one; once for all its papers."""
    found = alone.parse(transcript)
    alone.checks_of(found)
    return found


@cache
def written(form):
    return canonical_bytes(night(form))


def text(value):
    return canonical_bytes(value)


def other_night(form, draw):
    """The same night under another name: what a paper says of it, not what it holds."""
    found = json.loads(written(form))
    found["commitment"]["draw"] = draw
    return text(found)


PAPERS = {
    "all three papers": (paper(0), line(0), 0),
    "a person without a line": (paper(1), None, 0),
    "a line alone": (None, line(2), 0),
    "version 1": (paper(), line(0), 0),
    "left out": (paper(LEFT_OUT), None, 1),
    "left out, with the line of another": (paper(LEFT_OUT), line(3), 1),
    "the line of another": (paper(4), line(5), 1),
    "a key that was drawn later": (paper(4, first_label_on="2026-12-01"), line(5), 0),
    "a first night to come": (paper(6, first_night_on="2026-11-24"), line(6), 1),
    "of another prefecture": (paper(7, prefecture="ain"), line(7), 1),
    "a key that was changed and signed": (paper(0, label_key="00" * 32), line(0), 1),
    "words changed after signing": ({**paper(0), "motif": "aes"}, line(0), 1),
    "version 1 with a key": (
        {**paper(0), "spec": "tour-de-role/acknowledgement/1"},
        None,
        2,
    ),
    "version 3": (paper(spec="tour-de-role/acknowledgement/3"), None, 2),
    "a day that is none": (paper(0, first_night_on="2026-02-30"), None, 2),
    "a day written otherwise": (paper(0, first_label_on="2026-W48-1"), None, 2),
    "the year nought": (paper(0, first_night_on="0000-01-01"), None, 2),
    "a line as acknowledgement": (line(0), None, 2),
    "an acknowledgement as line": (None, paper(0), 2),
}


@pytest.mark.parametrize("form", ["full", "reduced"])
@pytest.mark.parametrize("what", PAPERS)
def test_both_say_the_same_of_each_paper(what, form):
    own, given, code = PAPERS[what]
    own, given = (one if one is None else text(one) for one in (own, given))

    assert ours(own, written(form), given) == theirs(own, written(form), given)
    assert ours(own, written(form), given)[1] == code


@pytest.mark.parametrize("form", ["full", "reduced"])
def test_no_changed_bit_of_a_paper_passes(form):
    own, given = text(paper(0)), text(line(0))
    for seed in range(BITS):
        bent, turned = one_bit_changed(own, seed), one_bit_changed(given, seed)
        for papers in ((bent, given), (own, turned), (bent, None), (None, turned)):
            shown, held = papers
            said = ours(shown, written(form), held)
            assert said[1] != 0, (seed, papers)
            assert said == theirs(shown, written(form), held), (seed, papers)


@pytest.mark.parametrize(
    "draw",
    [
        "isere/2026-11-24",
        "isere",
        "",
        "/",
        "isere/isere/2026-11-23",
        "isère/2026-11-23",
        "isere/\U0001f319",
        "ain/2026-11-23",
    ],
)
def test_a_night_by_another_name_is_another_night_to_both(draw):
    assert draw != DRAW
    transcript = other_night("reduced", draw)
    for own in (paper(0), paper(), paper(LEFT_OUT)):
        said = ours(text(own), transcript, text(line(0)))

        assert said == theirs(text(own), transcript, text(line(0)))
        assert said[1] == 1


def test_labels_exchanged_and_everything_signed_anew_are_found_by_both():
    # The operator gives a winner's label to a friend: night and lines stay sound, each
    # under the label of the other one.
    for one, other in ((0, 1), (2, 5)):
        swapped = text(paper(one)), written("full"), text(line(other))

        assert ours(None, swapped[1], swapped[2])[1] == 0
        assert ours(*swapped) == theirs(*swapped)
        assert ours(*swapped)[1] == 1
        assert ("mine", "failed") in ours(*swapped)[0]


def test_the_file_for_everybody_takes_the_papers_by_name(tmp_path, capsys):
    files = {
        "night": night("reduced"),
        "line": line(0),
        "other": line(1),
        "paper": paper(0),
        "left-out": paper(LEFT_OUT),
    }
    for name, value in files.items():
        (tmp_path / name).write_bytes(text(value))

    def code(*asked):
        given = [str(tmp_path / one) if one in files else one for one in asked]
        return alone_kept.main(given), capsys.readouterr()

    whole = code("night", "--mine", "line", "--acknowledged", "paper")
    assert whole[0] == 0
    assert f"passed: present: under {label(0)}" in whole[1].out
    assert whole[1].out.count("\n") == 15 + 4 + 5
    assert code("--mine", "line", "night")[0] == 0
    assert code("night", "--mine", "other", "--acknowledged", "paper")[0] == 1
    left = code("night", "--acknowledged", "left-out")
    assert left[0] == 1
    assert "failed: present: no ticket for" in left[1].out
    assert "withdrawn" in left[1].out
    for asked in (
        ("night", "--mine", "paper"),
        ("night", "--acknowledged", "line"),
        ("night", "--mine", "nowhere"),
        ("night", "night", "--mine", "line"),
        ("line", "--mine", "line"),
        ("night", "--mine"),
    ):
        refused = code(*asked)
        assert refused[0] == 2, asked
        assert refused[1].err.count("\n") >= 1

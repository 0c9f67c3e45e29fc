"""A chain of nights: nothing left out, changed, exchanged or promised twice."""

import copy
import json
import random
from functools import cache

import pytest
from typer.testing import CliRunner

import verify_tour_de_role_kept as alone_kept
from service.cli import app
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.verify import NotATranscriptError, exit_code, link_of, verify_chain
from tests.strategies_draw import LABELS, entry, pool_of, transcript_of
from tests.unit.draw.verifying import put

SAID = {True: "passed", False: "failed", None: "not made"}
DAYS = 5


def pool_on(day, prefecture="isere"):
    pool = pool_of(
        [1, 1], [([0, 1], [])], [entry(label, band=day % 3) for label in LABELS[:4]]
    )
    return pool | {"draw": f"{prefecture}/2026-11-{day:02d}"}


@cache
def made(prefecture="isere", days=DAYS):
    nights, digest = [], None
    for day in range(1, days + 1):
        night = transcript_of(pool_on(day, prefecture), previous=digest)
        digest = night.commitment.digest().hex()
        nights.append(night)
    return tuple(nights)


def nights(prefecture="isere"):
    """Five nights that name one another, as they are published."""
    return [parse_strict(canonical_bytes(one.full())) for one in made(prefecture)]


def said(given):
    """What the program and the file for everybody say: they must agree."""
    ours = verify_chain([link_of(night) for night in given])
    links = [alone_kept.night_of(night) for night in given]
    theirs = [(name, SAID[holds]) for name, holds, _ in alone_kept.chain_of(links)]
    assert [(check.name, check.outcome) for check in ours] == theirs
    assert ours[-1].name == "keys"
    return [check.outcome for check in ours[:-1]], [check.detail for check in ours]


def test_five_nights_in_a_row_hold_in_whatever_order_they_are_given():
    for seed in range(20):
        given = nights()
        random.Random(seed).shuffle(given)

        outcomes, details = said(given)

        assert outcomes == ["passed"] * DAYS
        assert details[0] == "'isere/2026-11-01' is the first night of its chain"
        assert details[1] == "'isere/2026-11-02' names 'isere/2026-11-01'"
        assert details[-1].startswith("all 5 signed by ")


def test_a_chain_may_be_followed_from_any_night_on():
    outcomes, details = said(nights()[2:])

    assert outcomes == ["not made", "passed", "passed"]
    assert details[0].endswith("names a night before it: not among these")


@pytest.mark.parametrize("missing", range(1, DAYS - 1))
def test_a_night_left_out_is_seen(missing):
    given = nights()
    del given[missing]

    outcomes, details = said(given)

    assert outcomes.count("failed") == 1
    assert outcomes[missing] == "failed"
    assert "one between is missing, or was changed" in details[missing]


@pytest.mark.parametrize("altered", range(DAYS - 1))
def test_a_night_changed_and_signed_again_breaks_its_successor(altered):
    given = nights()
    friendlier = pool_on(altered + 1)
    friendlier["registrations"][0]["band"] = 0
    friendlier["registrations"][1]["band"] = 7
    before = given[altered]["commitment"]["previous"]
    forged = transcript_of(friendlier, previous=before)
    given[altered] = parse_strict(canonical_bytes(forged.full()))

    outcomes, _ = said(given)

    assert [at for at, one in enumerate(outcomes) if one == "failed"] == [altered + 1]


def test_one_night_promised_twice_is_seen():
    given = nights()
    other = transcript_of(
        pool_on(3) | {"ruleset": {"version": "friendlier"}},
        previous=given[2]["commitment"]["previous"],
    )
    given.append(parse_strict(canonical_bytes(other.full())))

    outcomes, details = said(given)

    assert outcomes[2:4] == ["failed", "failed"]
    assert details[2] == "'isere/2026-11-03': 2 different commitments"


def test_two_nights_that_name_the_same_one_are_a_fork():
    given = nights()
    fork = transcript_of(pool_on(4), previous=given[1]["commitment"]["previous"])
    given = [*given[:3], parse_strict(canonical_bytes(fork.full()))]

    outcomes, details = said(given)

    assert outcomes == ["passed", "passed", "passed", "failed"]
    assert details[3] == (
        "'isere/2026-11-04' names 'isere/2026-11-01', and not 'isere/2026-11-03'"
    )


def test_two_nights_exchanged_are_seen():
    first, *_ = made()
    digest = first.commitment.digest().hex()
    third = transcript_of(pool_on(3), previous=digest)
    second = transcript_of(pool_on(2), previous=third.commitment.digest().hex())
    given = [parse_strict(canonical_bytes(x.full())) for x in (first, second, third)]

    outcomes, details = said(given)

    assert outcomes == ["passed", "failed", "failed"]
    assert details[1].endswith("names 'isere/2026-11-03', which comes after it")


def test_a_chain_that_begins_anew_hides_what_was_before():
    given = nights()
    anew = transcript_of(pool_on(3), previous=None)
    given = [*given[:2], parse_strict(canonical_bytes(anew.full()))]

    outcomes, details = said(given)

    assert outcomes == ["passed", "passed", "failed"]
    assert details[2].endswith(
        "names no night before it, and 'isere/2026-11-02' is one"
    )


def test_each_prefecture_has_a_chain_of_its_own():
    given = [*nights("isere"), *nights("ain")]

    outcomes, _ = said(given)

    assert outcomes == ["passed"] * 2 * DAYS
    # A night of another prefecture stands for none.
    given = [
        night for night in given if night["commitment"]["draw"] != "ain/2026-11-02"
    ]
    assert said(given)[0].count("failed") == 1


def test_a_full_and_a_reduced_transcript_of_a_night_are_one_link():
    twice = parse_strict(canonical_bytes(made()[1].reduced()))

    assert said([*nights(), twice])[0] == ["passed"] * DAYS


def test_a_change_of_key_is_told_and_left_to_the_list_of_keys():
    given = nights()
    given[3]["signature"]["key"] = "ab" * 32

    _, details = said(given)

    assert details[-1].startswith("2 keys signed these nights")
    assert "ab" * 32 in details[-1]
    assert verify_chain([link_of(night) for night in given])[-1].outcome == "not made"


@pytest.mark.parametrize("name", ["", "/", "a", "/a", "a/b/c", "ä/1", "\U0001f600/1"])
def test_odd_names_of_nights_are_followed_alike(name):
    given = nights()[:3]
    for night in given[:2]:
        night["commitment"]["draw"] = name

    said(given)
    said(given[:1])


def test_what_is_no_transcript_is_no_link():
    with pytest.raises(NotATranscriptError):
        link_of({})


def test_nothing_at_all_is_no_failure():
    assert exit_code(verify_chain([])) == 0


# --- the commands


def ours(*arguments):
    done = CliRunner().invoke(app, ["verify", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout.splitlines(), done.stderr.splitlines()


@pytest.fixture
def folder(tmp_path):
    for night in nights():
        day = night["commitment"]["draw"].rpartition("/")[2]
        path = tmp_path / f"isere-{day}.json"
        path.write_bytes(canonical_bytes(night))
    return tmp_path


def change(path, *way, value):
    found = json.loads(path.read_text("utf-8"))
    put(*way, value=value)(found)
    path.write_text(json.dumps(found), "utf-8")


def test_a_folder_of_nights_holds_with_a_line_a_night_and_a_line_a_link(folder):
    code, lines, errors = ours(folder)

    assert (code, errors) == (0, [])
    assert len(lines) == 2 * DAYS + 1
    assert lines[0] == (
        "ok   isere-2026-11-01.json: 'isere/2026-11-01', 13 checks hold; "
        "not made: witness"
    )
    assert lines[DAYS + 1] == (
        "ok   previous: 'isere/2026-11-02' names 'isere/2026-11-01'"
    )
    assert alone_kept.main([str(folder)]) == 0
    assert ours(*sorted(folder.iterdir(), reverse=True))[:2] == (
        0,
        [*lines[:DAYS][::-1], *lines[DAYS:]],
    )


@pytest.mark.parametrize(
    ("what", "fails"),
    [
        (("beacon", "round", 3), "order"),
        (("result", "free", [{"slot": "d0", "places": 1}]), "free"),
        (("pool", "registrations", 0, "band", 7), "root"),
        (("commitment", "previous", None), "signature"),
    ],
)
def test_one_altered_night_of_a_folder_is_named(folder, what, fails):
    *way, value = what
    change(folder / "isere-2026-11-03.json", *way, value=value)

    code, lines, errors = ours(folder)

    assert (code, errors) == (1, [])
    failing = [line for line in lines if line.startswith("FAIL")]
    named = f"FAIL isere-2026-11-03.json: {fails}: "
    assert any(line.startswith(named) for line in failing)
    assert alone_kept.main([str(folder)]) == 1


def test_a_gap_in_a_folder_ends_in_one(folder):
    (folder / "isere-2026-11-03.json").unlink()

    code, lines, _ = ours(folder)

    assert code == 1
    assert [line for line in lines if line.startswith("FAIL")] == [
        "FAIL previous: 'isere/2026-11-04' does not name 'isere/2026-11-02': "
        "one between is missing, or was changed"
    ]
    assert alone_kept.main([str(folder)]) == 1


def test_a_file_that_is_no_transcript_ends_in_two_and_the_others_are_still_checked(
    folder, capsys
):
    (folder / "zz.json").write_bytes(b"{}")

    code, lines, errors = ours(folder)

    assert code == 2
    assert len(lines) == 2 * DAYS + 1
    assert errors == ["zz.json: not a transcript: spec: missing"]
    assert alone_kept.main([str(folder)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_empty_folder_ends_in_two_with_one_line(tmp_path):
    assert ours(tmp_path) == (2, [], [f"{tmp_path}: no transcript (*.json) in it"])
    assert alone_kept.main([str(tmp_path)]) == 2


def test_ones_own_line_belongs_to_one_night(folder):
    line = folder.parent / "line"
    line.write_bytes(b"{}")

    code, lines, errors = ours(folder, "--mine", line)

    assert (code, lines) == (2, [])
    assert errors == ["--mine and --acknowledged go with one transcript"]


def test_a_copied_night_does_not_change_the_chain(folder):
    night = copy.deepcopy(nights()[1])
    (folder / "copy.json").write_bytes(canonical_bytes(night))

    code, lines, _ = ours(folder)

    assert code == 0
    assert len(lines) == 2 * DAYS + 2

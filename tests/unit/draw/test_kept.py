"""Whoever kept the commitment that they received can hold the night against it."""

from hashlib import sha256

import pytest

from service.draw.canonical import canonical_bytes
from service.draw.verify import NotATranscriptError, verify_kept
from tests.strategies_draw import transcript_of
from tests.unit.draw.test_chain import made, ours, pool_on
from tests.unit.draw.verifying import full, reduced


def statement(night):
    """A signed commitment as the feed, the mirror and the e-mails hold it."""
    return {name: night[name] for name in ("spec", "commitment", "signature")}


def other():
    """Another commitment of the same night, friendlier and signed as well."""
    return statement(transcript_of(pool_on(23)).full())


@pytest.mark.parametrize("form", [full, reduced])
def test_the_commitment_that_was_kept_is_the_one_of_the_night(form):
    check = verify_kept([other_night(), statement(full())], form())

    assert (check.name, check.outcome) == ("witness", "passed")
    assert check.detail.endswith("was kept: when it came, whoever kept it can say")


def other_night():
    return statement(made()[0].full())


def test_another_commitment_of_the_same_night_is_noticed():
    assert verify_kept([other()], full()).outcome == "failed"
    both = verify_kept([statement(full()), other()], full())
    assert both.outcome == "failed"
    assert "was kept for this night, not only" in both.detail


def test_every_other_commitment_that_was_kept_is_named_and_the_nights_own():
    another = statement(transcript_of(pool_on(23), previous="ab" * 32).full())
    names = sorted(digest_of(one) for one in (other(), another))

    detail = verify_kept([another, statement(full()), other()], full()).detail

    assert detail == (
        f"{names[0]}, {names[1]} was kept for this night, "
        f"not only {digest_of(statement(full()))}"
    )


def digest_of(statement):
    return sha256(canonical_bytes(statement["commitment"])).hexdigest()


def test_without_one_of_that_night_nothing_is_claimed():
    for kept in ([], [other_night()]):
        check = verify_kept(kept, full())

        assert check.outcome == "not made"
        assert check.detail == "no commitment was kept for 'isere/2026-11-23'"


@pytest.mark.parametrize("value", [None, {}, [], {"spec": "tour-de-role/draw/1"}])
def test_what_is_no_commitment_is_refused(value):
    with pytest.raises(NotATranscriptError):
        verify_kept([value], full())
    with pytest.raises(NotATranscriptError):
        verify_kept([other()], value)


@pytest.fixture
def mirror(tmp_path):
    """A folder as the file mirror fills it, and the nights beside it."""
    kept, nights = tmp_path / "kept" / "isere", tmp_path / "nights"
    kept.mkdir(parents=True)
    nights.mkdir()
    for night in made():
        day = night.commitment.draw.rpartition("/")[2]
        whole = canonical_bytes(night.full())
        (nights / f"isere-{day}.json").write_bytes(whole)
        signed = canonical_bytes(statement(night.full()))
        (kept / f"{day}.commitment.json").write_bytes(signed)
    return tmp_path


def test_the_command_checks_one_night_and_a_chain_against_a_folder(mirror):
    nights = sorted((mirror / "nights").iterdir())

    code, lines, errors = ours(nights[0], "--kept", mirror / "kept")
    assert (code, errors) == (0, [])
    assert any(line.startswith("ok   witness: ") for line in lines)
    code, lines, errors = ours(mirror / "nights", "--kept", mirror / "kept")
    assert (code, errors) == (0, [])
    assert lines[0].endswith("'isere/2026-11-01', 14 checks hold")


def test_the_command_names_the_night_whose_commitment_was_exchanged(mirror):
    forged = transcript_of(pool_on(3) | {"ruleset": {"version": "friendlier"}})
    path = mirror / "kept" / "isere" / "2026-11-03.commitment.json"
    path.write_bytes(canonical_bytes(statement(forged.full())))

    code, lines, _ = ours(mirror / "nights", "--kept", mirror / "kept")

    assert code == 1
    failing = [line for line in lines if line.startswith("FAIL")]
    assert len(failing) == 1
    assert failing[0].startswith("FAIL isere-2026-11-03.json: witness: ")
    night = mirror / "nights" / "isere-2026-11-03.json"
    assert ours(night, "--kept", path)[0] == 1


def test_what_was_not_kept_ends_in_two_with_one_line(mirror):
    night = mirror / "nights" / "isere-2026-11-01.json"
    empty = mirror / "empty"
    empty.mkdir()

    for given in (night, mirror / "nights"):
        for kept in (night, empty, mirror / "nowhere"):
            code, lines, errors = ours(given, "--kept", kept)

            assert (code, lines, len(errors)) == (2, [], 1)

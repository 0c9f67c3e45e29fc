"""Whoever kept the commitment that they received can hold the night against it."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from math import inf

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import verify_tour_de_role_kept as alone_kept
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.verify import (
    NotATranscriptError,
    exit_code,
    link_of,
    read_kept,
    verify_chain,
    verify_kept,
    verify_withheld,
)
from tests.strategies_draw import is_signed, transcript_of
from tests.unit.draw.test_chain import DAYS, SAID, made, ours, pool_on
from tests.unit.draw.verifying import full, reduced


def statement(night):
    """A signed commitment as the feed, the mirror and the e-mails hold it."""
    return {name: night[name] for name in ("spec", "commitment", "signature")}


def other():
    """Another commitment of the same night, friendlier and signed as well."""
    return statement(transcript_of(pool_on(23)).full())


def judged(kept, night):
    """What the program and the file for everybody say of a night: they must agree."""
    check = verify_kept(read_kept(kept, is_signed), link_of(night))
    theirs = alone_kept.witnessed(
        alone_kept.night_of(night), [alone_kept.kept_of(one) for one in kept]
    )
    assert (check.name, check.outcome) == ("witness", SAID[theirs])
    return check


def missed(kept, nights, now_s=inf):
    """What both say of nights that were promised."""
    check = verify_withheld(
        read_kept(kept, is_signed), [link_of(one) for one in nights], now_s=now_s
    )
    now = datetime.fromtimestamp(min(now_s, 4e9), UTC)
    name, holds, _ = alone_kept.withheld(
        [alone_kept.night_of(one) for one in nights],
        [alone_kept.kept_of(one) for one in kept],
        now,
    )
    assert (check.name, check.outcome) == (name, SAID[holds])
    return check


@pytest.mark.parametrize("form", [full, reduced])
def test_the_commitment_that_was_kept_is_the_one_of_the_night(form):
    check = judged([other_night(), statement(full())], form())

    assert check.outcome == "passed"
    assert check.detail.endswith(
        "was kept: whoever kept it can say whether it came before "
        "2026-11-23 19:13:51 UTC"
    )


def other_night():
    return statement(made()[0].full())


def test_another_commitment_of_the_same_night_is_noticed():
    assert judged([other()], full()).outcome == "failed"
    both = judged([statement(full()), other()], full())
    assert both.outcome == "failed"
    assert "was kept for this night, not only" in both.detail


def test_every_other_commitment_that_was_kept_is_named_and_the_nights_own():
    another = statement(transcript_of(pool_on(23), previous="ab" * 32).full())
    names = sorted(digest_of(one) for one in (other(), another))

    detail = judged([another, statement(full()), other()], full()).detail

    assert detail == (
        f"{names[0]}, {names[1]} was kept for this night, "
        f"not only {digest_of(statement(full()))}"
    )


def digest_of(statement):
    return sha256(canonical_bytes(statement["commitment"])).hexdigest()


def test_without_one_of_that_night_nothing_is_claimed():
    for kept in ([], [other_night()]):
        check = judged(kept, full())

        assert check.outcome == "not made"
        assert check.detail == "no commitment was kept for 'isere/2026-11-23'"


@pytest.mark.parametrize("value", [None, {}, [], {"spec": "tour-de-role/draw/1"}])
def test_what_is_no_commitment_is_refused(value):
    with pytest.raises(NotATranscriptError):
        read_kept([value], is_signed)
    with pytest.raises(ValueError, match="not a commitment"):
        alone_kept.kept_of(value)


@pytest.mark.parametrize("of", [other, other_night, lambda: statement(full())])
def test_a_statement_that_nobody_signed_accuses_no_honest_night_and_clears_none(of):
    forged = of()
    forged["signature"] = {"key": "11" * 32, "value": "22" * 64}
    bent = of()
    bent["signature"] = other()["signature"] | {"value": "00" * 64}

    for made_up in (forged, bent):
        with pytest.raises(NotATranscriptError, match="nobody signed this commitment"):
            read_kept([made_up], is_signed)
        with pytest.raises(ValueError, match="signed by nobody"):
            alone_kept.kept_of(made_up)


def signed_by_another(found):
    """The same statement, signed by a key that is not the prefecture's."""
    message = b"tour-de-role/draw/1/commitment/" + bytes.fromhex(digest_of(found))
    key = Ed25519PrivateKey.from_private_bytes(b"a key of somebody who makes up n")
    return found | {
        "signature": {
            "key": key.public_key().public_bytes_raw().hex(),
            "value": key.sign(message).hex(),
        }
    }


def test_what_another_key_signed_is_left_to_the_list_of_keys():
    for kept in (
        [signed_by_another(other())],
        [statement(full()), signed_by_another(other())],
        [signed_by_another(statement(full()))],
    ):
        check = judged(kept, full())

        assert check.outcome == "not made"
        assert check.detail.endswith("look for it in the keys published")
    assert judged([other(), signed_by_another(other())], full()).outcome == "failed"


def nights():
    return [parse_strict(canonical_bytes(one.full())) for one in made()]


def all_kept():
    return [statement(one.full()) for one in made()]


def test_every_night_promised_and_published_withholds_nothing():
    check = missed(all_kept(), nights())

    assert check.outcome == "passed"
    assert check.detail == "5 commitments kept, and a night here for each"


@pytest.mark.parametrize("gone", range(1, DAYS))
def test_a_night_promised_and_never_published_is_noticed(gone):
    published = nights()
    del published[gone]

    check = missed(all_kept(), published)

    assert check.outcome == "failed"
    assert check.detail == (
        f"'isere/2026-11-{gone + 1:02d}' (round of 2026-11-23 19:13:51 UTC): "
        "promised, and no night here"
    )


def test_a_chain_signed_around_a_deleted_night_is_noticed_by_whoever_kept_it():
    first, second, *_ = made()
    around = transcript_of(pool_on(3), previous=first.commitment.digest().hex())
    published = [json.loads(canonical_bytes(one.full())) for one in (first, around)]
    kept = [statement(one.full()) for one in (first, second, around)]

    assert exit_code(verify_chain([link_of(one) for one in published])) == 0
    assert missed(kept, published).outcome == "failed"


def test_a_night_whose_round_is_still_to_come_is_not_missed_yet():
    due = link_of(made()[-1].full()).exists_from_s

    waiting = missed(all_kept(), nights()[:-1], now_s=due - 1)

    assert waiting.outcome == "not made"
    assert waiting.detail.endswith(": still to come")
    assert missed(all_kept(), nights()[:-1], now_s=due).outcome == "failed"


def test_what_another_key_promised_is_left_to_the_list_of_keys():
    check = missed([signed_by_another(one) for one in all_kept()], nights()[:-1])

    assert check.outcome == "not made"
    assert check.detail.endswith("look for it in the keys published")


def test_nothing_is_asked_about_days_before_and_other_prefectures():
    elsewhere = statement(made("ain")[3].full())

    assert missed([*all_kept(), elsewhere], nights()[2:]).outcome == "passed"
    assert missed([elsewhere], nights()).outcome == "not made"
    assert missed(all_kept()[:2], nights()[2:]).outcome == "not made"
    assert missed([], nights()).outcome == "not made"
    assert missed(all_kept(), []).outcome == "not made"


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


def test_the_commands_check_one_night_and_a_chain_against_a_folder(mirror, capsys):
    nights = sorted((mirror / "nights").iterdir())

    code, lines, errors = ours(nights[0], "--kept", mirror / "kept")
    assert (code, errors) == (0, [])
    assert any(line.startswith("ok   witness: ") for line in lines)
    code, lines, errors = ours(mirror / "nights", "--kept", mirror / "kept")
    assert (code, errors) == (0, [])
    assert lines[0].endswith("'isere/2026-11-01', 14 checks hold")
    assert lines[-1] == ("ok   withheld: 5 commitments kept, and a night here for each")
    words = [str(mirror / "nights"), "--kept", str(mirror / "kept")]
    assert alone_kept.main(words) == 0
    assert "passed: withheld: " in capsys.readouterr().out
    (mirror / "nights" / "isere-2026-11-05.json").unlink()
    code, lines, _ = ours(mirror / "nights", "--kept", mirror / "kept")
    assert (code, lines[-1].partition(":")[0]) == (1, "FAIL withheld")
    assert alone_kept.main(words) == 1
    assert "failed: withheld: " in capsys.readouterr().out


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
    assert alone_kept.main([str(night), "--kept", str(path)]) == 1


def test_what_was_not_kept_ends_in_two_with_one_line(mirror, capsys):
    night = mirror / "nights" / "isere-2026-11-01.json"
    empty = mirror / "empty"
    empty.mkdir()

    for given in (night, mirror / "nights"):
        for kept in (night, empty, mirror / "nowhere"):
            code, lines, errors = ours(given, "--kept", kept)

            assert (code, lines, len(errors)) == (2, [], 1)
            assert alone_kept.main([str(given), "--kept", str(kept)]) == 2
            assert capsys.readouterr().out == ""

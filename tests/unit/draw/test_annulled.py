"""A night given up in public stands in its chain, and accuses nobody."""

from math import inf

import pytest

import verify_tour_de_role as alone
import verify_tour_de_role_kept as alone_kept
from service.draw.canonical import canonical_bytes
from service.draw.verify import (
    NotATranscriptError,
    exit_code,
    link_of_annulment,
    read_kept,
    verify_annulment,
    verify_kept,
    verify_withheld,
)
from tests.annulments import MANY_BENT, annulment, bent
from tests.strategies_draw import is_signed
from tests.unit.draw.test_chain import SAID, nights


def ours(found):
    try:
        checks = verify_annulment(found, check_signature=is_signed)
    except NotATranscriptError:
        return None
    return [(one.name, one.outcome) for one in checks]


def theirs(found):
    try:
        checks = alone_kept.night_checks(alone.parse(canonical_bytes(found)))
    except ValueError:
        return None
    return [(name, SAID[holds]) for name, holds, _ in checks]


def test_both_say_that_there_is_no_draw_and_who_gave_it_up():
    found = annulment(nights()[2])

    assert ours(found) == theirs(found)
    assert ours(found) == [("signature", "passed"), ("annulled", "not made")]
    assert exit_code(verify_annulment(found, check_signature=is_signed)) == 0


@pytest.mark.parametrize("seed", range(MANY_BENT))
def test_both_judge_every_annulment_alike(seed):
    found = bent(nights()[2], seed)

    assert ours(found) == theirs(found)
    if seed >= 2:
        assert (
            ours(found) is None
            or ("annulled", "failed") in ours(found)
            or (
                "signature",
                "failed",
            )
            in ours(found)
        )


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_file_for_everybody_takes_an_annulled_night_for_its_night(
    is_kept, tmp_path, capsys
):
    kept = tmp_path / "kept"
    kept.mkdir()
    for at, night in enumerate(nights()):
        document = annulment(night) if at == 2 else night
        (tmp_path / f"{at}.json").write_bytes(canonical_bytes(document))
        signed = {name: night[name] for name in ("spec", "commitment", "signature")}
        (kept / f"{at}.json").write_bytes(canonical_bytes(signed))

    words = [str(tmp_path), *(["--kept", str(kept)] if is_kept else [])]

    assert alone_kept.main(words) == 0
    assert "not made: '2.json': annulled: " in capsys.readouterr().out
    (tmp_path / "2.json").unlink()
    assert alone_kept.main(words) == 1


def test_an_annulment_of_another_commitment_than_the_one_kept_is_noticed():
    given = nights()
    given[2]["commitment"]["previous"] = "ab" * 32
    link = link_of_annulment(annulment(given[2]))
    kept = [
        {name: night[name] for name in ("spec", "commitment", "signature")}
        for night in nights()
    ]
    received = read_kept(kept, is_signed)

    assert verify_kept(received, link).outcome == "failed"
    assert (
        verify_withheld(received[2:3], [link], now_s=inf).outcome == "passed"
    )  # answered: what is wrong with the answer, ``witness`` says

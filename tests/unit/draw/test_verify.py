"""A published night holds, or the first difference is named; nothing is hidden."""

import json

import pytest

from service.draw.verify import (
    Check,
    NotATranscriptError,
    exit_code,
    verify,
)
from tests.strategies_draw import (
    CHAIN,
    DRAW_VECTORS,
    KEY,
    LABELS,
    is_signed,
    pool_of,
    transcript_of,
)
from tests.unit.draw.verifying import (
    CHECKS,
    MADE_WITHOUT_POOL,
    NIGHT,
    as_json,
    detail,
    failed,
    full,
    not_made,
    outcomes,
    put,
    reduced,
)


@pytest.mark.parametrize("path", DRAW_VECTORS, ids=lambda path: path.stem)
def test_every_published_pool_makes_a_night_that_holds(path):
    night = transcript_of(json.loads(path.read_text("utf-8"))["input"]["pool"])

    assert failed(as_json(night.full())) == set()
    assert failed(as_json(night.reduced())) == set()


def test_a_full_transcript_has_material_for_all_but_time_and_the_night_before():
    assert not_made(full()) == {"witness", "previous"}


def test_a_reduced_transcript_says_what_it_cannot_show():
    assert not_made(reduced()) == set(CHECKS) - MADE_WITHOUT_POOL
    assert detail(reduced(), "dates") == "this reduced transcript has no pool"


def test_a_reduced_transcript_holds_no_registration():
    assert reduced().keys() == {
        "spec",
        "commitment",
        "signature",
        "beacon",
        "leaves",
        "result",
    }


def test_without_a_way_to_check_ed25519_the_signature_is_not_checked():
    assert not_made(full(), check_signature=None) == {
        "signature",
        "witness",
        "previous",
    }


def test_a_night_without_anybody_holds():
    nobody = as_json(transcript_of(pool_of([1], [], [])).full())

    assert failed(nobody) == set()


def test_every_line_is_one_line_and_says_what_was_found():
    for check in verify(full(), check_signature=is_signed):
        assert "\n" not in str(check)
        assert str(check) == f"{check.outcome}: {check.name}: {check.detail}"
        assert check.detail


def test_details_of_a_night_that_holds():
    key = KEY.public_key().public_bytes_raw().hex()
    digest = NIGHT.commitment.digest().hex()

    assert detail(full(), "pool") == "11 registrations, 4 places"
    assert detail(full(), "commitment") == f"digest {digest}"
    assert detail(full(), "root") == "11 leaves"
    assert key in detail(full(), "signature")
    assert detail(full(), "order") == (
        "round 77 was named in the commitment "
        "and exists from 2026-11-23 19:13:51 UTC on"
    )
    assert detail(full(), "witness").endswith("came before 2026-11-23 19:13:51 UTC")
    assert "demonstration" in detail(full(), "beacon")
    assert detail(full(), "tickets") == "11 tickets"
    assert detail(full(), "counts") == "3 served, 8 not, of 11"
    assert detail(full(), "served").startswith("3 served")
    assert detail(full(), "dates").startswith("3 slots")
    assert detail(full(), "reasons") == "8 reasons"
    assert detail(full(), "free") == "0 places"


def band(found):
    found["pool"]["registrations"][0]["band"] = 3


def unruly(found):
    found["pool"]["registrations"].reverse()


def extra_nonce(found):
    found["nonces"][LABELS[20]] = "00" * 32


def swapped_allocations(found):
    found["result"]["allocations"].reverse()


def swapped_reasons(found):
    found["result"]["unserved"].reverse()


def one_left_out(found):
    found["result"]["unserved"].pop()


def said_twice(found):
    found["result"]["unserved"].append(found["result"]["unserved"][-1])


def ticket_of_nobody(found):
    found["result"]["tickets"][LABELS[30]] = "00" * 32


def wrong_through(found):
    found["result"]["allocations"][0]["through"] = "q0"


def wrong_slot(found):
    given = found["result"]["allocations"]
    given[0]["slot"] = "d1" if given[0]["slot"] != "d1" else "d0"


def wrong_reason(found):
    reason = found["result"]["unserved"][0]["reason"]
    other = {"places_taken": "no_suitable_place", "no_suitable_place": "places_taken"}
    found["result"]["unserved"][0]["reason"] = other[reason]


FROM_THE_POOL = {"commitment", "served", "dates", "reasons", "free"}


CAUGHT = [
    (put("pool", "draw", value="isere/2026-11-24"), {"commitment"}),
    (put("pool", "ruleset", value={}), {"commitment"}),
    (
        put("pool", "slots", 0, "starts_at", value="2026-11-30T09:00"),
        {"commitment"},
    ),
    (put("pool", "quotas", value=[]), {"commitment"}),
    (unruly, {"pool"}),
    (extra_nonce, {"root"}),
    (put("nonces", LABELS[0], value="00" * 32), {"root"}),
    (put("signature", "value", value="00" * 64), {"signature"}),
    (put("signature", "key", value="00" * 32), {"signature"}),
    (put("beacon", "round", value=78), {"order", "beacon"}),
    (put("beacon", "chain", value="another"), {"order"}),
    (
        put("beacon", "signature", value=CHAIN.signature(78)),
        {"randomness", "beacon"},
    ),
    (put("beacon", "signature", value=""), {"randomness", "beacon"}),
    (ticket_of_nobody, {"tickets", "counts"}),
    (swapped_allocations, {"counts"}),
    (swapped_reasons, {"counts", "reasons"}),
    (one_left_out, {"counts", "reasons"}),
    (said_twice, {"counts", "reasons"}),
    (wrong_through, {"served"}),
    (wrong_slot, {"dates"}),
    (wrong_reason, {"reasons"}),
    (put("result", "free", value=[{"slot": "d0", "places": 1}]), {"free"}),
]


@pytest.mark.parametrize(("change", "expected"), CAUGHT)
def test_each_change_is_caught_by_the_check_that_looks_for_it(change, expected):
    found = full()
    change(found)

    assert failed(found) == expected
    assert exit_code(verify(found, check_signature=is_signed)) == 1


def test_a_band_changed_breaks_the_root_and_maybe_the_rest():
    found = full()
    band(found)

    assert "root" in failed(found)
    assert failed(found) <= {"root"} | FROM_THE_POOL


def test_a_changed_commitment_breaks_the_signature_and_every_ticket():
    found = full()
    found["commitment"]["previous"] = "00" * 32

    assert {"signature", "tickets"} <= failed(found)
    assert not failed(found) & {"pool", "root", "commitment", "order", "randomness"}


def test_another_count_in_the_commitment_is_noticed():
    found = full()
    found["commitment"]["registrations"]["count"] = 12

    assert {"commitment", "root", "counts"} <= failed(found)


def test_a_pool_that_breaks_the_rule_leaves_the_rest_unchecked():
    found = full()
    unruly(found)

    assert not_made(found) >= {"commitment", "root", "tickets", "served", "free"}
    assert detail(found, "pool").startswith("pool.registrations[1]: ")
    assert detail(found, "tickets") == "the pool is not valid"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("leaves", 0, value="00" * 32), {"root"}),
        (put("leaves", value=[]), {"root"}),
        (ticket_of_nobody, {"tickets", "counts"}),
        (one_left_out, {"counts"}),
        (wrong_slot, set()),
    ],
)
def test_what_a_reduced_transcript_still_shows(change, expected):
    found = reduced()
    change(found)

    assert failed(found) == expected


def test_a_difference_names_the_first_label_that_differs():
    found = full()
    label = sorted(found["result"]["tickets"])[0]
    found["result"]["tickets"][label] = "ab" * 32

    assert detail(found, "tickets").startswith(f"'{label}': '{'ab' * 32}' is published")


def test_a_long_difference_is_cut_short():
    found = full()
    found["result"]["unserved"][0]["reason"] = "x" * 10_000

    assert len(detail(found, "reasons")) < 300
    assert "…" in detail(found, "reasons")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (NIGHT.beacon.randomness, "passed"),
        ("00" * 32, "failed"),
        (ValueError(), "failed"),
        (LookupError(), "not made"),
    ],
)
def test_a_public_beacon_is_checked_by_whoever_can(answer, expected):
    found = full()
    found["beacon"]["chain"] = found["commitment"]["beacon"]["chain"] = "52db\n9ba7"
    asked = []

    def look(*question):
        asked.append(question)
        if isinstance(answer, Exception):
            raise answer
        return bytes.fromhex(answer)

    assert outcomes(found, check_beacon=look)["beacon"] == expected
    assert set(asked) == {("52db\n9ba7", 77, CHAIN.signature(77))}
    assert "\n" not in detail(found, "beacon", check_beacon=look)


def test_a_public_beacon_without_anybody_to_check_it_is_not_checked():
    found = full()
    found["beacon"]["chain"] = "52db9ba7"

    assert outcomes(found)["beacon"] == "not made"


def test_a_local_chain_is_never_left_to_somebody_else():
    def never(*question):
        raise AssertionError(question)

    assert outcomes(full(), check_beacon=never)["beacon"] == "passed"


SHAPELESS = [
    (put("spec", value="tour-de-role/draw/2"), "spec"),
    (put("more", value=1), "more"),
    (put("pool", value=[]), "pool"),
    (put("leaves", value=[]), "pool"),
    (put("commitment", "previous", value=""), "commitment.previous"),
    (put("commitment", "previous", value=0), "commitment.previous"),
    (put("commitment", "beacon", "round", value=0), "commitment.beacon.round"),
    (put("commitment", "more", value=0), "commitment.more"),
    (put("beacon", "round", value=True), "beacon.round"),
    (put("beacon", "signature", value="abc"), "beacon.signature"),
    (put("beacon", "signature", value="AB"), "beacon.signature"),
    (put("signature", "value", value="ab" * 63), "signature.value"),
    (put("nonces", LABELS[0], value="ab"), f'nonces["{LABELS[0]}"]'),
    (put("result", "free", value={}), "result.free"),
    (put("result", "free", value=[{"slot": "d0", "places": -1}]), None),
    (put("result", "allocations", 0, "slot", value=7), None),
    (put("result", "tickets", "x", value="00"), "result.tickets.x"),
    (put("pool", "ruleset", value={"a": 0.5}), "pool.ruleset.a"),
    (put("pool", "draw", value="\ud800"), "pool.draw"),
]


@pytest.mark.parametrize(("change", "place"), SHAPELESS)
def test_what_has_not_the_shape_of_a_transcript_is_none(change, place):
    found = full()
    change(found)

    with pytest.raises(NotATranscriptError) as refused:
        verify(found)

    assert place in (None, refused.value.place)


@pytest.mark.parametrize("member", sorted(NIGHT.full()))
def test_a_member_missing_makes_it_no_transcript(member):
    found = full()
    del found[member]

    with pytest.raises(NotATranscriptError) as refused:
        verify(found)

    assert refused.value.place == member
    assert refused.value.why == "missing"


@pytest.mark.parametrize("value", [None, [], "transcript", 7, 0.5, {}])
def test_anything_else_is_no_transcript(value):
    with pytest.raises(NotATranscriptError):
        verify(value)


def test_the_exit_is_one_as_soon_as_a_check_fails():
    passed, unmade = Check("a", "passed", ""), Check("b", "not made", "")

    assert exit_code([passed, unmade]) == 0
    assert exit_code([passed, Check("c", "failed", ""), unmade]) == 1
    assert exit_code([]) == 0

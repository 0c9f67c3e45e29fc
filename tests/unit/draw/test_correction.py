"""The pivotality replay on nights small enough to be done by hand."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from service.domain.availability import Availability
from service.domain.ruleset import DEFAULT_RULESET
from service.domain.slots import OpenSlot
from service.draw import draw
from service.draw.correction import (
    TRUE_CLASS,
    Answer,
    NotServedError,
    corrected_pool,
    replay_with_true_date,
)
from service.draw.freeze import Candidate, freeze
from service.draw.model import SuitableSlots
from service.draw.transcript import UnknownLabelError
from tests.strategies_domain import NIGHT, label

NIGHT_OF = {"commitment_digest": b"c" * 32, "randomness": b"r" * 32}


def slot(name, ahead, places=1, site="grenoble", motif="aes"):
    return OpenSlot(
        slot=name,
        site=site,
        starts_at=datetime.combine(NIGHT + timedelta(days=ahead), time(9)),
        minutes=30,
        motifs=frozenset({motif}),
        places=places,
        published=places,
    )


def person(number, ends_in, **options):
    """Somebody whose right ends so many days after the night; None: no date."""
    return Candidate(
        **{
            "label": label(number),
            "motif": "aes",
            "sites": frozenset({"grenoble"}),
            "end_of_right_on": None
            if ends_in is None
            else NIGHT + timedelta(days=ends_in),
            "registered_on": NIGHT - timedelta(days=3),
            "availability": Availability(),
        }
        | options
    )


def lists_of(those, slots, true_end, **changes):
    """The lists of the first person, frozen with one date and corrected to another."""
    pool = freeze("isere", NIGHT, DEFAULT_RULESET, slots, those)
    end = None if true_end is None else NIGHT + timedelta(days=true_end)
    truth = replace(those[0], end_of_right_on=end, **changes)
    got = corrected_pool(pool, truth, {one.slot: one for one in slots})
    return got, got.classes[TRUE_CLASS]


def replayed(those, slots, true_end, **changes):
    pool = freeze("isere", NIGHT, DEFAULT_RULESET, slots, those)
    end = None if true_end is None else NIGHT + timedelta(days=true_end)
    truth = replace(those[0], end_of_right_on=end, **changes)
    by_code = {one.slot: one for one in slots}
    return replay_with_true_date(pool, truth, by_code, **NIGHT_OF)


# Five places a day: one of them is held for who loses their right within two weeks.
DAYS = [slot("s3", 3, 5), slot("s6", 6, 5), slot("s20", 20, 5)]


def test_a_more_urgent_truth_opens_held_places_and_a_shorter_notice():
    pool, lists = lists_of([person(1, 60), person(2, 60)], DAYS, 10)

    declared = pool.classes[pool.entries[1].suitable]
    assert declared == SuitableSlots(("s6", "s20"))
    assert lists == SuitableSlots(
        ("s3", "s3/held", "s6", "s6/held"), ("s20", "s20/held")
    )
    assert pool.entries[0].band == 0
    assert pool.entries[0].suitable == TRUE_CLASS


def test_a_less_urgent_truth_closes_them():
    _, lists = lists_of([person(1, 10)], DAYS, 60)

    assert lists == SuitableSlots(("s6", "s20"))


def test_the_last_day_of_the_right_is_still_in_time():
    _, lists = lists_of([person(1, 20)], DAYS, 20)
    assert lists.late == ()
    _, lists = lists_of([person(1, 20)], DAYS, 19)
    assert lists.late == ("s20",)


@pytest.mark.parametrize("true_end", [None, -1, -400])
def test_nothing_is_late_for_a_right_already_lost_or_without_a_date(true_end):
    _, lists = lists_of([person(1, 60)], DAYS, true_end)

    assert lists == SuitableSlots(("s6", "s20"))


def test_what_newly_opens_must_suit_motif_site_and_days():
    others = [
        *DAYS,
        slot("m3", 3, 5, motif="recepisse"),
        slot("v3", 3, 5, site="vienne"),
    ]
    _, lists = lists_of([person(1, 60)], others, 10)
    assert [name for name in lists.in_time if "3" in name] == ["s3", "s3/held"]

    away = Availability(dates_excluded=frozenset({NIGHT + timedelta(days=3)}))
    _, lists = lists_of([person(1, 60, availability=away)], others, 10)
    assert lists.in_time == ("s6", "s6/held")


def test_within_the_same_band_the_frozen_lists_stay_whatever_was_changed_since():
    _, lists = lists_of(
        [person(1, 60)],
        DAYS,
        50,
        motif="recepisse",
        sites=frozenset({"vienne"}),
        people=4,
    )

    assert lists == SuitableSlots(("s6", "s20"))


def test_who_lost_a_place_through_the_prefecture_stays_first_whatever_the_true_date():
    pool, lists = lists_of([person(1, 10, is_displaced=True)], DAYS, 60)

    assert pool.entries[0].band == 0
    assert lists == SuitableSlots(("s3", "s3/held", "s6", "s6/held", "s20", "s20/held"))


def test_the_number_of_people_stays_as_it_was_frozen():
    pool, _ = lists_of([person(1, 60, people=2)], DAYS, 10, people=5)

    assert pool.entries[0].size == 2


def test_only_the_one_entry_is_another():
    people = [person(1, 60), person(2, 10), person(3, None)]
    before = freeze("isere", NIGHT, DEFAULT_RULESET, DAYS, people)
    after, _ = lists_of(people, DAYS, 10)

    assert after.entries[1:] == before.entries[1:]
    assert [one.label for one in after.entries] == [one.label for one in before.entries]
    assert {k: v for k, v in after.classes.items() if k != TRUE_CLASS} == (
        before.classes
    )
    assert (after.draw, after.slots, after.quotas) == (
        before.draw,
        before.slots,
        before.quotas,
    )


def test_a_place_won_only_by_a_false_date_is_not_kept():
    # One place, two people: the false date passes before the true one of the other.
    answer = replayed([person(1, 10), person(2, 30)], [slot("s6", 6)], 60)

    assert answer == Answer(is_kept=False, declared_band=0, true_band=3)


def test_a_place_that_would_have_been_won_all_the_same_is_kept():
    answer = replayed([person(1, 10), person(2, 30)], [slot("s6", 6, 2)], 60)

    assert answer == Answer(is_kept=True, declared_band=0, true_band=3)


def test_a_place_in_time_is_kept_only_by_one_in_time():
    # Declared the most urgent, the first has the early place for sure. In truth both
    # are equals, and whoever has the worse ticket would have had the late one.
    slots = [slot("s6", 6), slot("s26", 26)]
    seen = set()
    for rival in range(2, 8):
        two = [person(1, 10), person(rival, 25)]
        pool = freeze("isere", NIGHT, DEFAULT_RULESET, slots, two)
        drawn = draw(pool, NIGHT_OF["commitment_digest"], NIGHT_OF["randomness"])
        is_lucky = drawn.tickets[label(1)] < drawn.tickets[label(rival)]

        answer = replayed(two, slots, 25)

        assert {one.label: one.slot for one in drawn.allocations}[label(1)] == "s6"
        assert answer == Answer(is_kept=is_lucky, declared_band=0, true_band=1)
        seen.add(is_lucky)
    assert seen == {True, False}


def test_a_late_place_is_kept_by_any_place():
    # With the true date the place held is late, so that a late one is as good.
    slots = [slot("s20", 20)]

    answer = replayed([person(1, 40)], slots, 15)

    assert answer == Answer(is_kept=True, declared_band=1, true_band=1)


def test_who_won_nothing_or_took_no_part_cannot_be_asked_about():
    people = [person(1, 60), person(2, 10)]

    with pytest.raises(NotServedError):
        replayed(people, [slot("s6", 6)], 60)
    with pytest.raises(UnknownLabelError):
        replayed(people, [slot("s6", 6, 2)], 60, label=label(9))
    pool = freeze("isere", NIGHT, DEFAULT_RULESET, [slot("s6", 6, 2)], people)
    with pytest.raises(UnknownLabelError):
        corrected_pool(pool, person(9, 60), {})

"""What holds for every pool the freeze makes, against a plain reading of the rule.

The oracle below walks slots and people one by one and knows nothing of sets, boards
or classes: it is the rule of mechanism.md § 6 written out.
"""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from service.domain.bands import band_of
from service.domain.hold import held_places
from service.domain.ruleset import DEFAULT_RULESET
from service.draw import draw
from service.draw.freeze import freeze
from service.draw.model import Pool
from tests.strategies_domain import (
    NIGHT,
    candidate_lists,
    open_slots,
    rulesets,
    slot_lists,
    some_rulesets,
)


def frozen(ruleset, slots, people):
    return freeze("isere", NIGHT, ruleset, slots, people)


def lists_of(pool, label):
    entry = next(entry for entry in pool.entries if entry.label == label)
    suitable = pool.classes[entry.suitable]
    return set(suitable.in_time), set(suitable.late)


def suits_by_the_rule(slot, person, ruleset, *, is_held):
    band = band_of(person.end_of_right_on, NIGHT, ruleset).number
    soon = band in ruleset.notice.short_bands or person.availability.short_notice
    notice = ruleset.notice.short_days if soon else ruleset.notice.usual_days
    return (
        person.motif in slot.motifs
        and slot.site in person.sites
        and (slot.day - NIGHT).days >= notice
        and slot.day.isoweekday() not in person.availability.weekdays_excluded
        and slot.day not in person.availability.dates_excluded
        and (not is_held or band in ruleset.hold.bands)
    )


@given(slots=slot_lists(), people=candidate_lists(), ruleset=some_rulesets)
def test_the_pool_is_one_that_the_public_rule_accepts(slots, people, ruleset):
    pool = frozen(ruleset, slots, people)

    assert Pool.from_json(pool.to_json()) == pool
    assert pool.ruleset == ruleset.to_json()
    assert pool.draw == "isere/2026-11-23"


@given(
    slots=slot_lists(),
    people=candidate_lists(),
    ruleset=some_rulesets,
    seed=st.integers(0, 2**32),
)
def test_the_order_in_which_anything_arrives_is_irrelevant(
    slots, people, ruleset, seed
):
    luck = Random(seed)
    other_slots, other_people = slots[:], people[:]
    luck.shuffle(other_slots)
    luck.shuffle(other_people)

    one = frozen(ruleset, slots, people)
    other = frozen(ruleset, other_slots, iter(other_people))

    assert one == other
    assert list(one.classes) == list(other.classes)


@given(slots=slot_lists(), people=candidate_lists(), ruleset=some_rulesets)
def test_everyone_has_exactly_the_slots_the_rule_gives_them(slots, people, ruleset):
    pool = frozen(ruleset, slots, people)
    in_pool = {slot.slot for slot in pool.slots}

    for person in people:
        end = person.end_of_right_on
        in_time, late = set(), set()
        for slot in slots:
            for name, is_held in ((slot.slot, False), (f"{slot.slot}/held", True)):
                fits = suits_by_the_rule(slot, person, ruleset, is_held=is_held)
                if fits and name in in_pool:
                    is_late = end is not None and NIGHT <= end < slot.day
                    (late if is_late else in_time).add(name)
        assert lists_of(pool, person.label) == (in_time, late)


@given(slots=slot_lists(), people=candidate_lists(), ruleset=some_rulesets)
def test_everyone_stands_in_the_pool_once_with_their_band_and_size(
    slots, people, ruleset
):
    pool = frozen(ruleset, slots, people)
    entries = {entry.label: entry for entry in pool.entries}

    assert len(entries) == len(pool.entries) == len(people)
    for person in people:
        entry = entries[person.label]
        band = band_of(person.end_of_right_on, NIGHT, ruleset)
        assert (entry.band, entry.size) == (band.number, person.people)


@given(slots=slot_lists(), people=candidate_lists(), ruleset=some_rulesets)
def test_no_free_place_is_lost_or_invented(slots, people, ruleset):
    pool = frozen(ruleset, slots, people)
    first = NIGHT + timedelta(days=ruleset.notice.short_days)
    in_pool = {slot.slot: slot.places for slot in pool.slots}

    assert 0 not in in_pool.values()
    for slot in slots:
        both = in_pool.get(slot.slot, 0) + in_pool.get(f"{slot.slot}/held", 0)
        assert both == (slot.places if slot.day >= first else 0)


@given(slots=slot_lists(), ruleset=some_rulesets)
def test_each_day_holds_its_share_of_what_was_published_and_no_more(slots, ruleset):
    held = held_places(slots, NIGHT, ruleset.hold)

    for site, day in {(slot.site, slot.day) for slot in slots}:
        of_day = [slot for slot in slots if (slot.site, slot.day) == (site, day)]
        share = sum(s.published_places for s in of_day) * ruleset.hold.percent // 100
        free = sum(slot.places for slot in of_day)
        is_near = (day - NIGHT).days <= ruleset.hold.until_days_ahead
        found = [held.get(slot.slot, 0) for slot in of_day]
        assert sum(found) == (0 if is_near else min(share, free))
        assert all(n <= s.places for n, s in zip(found, of_day, strict=True))


@given(slots=slot_lists(), people=candidate_lists())
def test_held_places_suit_only_those_whose_right_ends_very_soon(slots, people):
    pool = frozen(DEFAULT_RULESET, slots, people)

    for entry in pool.entries:
        suitable = pool.classes[entry.suitable]
        held = [s for s in suitable.in_time + suitable.late if s.endswith("/held")]
        assert entry.band == 0 or not held


@given(slots=slot_lists(), people=candidate_lists(), ruleset=some_rulesets)
def test_quotas_are_shares_of_what_is_not_held_rounded_down_in_the_published_order(
    slots, people, ruleset
):
    pool = frozen(ruleset, slots, people)
    total = sum(s.places for s in pool.slots if not s.slot.endswith("/held"))

    assert [quota.quota for quota in pool.quotas] == [
        rule.quota for rule in ruleset.quotas
    ]
    for quota, rule in zip(pool.quotas, ruleset.quotas, strict=True):
        assert quota.places * 100 <= total * rule.percent < quota.places * 100 + 100


@given(slots=slot_lists(), people=candidate_lists(), ruleset=some_rulesets)
def test_a_quota_is_open_to_exactly_those_it_protects(slots, people, ruleset):
    pool = frozen(ruleset, slots, people)
    entries = {entry.label: entry for entry in pool.entries}

    for person in people:
        entry = entries[person.label]
        waited = (NIGHT - person.registered_on).days
        protected = {
            rule.quota
            for rule in ruleset.quotas
            if entry.band in rule.bands
            and waited >= rule.waited_days_min
            and not (rule.without_date_only and person.end_of_right_on)
        }
        assert entry.quotas == tuple(sorted(protected))
        assert entry.waited_days == (waited if protected else 0)


@given(slots=slot_lists(), people=candidate_lists(), ruleset=some_rulesets)
def test_classes_are_named_without_repeats_and_all_used(slots, people, ruleset):
    pool = frozen(ruleset, slots, people)

    contents = [(kind.in_time, kind.late) for kind in pool.classes.values()]
    assert contents == sorted(set(contents))
    assert list(pool.classes) == [f"c{at}" for at in range(1, len(contents) + 1)]
    assert {entry.suitable for entry in pool.entries} == set(pool.classes)


@given(slots=slot_lists(), people=candidate_lists(), days=st.integers(0, 200))
def test_the_day_of_registration_counts_in_quotas_only(slots, people, days):
    sooner = [
        replaced(person, registered_on=NIGHT - timedelta(days=days))
        for person in people
    ]

    one = frozen(DEFAULT_RULESET, slots, people)
    other = frozen(DEFAULT_RULESET, slots, sooner)

    for before, after in zip(one.entries, other.entries, strict=True):
        assert before[:3] == after[:3]
        if before.band in (0, 1):
            assert before == after


@given(
    slots=slot_lists(max_size=4),
    extra=open_slots("zz"),
    people=candidate_lists(),
    ruleset=rulesets(),
)
def test_one_more_slot_takes_no_slot_from_anyone_but_held_ones(
    slots, extra, people, ruleset
):
    before = frozen(ruleset, slots, people)
    after = frozen(ruleset, [*slots, extra], people)
    still_open = {s.slot for s in after.slots if not s.slot.endswith("/held")}

    for person in people:
        had = set().union(*lists_of(before, person.label))
        has = set().union(*lists_of(after, person.label))
        assert had & still_open <= has


@given(slots=slot_lists(), people=candidate_lists())
def test_a_frozen_pool_can_be_drawn_and_everyone_gets_an_answer(slots, people):
    pool = frozen(DEFAULT_RULESET, slots, people)

    outcome = draw(pool, bytes(32), bytes(range(32))).to_json()

    answered = [line["label"] for line in outcome["allocations"]]
    answered += [line["label"] for line in outcome["unserved"]]
    assert sorted(answered) == [person.label for person in people]


def replaced(person, *, registered_on):
    return type(person)(
        label=person.label,
        motif=person.motif,
        sites=person.sites,
        end_of_right_on=person.end_of_right_on,
        registered_on=registered_on,
        availability=person.availability,
        people=person.people,
    )

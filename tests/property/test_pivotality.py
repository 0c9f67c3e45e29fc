"""The pivotality replay: a true date never voids; one entry alone is frozen anew."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.availability import Availability
from service.domain.ruleset import DEFAULT_RULESET
from service.draw import draw
from service.draw.correction import (
    NotServedError,
    corrected_pool,
    replay_with_true_date,
)
from service.draw.freeze import Candidate, freeze
from service.draw.model import Pool
from service.draw.transcript import UnknownLabelError
from tests.strategies_domain import (
    NIGHT,
    candidate_lists,
    label,
    slot_lists,
    some_rulesets,
)

digests = st.binary(min_size=32, max_size=32)
true_ends = st.none() | st.integers(-30, 70).map(lambda n: NIGHT + timedelta(days=n))


def frozen(ruleset, slots, people):
    return freeze("isere", NIGHT, ruleset, slots, people)


def by_code(slots):
    return {slot.slot: slot for slot in slots}


def entry_of(pool, name):
    return next(entry for entry in pool.entries if entry.label == name)


def served(outcome):
    return {one.label: one for one in outcome.allocations}


@given(
    slots=slot_lists(),
    people=candidate_lists(),
    ruleset=some_rulesets,
    digest=digests,
    randomness=digests,
)
def test_a_true_date_never_voids(slots, people, ruleset, digest, randomness):
    pool = frozen(ruleset, slots, people)

    for person in people:
        if person.label in served(draw(pool, digest, randomness)):
            answer = replay_with_true_date(
                pool,
                person,
                by_code(slots),
                commitment_digest=digest,
                randomness=randomness,
            )
            assert answer.is_kept
            assert answer.declared_band == answer.true_band


@given(
    slots=slot_lists(),
    people=candidate_lists(),
    ruleset=some_rulesets,
    end=true_ends,
)
def test_the_corrected_entry_is_the_one_that_the_true_date_would_have_frozen(
    slots, people, ruleset, end
):
    pool = frozen(ruleset, slots, people)

    for at, person in enumerate(people):
        truth = replace(person, end_of_right_on=end)
        true_people = [*people[:at], truth, *people[at + 1 :]]
        expected = frozen(ruleset, slots, true_people)
        got = corrected_pool(pool, truth, by_code(slots))
        mine, theirs = entry_of(got, person.label), entry_of(expected, person.label)

        assert got.classes[mine.suitable] == expected.classes[theirs.suitable]
        assert mine._replace(suitable="") == theirs._replace(suitable="")
        assert Pool.from_json(got.to_json()) == got


@given(
    slots=slot_lists(),
    people=candidate_lists(),
    ruleset=some_rulesets,
    end=true_ends,
    digest=digests,
    randomness=digests,
)
def test_the_replay_is_the_night_that_the_true_date_would_have_made(
    slots, people, ruleset, end, digest, randomness
):
    pool = frozen(ruleset, slots, people)

    for at, person in enumerate(people):
        truth = replace(person, end_of_right_on=end)
        expected = frozen(ruleset, slots, [*people[:at], truth, *people[at + 1 :]])
        got = corrected_pool(pool, truth, by_code(slots))

        assert draw(got, digest, randomness).to_json() == (
            draw(expected, digest, randomness).to_json()
        )


@given(slots=slot_lists(), people=candidate_lists(), end=true_ends)
def test_nobody_else_is_touched(slots, people, end):
    pool = frozen(DEFAULT_RULESET, slots, people)

    for person in people:
        got = corrected_pool(pool, replace(person, end_of_right_on=end), by_code(slots))
        for entry in pool.entries:
            if entry.label != person.label:
                assert entry_of(got, entry.label) == entry
                assert got.classes[entry.suitable] == pool.classes[entry.suitable]
        assert got.slots == pool.slots
        assert got.quotas == pool.quotas


@given(
    slots=slot_lists(),
    people=candidate_lists(),
    digest=digests,
    randomness=digests,
    people_now=st.integers(1, 8),
)
def test_what_was_changed_after_the_freeze_changes_no_answer(
    slots, people, digest, randomness, people_now
):
    pool = frozen(DEFAULT_RULESET, slots, people)

    for person in people:
        if person.label not in served(draw(pool, digest, randomness)):
            continue
        amended = replace(
            person,
            people=people_now,
            sites=frozenset({"elsewhere"}),
            availability=Availability(
                weekdays_excluded=frozenset({1, 2, 3}),
                short_notice=person.availability.short_notice,
            ),
        )
        assert replay_with_true_date(
            pool,
            amended,
            by_code(slots),
            commitment_digest=digest,
            randomness=randomness,
        ).is_kept


def test_who_took_no_part_or_won_nothing_cannot_be_asked_about():
    person = Candidate(
        label=label(1),
        motif="aes",
        sites=frozenset({"grenoble"}),
        end_of_right_on=None,
        registered_on=NIGHT,
        availability=Availability(),
    )
    pool = frozen(DEFAULT_RULESET, [], [person])
    night = {"commitment_digest": b"c" * 32, "randomness": b"r" * 32}

    with pytest.raises(NotServedError):
        replay_with_true_date(pool, person, {}, **night)
    with pytest.raises(UnknownLabelError):
        replay_with_true_date(pool, replace(person, label=label(2)), {}, **night)

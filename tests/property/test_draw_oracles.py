"""The draw against slower readings of the rule, and against all there is."""

import itertools

from hypothesis import given, settings

from service.draw.verify.night import decide
from tests import oracle_draw
from tests.strategies_draw import EXAMPLES, decided, many_nights, many_whole_nights

promised = settings(max_examples=EXAMPLES)


def rows_of(pool):
    return {row["label"]: row for row in pool["registrations"]}


def in_hex(tickets):
    return {label: ticket.hex() for label, ticket in tickets.items()}


def feasible(pool, tier_of):
    """Tell whether these registrations can be placed in these tiers."""
    rows = rows_of(pool)
    places = {slot["slot"]: slot["places"] for slot in pool["slots"]}
    lists = [pool["classes"][rows[k]["class"]][tier] for k, tier in tier_of.items()]
    return oracle_draw.placed(lists, places) is not None


def turns_of(pool, tickets):
    """The order (band, tier, ticket) of section 4."""
    rows = rows_of(pool)
    return sorted(
        ((label, tier) for label in rows for tier in ("in_time", "late")),
        key=lambda turn: (rows[turn[0]]["band"], turn[1], tickets[turn[0]], turn[0]),
    )


@promised
@given(many_whole_nights(most=14))
def test_the_draw_is_what_a_literal_reading_says(night):
    pool, tickets = night

    assert decided(pool, tickets).to_json() == oracle_draw.outcome(
        pool, in_hex(tickets)
    )


@promised
@given(many_whole_nights(most=14))
def test_the_verifier_decides_as_the_draw_does(night):
    pool, tickets = night

    found = decide(pool, in_hex(tickets))
    expected = decided(pool, tickets)

    assert found.given == {one.label: one.slot for one in expected.allocations}
    assert found.served == {
        one.label: (one.tier, one.through) for one in expected.allocations
    }
    assert found.reasons() == {one.label: one.reason for one in expected.unserved}


@promised
@given(many_nights(most=5, slots=3, places=2))
def test_those_served_are_the_first_set_in_order_of_all_that_can_be_placed(night):
    pool, tickets = night
    turns = turns_of(pool, tickets)
    labels = sorted(tickets)
    sets = [
        {k: tier for k, tier in zip(labels, choice, strict=True) if tier}
        for choice in itertools.product(["", "in_time", "late"], repeat=len(labels))
    ]

    best = max(
        (chosen for chosen in sets if feasible(pool, chosen)),
        key=lambda chosen: [chosen.get(label) == tier for label, tier in turns],
    )

    outcome = decided(pool, tickets)
    assert {one.label: one.tier for one in outcome.allocations} == best


@promised
@given(many_nights(most=7, slots=4, places=2, late=False))
def test_of_the_first_so_many_as_many_are_served_as_any_way_of_placing_could(night):
    pool, tickets = night
    order = [label for label, tier in turns_of(pool, tickets) if tier == "in_time"]
    served = {one.label for one in decided(pool, tickets).allocations}

    for first in range(len(order) + 1):
        among = order[:first]
        most = max(
            size
            for size in range(first + 1)
            for chosen in itertools.combinations(among, size)
            if feasible(pool, dict.fromkeys(chosen, "in_time"))
        )
        assert len(served & set(among)) == most


@promised
@given(many_nights(most=6, slots=4, places=2))
def test_slots_are_the_earliest_in_rank_order_that_leave_everyone_placed(night):
    pool, tickets = night
    rows = rows_of(pool)
    outcome = decided(pool, tickets)
    tier_of = {one.label: one.tier for one in outcome.allocations}
    given_slots = {one.label: one.slot for one in outcome.allocations}
    order = [k for k, tier in turns_of(pool, tickets) if tier_of.get(k) == tier]
    position = {slot["slot"]: at for at, slot in enumerate(pool["slots"])}
    places = {slot["slot"]: slot["places"] for slot in pool["slots"]}

    ways = itertools.product(
        *(pool["classes"][rows[label]["class"]][tier_of[label]] for label in order)
    )
    possible = (
        way for way in ways if all(way.count(slot) <= places[slot] for slot in set(way))
    )

    best = min(possible, key=lambda way: [position[slot] for slot in way])
    assert [given_slots[label] for label in order] == list(best)

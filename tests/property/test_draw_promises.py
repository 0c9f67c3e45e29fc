"""What the rule promises (section 9), for every pool that hypothesis can think of.

Tickets are held fixed wherever two pools are compared. "Singles" are pools of
size 1 and without quotas, for which the rule promises most.
"""

import copy

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.oracle_draw import placed
from tests.strategies_draw import (
    EXAMPLES,
    LABELS,
    changed,
    decided,
    entry,
    many_nights,
    many_whole_nights,
    tiers,
    without,
)

promised = settings(max_examples=EXAMPLES)


def rows_of(pool):
    return {row["label"]: row for row in pool["registrations"]}


def served(outcome):
    return {one.label for one in outcome.allocations}


def pick(data, values):
    return data.draw(st.sampled_from(sorted(values)))


@promised
@given(many_whole_nights())
def test_no_slot_gives_more_than_its_places_and_nobody_has_two(night):
    pool, tickets = night
    rows, left = rows_of(pool), {s["slot"]: s["places"] for s in pool["slots"]}

    outcome = decided(pool, tickets)

    for one in outcome.allocations:
        row = rows[one.label]
        assert one.slot in pool["classes"][row["class"]][one.tier]
        left[one.slot] -= row["size"]
    assert all(count >= 0 for count in left.values())
    assert {one.slot: one.places for one in outcome.free} == {
        slot: count for slot, count in left.items() if count
    }
    labels = [one.label for one in (*outcome.allocations, *outcome.unserved)]
    assert sorted(labels) == sorted(rows)


@promised
@given(many_whole_nights())
def test_everyone_left_out_is_told_why(night):
    pool, tickets = night
    rows, places = rows_of(pool), {s["slot"]: s["places"] for s in pool["slots"]}

    for one in decided(pool, tickets).unserved:
        row = rows[one.label]
        lists = pool["classes"][row["class"]].values()
        could = any(places[slot] >= row["size"] for slots in lists for slot in slots)
        assert one.reason == ("places_taken" if could else "no_suitable_place")


@promised
@given(many_whole_nights(), st.randoms(use_true_random=False))
def test_the_order_in_which_the_file_names_things_changes_nothing(night, rng):
    pool, tickets = night
    shuffled = copy.deepcopy(pool)
    classes = list(shuffled["classes"].items())
    rng.shuffle(classes)
    shuffled["classes"] = dict(classes)
    listed = list(tickets.items())
    rng.shuffle(listed)

    assert decided(shuffled, dict(listed)) == decided(pool, tickets)


@promised
@given(many_whole_nights())
def test_the_names_of_classes_change_nothing(night):
    pool, tickets = night
    renamed = copy.deepcopy(pool)
    names = {name: f"z{at}" for at, name in enumerate(reversed(pool["classes"]))}
    renamed["classes"] = {names[k]: v for k, v in pool["classes"].items()}
    for row in renamed["registrations"]:
        row["class"] = names[row["class"]]

    assert decided(renamed, tickets) == decided(pool, tickets)


@promised
@given(many_nights(equal_tickets=True))
def test_no_place_stays_free_that_someone_unserved_could_use(night):
    pool, tickets = night
    rows, outcome = rows_of(pool), decided(pool, tickets)
    places = {slot["slot"]: slot["places"] for slot in pool["slots"]}
    lists = [
        pool["classes"][rows[one.label]["class"]][one.tier]
        for one in outcome.allocations
    ]

    for one in outcome.unserved:
        for slots in pool["classes"][rows[one.label]["class"]].values():
            assert not slots or placed([*lists, slots], places) is None


@promised
@given(many_nights(), st.data())
def test_a_better_ticket_or_band_never_costs_the_place(night, data):
    pool, tickets = night
    before = tiers(decided(pool, tickets))
    lucky = [label for label, tier in before.items() if tier < 2]
    assume(lucky)
    label = pick(data, lucky)
    better = tickets | {label: data.draw(st.binary(min_size=32, max_size=32))}
    better[label] = min(better[label], tickets[label])
    band = data.draw(st.integers(0, rows_of(pool)[label]["band"]))

    after = tiers(decided(changed(pool, label, band=band), better))

    assert after[label] < 2


@promised
@given(many_nights(late=False, quotas=1, bands=2), st.data())
def test_more_days_waited_never_cost_the_place(night, data):
    pool, tickets = night
    before = tiers(decided(pool, tickets))
    lucky = [label for label, tier in before.items() if tier < 2]
    assume(lucky)
    label = pick(data, lucky)
    waited = rows_of(pool)[label]["waited_days"] + data.draw(st.integers(0, 100))

    after = tiers(decided(changed(pool, label, waited_days=waited), tickets))

    assert after[label] < 2


@promised
@given(many_nights(), st.data())
def test_a_withdrawal_never_harms_those_who_stay(night, data):
    pool, tickets = night
    assume(tickets)
    leaver = pick(data, tickets)
    before = tiers(decided(pool, tickets))

    after = tiers(decided(without(pool, leaver), tickets))

    assert all(after[label] <= before[label] for label in after)


@promised
@given(many_whole_nights(), st.data())
def test_whoever_was_not_served_leaves_no_trace(night, data):
    pool, tickets = night
    before = decided(pool, tickets)
    assume(before.unserved)
    leaver = data.draw(st.sampled_from(before.unserved)).label

    after = decided(without(pool, leaver), tickets)

    assert after.allocations == before.allocations
    assert after.free == before.free


@promised
@given(many_nights(), st.data())
def test_one_more_place_worsens_nobody(night, data):
    pool, tickets = night
    more = copy.deepcopy(pool)
    data.draw(st.sampled_from(more["slots"]))["places"] += 1

    before, after = tiers(decided(pool, tickets)), tiers(decided(more, tickets))

    assert all(after[label] <= before[label] for label in after)


@promised
@given(many_nights(own_class=True), st.data())
def test_saying_yes_to_one_more_slot_never_takes_the_tier_away(night, data):
    pool, tickets = night
    assume(tickets)
    row = rows_of(pool)[pick(data, tickets)]
    wider = copy.deepcopy(pool)
    lists = wider["classes"][row["class"]]
    unused = [
        slot["slot"]
        for slot in pool["slots"]
        if slot["slot"] not in lists["in_time"] + lists["late"]
    ]
    assume(unused)
    tier = data.draw(st.sampled_from(["in_time", "late"]))
    # Slots are named d0, d1, … one a day: their names are in slot order.
    lists[tier] = sorted([*lists[tier], data.draw(st.sampled_from(unused))])

    before, after = tiers(decided(pool, tickets)), tiers(decided(wider, tickets))

    assert after[row["label"]] <= before[row["label"]]


@promised
@given(many_whole_nights(equal_tickets=False), st.data())
def test_equals_who_exchange_tickets_exchange_outcomes(night, data):
    pool, tickets = night
    assume(len(tickets) >= 2)
    one = pick(data, tickets)
    other = pick(data, tickets.keys() - {one})
    twin = {k: v for k, v in rows_of(pool)[one].items() if k != "label"}
    pool = changed(pool, other, **twin)
    exchanged = tickets | {one: tickets[other], other: tickets[one]}

    before, after = decided(pool, tickets), decided(pool, exchanged)

    as_seen = {one: other, other: one}
    assert {
        (as_seen.get(a.label, a.label), a.slot, a.tier, a.through)
        for a in after.allocations
    } == {(a.label, a.slot, a.tier, a.through) for a in before.allocations}


@promised
@given(many_whole_nights(), st.data())
def test_days_waited_count_in_quotas_only(night, data):
    pool, tickets = night
    idle = [row["label"] for row in pool["registrations"] if not row["quotas"]]
    assume(idle)
    waited = data.draw(st.integers(0, 1000))

    later = changed(pool, pick(data, idle), waited_days=waited)

    assert decided(later, tickets) == decided(pool, tickets)


@promised
@given(many_whole_nights())
def test_a_quota_gives_at_most_its_places_to_those_who_name_it(night):
    pool, tickets = night
    rows, given_through = rows_of(pool), {}

    for one in decided(pool, tickets).allocations:
        row = rows[one.label]
        assert one.through == "open" or one.through in row["quotas"]
        given_through.setdefault(one.through, []).append(row["size"])

    for quota in pool["quotas"]:
        assert sum(given_through.get(quota["quota"], [])) <= quota["places"]


@promised
@given(
    many_nights(most=8, late=False, quotas=1, bands=3),
    st.integers(1, 6),
    st.data(),
)
def test_a_crowd_in_the_last_band_takes_no_more_than_its_quota(night, count, data):
    pool, tickets = night
    kinds = sorted(pool["classes"])
    crowd = [
        entry(
            LABELS[20 + at],
            data.draw(st.sampled_from(kinds)),
            band=3,
            waited=data.draw(st.integers(0, 100)),
            quotas=[quota["quota"] for quota in pool["quotas"]],
        )
        for at in range(count)
    ]
    flooded = copy.deepcopy(pool)
    rows = flooded["registrations"] + crowd
    flooded["registrations"] = sorted(rows, key=lambda row: row["label"])
    numbers = data.draw(st.lists(st.binary(min_size=32, max_size=32), min_size=count))
    drawn = {row["label"]: number for row, number in zip(crowd, numbers, strict=False)}

    before = served(decided(pool, tickets))
    after = served(decided(flooded, tickets | drawn)) - drawn.keys()

    protected = sum(quota["places"] for quota in pool["quotas"])
    assert len(after) >= len(before) - protected
    assert pool["quotas"] or after == before


@promised
@given(many_whole_nights(), st.data())
def test_a_later_band_never_displaces_an_earlier_one_outside_quotas(night, data):
    pool, tickets = night
    pool = copy.deepcopy(pool)
    for row in pool["registrations"]:
        row["quotas"] = []
    band = data.draw(st.integers(0, 3))
    early = copy.deepcopy(pool)
    early["registrations"] = [
        row for row in pool["registrations"] if row["band"] <= band
    ]

    alone, together = decided(early, tickets), decided(pool, tickets)

    assert {(a.label, a.tier) for a in alone.allocations} == {
        (a.label, a.tier)
        for a in together.allocations
        if rows_of(pool)[a.label]["band"] <= band
    }

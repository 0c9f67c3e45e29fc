"""What each person is told is what the draw did, and the cut-off is exact."""

from collections import defaultdict

from hypothesis import given, settings

from service.draw.model import Pool
from service.draw.standing import standings
from tests.strategies_draw import EXAMPLES, decided, whole_nights


@settings(max_examples=EXAMPLES // 2)
@given(whole_nights(most=14))
def test_among_equals_everyone_up_to_the_cut_off_is_served_and_nobody_behind(night):
    pool, tickets = night
    frozen = Pool.from_json(pool)
    outcome = decided(pool, tickets)
    rows = {row["label"]: row for row in pool["registrations"]}
    given_to = {one.label: one for one in outcome.allocations}
    reasons = {one.label: one.reason for one in outcome.unserved}

    told = standings(frozen, outcome)

    assert [one.rank for one in told] == list(range(1, len(rows) + 1))
    order = [(rows[k.label]["band"], tickets[k.label], k.label) for k in told]
    assert order == sorted(order)
    cut_offs = defaultdict(set)
    for one in told:
        row, place = rows[one.label], given_to.get(one.label)
        cut_offs[row["band"], row["class"], row["size"]].add(one.cut_off)
        assert one.ticket == tickets[one.label]
        assert one.result == reasons.get(one.label, "served")
        assert (one.tier, one.through) == (
            (place.tier, place.through) if place else (None, None)
        )
        if place is None or place.through == "open":
            assert (place is not None) == (one.rank <= one.cut_off)
    assert all(len(found) == 1 for found in cut_offs.values())

"""Large pools are put in order piece by piece: the same order, sooner."""

import json
from hashlib import sha256
from itertools import islice

import pytest

from service.bench_draw import Size, invented_input
from service.draw.allocate import allocate
from service.draw.model import Pool
from service.draw.passes import in_ticket_order
from service.draw.tickets import tickets_for
from service.draw.verify.night import decide


@pytest.mark.parametrize("count", [0, 1, 2_000, 2_001, 99_999, 100_000, 100_001])
def test_a_large_group_comes_in_ticket_order_and_equals_in_label_order(count):
    # Short tickets, so that many are equal.
    tickets = [sha256(b"%d" % at).digest()[:3] for at in range(count)]
    positions = range(0, count, 1)

    ordered = list(in_ticket_order(positions, tickets))

    assert ordered == sorted(positions, key=lambda at: (tickets[at], at))


def test_only_those_asked_for_matter():
    tickets = [bytes([at % 251, at % 7]) for at in range(10_000)]

    first = list(islice(in_ticket_order(range(10_000), tickets), 5))

    assert [tickets[at] for at in first] == [b"\x00\x00"] * 5


@pytest.mark.parametrize("seed", [1, 2])
def test_a_large_pool_is_decided_as_a_slow_reading_decides_it(seed):
    found = json.loads(invented_input(Size(7_000, 400, 120, 40, 2.0), seed))["pool"]
    pool = Pool.from_json(found)
    labels = [one.label for one in pool.entries]
    tickets = tickets_for(labels, b"\x11" * 32, sha256(b"%d" % seed).digest())

    outcome = allocate(pool, tickets)
    night = decide(found, {label: ticket.hex() for label, ticket in tickets.items()})

    assert night.given == {one.label: one.slot for one in outcome.allocations}
    assert night.served == {
        one.label: (one.tier, one.through) for one in outcome.allocations
    }

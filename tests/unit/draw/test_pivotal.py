"""A wrong date found at the guichet: would the place have been won all the same?"""

import pytest

from service.draw.model import Entry, Pool, SuitableSlots
from service.draw.pivotal import allocation_with_truth
from tests.strategies_draw import LABELS, entry, pool_of

# One place a day for two days; the first two people by ticket have it.
POOL = Pool.from_json(
    pool_of([1, 1], [([0, 1], [])], [entry(label, band=1) for label in LABELS[:3]])
)
TICKETS = {label: bytes([at]) * 32 for at, label in enumerate(LABELS[:3])}
BOTH = SuitableSlots(("d0", "d1"))


def told(label, *, band=1, suitable=BOTH):
    truth = Entry(label, "c0", band)
    found = allocation_with_truth(POOL, TICKETS, truth, suitable)
    return found and (found.slot, found.tier)


def test_an_error_that_changed_nothing_costs_nothing():
    assert told(LABELS[0]) == ("d0", "in_time")


def test_an_error_that_made_the_difference_is_found():
    assert told(LABELS[1], band=2) is None


def test_an_error_may_only_have_moved_the_day():
    assert told(LABELS[0], suitable=SuitableSlots(("d1",))) == ("d1", "in_time")


def test_an_error_to_ones_own_cost_is_found_too():
    assert told(LABELS[2], band=0) == ("d0", "in_time")


def test_the_right_may_have_been_lost_by_then():
    assert told(LABELS[0], suitable=SuitableSlots((), ("d0",))) is None


def test_who_took_no_part_has_nothing_to_replay():
    with pytest.raises(KeyError):
        told(LABELS[9])

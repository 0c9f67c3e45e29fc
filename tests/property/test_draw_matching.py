"""The seating behind the draw: its books are right, and it never looks twice.

The rule fixes the answer; these tests look at how it is reached. Slips that only
cost time pass every other test, so searches are counted, never timed.
"""

from hypothesis import assume, given
from hypothesis import strategies as st

from service.draw import dates
from service.draw.matching import Seating, slots_of, slots_with
from tests.oracle_draw import placed

SIZES = 8


@st.composite
def seatings(pick):
    """Places of a few slots, and a few different lists of them."""
    places = pick(st.lists(st.integers(0, 4), min_size=1, max_size=6))
    everything = (1 << len(places)) - 1
    masks = pick(
        st.lists(st.integers(1, everything), min_size=1, max_size=5, unique=True)
    )
    return Seating(masks, places), places


@st.composite
def requests(pick):
    """Who comes, in order: a type and a size."""
    return pick(
        st.lists(
            st.tuples(st.integers(0, 4), st.sampled_from([1, 1, 1, 1, 2, 3])),
            max_size=20,
        )
    )


def check_books(seating):
    """Each count agrees with every other."""
    held = [0] * len(seating.masks)
    for slot, there in enumerate(seating.occupants):
        assert all(count > 0 for count in there.values())
        for kind, count in there.items():
            held[kind] += count
            assert seating.masks[kind] >> slot & 1
            assert seating.support[kind] >> slot & 1
        assert sum(there.values()) == seating.load[slot] <= seating.room[slot]
        assert (seating.free >> slot & 1) == (seating.load[slot] < seating.room[slot])
    for kind, support in enumerate(seating.support):
        assert support & ~seating.masks[kind] == 0
        assert all(kind in seating.occupants[slot] for slot in slots_of(support))
        assert bool(held[kind]) == bool(support)
    return held


def check_closed(seating):
    """A closed slot is full, and nobody in it can leave for one that is not."""
    for slot, there in enumerate(seating.occupants):
        if not seating.live >> slot & 1:
            assert not seating.free >> slot & 1
            assert all(not seating.masks[kind] & seating.live for kind in there)


def names(mask):
    return list(slots_of(mask))


@given(seatings(), requests())
def test_the_books_agree_after_every_person_and_closed_slots_stay_closed(made, asked):
    seating, places = made
    left = dict(enumerate(places))
    seated, closed = [], 0
    for wanted, size in asked:
        kind = wanted % len(seating.masks)
        before = [seating.withdrawable(more) for more in range(1, SIZES + 1)]
        mask = seating.masks[kind]
        if size == 1:
            could = placed([*map(names, [*seated, mask])], left) is not None
            assert seating.seat(kind) == could
            seated += [mask] if could else []
        else:
            lists = [*map(names, seated)]
            fits = [
                slot
                for slot in names(mask)
                if left[slot] >= size
                and placed(lists, left | {slot: left[slot] - size}) is not None
            ]
            slot = seating.pin(kind, size)
            assert slot == (fits[0] if fits else None)
            if slot is not None:
                left[slot] -= size
        assert sum(check_books(seating)) == len(seated)
        check_closed(seating)
        assert closed & seating.live == 0
        closed = (1 << len(places)) - 1 & ~seating.live
        for more, was in enumerate(before, 1):
            assert seating.withdrawable(more) & ~was == 0


@given(seatings(), requests())
def test_a_slot_is_closed_once_and_measured_once_a_size(made, asked):
    seating, places = made
    served = pinned = 0
    for wanted, size in asked:
        kind = wanted % len(seating.masks)
        if size == 1:
            served += seating.seat(kind)
        else:
            pinned += size * (seating.pin(kind, size) is not None)

    # Every failure closes a slot or measures one; every success seats or moves.
    slots = len(places)
    assert seating.failures <= slots + SIZES * slots
    moved_in_vain = (SIZES - 1) * SIZES * slots
    assert seating.searches - seating.failures <= served + pinned + moved_in_vain


@given(seatings(), requests())
def test_the_dates_split_a_slot_off_at_most_once(made, asked):
    seating, places = made
    people = [
        wanted % len(seating.masks)
        for wanted, _ in asked
        if seating.seat(wanted % len(seating.masks))
    ]
    assume(people)
    searches, failures = seating.searches, seating.failures

    given_slots = dates.assign(people, seating)

    assert len(given_slots) == len(people)
    assert all(
        seating.masks[kind] >> slot & 1
        for kind, slot in zip(people, given_slots, strict=True)
    )
    assert all(given_slots.count(slot) <= places[slot] for slot in set(given_slots))
    assert seating.failures - failures <= len(places)
    assert seating.searches - searches <= len(people) + len(places)
    assert sum(check_books(seating)) == 0


def test_nobody_is_searched_for_twice_once_everything_is_full():
    seating = Seating([0b11, 0b01], [1, 1])
    assert [seating.seat(0), seating.seat(1), seating.seat(0)] == [True, True, False]
    searches = seating.searches

    assert not any(seating.seat(kind) for kind in (0, 1) * 50)
    assert seating.searches == searches


def test_one_full_list_of_many_slots_costs_one_search():
    many = 200
    everywhere = (1 << many) - 1
    seating = Seating([everywhere, everywhere ^ 1], [1] * many)
    for _ in range(many):
        assert seating.seat(0)

    refused = [seating.seat(1) for _ in range(1000)]

    assert not any(refused)
    assert seating.searches == seating.failures == 1
    assert seating.live == 0


def test_families_that_cannot_fit_cost_one_search_a_slot():
    many = 50
    everywhere = (1 << many) - 1
    seating = Seating([everywhere], [3] * many)
    for _ in range(3 * many - 1):
        assert seating.seat(0)
    searches = seating.searches

    refused = [seating.pin(0, 2) for _ in range(1000)]

    assert refused == [None] * 1000
    # Each slot may be emptied of one before its measure is known.
    assert seating.searches - searches <= 2 * many


def test_sets_of_slots_are_numbers():
    assert slots_with([], 1) == 0
    assert slots_with([0, 1, 2, 3], 2) == 0b1100
    assert list(slots_of(0b10110)) == [1, 2, 4]
    assert list(slots_of(0)) == []

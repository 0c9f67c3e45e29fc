"""Frozen cases of the freeze: one small prefecture, one night, worked out by hand."""

from datetime import date, datetime, timedelta

import pytest

from service.domain.availability import Availability
from service.domain.birth_date import BirthDate
from service.domain.hold import held_places
from service.domain.permits import DocumentFacts
from service.domain.registration import RegistrationFacts
from service.domain.ruleset import DEFAULT_RULESET, Hold
from service.domain.slots import OpenSlot
from service.draw.freeze import Candidate, freeze
from service.draw.model import InvalidPoolError

NIGHT = date(2026, 11, 23)  # a Monday
DECEMBER_1 = date(2026, 12, 1)


def label(number):
    return f"{number:064x}"


def slot(name, day=DECEMBER_1, *, hour=9, places=2, **changes):
    values = {
        "slot": name,
        "site": "grenoble",
        "starts_at": datetime.fromisoformat(f"{day}T{hour:02}:00"),
        "minutes": 20,
        "motifs": frozenset({"recepisse"}),
        "places": places,
    }
    return OpenSlot(**values | changes)


def person(number=1, *, left=None, waited=0, **changes):
    values = {
        "label": label(number),
        "motif": "recepisse",
        "sites": frozenset({"grenoble"}),
        "end_of_right_on": None if left is None else NIGHT + timedelta(days=left),
        "registered_on": NIGHT - timedelta(days=waited),
        "availability": Availability(),
    }
    return Candidate(**values | changes)


def frozen(slots, people):
    return freeze("isere", NIGHT, DEFAULT_RULESET, slots, people)


def lists(pool, number=1):
    entry = next(entry for entry in pool.entries if entry.label == label(number))
    suitable = pool.classes[entry.suitable]
    return suitable.in_time, suitable.late


def test_a_whole_small_pool():
    slots = [
        slot("b", hour=10, places=10, motifs=frozenset({"recepisse", "aes"})),
        slot("a", places=10),
    ]
    people = [
        person(3, left=None, waited=100, motif="aes"),
        person(2, left=-3, waited=10, people=2),
        person(1, left=7, waited=200),
    ]

    pool = frozen(slots, people).to_json()

    assert pool["slots"] == [
        {"slot": "a", "starts_at": "2026-12-01T09:00", "places": 8},
        {"slot": "a/held", "starts_at": "2026-12-01T09:00", "places": 2},
        {"slot": "b", "starts_at": "2026-12-01T10:00", "places": 8},
        {"slot": "b/held", "starts_at": "2026-12-01T10:00", "places": 2},
    ]
    assert pool["quotas"] == [
        # 5 % of the sixteen that are not held, rounded down
        {"quota": "long_wait", "places": 0},
        {"quota": "right_lost", "places": 0},
        {"quota": "no_date", "places": 0},
    ]
    assert pool["classes"] == {
        # nothing in time: the right of person 1 ends on 30 November
        "c1": {"in_time": [], "late": ["a", "a/held", "b", "b/held"]},
        "c2": {"in_time": ["a", "b"], "late": []},
        "c3": {"in_time": ["b"], "late": []},
    }
    assert pool["registrations"] == [
        {
            "label": label(1),
            "class": "c1",
            "band": 0,
            "waited_days": 0,
            "quotas": [],
            "size": 1,
        },
        {
            "label": label(2),
            "class": "c2",
            "band": 2,
            "waited_days": 10,
            "quotas": ["right_lost"],
            "size": 2,
        },
        {
            "label": label(3),
            "class": "c3",
            "band": 3,
            "waited_days": 100,
            "quotas": ["long_wait", "no_date"],
            "size": 1,
        },
    ]


def test_a_night_without_slots_or_people_is_a_pool_too():
    pool = frozen([], [person()])

    assert pool.slots == ()
    assert lists(pool) == ((), ())
    assert [quota.places for quota in pool.quotas] == [0, 0, 0]
    assert frozen([], []).entries == ()


@pytest.mark.parametrize(
    ("left", "in_time", "late"),
    [
        (7, (), ("s",)),
        (8, ("s",), ()),
        (0, (), ("s",)),
        (-1, ("s",), ()),
        (None, ("s",), ()),
    ],
)
def test_a_visit_on_the_last_day_is_in_time_and_a_lost_right_is_never_late(
    left, in_time, late
):
    pool = frozen([slot("s", places=1)], [person(left=left)])

    assert lists(pool) == (in_time, late)


@pytest.mark.parametrize(
    ("changes", "days_ahead"),
    [
        ({"left": None}, [5, 6]),
        ({"left": 15}, [5, 6]),
        ({"left": 14}, [2, 3, 4, 5, 6]),
        ({"left": -1}, [5, 6]),
        (
            {"left": None, "availability": Availability(short_notice=True)},
            [2, 3, 4, 5, 6],
        ),
    ],
)
def test_near_days_are_for_those_who_are_urgent_or_said_they_can(changes, days_ahead):
    slots = [slot(f"d{n}", NIGHT + timedelta(days=n), places=1) for n in range(7)]

    pool = frozen(slots, [person(**changes)])

    in_time, late = lists(pool)
    assert in_time + late == tuple(f"d{n}" for n in days_ahead)
    assert [slot.slot for slot in pool.slots] == [f"d{n}" for n in range(2, 7)]


def test_days_one_cannot_come_other_sites_and_other_motifs_do_not_suit():
    tuesday, wednesday = DECEMBER_1, DECEMBER_1 + timedelta(days=1)
    slots = [
        slot("tuesday", tuesday, places=1),
        slot("wednesday", wednesday, places=1),
        slot("thursday", wednesday + timedelta(days=1), places=1),
        slot("elsewhere", wednesday, places=1, site="vienne"),
        slot("other", wednesday, places=1, motifs=frozenset({"aes"})),
    ]
    cannot = Availability(frozenset({2}), frozenset({wednesday + timedelta(days=1)}))

    pool = frozen(slots, [person(availability=cannot)])

    assert lists(pool) == (("wednesday",), ())


def test_held_places_are_taken_one_by_one_through_the_day():
    slots = [slot(f"s{n}", hour=9 + n, places=3) for n in range(5)]

    held = held_places(slots, NIGHT, Hold(percent=47))

    assert held == {"s0": 2, "s1": 2, "s2": 1, "s3": 1, "s4": 1}


def test_a_day_of_four_places_holds_none():
    assert held_places([slot("s", places=4)], NIGHT, Hold()) == {}


def test_each_site_and_day_holds_its_own_share():
    slots = [
        slot("a", places=4),
        slot("b", places=4, site="vienne"),
        slot("c", DECEMBER_1 + timedelta(days=1), places=5),
    ]

    assert held_places(slots, NIGHT, Hold()) == {"c": 1}


def test_a_day_that_fills_up_keeps_its_held_places():
    almost_full = [
        slot("a", places=0, published=10),
        slot("b", hour=10, places=3, published=10),
    ]

    pool = frozen(almost_full, [person(left=10), person(2, left=20)])

    assert [(slot.slot, slot.places) for slot in pool.slots] == [("b/held", 3)]
    assert lists(pool, 1) == (("b/held",), ())
    assert lists(pool, 2) == ((), ())


@pytest.mark.parametrize(("days_ahead", "held"), [(2, {}), (3, {"s": 2})])
def test_two_days_ahead_held_places_are_for_everybody(days_ahead, held):
    slots = [slot("s", NIGHT + timedelta(days=days_ahead), places=10)]

    assert held_places(slots, NIGHT, Hold()) == held


def test_held_places_that_nobody_needed_are_not_shared_out_anew():
    """They stand again every night until their day; a share of them would add up."""
    given_away = [
        slot(f"s{day}", date(2026, 12, day), places=2, published=10)
        for day in (7, 8, 9)
    ]

    pool = frozen([*given_away, slot("new", date(2026, 12, 10), places=50)], [])

    held = [each.places for each in pool.slots if each.slot.endswith("/held")]
    assert sum(held) == 16
    assert [quota.places for quota in pool.quotas] == [2, 2, 2]


def test_quota_places_are_rounded_down():
    for places, share in ((23, 0), (24, 1), (48, 1), (49, 2)):
        pool = frozen([slot("s", places=places)], [])
        assert [quota.places for quota in pool.quotas] == [share] * 3


@pytest.mark.parametrize(
    ("changes", "quotas", "waited"),
    [
        ({"left": 10, "waited": 200}, (), 0),
        ({"left": 30, "waited": 200}, (), 0),
        ({"left": -1, "waited": 89}, ("right_lost",), 89),
        ({"left": -1, "waited": 90}, ("long_wait", "right_lost"), 90),
        ({"left": 60, "waited": 89}, (), 0),
        ({"left": 60, "waited": 90}, ("long_wait",), 90),
        ({"left": None, "waited": 0}, ("no_date",), 0),
        ({"left": None, "waited": 90}, ("long_wait", "no_date"), 90),
    ],
)
def test_who_may_use_which_quota(changes, quotas, waited):
    entry = frozen([], [person(**changes)]).entries[0]

    assert (entry.quotas, entry.waited_days) == (quotas, waited)


@pytest.mark.parametrize(
    ("slots", "people", "place"),
    [
        ([slot("s"), slot("s", hour=10)], [], "slots"),
        ([], [person(), person()], "registrations"),
        ([], [person(label="abc")], "registrations"),
        ([], [person(waited=-1)], "registrations"),
        ([], [person(people=0)], "registrations"),
        ([], [person(people=9)], "registrations"),
    ],
)
def test_what_could_never_be_drawn_is_not_frozen(slots, people, place):
    with pytest.raises(InvalidPoolError) as refusal:
        frozen(slots, people)

    assert refusal.value.place == place


@pytest.mark.parametrize("prefecture", ["", "Isère", "isere/2026"])
def test_a_pool_belongs_to_a_prefecture(prefecture):
    with pytest.raises(InvalidPoolError):
        freeze(prefecture, NIGHT, DEFAULT_RULESET, [], [])


def test_a_registration_becomes_a_candidate_by_what_its_papers_say():
    facts = RegistrationFacts(
        motif="recepisse",
        sites=frozenset({"vienne"}),
        people=3,
        birth_date=BirthDate.parse("1990"),
        document=DocumentFacts(
            held_document="recepisse_renewal", permit_expires_on=DECEMBER_1
        ),
        registered_on=date(2026, 11, 1),
        availability=Availability(short_notice=True),
    )

    candidate = Candidate.of(label(7), facts, NIGHT)

    assert candidate == Candidate(
        label=label(7),
        motif="recepisse",
        sites=frozenset({"vienne"}),
        end_of_right_on=DECEMBER_1,
        registered_on=date(2026, 11, 1),
        availability=Availability(short_notice=True),
        people=3,
    )
    assert repr(candidate) == "Candidate(00000000…)"


@pytest.mark.parametrize("percent", range(0, 101, 7))
def test_held_places_taken_in_whole_rounds_are_those_taken_one_by_one(percent):
    slots = [slot(f"s{at}", places=at % 4) for at in range(9)]
    wanted = sum(each.places for each in slots) * percent // 100
    left = {each.slot: each.places for each in slots}
    expected: dict[str, int] = {}
    while wanted:
        for name in [name for name, places in left.items() if places][:wanted]:
            expected[name] = expected.get(name, 0) + 1
            left[name] -= 1
            wanted -= 1

    assert held_places(slots, NIGHT, Hold(percent=percent)) == expected

"""A pool is valid as a whole or refused as a whole, and three readers agree."""

import copy
import json
import sys

import pytest

import verify_tour_de_role as alone
from service.draw.canonical import RefusedInputError, parse_strict
from service.draw.model import (
    Entry,
    InvalidPoolError,
    Pool,
    Quota,
    Slot,
    SuitableSlots,
)
from service.draw.registrations import read_registrations
from service.draw.shapes import increasing
from service.draw.verify.reading import check_pool
from tests.strategies_draw import LABELS, entry, pool_of

BIG = 2**53


def sound():
    return pool_of(
        [2, 0, 1],
        [([0, 1], [2]), ([], [])],
        [
            entry(LABELS[0], waited=3, quotas=["q0", "q1"]),
            entry(LABELS[1], "c1", band=2, size=8),
            entry(LABELS[2]),
        ],
        [("q1", 0), ("q0", 5)],
    )


def put(*path, value):
    """Return a change: set a value at a path."""

    def change(pool):
        *way, last = path
        for step in way:
            pool = pool[step]
        pool[last] = value

    return change


def drop(*path):
    """Return a change: take a member away."""

    def change(pool):
        *way, last = path
        for step in way:
            pool = pool[step]
        del pool[last]

    return change


def swap(*path):
    """Return a change: exchange the first two items of an array."""

    def change(pool):
        for step in path:
            pool = pool[step]
        pool[0], pool[1] = pool[1], pool[0]

    return change


def say_yes_to_every_number(pool):
    """Change: where each registration has a number, write true instead."""
    for row in pool["registrations"]:
        row |= {"band": True, "waited_days": True, "size": True}


ROW = ("registrations", 1)
REFUSALS = {
    "pool.spec": [put("spec", value="tour-de-role/draw/2"), drop("spec")],
    "pool.more": [put("more", value=1)],
    "pool.draw": [
        put("draw", value="isere"),
        put("draw", value="Isere/2026-11-23"),
        put("draw", value="/2026-11-23"),
        put("draw", value="isere/2026-02-30"),
        put("draw", value="isere/2026-W01-1"),
        put("draw", value="isere/2026-11-23\n"),
        put("draw", value="isere/٢٠٢٦-11-23"),
        put("draw", value="isere/0000-11-23"),
        put("draw", value=20261123),
        put("draw", value="\ud800"),
        drop("draw"),
    ],
    "pool.ruleset": [put("ruleset", value=[]), drop("ruleset")],
    "pool.ruleset.a[0]": [put("ruleset", value={"a": [0.5]})],
    "pool.slots": [put("slots", value={})],
    "pool.slots[0]": [put("slots", 0, value=[])],
    "pool.slots[1]": [swap("slots")],
    "pool.slots[1].slot": [
        put("slots", 1, "slot", value="d0"),
        drop("slots", 1, "slot"),
    ],
    "pool.slots[0].slot": [put("slots", 0, "slot", value=7)],
    "pool.slots[0].more": [put("slots", 0, "more", value=7)],
    "pool.slots[0].starts_at": [
        put("slots", 0, "starts_at", value=text)
        for text in (
            "2026-12-01",
            "2026-12-01T9:00",
            "2026-12-01T24:00",
            "2026-12-01T23:60",
            "2026-02-29T09:00",
            "2026-12-01T09:00:00",
            "2026-12-01 09:00",
            "2026-12-01T09:00\n",
            "٢026-12-01T09:00",
            None,
        )
    ],
    "pool.slots[0].places": [
        put("slots", 0, "places", value=number) for number in (-1, True, "1", BIG, None)
    ],
    "pool.classes": [put("classes", value=[])],
    "pool.classes.c0": [
        put("classes", "c0", value=[]),
        put("classes", "c0", "late", value=["d0"]),
    ],
    'pool.classes["\\ud800"]': [
        put("classes", "\ud800", value={"in_time": [], "late": []})
    ],
    "pool.classes.c0.in_time": [
        drop("classes", "c0", "in_time"),
        put("classes", "c0", "in_time", value="d0"),
    ],
    "pool.classes.c0.late": [drop("classes", "c0", "late")],
    "pool.classes.c0.more": [put("classes", "c0", "more", value=[])],
    "pool.classes.c0.in_time[1]": [
        swap("classes", "c0", "in_time"),
        put("classes", "c0", "in_time", value=["d0", "d0"]),
        put("classes", "c0", "in_time", value=["d0", "unknown"]),
        put("classes", "c0", "in_time", value=["d0", 7]),
        put("classes", "c0", "in_time", value=["d0", ["d1"]]),
    ],
    "pool.quotas": [put("quotas", value=None)],
    "pool.quotas[1].quota": [
        put("quotas", 1, "quota", value="q1"),
        put("quotas", 1, "quota", value=1),
    ],
    "pool.quotas[1].places": [
        put("quotas", 1, "places", value=-1),
        put("quotas", 1, "places", value=False),
        drop("quotas", 1, "places"),
    ],
    "pool.registrations": [
        put("registrations", value={}),
        drop("registrations"),
    ],
    "pool.registrations[1]": [put(*ROW, value=[]), put(*ROW, value="row")],
    "pool.registrations[1].label": [
        drop(*ROW, "label"),
        swap("registrations"),
        put(*ROW, "label", value=LABELS[0]),
        put(*ROW, "label", value=LABELS[1].upper()),
        put(*ROW, "label", value=LABELS[1][:-1]),
        put(*ROW, "label", value=LABELS[1][:-1] + "g"),
        put(*ROW, "label", value=LABELS[1][:-1] + "é"),
        put(*ROW, "label", value=LABELS[1][:-1] + " "),
        put(*ROW, "label", value=LABELS[1] + "00"),
        put(*ROW, "label", value=7),
        put(*ROW, "label", value=None),
        put(*ROW, "label", value=[LABELS[1]]),
    ],
    "pool.registrations[1].class": [
        drop(*ROW, "class"),
        put(*ROW, "class", value="c2"),
        put(*ROW, "class", value=1),
        put(*ROW, "class", value=["c1"]),
    ],
    "pool.registrations[0].band": [say_yes_to_every_number],
    "pool.registrations[1].band": [
        put(*ROW, "band", value=value) for value in (-1, True, "0", 1.0, None, BIG, [0])
    ],
    "pool.registrations[1].waited_days": [
        put(*ROW, "waited_days", value=value) for value in (-1, False, "3", BIG)
    ],
    "pool.registrations[1].size": [
        put(*ROW, "size", value=value) for value in (0, 9, True, None, "1")
    ],
    "pool.registrations[1].quotas": [
        drop(*ROW, "quotas"),
        put(*ROW, "quotas", value="q0"),
        put(*ROW, "quotas", value=None),
        put(*ROW, "quotas", value={"q0": 1}),
    ],
    "pool.registrations[1].quotas[0]": [
        put(*ROW, "quotas", value=["unknown"]),
        put(*ROW, "quotas", value=[7]),
        put(*ROW, "quotas", value=[["q0"]]),
    ],
    "pool.registrations[1].quotas[1]": [
        put(*ROW, "quotas", value=["q1", "q0"]),
        put(*ROW, "quotas", value=["q0", "q0"]),
    ],
    "pool.registrations[1].more": [put(*ROW, "more", value=1)],
}
CASES = [(place, change) for place, changes in REFUSALS.items() for change in changes]


@pytest.mark.parametrize(
    ("place", "change"),
    CASES,
    ids=[f"{place!a} {at}" for at, (place, _) in enumerate(CASES)],
)
def test_a_pool_that_breaks_the_rule_is_refused_and_the_place_named(place, change):
    pool = sound()
    change(pool)

    with pytest.raises(InvalidPoolError) as refused:
        Pool.from_json(pool)

    assert refused.value.place == place
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("change", [change for _, change in CASES])
def test_the_verifiers_refuse_what_the_draw_refuses(change):
    pool = sound()
    change(pool)
    text = json.dumps(pool).encode()

    with pytest.raises(RefusedInputError):
        check_pool(parse_strict(text))

    assert not keeps_the_rule_alone(text)


def keeps_the_rule_alone(text):
    """Ask the stand-alone verifier."""
    try:
        pool = alone.parse(text)
    except ValueError:
        return False
    return alone.fits(pool, alone.POOL) and alone.keeps_section_1(pool)


@pytest.mark.parametrize("value", [None, [], "pool", 7, {1: 2}])
def test_what_is_no_object_is_no_pool(value):
    with pytest.raises(InvalidPoolError) as refused:
        Pool.from_json(value)

    assert refused.value.place == "pool"


def test_the_sound_pool_is_sound_for_all_three_readers():
    check_pool(sound())

    assert Pool.from_json(sound()).to_json() == sound()
    assert keeps_the_rule_alone(json.dumps(sound()).encode())


@pytest.mark.parametrize(
    "change",
    [
        put("registrations", value=[]),
        put("slots", 0, "slot", value=""),
        put("classes", "", value={"in_time": [], "late": []}),
        put("classes", "c0", "in_time", value=[]),
        put("quotas", 0, "quota", value="open"),
        put("draw", value="9-a/0001-01-01"),
        put("ruleset", value={"any": ["thing", None, True, {"é": 1}]}),
        put("registrations", 0, "band", value=BIG - 1),
        put("registrations", 0, "size", value=8),
    ],
)
def test_what_the_rule_allows_is_not_refused(change):
    pool = sound()
    change(pool)
    if pool["classes"]["c0"]["in_time"] and pool["slots"][0]["slot"] == "":
        pool["classes"]["c0"]["in_time"] = ["", "d1"]
    if {row["quota"] for row in pool["quotas"]} != {"q0", "q1"}:
        pool["registrations"][0]["quotas"] = ["open", "q0"]
        pool["registrations"][0]["quotas"].sort()

    check_pool(pool)

    assert Pool.from_json(pool).to_json() == pool
    assert keeps_the_rule_alone(json.dumps(pool).encode())


def test_registrations_given_as_another_kind_of_object_are_looked_at_one_by_one():
    class Row(dict):
        """An object of a kind that JSON never yields."""

    pool = sound()
    pool["registrations"] = [Row(row) for row in pool["registrations"]]

    assert Pool.from_json(pool).to_json() == sound()


def test_a_pool_is_read_into_plain_values():
    pool = Pool.from_json(sound())

    assert pool == Pool(
        draw="isere/2026-11-23",
        ruleset={"version": "tests"},
        slots=(
            Slot("d0", "2026-12-01T09:00", 2),
            Slot("d1", "2026-12-02T09:00", 0),
            Slot("d2", "2026-12-03T09:00", 1),
        ),
        classes={
            "c0": SuitableSlots(("d0", "d1"), ("d2",)),
            "c1": SuitableSlots((), ()),
        },
        quotas=(Quota("q1", 0), Quota("q0", 5)),
        entries=(
            Entry(LABELS[0], "c0", 0, 3, ("q0", "q1"), 1),
            Entry(LABELS[1], "c1", 2, 0, (), 8),
            Entry(LABELS[2], "c0", 0),
        ),
    )


def test_what_was_read_does_not_change_with_what_it_was_read_from():
    source = sound()
    pool = Pool.from_json(source)
    source["registrations"][0]["quotas"].append("late thought")
    source["classes"]["c0"]["in_time"].append("d2")
    expected = copy.deepcopy(sound())

    assert pool.to_json() == expected


def test_a_list_in_order_is_seen_at_a_glance_and_no_other():
    assert increasing([])
    assert increasing(["a"])
    assert increasing(["a", "b", "c"])
    assert not increasing(["a", "b", "b"])
    assert not increasing(["b", "a", "c"])


def test_sound_registrations_are_seen_at_a_glance_however_many():
    assert steps_to_read(LABELS[:64]) == steps_to_read(LABELS[:3]) > 0


def steps_to_read(labels):
    """Count the functions of the draw called to read as many sound registrations.

    Only the draw's own: the collector may run somebody's finaliser in between.
    """
    rows = [entry(label, quotas=["q0"]) for label in labels]
    steps = []

    def note(frame, event, _argument):
        if event == "call" and frame.f_globals["__name__"].startswith("service.draw."):
            steps.append(frame.f_code.co_name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        read_registrations(rows, "registrations", {"c0"}, {"q0"})
    finally:
        sys.setprofile(before)
    return len(steps)

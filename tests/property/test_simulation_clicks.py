"""The vectorised seconds, against one click after another."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.engine.clicks import Tries, first_come, resolve

PEOPLE = 5
moments = st.integers(0, 20).map(float)


def one_by_one(
    released: list[float], tries: list[tuple[float, int]]
) -> list[tuple[float, int]]:
    left = sorted(released)
    done: set[int] = set()
    wins: list[tuple[float, int]] = []
    for at_s, who in sorted(tries):
        if who in done or not left or left[0] > at_s:
            continue
        left.pop(0)
        wins.append((at_s, who))
        if who < PEOPLE:
            done.add(who)
    return wins


@given(
    released=st.lists(moments, max_size=8),
    tries=st.lists(st.tuples(moments, st.integers(0, 7)), max_size=25),
)
def test_the_running_minimum_is_one_click_after_another(
    released: list[float], tries: list[tuple[float, int]]
) -> None:
    taken, failed = resolve(
        np.arange(len(released), dtype=np.int64),
        np.array(released, dtype=np.float64),
        Tries(
            np.array([at_s for at_s, _ in tries], dtype=np.float64),
            np.array([who for _, who in tries], dtype=np.int64),
        ),
        once_below=PEOPLE,
    )

    expected = one_by_one(released, tries)
    assert list(zip(taken.at_s, taken.who, strict=True)) == expected
    assert len(set(taken.place.tolist())) == len(taken.place)
    assert len(failed) + len(expected) <= len(tries)


@given(
    released=st.lists(moments, max_size=8).map(sorted),
    tries=st.lists(moments, max_size=20).map(sorted),
)
def test_nobody_takes_a_place_before_it_appears(
    released: list[float], tries: list[float]
) -> None:
    found = first_come(np.array(released), np.array(tries))

    for number, at_s in enumerate(tries):
        gone = int(found[: number + 1].sum())
        assert gone <= sum(each <= at_s for each in released)

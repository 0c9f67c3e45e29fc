"""What dies often is started ever more slowly; what was healthy, at once."""

from hypothesis import given
from hypothesis import strategies as st

from service.supervisor.backoff import FIRST_S, HEALTHY_S, LONGEST_S, Backoff


def waits(*ran_for_s):
    backoff = Backoff()
    for seconds in ran_for_s:
        wait_s, backoff = backoff.after(seconds)
        yield wait_s


def test_the_wait_doubles_from_a_fifth_of_a_second_to_ten():
    assert list(waits(*[0] * 8)) == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0]


def test_a_healthy_run_starts_the_waits_over():
    assert list(waits(0, 0, 0, HEALTHY_S, 0)) == [0.2, 0.4, 0.8, 0.2, 0.4]


@given(st.lists(st.floats(0, 100), max_size=50))
def test_a_wait_is_never_shorter_nor_longer_than_said(ran_for_s):
    assert all(FIRST_S <= wait_s <= LONGEST_S for wait_s in waits(*ran_for_s))

"""Which passwords do, and how often one may try, for agents and helpers."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import agent_account, helper_account
from service.domain.help_errors import WeakPasswordError
from service.domain.passwords import refuse_weak
from service.domain.second_factor import (
    WINDOW,
    FailedTry,
    TryKind,
    may_try,
    plain,
    wrong_within,
)

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

DOORS = [
    pytest.param(helper_account.MOST_TRIES, 20, id="helper"),
    pytest.param(agent_account.MOST_TRIES, 10, id="agent"),
]


@pytest.mark.parametrize(
    "password",
    ["short", "x" * 129, "motdepasse123", "aaaaaaaaaaaa", "ines ines ines ines"],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        refuse_weak(password, "ines@passages.example")


def test_a_long_sentence_is_a_password_without_any_rule_of_signs() -> None:
    refuse_weak("le chat dort au soleil", "ines@passages.example")


def failed(kind: TryKind, count: int, minutes_ago: int = 1) -> list[FailedTry]:
    return [FailedTry(kind, NOW - timedelta(minutes=minutes_ago))] * count


@pytest.mark.parametrize(("most", "passwords"), DOORS)
def test_after_five_wrong_codes_nothing_is_looked_at_for_a_while(
    most: Mapping[TryKind, int], passwords: int
) -> None:
    del passwords
    assert may_try(failed(TryKind.CODE, 4), NOW, most)
    assert not may_try(failed(TryKind.CODE, 5), NOW, most)
    assert may_try(failed(TryKind.CODE, 5, minutes_ago=15), NOW, most)


@pytest.mark.parametrize(("most", "passwords"), DOORS)
def test_a_stranger_without_the_password_needs_many_tries_to_delay_its_owner(
    most: Mapping[TryKind, int], passwords: int
) -> None:
    assert may_try(failed(TryKind.PASSWORD, passwords - 1), NOW, most)
    assert not may_try(failed(TryKind.PASSWORD, passwords), NOW, most)


tries = st.lists(
    st.builds(
        FailedTry,
        st.sampled_from(TryKind),
        st.integers(0, 40).map(lambda ago: NOW - timedelta(minutes=ago)),
    ),
    max_size=40,
)


@given(tries, st.randoms())
def test_the_order_of_tries_decides_nothing_and_time_always_heals(
    made: list[FailedTry], luck: object
) -> None:
    most = agent_account.MOST_TRIES
    shuffled = list(made)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]

    assert may_try(made, NOW, most) is may_try(shuffled, NOW, most)
    assert may_try(made, NOW + WINDOW, most)


@given(tries)
def test_a_closed_door_is_one_whose_wrong_tries_of_a_kind_are_all_used(
    made: list[FailedTry],
) -> None:
    most = agent_account.MOST_TRIES
    used = any(wrong_within(made, kind, NOW) >= most[kind] for kind in TryKind)

    assert may_try(made, NOW, most) is not used


@pytest.mark.parametrize("typed", ["123 456", "123-456", " 123\u00a0456 ", "123456"])
def test_a_code_is_read_however_it_is_grouped(typed: str) -> None:
    assert plain(typed) == "123456"


def test_a_recovery_code_is_read_in_capitals_too() -> None:
    assert plain("ABCD-efgh 2345") == "abcdefgh2345"

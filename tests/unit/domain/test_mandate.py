"""Nothing is done in a person's name without a live mandate of that very scope."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.anomalies import (
    Rates,
    Traces,
    Unusual,
    WatchedMandate,
    most_within,
    traces_of,
    unusual,
)
from service.domain.help_errors import (
    CeilingReachedError,
    InvalidMandateError,
    MandateMissingError,
    SharedContactLimitError,
)
from service.domain.mandate import (
    MOST_SHARING,
    Ceilings,
    EndedBy,
    Mandate,
    MandateState,
    Scope,
    refuse_crowded,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

days = st.integers(-400, 800).map(lambda ahead: TODAY + timedelta(days=ahead))
scopes = st.sets(st.sampled_from(Scope), min_size=1)


@given(scopes, st.integers(0, 366), days, st.sampled_from([None, *EndedBy]))
def test_a_mandate_allows_its_scopes_until_its_day_and_nothing_else(
    held: set[Scope], length: int, day: date, ended_by: EndedBy | None
) -> None:
    mandate = Mandate(
        scopes=frozenset(held),
        begins_on=TODAY,
        ends_on=TODAY + timedelta(days=length),
        ended_by=ended_by,
    )

    for scope in Scope:
        expected = scope in held and ended_by is None and day <= mandate.ends_on
        assert mandate.allows(scope, day) is expected
        if not expected:
            with pytest.raises(MandateMissingError):
                mandate.require(scope, day)


@pytest.mark.parametrize(
    ("ended_by", "state"),
    [
        (None, MandateState.LIVE),
        (EndedBy.PERSON, MandateState.REVOKED),
        (EndedBy.HELPER, MandateState.GIVEN_UP),
        (EndedBy.AGENT, MandateState.STOPPED),
        (EndedBy.TIME, MandateState.EXPIRED),
    ],
)
def test_how_a_mandate_ended_stays_said(
    ended_by: EndedBy | None, state: MandateState
) -> None:
    mandate = Mandate(
        scopes=frozenset({Scope.FOLLOW}),
        begins_on=TODAY,
        ends_on=TODAY,
        ended_by=ended_by,
    )

    assert mandate.state_on(TODAY) is state
    if ended_by is None:
        assert mandate.state_on(TODAY + timedelta(days=1)) is MandateState.EXPIRED


@pytest.mark.parametrize(
    ("asked", "length", "field"),
    [
        ([], 10, "scopes"),
        (["register", "withdraw"], 10, "scopes"),
        (["register"], -1, "ends_on"),
        (["register"], 367, "ends_on"),
    ],
)
def test_a_mandate_without_scope_or_without_end_is_not_made(
    asked: list[str], length: int, field: str
) -> None:
    with pytest.raises(InvalidMandateError) as refused:
        Mandate.make(asked, today=TODAY, ends_on=TODAY + timedelta(days=length))

    assert refused.value.field == field


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_ceiling_lets_pass_exactly_what_it_says_is_left(
    live: int, today: int
) -> None:
    ceilings = Ceilings(live=30, per_day=10)

    if ceilings.left(live=live, today=today):
        ceilings.refuse_more(live=live, today=today)
    else:
        with pytest.raises(CeilingReachedError):
            ceilings.refuse_more(live=live, today=today)


def test_a_contact_may_be_shared_by_a_household_and_not_by_a_list() -> None:
    refuse_crowded(MOST_SHARING - 1)
    with pytest.raises(SharedContactLimitError):
        refuse_crowded(MOST_SHARING)


def watched(person: int, **changes: object) -> WatchedMandate:
    known: dict[str, object] = {
        "opened_at": NOW,
        "person": bytes([person]),
        "name": b"name %d" % person,
        "contacts": frozenset({b"contact %d" % person}),
        "is_revoked": False,
        "offers": 1,
        "turned_down": 0,
        "unanswered": 0,
    }
    return WatchedMandate(**{**known, **changes})  # type: ignore[arg-type]


def traces(count: int, **changes: object) -> Traces:
    """Mandates a day apart, nothing unusual about them unless told."""
    return traces_of(
        [
            watched(at, **{"opened_at": NOW + timedelta(days=at), **changes})
            for at in range(count)
        ]
    )


def test_an_ordinary_organisation_shows_nothing_unusual() -> None:
    assert unusual(traces(40), [traces(30)]) == ()


def test_each_trace_of_a_click_farm_is_shown() -> None:
    ordinary = [traces(40)]

    assert unusual(traces_of([watched(at) for at in range(50)]), ordinary) == (
        Unusual.BURST,
    )
    assert unusual(traces(20, contacts=frozenset({b"one"})), ordinary) == (
        Unusual.SHARED_CONTACT,
    )
    assert unusual(traces(20, name=b"same"), ordinary) == (Unusual.REPEATED_NAME,)
    assert unusual(traces(20, is_revoked=True), ordinary) == (Unusual.REVOKED,)
    assert unusual(traces(20, turned_down=1), ordinary) == (Unusual.TURNED_DOWN,)
    assert unusual(traces(20, unanswered=1), ordinary) == (Unusual.UNANSWERED,)


def test_a_few_refusals_or_what_everybody_has_say_nothing() -> None:
    assert unusual(traces(5, turned_down=1), [traces(40)]) == ()
    assert unusual(traces(40, turned_down=1), [traces(40, turned_down=1)]) == ()


def test_one_person_registered_again_is_no_second_name() -> None:
    again = traces_of([watched(1), watched(1)])

    assert again.repeated_names == 0
    assert again.most_sharing == 1


def test_three_people_of_one_telephone_are_a_household() -> None:
    assert traces(3, contacts=frozenset({b"one"})).shared_contacts == 0
    assert traces(4, contacts=frozenset({b"one"})).shared_contacts == 1


@given(st.lists(st.integers(0, 300), max_size=40))
def test_the_busiest_hour_is_found_whatever_the_order(minutes: list[int]) -> None:
    instants = [NOW + timedelta(minutes=minute) for minute in minutes]
    slow = max(
        (sum(start <= other < start + 60 for other in minutes) for start in minutes),
        default=0,
    )

    assert most_within(instants, timedelta(hours=1)) == slow
    assert most_within(instants[::-1], timedelta(hours=1)) == slow


def rated(confirmed: int, given_back: int, expected: int, absent: int) -> Traces:
    rates = Rates(
        confirmed=confirmed, given_back=given_back, expected=expected, absent=absent
    )
    return replace(traces_of([]), rates=rates)


def test_absences_and_places_given_back_are_compared_with_the_whole_list() -> None:
    pool = Rates(confirmed=1000, given_back=100, expected=1000, absent=150)

    found = unusual(rated(40, 12, 30, 12), [], pool)

    assert found == (Unusual.GIVEN_BACK, Unusual.ABSENT)
    assert unusual(rated(40, 7, 30, 8), [], pool) == ()


def test_two_absences_of_three_say_nothing() -> None:
    pool = Rates(confirmed=1000, given_back=10, expected=1000, absent=10)

    assert unusual(rated(9, 9, 9, 9), [], pool) == ()
    assert unusual(rated(10, 10, 10, 10), [], pool) == (
        Unusual.GIVEN_BACK,
        Unusual.ABSENT,
    )

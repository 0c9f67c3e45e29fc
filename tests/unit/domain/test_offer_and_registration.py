from datetime import UTC, date, datetime

import pytest

from service.domain.availability import Availability
from service.domain.birth_date import BirthDate
from service.domain.errors import (
    InvalidPeopleError,
    MissingSiteError,
    OfferNotOpenError,
    RegistrationNotLiveError,
    UnknownMotifError,
)
from service.domain.offer import (
    FREES_ITS_PLACE,
    OfferState,
    after_cancellation,
    after_refusal,
    confirm_by,
    move_offer,
    reaches_in_time,
    waits_since_after_no_show,
)
from service.domain.permits import DocumentFacts
from service.domain.registration import (
    RegistrationFacts,
    RegistrationState,
    move_registration,
)
from service.domain.ruleset import DEFAULT_RULESET

NIGHT = date(2026, 11, 23)


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("handed_over", "starts", "by"),
    [
        # 48 hours, when the appointment is far enough
        (
            "2026-11-23T20:40:00+01:00",
            "2026-12-01T09:00",
            "2026-11-25T20:40:00+01:00",
        ),
        # else 18:00 on the day before
        (
            "2026-11-23T20:40:00+01:00",
            "2026-11-25T16:00",
            "2026-11-24T18:00:00+01:00",
        ),
        # 48 hours really pass when clocks go forward and back
        (
            "2026-03-28T18:00:00+01:00",
            "2026-04-06T09:00",
            "2026-03-30T19:00:00+02:00",
        ),
        (
            "2026-10-24T20:00:00+02:00",
            "2026-11-02T09:00",
            "2026-10-26T19:00:00+01:00",
        ),
        # never at night, on a week-end or on a holiday: the next working day at ten
        (
            "2026-11-26T20:40:00+01:00",
            "2026-12-10T09:00",
            "2026-11-30T10:00:00+01:00",
        ),
        (
            "2027-03-27T12:00:00+01:00",
            "2027-04-05T09:00",
            "2027-03-30T10:00:00+02:00",
        ),
        (
            "2026-11-23T23:30:00+01:00",
            "2026-12-10T09:00",
            "2026-11-26T10:00:00+01:00",
        ),
    ],
)
def test_an_offer_is_confirmed_within_two_days_and_before_the_eve(
    handed_over, starts, by
):
    found = confirm_by(at(handed_over), at(starts), DEFAULT_RULESET)

    assert found == at(by)
    assert found.tzinfo is UTC


def test_an_offer_that_reaches_its_person_too_late_must_not_lapse():
    starts = at("2026-11-25T09:00")

    assert reaches_in_time(at("2026-11-24T17:59:59+01:00"), starts, DEFAULT_RULESET)
    assert not reaches_in_time(at("2026-11-24T18:00:00+01:00"), starts, DEFAULT_RULESET)


@pytest.mark.parametrize(
    ("declines", "back_on"),
    [
        (1, date(2026, 11, 24)),
        (2, date(2026, 11, 30)),
        (3, date(2026, 11, 30)),
    ],
)
def test_the_first_decline_costs_one_night_and_later_ones_seven(declines, back_on):
    assert after_refusal(declines, NIGHT, DEFAULT_RULESET) == back_on


def test_who_cancels_sits_out_the_night_of_the_freed_place():
    assert after_cancellation(NIGHT) == date(2026, 11, 24)


def test_who_did_not_come_may_register_again_and_waits_anew():
    assert waits_since_after_no_show(NIGHT) == NIGHT


OFFER_ARROWS = {
    ("awaiting", "confirmed"),
    ("awaiting", "declined"),
    ("awaiting", "lapsed"),
    ("awaiting", "cancelled"),
    ("confirmed", "cancelled"),
}


@pytest.mark.parametrize("state", OfferState)
@pytest.mark.parametrize("to", OfferState)
def test_an_offer_only_goes_where_it_may(state, to):
    if (state, to) in OFFER_ARROWS:
        assert move_offer(state, to) is to
    else:
        with pytest.raises(OfferNotOpenError):
            move_offer(state, to)


def test_a_place_that_is_not_wanted_is_freed():
    assert {"declined", "lapsed", "cancelled"} == FREES_ITS_PLACE


REGISTRATION_ARROWS = {
    ("live", "live"),
    ("live", "served"),
    ("live", "withdrawn"),
    ("live", "lapsed"),
    ("live", "joined"),
    ("served", "live"),
    ("served", "lapsed"),
    ("lapsed", "live"),
    ("joined", "withdrawn"),
}


@pytest.mark.parametrize("state", RegistrationState)
@pytest.mark.parametrize("to", RegistrationState)
def test_a_registration_only_goes_where_it_may(state, to):
    if (state, to) in REGISTRATION_ARROWS:
        assert move_registration(state, to) is to
    else:
        with pytest.raises(RegistrationNotLiveError):
            move_registration(state, to)


def facts(**changes):
    values = {
        "motif": "recepisse",
        "sites": frozenset({"grenoble"}),
        "people": 1,
        "birth_date": BirthDate.parse("1990"),
        "document": DocumentFacts(
            held_document="recepisse_renewal", permit_expires_on=date(2026, 12, 1)
        ),
        "registered_on": NIGHT,
        "availability": Availability(),
    }
    return RegistrationFacts(**values | changes)


def test_a_registration_takes_part_from_its_day_on():
    registered = facts(registered_on=NIGHT)

    assert not registered.takes_part_on(date(2026, 11, 22))
    assert registered.takes_part_on(NIGHT)
    assert registered.takes_part_on(date(2028, 1, 1))


def test_who_sits_out_takes_part_again_on_the_night_named():
    registered = facts(registered_on=date(2026, 11, 1), back_on=NIGHT)

    assert not registered.takes_part_on(date(2026, 11, 22))
    assert registered.takes_part_on(NIGHT)


def test_the_band_uses_the_end_of_the_right():
    assert facts().end_of_right(NIGHT).basis == "paper-end"
    assert facts().end_for_band(NIGHT) == date(2026, 12, 1)


def test_an_unsure_end_counts_once_an_agent_has_looked():
    document = DocumentFacts(
        held_document="unknown", permit_expires_on=date(2026, 12, 1)
    )

    assert facts(document=document).end_for_band(NIGHT) is None
    assert facts(document=document, checked_by_agent=True).end_for_band(NIGHT) == date(
        2026, 12, 1
    )


def test_a_night_caught_up_late_does_not_stop_for_a_fact_of_the_next_day():
    document = DocumentFacts(
        held_document="cst",
        permit_expires_on=date(2026, 12, 1),
        requested_on=date(2026, 11, 24),
    )

    assert facts(document=document).end_for_band(NIGHT) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"motif": "x"}, UnknownMotifError, "motif"),
        ({"sites": frozenset()}, MissingSiteError, "sites"),
        ({"people": 0}, InvalidPeopleError, "people"),
        ({"people": 9}, InvalidPeopleError, "people"),
    ],
)
def test_impossible_facts_are_refused_at_their_field(changes, error, field):
    with pytest.raises(error) as refusal:
        facts(**changes)

    assert refusal.value.field == field


def test_no_repr_shows_a_registration():
    assert repr(facts()) == "RegistrationFacts(recepisse)"

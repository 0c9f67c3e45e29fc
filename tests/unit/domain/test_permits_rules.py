from datetime import date

import pytest

from service.domain.birth_date import BirthDate
from service.domain.permits import rules

# E, ANEF window, other window, grace (R5), cliff (R6): permits.md § 1.1
EXAMPLES = """
2026-12-31 2026-09-02 2026-11-01 2026-10-31 2027-03-31 2027-06-30
2027-04-30 2026-12-31 2027-03-01 2027-02-28 2027-07-30 2027-10-30
2027-08-31 2027-05-03 2027-07-02 2027-06-30 2027-11-30 2028-02-29
"""
AS_DAYS = [
    tuple(map(date.fromisoformat, line.split()))
    for line in EXAMPLES.strip().splitlines()
]


@pytest.mark.parametrize(
    ("end", "anef_from", "anef_to", "other_from", "grace", "cliff"), AS_DAYS
)
def test_the_table_of_examples(end, anef_from, anef_to, other_from, grace, cliff):
    anef = rules.filing_window(end, on_anef=True)
    other = rules.filing_window(end, on_anef=False)

    assert rules.right_ends_on(end) == end
    assert (anef.opens_on, anef.closes_on) == (anef_from, anef_to)
    assert (other.opens_on, other.closes_on) == (other_from, end)
    assert rules.grace_until(end, requested_on=end) == grace
    assert rules.second_cliff(end, requested_on=None) == cliff
    assert rules.useful_from(end, on_anef=False) == other_from
    assert rules.useful_from(end, on_anef=True) == anef_from


def test_help_with_an_online_file_is_due_when_its_window_closes_then_at_the_end():
    end, closes = date(2026, 12, 31), date(2026, 11, 1)

    assert rules.online_deadline(end, today=date(2026, 10, 1)) == closes
    assert rules.online_deadline(end, today=closes) == closes
    assert rules.online_deadline(end, today=date(2026, 11, 2)) == end


def test_the_grace_is_for_who_has_asked_before_it_ends():
    end = date(2026, 12, 31)

    assert rules.grace_until(end, requested_on=None) is None
    assert rules.grace_until(end, date(2027, 3, 31)) == date(2027, 3, 31)
    assert rules.grace_until(end, date(2027, 4, 1)) is None


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("2022-12-01", "2026-11-30", True),
        ("2022-12-01", "2026-12-01", True),
        ("2024-02-29", "2028-02-28", True),
        ("2022-12-01", "2026-11-29", False),
        ("2023-12-01", "2026-11-30", False),
    ],
)
def test_only_four_years_exactly_are_four_years(starts, ends, expected):
    lasted = rules.lasted_four_years(
        date.fromisoformat(starts), date.fromisoformat(ends)
    )

    assert lasted is expected


def test_a_card_without_its_first_day_is_not_known_to_last_four_years():
    assert not rules.lasted_four_years(None, date(2026, 12, 31))


def test_a_request_in_time_takes_the_second_cliff_away():
    end = date(2026, 12, 31)

    assert rules.second_cliff(end, date(2027, 6, 30)) is None
    assert rules.second_cliff(end, date(2027, 7, 1)) == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("requested", "excuse", "due"),
    [
        (date(2026, 12, 31), {}, False),
        (date(2027, 1, 1), {}, True),
        (date(2027, 1, 1), {"was_prevented": True}, False),
        (date(2027, 1, 1), {"holds_valid_visa": True}, False),
    ],
)
def test_a_late_request_costs_the_fee_unless_excused(requested, excuse, due):
    assert rules.late_fee_due(date(2026, 12, 31), requested, **excuse) is due


def test_the_last_day_is_included_and_no_convocation_prolongs_it():
    end = date(2026, 12, 31)

    assert rules.is_covered(end, end)
    assert not rules.is_covered(end, date(2027, 1, 1))
    assert rules.is_covered(None, date(2099, 1, 1))


@pytest.mark.parametrize(
    ("born", "listed", "expected"),
    [
        ("2008-11-30", True, date(2027, 11, 29)),
        ("2008-11-30", False, date(2027, 1, 30)),
        ("2008-02-29", False, date(2026, 4, 28)),
        ("2008-02-29", True, date(2027, 2, 27)),
        ("2008-12-31", False, date(2027, 2, 28)),
        ("2008-11", True, None),
        ("2008", False, None),
    ],
)
def test_at_majority(born, listed, expected):
    deadline = rules.majority_deadline(BirthDate.parse(born), is_listed=listed)

    assert deadline == expected


def test_a_first_request_is_due_two_months_after_entry_three_for_eu_families():
    entered = date(2026, 12, 31)

    assert rules.first_request_by(entered) == date(2027, 2, 28)
    assert rules.first_request_by(entered, is_eu_family=True) == date(2027, 3, 31)
    assert rules.validate_visa_by(entered) == date(2027, 3, 31)


def test_silence_is_a_refusal_after_four_months_or_the_days_of_the_ground():
    complete = date(2026, 10, 31)

    assert rules.refused_by_silence_on(complete) == date(2027, 2, 28)
    assert rules.refused_by_silence_on(complete, days=90) == date(2027, 1, 29)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-03-15", -15, "2024-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_are_calendar_months_clamped_to_their_last_day(day, months, expected):
    found = rules.add_months(date.fromisoformat(day), months)

    assert found.isoformat() == expected

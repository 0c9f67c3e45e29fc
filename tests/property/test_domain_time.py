"""What holds for every date, right, band, night and offer."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from service.domain.bands import band_of
from service.domain.night import (
    PARIS,
    first_night_open_at,
    freeze_instant,
    instant_of,
    paris_date,
)
from service.domain.offer import (
    after_refusal,
    confirm_by,
    latest_answer,
    reaches_in_time,
)
from service.domain.permits import Confidence, end_of_right, rules
from service.domain.ruleset import DEFAULT_RULESET, Ruleset
from service.domain.sending import humane_deadline
from service.domain.slots import SlotPlan
from tests.strategies_domain import (
    NIGHT,
    birth_dates,
    days,
    document_facts,
    families,
    instants,
    rulesets,
    some_rulesets,
)


@given(day=days, months=st.integers(-36, 36))
def test_months_are_clamped_never_spilled(day, months):
    found = rules.add_months(day, months)

    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@given(day=days)
def test_every_window_opens_before_it_closes_and_cliffs_come_after_graces(day):
    for on_anef in (True, False):
        window = rules.filing_window(day, on_anef=on_anef)
        assert window.opens_on < window.closes_on <= day
    grace, cliff = rules.grace_until(day, day), rules.second_cliff(day, None)
    assert day < grace < cliff


@given(facts=document_facts(), family=families, born=birth_dates)
def test_every_end_of_right_names_its_source_and_never_uses_the_grace(
    facts, family, born
):
    end = end_of_right(facts, motif_family=family, birth_date=born, today=NIGHT)

    assert end.source
    assert end.on is None or end.on != end.grace_until
    if end.confidence is Confidence.UNSURE:
        assert end.on_for_band() is None
    else:
        assert end.on_for_band() == end.on


@given(
    facts=document_facts(), family=families, born=birth_dates, wait=st.integers(0, 900)
)
def test_what_was_accepted_once_is_accepted_on_every_later_night(
    facts, family, born, wait
):
    later = NIGHT + timedelta(days=wait)

    end = end_of_right(facts, motif_family=family, birth_date=born, today=later)

    assert end.basis


@given(
    facts=document_facts(), family=families, born=birth_dates, wait=st.integers(0, 900)
)
def test_waiting_never_brings_a_deadline_nearer(facts, family, born, wait):
    def on(today):
        found = end_of_right(facts, motif_family=family, birth_date=born, today=today)
        return found.on

    now, later = on(NIGHT), on(NIGHT + timedelta(days=wait))

    assert later is None or (now is not None and now <= later)


@given(end=st.none() | days, ruleset=some_rulesets)
def test_everyone_has_one_band_and_no_date_is_the_last(end, ruleset):
    band = band_of(end, NIGHT, ruleset)

    assert band.number in range(4)
    assert (band.reason_code == "no_date") == (end is None)
    assert (band.number == 2) == (end is not None and end < NIGHT)


@given(one=days, other=days, ruleset=some_rulesets)
def test_a_nearer_end_never_has_a_worse_band(one, other, ruleset):
    nearer, farther = sorted((max(one, NIGHT), max(other, NIGHT)))

    assert (
        band_of(nearer, NIGHT, ruleset).number
        <= band_of(farther, NIGHT, ruleset).number
    )


@given(ruleset=rulesets())
def test_a_ruleset_is_read_back_from_what_is_published(ruleset):
    assert Ruleset.from_json(ruleset.to_json()) == ruleset


@given(now=instants, ruleset=some_rulesets)
def test_a_registration_enters_the_first_night_not_yet_frozen(now, ruleset):
    night = first_night_open_at(now, ruleset)

    assert freeze_instant(night - timedelta(days=1), ruleset) <= now
    assert now < freeze_instant(night, ruleset)


@given(night=days, ruleset=some_rulesets)
def test_the_freeze_happens_once_at_the_hour_that_was_published(night, ruleset):
    instant = freeze_instant(night, ruleset)
    wall = instant.astimezone(PARIS)

    assert wall.date() == night
    assert wall.time() == ruleset.clock.freeze_at
    assert wall.replace(fold=1) == wall


@given(one=instants, other=instants, ruleset=some_rulesets)
def test_who_registers_earlier_never_enters_a_later_night(one, other, ruleset):
    early, late = sorted((one, other))

    assert first_night_open_at(early, ruleset) <= first_night_open_at(late, ruleset)


@given(handed_over=instants, ahead=st.integers(0, 60), hour=st.integers(6, 21))
def test_nobody_confirms_after_two_days_nor_on_the_day_itself(handed_over, ahead, hour):
    day = paris_date(handed_over) + timedelta(days=ahead)
    starts_at = datetime.fromisoformat(f"{day}T{hour:02}:00")

    by = confirm_by(handed_over, starts_at, DEFAULT_RULESET)

    latest = latest_answer(starts_at, DEFAULT_RULESET)
    assert min(handed_over + timedelta(hours=48), latest) <= by <= latest
    assert by <= handed_over + timedelta(hours=48 + 5 * 24)
    assert by == latest or humane_deadline(by) == by
    assert by < instant_of(starts_at) - timedelta(hours=11)
    assert (handed_over < by) == reaches_in_time(
        handed_over, starts_at, DEFAULT_RULESET
    )
    assert by.tzinfo is UTC


@given(declines=st.integers(1, 20), night=days, ruleset=some_rulesets)
def test_a_refusal_never_bars_for_good_and_always_skips_the_freed_place(
    declines, night, ruleset
):
    back_on = after_refusal(declines, night, ruleset)

    assert night < back_on <= night + timedelta(days=60)
    assert back_on <= after_refusal(declines + 1, night, ruleset)


@given(
    opens=st.integers(6, 20),
    length=st.integers(1, 120),
    minutes=st.integers(5, 240),
    guichets=st.integers(1, 4),
)
def test_the_slots_of_a_plan_do_not_overlap_and_end_in_time(
    opens, length, minutes, guichets
):
    closes = datetime(2026, 12, 1, opens, tzinfo=UTC) + timedelta(
        minutes=length + minutes
    )
    assume(closes.date() == date(2026, 12, 1) and closes.hour < 22)
    plan = SlotPlan(
        site="grenoble",
        day=date(2026, 12, 1),
        opens=datetime(2026, 12, 1, opens, tzinfo=UTC).time(),
        closes=closes.time(),
        minutes=minutes,
        guichets=guichets,
        motifs=frozenset({"aes"}),
    )

    slots = plan.slots("p")

    step = timedelta(minutes=minutes)
    starts = [slot.starts_at for slot in slots]
    assert len(starts) == len(set(starts)) == len({slot.slot for slot in slots})
    assert all(b - a == step for a, b in pairwise(starts))
    assert starts[-1] + step <= closes.replace(tzinfo=None) < starts[-1] + 2 * step

from datetime import date

import pytest

from service.domain.birth_date import BirthDate
from service.domain.errors import (
    ImplausibleDateError,
    ImplausibleExpiryError,
    PermitDatesReversedError,
    UnknownHeldDocumentError,
)
from service.domain.motifs import MotifFamily
from service.domain.permits import (
    HELD_DOCUMENTS,
    Confidence,
    DocumentFacts,
    RightUntil,
    end_of_right,
    held_document,
)

TODAY = date(2026, 11, 22)
END = date(2026, 12, 31)
BORN = BirthDate.parse("1990-05-04")
DEPOSIT = MotifFamily.DEPOSIT


def the_end(held="cst", *, family=DEPOSIT, born=BORN, today=TODAY, **facts):
    facts.setdefault("permit_expires_on", END)
    return end_of_right(
        DocumentFacts(held_document=held, **facts),
        motif_family=family,
        birth_date=born,
        today=today,
    )


@pytest.mark.parametrize(
    "held",
    sorted(
        slug
        for slug, kind in HELD_DOCUMENTS.items()
        if kind.until in (RightUntil.PRINTED_END, RightUntil.PAPER_END)
    ),
)
def test_most_papers_end_on_the_day_printed_on_them(held):
    end = the_end(held)

    assert end.on == end.on_for_band() == END
    assert end.basis in ("printed-end", "paper-end")
    assert end.source == HELD_DOCUMENTS[held].articles
    assert end.confidence is HELD_DOCUMENTS[held].confidence


def test_a_card_shows_when_to_come_at_the_earliest_and_when_a_visa_is_needed_again():
    end = the_end("cst")

    assert end.not_before == date(2026, 10, 31)
    assert end.cliff_on == date(2027, 6, 30)
    assert end.grace_until is None


def test_a_request_already_filed_takes_the_cliff_away():
    assert the_end("cst", requested_on=TODAY).cliff_on is None


@pytest.mark.parametrize(
    ("held", "basis"),
    [
        ("resident_ue", "status-outlives-card"),
        ("resident_permanent", "status-outlives-card"),
        ("eu_family", "status-outlives-card"),
        ("refugee", "status-outlives-card"),
        ("favourable_decision", "favourable-decision"),
        ("dcem", "nothing-lost"),
        ("tir", "nothing-lost"),
        ("travel_document", "nothing-lost"),
        ("none", "no-document"),
    ],
)
def test_where_no_right_ends_with_the_paper_there_is_no_date(held, basis):
    end = the_end(held)

    assert (end.on, end.basis) == (None, basis)
    assert (end.not_before, end.grace_until, end.cliff_on) == (None, None, None)


@pytest.mark.parametrize(
    ("held", "basis"),
    [
        ("asylum_attestation", "decision-pending"),
        ("deposit_attestation", "earlier-card"),
        ("unknown", "kind-unknown"),
        (None, "kind-unknown"),
    ],
)
def test_an_unsure_date_lifts_no_band_before_an_agent_has_looked(held, basis):
    end = the_end(held)

    assert (end.on, end.basis, end.confidence) == (END, basis, Confidence.UNSURE)
    assert end.on_for_band() is None
    assert end.on_for_band(checked_by_agent=True) == END


def test_leaving_the_kind_out_is_the_same_as_not_knowing_it():
    assert the_end(None) == the_end("unknown")


@pytest.mark.parametrize("held", [None, "cst", "recepisse_first", "vls", "unknown"])
def test_without_a_date_there_is_none(held):
    end = the_end(held, permit_expires_on=None)

    assert (end.on, end.basis) == (None, "no-date-given")
    assert end.on_for_band(checked_by_agent=True) is None


@pytest.mark.parametrize(
    ("held", "starts", "requested", "expected"),
    [
        ("csp_4y", date(2023, 1, 1), TODAY, date(2027, 3, 31)),
        ("csp_4y", date(2023, 1, 1), None, None),
        ("csp_4y", None, TODAY, None),
        ("csp_4y", date(2024, 1, 1), TODAY, None),
        ("talent", date(2023, 1, 1), TODAY, date(2027, 3, 31)),
        ("talent", date(2024, 6, 1), TODAY, None),
        ("subsidiary_protection", date(2023, 1, 1), TODAY, date(2027, 3, 31)),
        ("resident", None, TODAY, date(2027, 3, 31)),
        ("cra_10y", None, TODAY, date(2027, 3, 31)),
        ("cst", date(2023, 1, 1), TODAY, None),
        ("csp_short", date(2023, 1, 1), TODAY, None),
        ("cra_1y", date(2023, 1, 1), TODAY, None),
    ],
)
def test_three_months_more_are_shown_and_never_used(held, starts, requested, expected):
    end = the_end(held, permit_starts_on=starts, requested_on=requested)

    assert end.grace_until == expected
    assert end.on_for_band(checked_by_agent=True) == END


@pytest.mark.parametrize(
    ("expires", "entered", "on", "basis"),
    [
        (END, date(2026, 10, 15), date(2026, 12, 15), "entry-and-two-months"),
        (END, date(2026, 11, 15), END, "paper-end"),
        (END, None, END, "paper-end"),
        (None, date(2026, 10, 15), date(2026, 12, 15), "entry-and-two-months"),
        (END, date(2026, 10, 31), END, "paper-end"),
    ],
)
def test_of_the_two_dates_of_a_long_stay_visa_the_earlier_counts(
    expires, entered, on, basis
):
    end = the_end("vls", permit_expires_on=expires, entered_on=entered)

    assert (end.on, end.basis) == (on, basis)


@pytest.mark.parametrize(
    ("requested", "on", "basis"),
    [
        (date(2026, 9, 8), date(2027, 8, 19), "paper-end"),
        (date(2026, 10, 28), date(2027, 8, 19), "paper-end"),
        (date(2026, 10, 29), date(2026, 10, 28), "entry-and-two-months"),
        (None, date(2026, 10, 28), "entry-and-two-months"),
    ],
)
def test_who_filed_within_two_months_of_entering_has_the_visa_left(
    requested, on, basis
):
    end = the_end(
        "vls",
        permit_expires_on=date(2027, 8, 19),
        entered_on=date(2026, 8, 28),
        requested_on=requested,
    )

    assert (end.on, end.basis) == (on, basis)


@pytest.mark.parametrize(
    ("today", "on", "basis"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), "online-window"),
        (date(2026, 11, 1), date(2026, 11, 1), "online-window"),
        (date(2026, 11, 2), END, "printed-end"),
        (date(2027, 5, 1), END, "printed-end"),
    ],
)
def test_online_help_is_due_when_the_window_closes_then_at_the_end(today, on, basis):
    end = the_end("resident", family=MotifFamily.ANEF_HELP, today=today)

    assert (end.on, end.basis) == (on, basis)
    assert end.not_before == date(2026, 9, 2)
    assert end.cliff_on == date(2027, 6, 30)


def test_online_help_under_a_recepisse_is_due_when_the_paper_ends():
    end = the_end("recepisse_renewal", family=MotifFamily.ANEF_HELP)

    assert (end.on, end.basis, end.not_before) == (END, "paper-end", None)


@pytest.mark.parametrize("family", [MotifFamily.PROVISIONAL, MotifFamily.COLLECTION])
def test_other_visits_are_never_too_early(family):
    end = the_end("cst", family=family)

    assert (end.on, end.not_before) == (END, None)


def test_an_undated_motif_has_no_date_whatever_the_card_says():
    end = the_end("cst", family=MotifFamily.UNDATED)

    assert (end.on, end.basis) == (None, "undated-motif")


@pytest.mark.parametrize(
    ("today", "on", "basis"),
    [
        (date(2026, 11, 22), date(2027, 1, 30), "majority-18-and-two-months"),
        (date(2027, 1, 30), date(2027, 1, 30), "majority-18-and-two-months"),
        (date(2027, 1, 31), date(2027, 11, 29), "majority-eve-of-19"),
        (date(2028, 11, 29), date(2027, 11, 29), "majority-eve-of-19"),
        (date(2028, 11, 30), None, "past-majority"),
    ],
)
def test_at_majority_the_earlier_date_counts_while_it_is_possible(today, on, basis):
    end = the_end(
        None,
        family=MotifFamily.MAJORITY,
        born=BirthDate.parse("2008-11-30"),
        today=today,
        permit_expires_on=None,
    )

    assert (end.on, end.basis) == (on, basis)


def test_a_birth_date_not_known_to_the_day_gives_no_date_at_majority():
    end = the_end(family=MotifFamily.MAJORITY, born=BirthDate.parse("2008-11"))

    assert (end.on, end.basis) == (None, "birth-date-incomplete")


@pytest.mark.parametrize(
    "expires", [date(1989, 12, 31), date(2041, 11, 23), date(2056, 1, 1), date.max]
)
def test_an_end_that_no_permit_has_is_refused_by_name(expires):
    with pytest.raises(ImplausibleExpiryError) as refusal:
        the_end(permit_expires_on=expires)

    assert refusal.value.field == "permit_expires_on"
    assert str(expires.year) not in str(refusal.value)


@pytest.mark.parametrize("expires", [date(1990, 1, 1), date(2041, 11, 22)])
def test_an_end_at_the_edge_is_accepted(expires):
    assert the_end(permit_expires_on=expires).on == expires


@pytest.mark.parametrize("field", ["permit_starts_on", "entered_on", "requested_on"])
@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2050, 1, 1)])
def test_other_impossible_dates_are_refused_at_their_field(field, day):
    with pytest.raises(ImplausibleDateError) as refusal:
        the_end(permit_expires_on=None, **{field: day})

    assert refusal.value.field == field


@pytest.mark.parametrize("field", ["entered_on", "requested_on"])
def test_what_happened_did_not_happen_tomorrow(field):
    with pytest.raises(ImplausibleDateError):
        the_end(**{field: date(2026, 11, 23)})


def test_a_card_that_starts_soon_is_accepted():
    assert the_end(permit_starts_on=date(2026, 12, 1)).on == END


def test_a_permit_that_ends_before_it_starts_is_refused():
    with pytest.raises(PermitDatesReversedError) as refusal:
        DocumentFacts(permit_starts_on=END, permit_expires_on=TODAY)

    assert refusal.value.field == "permit_expires_on"


@pytest.mark.parametrize("held", ["", "carte", "cst ", "unnamed"])
def test_an_unknown_kind_of_paper_is_refused(held):
    with pytest.raises(UnknownHeldDocumentError) as refusal:
        DocumentFacts(held_document=held)

    assert refusal.value.field == "held_document"


def test_every_kind_names_its_article_and_how_sure_it_is():
    assert len(HELD_DOCUMENTS) == 32
    for slug, kind in HELD_DOCUMENTS.items():
        assert held_document(slug) is kind
        assert kind.slug == slug
        assert kind.name_fr
        assert kind.articles
        assert kind.confidence in Confidence


def test_no_repr_shows_a_date_of_a_person():
    facts = DocumentFacts(held_document="cst", permit_expires_on=END)

    assert "2026" not in repr((facts, the_end()))

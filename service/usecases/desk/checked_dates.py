"""Which date counts for a registration, whoever changed what: one place for all.

The person's own facts order at once. What an agent read on paper makes an unsure rule
count too (permits.md § 1.1), and a court's day comes before both.

Every use case that stores a date of somebody who is registered comes through here:

- ``amend_registration``: the person's own words, also through a helper's mandate;
- ``check_dates`` (the file, the urgency claim, the renewed paper) and ``correct_date``
  (a place is held): what one agent read. ``second_agent`` says when another is asked;
- ``decide_check``: the second agent;
- ``freeze_night``: deadlines that move by themselves, from facts stored already.

``register_applicant`` (desk, telephone, paper, list of holders, mandate) makes new
registrations only, on the person's own words: whoever is known keeps what is stored.
``tests/architecture/test_dates_come_through_one_door.py`` fails when another appears.
"""

from dataclasses import replace
from datetime import date

from service.domain.birth_date import BirthDate
from service.domain.checks import end_with_order
from service.domain.permits import Basis, DocumentFacts
from service.usecases.public.describe_prefecture import end_of_right_of
from service.usecases.records import RegistrationRecord
from service.usecases.records.doors import DateCheckRecord


def with_facts(
    record: RegistrationRecord,
    facts: DocumentFacts,
    check: DateCheckRecord | None,
    *,
    birth_date: BirthDate,
    today: date,
    already_accepted: bool = False,
) -> RegistrationRecord:
    """Return the registration with these facts, and the day that they and a check give.

    Args:
        record: The registration.
        facts: Of the paper held, as its person or an agent says now.
        check: The newest standing check; it vouches for the facts it holds only.
        birth_date: For the deadline at majority.
        today: Europe/Paris; the night, at a freeze.
        already_accepted: The facts were judged before.

    Raises:
        ImplausibleExpiryError, ImplausibleDateError: A date nobody's paper has.
    """
    end = end_of_right_of(
        facts,
        motif=record.motif,
        birth_date=birth_date,
        today=today,
        already_accepted=already_accepted,
    )
    own = end.on_for_band(checked_by_agent=is_about(check, facts))
    counted = end_with_order(own, check.ordered_by if check else None)
    return replace(
        record,
        held_document=facts.held_document,
        permit_expires_on=facts.permit_expires_on,
        permit_starts_on=facts.permit_starts_on,
        entered_on=facts.entered_on,
        requested_on=facts.requested_on,
        end_of_right_on=counted,
        end_of_right_basis=end.basis if counted == own else Basis.COURT_ORDER,
    )


def is_about(check: DateCheckRecord | None, facts: DocumentFacts) -> bool:
    """Say whether a check vouches for exactly these facts."""
    return check is not None and check.facts == facts

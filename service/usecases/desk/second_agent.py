"""When what one agent read on paper needs a second agent, whichever page it came by.

Source: mechanism.md § 6 (a band changes on a verified fact, certified by two agents);
reliability.md § 2.6 (no screen lets one person give a place to a chosen person).
"""

from dataclasses import replace
from datetime import date

from service.domain.birth_date import BirthDate
from service.domain.checks import becomes_more_urgent
from service.usecases.desk.checked_dates import with_facts
from service.usecases.night.plan_nights import open_night
from service.usecases.person.view_registration import facts_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import RegistrationRecord
from service.usecases.records.doors import DateCheckRecord


async def is_more_urgent(
    record: RegistrationRecord,
    changed: RegistrationRecord,
    check: DateCheckRecord,
    *,
    birth_date: BirthDate,
    today: date,
    uow: UnitOfWork,
    ports: Ports,
) -> bool:
    """Say whether what an agent read orders before the person's own words, believed.

    Then a second agent certifies, whether or not a place is held: whoever holds one can
    give it back, and would stand before others by the word of one agent alone.

    Args:
        record: As it is stored.
        changed: As the dates read would make it.
        check: What was read.
        birth_date: Of the person.
        today: Europe/Paris.
        uow: The open transaction.
        ports: The clock.
    """
    own = facts_of(record)
    believed = with_facts(
        record,
        own,
        replace(check, facts=own, ordered_by=None),
        birth_date=birth_date,
        today=today,
        already_accepted=True,
    )
    standing = min(
        (d for d in (believed.end_of_right_on, record.end_of_right_on) if d),
        default=None,
    )
    night = await open_night(
        record.prefecture, uow=uow, now=ports.clock.now(), lock=False
    )
    ruleset = await uow.directory.ruleset_on(record.prefecture, night.held_on)
    return becomes_more_urgent(
        standing, changed.end_of_right_on, night=night.held_on, ruleset=ruleset
    )

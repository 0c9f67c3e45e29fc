"""The two long lists about mandates, each one statement."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    cast,
    exists,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.sql.selectable import LateralFromClause

from service.adapters.postgres import mandate_tables as t
from service.adapters.postgres.doors_tables import visit
from service.adapters.postgres.tables import (
    entry,
    night,
    offer,
    outbox,
    registration,
    slot,
)
from service.domain.mandate import Scope

_M = t.mandate.c
_R = registration.c
_PUBLISHED = ("published", "notified")


_BY_THE_PREFECTURE = exists().where(
    outbox.c.offer_id == offer.c.id, outbox.c.kind == "cancelled_by_prefecture"
)
_WAS_CONFIRMED = (offer.c.state == "confirmed") | (
    (offer.c.state == "cancelled") & ~_BY_THE_PREFECTURE & visit.c.excuse.is_(None)
)
_RATES: tuple[tuple[str, ColumnElement[int]], ...] = (
    ("confirmed", cast(_WAS_CONFIRMED, Integer)),
    (
        "given_back",
        cast(_WAS_CONFIRMED & (offer.c.state == "cancelled"), Integer),
    ),
    ("expected", cast(visit.c.outcome.is_not(None), Integer)),
    (
        "absent",
        cast((visit.c.outcome == "absent") & visit.c.excuse.is_(None), Integer),
    ),
)
"""What is counted of each offer. A place that the prefecture took back is nobody's
doing, and an absence with an accepted reason is no absence."""


def is_live(today: date) -> ColumnElement[bool]:
    """Nobody has ended it, and its last day has not passed."""
    return _M.ended_at.is_(None) & (_M.ends_on >= today)


def _last_entry() -> LateralFromClause:
    """The last published night of a registration."""
    return (
        select(night.c.held_on, entry.c.result)
        .join(night, night.c.id == entry.c.night_id)
        .where(entry.c.registration_id == _R.id, night.c.state.in_(_PUBLISHED))
        .order_by(night.c.held_on.desc())
        .limit(1)
        .correlate(registration)
        .lateral("last_entry")
    )


def _last_offer() -> LateralFromClause:
    """The last offer that a published night made."""
    return (
        select(offer.c.state, slot.c.site, slot.c.starts_at, offer.c.confirm_by)
        .join(slot, slot.c.id == offer.c.slot_id)
        .join(night, night.c.id == offer.c.night_id)
        .where(offer.c.registration_id == _R.id, night.c.state.in_(_PUBLISHED))
        .order_by(offer.c.made_at.desc(), offer.c.id)
        .limit(1)
        .correlate(registration)
        .lateral("last_offer")
    )


def followed_query(organisation_id: UUID, today: date) -> Executable:
    """One statement for the whole list: the last night and the last offer beside."""
    last_entry, last_offer = _last_entry(), _last_offer()
    return (
        select(
            _M.id.label("mandate_id"),
            _R.id.label("registration_id"),
            _R.reference,
            _R.motif,
            _R.state,
            (_R.state == "joined").label("is_joined"),
            _R.first_night_on,
            _R.sealed_identity,
            _R.end_of_right_on,
            _R.registered_at,
            _R.back_on,
            _M.ends_on.label("mandate_ends_on"),
            _M.scopes,
            last_entry.c.held_on.label("last_night_on"),
            last_entry.c.result.label("last_result"),
            last_offer.c.state.label("offer_state"),
            last_offer.c.site.label("offer_site"),
            last_offer.c.starts_at.label("offer_starts_at"),
            last_offer.c.confirm_by.label("offer_confirm_by"),
        )
        .select_from(t.mandate)
        .join(registration, _R.id == _M.registration_id)
        .outerjoin(last_entry, true())
        .outerjoin(last_offer, true())
        .where(
            _M.organisation_id == organisation_id,
            is_live(today),
            literal(Scope.FOLLOW.value) == func.any(_M.scopes),
        )
        .order_by(_R.registered_at, _R.reference)
    )


def rates_query(prefecture: str, since: datetime) -> Executable:
    """Places said yes to and visits of everybody in a prefecture."""
    return (
        select(*(func.coalesce(func.sum(one), 0).label(n) for n, one in _RATES))
        .select_from(offer)
        .join(registration, _R.id == offer.c.registration_id)
        .outerjoin(visit, visit.c.offer_id == offer.c.id)
        .where(_R.prefecture == prefecture, offer.c.made_at >= since)
    )


def _rates_of_registration() -> LateralFromClause:
    """The same of one registration."""
    return (
        select(*(func.coalesce(func.sum(one), 0).label(n) for n, one in _RATES))
        .select_from(offer)
        .outerjoin(visit, visit.c.offer_id == offer.c.id)
        .where(offer.c.registration_id == _R.id)
        .correlate(registration)
        .lateral("rates")
    )


def watched_query(prefecture: str, since: datetime) -> Executable:
    """Every mandate of a prefecture opened since then, with counts of offers."""

    def offers(*states: str) -> ColumnElement[int]:
        counted = select(func.count()).where(offer.c.registration_id == _R.id)
        if states:
            counted = counted.where(offer.c.state.in_(states))
        return counted.correlate(registration).scalar_subquery()

    rates = _rates_of_registration()
    return (
        select(
            _M.organisation_id,
            _R.id.label("registration_id"),
            _M.opened_at,
            _M.ended_by,
            _R.applicant_key,
            _R.state.label("registration_state"),
            _R.sealed_identity,
            _R.sealed_contact,
            offers().label("offers"),
            offers("declined", "cancelled").label("offers_turned_down"),
            offers("lapsed").label("offers_unanswered"),
            rates.c.confirmed,
            rates.c.given_back,
            rates.c.expected,
            rates.c.absent,
        )
        .select_from(t.mandate)
        .join(registration, _R.id == _M.registration_id)
        .join(rates, true())
        .where(
            _M.opened_at >= since,
            exists().where(
                t.organisation.c.id == _M.organisation_id,
                t.organisation.c.prefecture == prefecture,
            ),
        )
        .order_by(_M.opened_at, _M.id)
    )

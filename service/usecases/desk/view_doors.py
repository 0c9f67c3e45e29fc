"""What the other doors add to the view of a registration."""

from collections.abc import Iterable, Mapping
from typing import Final

from service.domain.checks import standing_of
from service.domain.desk_acts import NEVER_SHOWN
from service.domain.permits import DocumentFacts, EndOfRight
from service.usecases.desk.checked_dates import is_about
from service.usecases.desk.doors_views import (
    ClaimView,
    CompanionView,
    DateView,
    DeskActView,
    DoorsView,
    ReadyView,
)
from service.usecases.person.personal import open_companions
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import RegistrationRecord, SiteRecord
from service.usecases.records.desk_acts import DeskActRecord
from service.usecases.records.doors import ClaimRecord

SHOWN_ACTS: Final = 20


async def doors_of(
    record: RegistrationRecord,
    end: EndOfRight | None,
    band: int,
    sites: Mapping[str, SiteRecord],
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> DoorsView:
    """Return family, standing of the date, claims, ready permit and renewal."""
    traces = await uow.doors.traces_of(record.id)
    renewal = None
    if "renewal" in traces:
        renewal = await uow.doors.lists.renewal_of(record.id)
    return DoorsView(
        dates=await _dates(record, end, band, traces, uow=uow),
        companions=await _family(record, traces, uow=uow, ports=ports),
        claims=await _claims(record, traces, uow=uow),
        ready=await _ready(record, sites, uow=uow) if "ready" in traces else None,
        renewed_until=renewal.renewed_until if renewal else None,
        renewal_ended_it=renewal.ended_registration if renewal else False,
        may_be_repeated="asked" in traces,
        channel=record.channel,
        desk_acts=await _acts(record, traces, uow=uow),
    )


async def _acts(
    record: RegistrationRecord, traces: frozenset[str], *, uow: UnitOfWork
) -> tuple[DeskActView, ...]:
    if "desk_act" not in traces:
        return ()
    return acts_shown(await uow.desk_acts.of(record.id, SHOWN_ACTS))


def acts_shown(noted: Iterable[DeskActRecord]) -> tuple[DeskActView, ...]:
    """Return what agents noted, the newest first as it comes."""
    return tuple(
        DeskActView(act=one.act, shown=one.shown, at=one.noted_at, by=one.agent_name)
        for one in noted
    )


def done_at_desk(noted: Iterable[DeskActRecord]) -> tuple[DeskActView, ...]:
    """Return the same without what was not done: calls that reached nobody."""
    return tuple(one for one in acts_shown(noted) if one.act not in NEVER_SHOWN)


async def _family(
    record: RegistrationRecord,
    traces: frozenset[str],
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> tuple[CompanionView, ...]:
    if "companions" not in traces:
        return ()
    sealed = await uow.doors.companions.of(record.id)
    return tuple(
        CompanionView(
            family_name=one.names.family_name,
            given_names=one.names.given_names,
            birth_date=one.birth_date.text,
        )
        for one in open_companions(sealed, record.id, ports.sealer)
    )


async def _claims(
    record: RegistrationRecord, traces: frozenset[str], *, uow: UnitOfWork
) -> tuple[ClaimView, ...]:
    if "claim" not in traces:
        return ()
    return tuple(_claim(one) for one in await uow.doors.claims.of(record.id))


async def _dates(
    record: RegistrationRecord,
    end: EndOfRight | None,
    band: int,
    traces: frozenset[str],
    *,
    uow: UnitOfWork,
) -> DateView:
    if end is None:
        return DateView(standing="declared")
    check = None
    if "check" in traces:
        check = await uow.doors.checks.last_standing(record.id)
    awaits_second = "awaiting" in traces
    is_checked = is_about(check, _facts(record))
    standing = standing_of(end, band=band, is_checked=is_checked)
    if check is None or not is_checked:
        return DateView(
            standing=standing,
            ordered_by=check.ordered_by if check else None,
            awaits_second=awaits_second,
        )
    return DateView(
        standing=standing,
        seen=check.seen,
        checked_at=check.checked_at,
        checked_by=check.checked_by_name,
        ordered_by=check.ordered_by,
        awaits_second=awaits_second,
    )


def _facts(record: RegistrationRecord) -> DocumentFacts:
    return DocumentFacts(
        held_document=record.held_document,
        permit_expires_on=record.permit_expires_on,
        permit_starts_on=record.permit_starts_on,
        entered_on=record.entered_on,
        requested_on=record.requested_on,
    )


def _claim(claim: ClaimRecord) -> ClaimView:
    return ClaimView(
        ground=claim.ground,
        made_at=claim.made_at,
        answer_by=claim.answer_by,
        answered_at=claim.answered_at,
        answer=claim.answer,
        reason=claim.reason,
    )


async def _ready(
    record: RegistrationRecord, sites: Mapping[str, SiteRecord], *, uow: UnitOfWork
) -> ReadyView | None:
    ready = await uow.doors.lists.ready_of(record.id)
    if ready is None:
        return None
    site = sites.get(ready.site)
    return ReadyView(
        site_name=site.name if site else ready.site,
        site_address=site.address if site else "",
        collect_at=ready.collect_at,
        hours=tuple(
            (one.weekday, one.opens, one.closes)
            for one in await uow.doors.lists.hours(record.prefecture)
            if one.site == ready.site
        ),
    )

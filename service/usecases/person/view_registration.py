"""Where a person stands: first the answer, then the reason, then the detail."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from service.domain.bands import Band, BandReason, band_of
from service.domain.birth_date import BirthDate
from service.domain.contact import Contact
from service.domain.identity import Identity
from service.domain.night import paris_date, wall_of
from service.domain.offer import OfferState
from service.domain.permits import Basis, DocumentFacts, EndOfRight
from service.domain.registration import RegistrationState
from service.domain.ruleset import BAND_LATER, Ruleset
from service.usecases.commands import Access, MandateAccess
from service.usecases.desk.doors_views import DoorsView
from service.usecases.desk.view_doors import doors_of
from service.usecases.helper.mandate_views import MandateView, view_of_mandate
from service.usecases.night.plan_nights import open_night
from service.usecases.night.watch_nights import UNDRAWN
from service.usecases.person.access import opened
from service.usecases.person.earlier_refusals import without_what_is_not_told
from service.usecases.person.personal import open_contact, open_identity
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.public.describe_prefecture import end_of_right_of
from service.usecases.records import (
    NightRecord,
    OfferRecord,
    RegistrationRecord,
    SiteRecord,
)
from service.usecases.views import OfferView, RegistrationView


async def view_registration(access: Access, *, ports: Ports) -> RegistrationView:
    """Return everything its person may know of a registration.

    Raises:
        UnknownResourceError: No such reference, or another secret.
    """
    async with ports.open_uow() as uow:
        now = ports.clock.now()
        record = await opened(access, uow, now=now)
        if record.proved_at == now and not isinstance(access, MandateAccess):
            await uow.registrations.prove(record.id, now)
        view = await view_of(record, uow=uow, ports=ports)
        await uow.commit()
    return view


async def view_of(
    record: RegistrationRecord, *, uow: UnitOfWork, ports: Ports
) -> RegistrationView:
    """Return the view of a registration that is already opened.

    Who proved nothing yet (``access``) sees all of it until their first night is
    frozen, then what was typed and no more: a repeated registration and a first one
    look alike for ever (ADR 0005 and its successor).
    """
    view = await whole_view_of(record, uow=uow, ports=ports)
    if record.proved_at is None and view.next_night_on > record.first_night_on:
        return _without_news(view)
    return await without_what_is_not_told(view, record, uow=uow, ports=ports)


async def whole_view_of(
    record: RegistrationRecord, *, uow: UnitOfWork, ports: Ports
) -> RegistrationView:
    """Return all there is to know, for what goes to the recorded contact alone.

    A message is how a contact is proved: it may not wait for the proof.
    """
    now = ports.clock.now()
    night, ruleset = await _next_night(record.prefecture, now, uow)
    sites = {site.code: site for site in await uow.directory.sites(record.prefecture)}
    offer = await uow.offers.last_of(record.id)
    identity, contact = _opened_words(record, ports)
    end = _end_of_right(record, now, identity.birth_date if identity else None)
    band = _band(record, night, ruleset)
    return RegistrationView(
        reference=record.reference,
        state="live" if record.state is RegistrationState.JOINED else record.state,
        prefecture=record.prefecture,
        prefecture_name=await _name_of(record.prefecture, uow),
        motif=record.motif,
        sites=record.sites,
        site_names=tuple(sites[code].name for code in record.sites if code in sites),
        family_name=identity.names.family_name if identity else "",
        given_names=identity.names.given_names if identity else None,
        masked_email=_masked_email(contact),
        masked_phone=_masked_phone(contact),
        language=record.language,
        registered_at=record.registered_at,
        waiting_since_on=record.waiting_since_on,
        first_night_on=record.first_night_on,
        next_night_on=night.held_on,
        next_freeze_at=night.freeze_at,
        takes_part_next=_takes_part(record, night, offer),
        back_on=record.back_on,
        held_document=record.held_document,
        permit_expires_on=record.permit_expires_on,
        permit_starts_on=record.permit_starts_on,
        entered_on=record.entered_on,
        requested_on=record.requested_on,
        end_of_right_on=record.end_of_right_on,
        end_of_right_basis=record.end_of_right_basis,
        end_of_right_source=end.source if end else "",
        grace_until=end.grace_until if end else None,
        not_before=end.not_before if end else None,
        cliff_on=end.cliff_on if end else None,
        band=band.number,
        band_reason=band.reason_code,
        availability=record.availability,
        people=record.people,
        nights=tuple(await uow.nights.history_of(record.id)),
        offer=await _offer_view(offer, sites, record, ruleset, uow=uow, now=now),
        new_contact_from=record.new_contact_from,
        stopped_night_on=await _stopped(record.prefecture, uow),
        awaits_first_band=await _awaits_first_band(record, offer, uow),
        doors=await doors_of(record, end, band.number, sites, uow=uow, ports=ports),
        mandates=await _mandates(record.id, now, uow),
    )


def _opened_words(
    record: RegistrationRecord, ports: Ports
) -> tuple[Identity | None, Contact | None]:
    return (
        open_identity(record.sealed_identity, record.id, ports.sealer),
        open_contact(record.sealed_contact, record.id, ports.sealer),
    )


def _band(record: RegistrationRecord, night: NightRecord, ruleset: Ruleset) -> Band:
    return band_of(
        record.end_of_right_on,
        night.held_on,
        ruleset,
        is_displaced=record.displaced_on is not None,
    )


def _without_news(view: RegistrationView) -> RegistrationView:
    """Leave what was typed and when: the same of a repeated registration."""
    is_over = view.state == "withdrawn"
    return replace(
        view,
        needs_proof=True,
        state="withdrawn" if is_over else "live",
        takes_part_next=not is_over,
        back_on=None,
        nights=(),
        offer=None,
        awaits_first_band=False,
        held_document=None,
        permit_expires_on=None,
        permit_starts_on=None,
        entered_on=None,
        requested_on=None,
        end_of_right_on=None,
        end_of_right_basis=Basis.NO_DATE_GIVEN,
        end_of_right_source="",
        grace_until=None,
        not_before=None,
        cliff_on=None,
        band=BAND_LATER,
        band_reason=BandReason.NO_DATE,
        doors=DoorsView(channel=view.doors.channel, companions=view.doors.companions),
    )


async def _name_of(prefecture: str, uow: UnitOfWork) -> str:
    return await uow.directory.prefecture_name(prefecture) or prefecture


async def _mandates(
    registration_id: UUID, now: datetime, uow: UnitOfWork
) -> tuple[MandateView, ...]:
    found = await uow.mandates.of_registration(registration_id)
    return tuple(view_of_mandate(one, paris_date(now)) for one in found)


async def _next_night(
    prefecture: str, now: datetime, uow: UnitOfWork
) -> tuple[NightRecord, Ruleset]:
    night = await open_night(prefecture, uow=uow, now=now, lock=False)
    return night, await uow.directory.ruleset_on(prefecture, night.held_on)


async def _awaits_first_band(
    record: RegistrationRecord, offer: OfferRecord | None, uow: UnitOfWork
) -> bool:
    if (
        record.state is not RegistrationState.LIVE
        or offer is None
        or offer.state is not OfferState.CANCELLED
    ):
        return False
    return await uow.cancellations.awaits(record.id)


async def _stopped(prefecture: str, uow: UnitOfWork) -> date | None:
    """Return the first night that everybody here waits for, if a check stopped one."""
    return next(
        (
            night.held_on
            for night in await uow.nights.stopped()
            if night.prefecture == prefecture and night.state in UNDRAWN
        ),
        None,
    )


def _takes_part(
    record: RegistrationRecord, night: NightRecord, offer: OfferRecord | None
) -> bool:
    """Mirror of ``Registrations.standing``, for the sentence on the page."""
    holds = offer is not None and offer.state in (
        OfferState.AWAITING,
        OfferState.CONFIRMED,
    )
    sits_out = record.back_on is not None and record.back_on > night.held_on
    return (
        record.state in (RegistrationState.LIVE, RegistrationState.JOINED)
        and not holds
        and not sits_out
    )


async def _offer_view(
    offer: OfferRecord | None,
    sites: dict[str, SiteRecord],
    record: RegistrationRecord,
    ruleset: Ruleset,
    *,
    uow: UnitOfWork,
    now: datetime,
) -> OfferView | None:
    if offer is None:
        return None
    site = sites.get(offer.site)
    is_over = offer.starts_at + timedelta(minutes=offer.minutes) <= wall_of(now)
    visit = None
    if is_over and offer.state is OfferState.CONFIRMED:
        visit = await uow.doors.visits.of_offer(offer.id)
    return OfferView(
        state=offer.state,
        held_on=offer.held_on,
        site=offer.site,
        site_name=site.name if site else offer.site,
        site_address=site.address if site else "",
        starts_at=offer.starts_at,
        minutes=offer.minutes,
        made_at=offer.made_at,
        confirm_by=offer.confirm_by,
        next_refusal_is_free=record.declines < ruleset.offer.free_declines,
        sit_out_nights=ruleset.offer.sit_out_nights,
        is_over=is_over,
        was_absent=visit is not None and visit.is_unexcused,
    )


def _end_of_right(
    record: RegistrationRecord, now: datetime, birth_date: BirthDate | None
) -> EndOfRight | None:
    if birth_date is None:
        return None
    return end_of_right_of(
        facts_of(record),
        motif=record.motif,
        birth_date=birth_date,
        today=paris_date(now),
        already_accepted=True,
    )


def facts_of(record: RegistrationRecord) -> DocumentFacts:
    """Return what the person told of the paper they hold."""
    return DocumentFacts(
        held_document=record.held_document,
        permit_expires_on=record.permit_expires_on,
        permit_starts_on=record.permit_starts_on,
        entered_on=record.entered_on,
        requested_on=record.requested_on,
    )


def _masked_email(contact: Contact | None) -> str | None:
    if contact is None or contact.email is None:
        return None
    name, _, domain = contact.email.text.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _masked_phone(contact: Contact | None) -> str | None:
    if contact is None or contact.phone is None:
        return None
    return f"…{contact.phone.text[-2:]}"

"""What an applicant is shown over the API: an explicit projection, no row."""

from datetime import date, datetime
from typing import Literal, Self

from pydantic import ConfigDict

from service.usecases.records import EntryRecord
from service.usecases.views import Acknowledgement, OfferView, RegistrationView
from service.web.v1.fields import Outbound


class AcknowledgementOut(Outbound):
    """The same for everybody, known or new: keep both, the secret is shown once."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reference": "7K4M92QXT",
                    "secret": "mfrggzdfmztwq2lknnwg23tpobyxe43u",
                    "follow_up_url": "https://exemple.example/acces/7K4M92QXT/mfrg…",
                }
            ]
        }
    )

    reference: str
    secret: str
    follow_up_url: str

    @classmethod
    def of(cls, acknowledgement: Acknowledgement, public_url: str) -> Self:
        """Project an acknowledgement."""
        return cls(
            reference=acknowledgement.reference,
            secret=acknowledgement.secret,
            follow_up_url=follow_up_url(
                public_url, acknowledgement.reference, acknowledgement.secret
            ),
        )


def follow_up_url(public_url: str, reference: str, secret: str) -> str:
    """Return the personal link; opening it shows a button, nothing more."""
    return f"{public_url.rstrip('/')}/acces/{reference}/{secret}"


class OfferOut(Outbound):
    """A place offered, or confirmed."""

    state: str
    held_on: date
    site: str
    site_name: str
    site_address: str
    starts_at: datetime
    minutes: int
    made_at: datetime
    confirm_by: datetime
    next_refusal_is_free: bool
    is_over: bool
    was_absent: bool

    @classmethod
    def of(cls, offer: OfferView) -> Self:
        """Project an offer."""
        return cls(
            state=offer.state,
            held_on=offer.held_on,
            site=offer.site,
            site_name=offer.site_name,
            site_address=offer.site_address,
            starts_at=offer.starts_at,
            minutes=offer.minutes,
            made_at=offer.made_at,
            confirm_by=offer.confirm_by,
            next_refusal_is_free=offer.next_refusal_is_free,
            is_over=offer.is_over,
            was_absent=offer.was_absent,
        )


class NightEntryOut(Outbound):
    """One night this registration took part in."""

    held_on: date
    label: str
    band: int
    ticket: str
    rank: int
    entries: int
    result: Literal["served", "places_taken", "no_suitable_place"]

    @classmethod
    def of(cls, entry: EntryRecord) -> Self:
        """Project an entry."""
        return cls.model_validate(
            {
                "held_on": entry.held_on,
                "label": entry.label,
                "band": entry.band,
                "ticket": entry.ticket,
                "rank": entry.rank,
                "entries": entry.entries,
                "result": entry.result,
            }
        )


class BandOut(Outbound):
    """The urgency band and why."""

    number: int
    reason: str
    end_of_right_on: date | None
    end_of_right_basis: str
    end_of_right_source: str
    grace_until: date | None
    not_before: date | None
    cliff_on: date | None


class DocumentOut(Outbound):
    """The document and dates as declared."""

    held_document: str | None
    permit_expires_on: date | None
    permit_starts_on: date | None
    entered_on: date | None
    requested_on: date | None


class AvailabilityOut(Outbound):
    """Days on which the person cannot come."""

    weekdays_excluded: list[int]
    dates_excluded: list[date]
    short_notice: bool


class RegistrationOut(Outbound):
    """Where a registration stands; contacts are masked, the identity is not told.

    With ``needs_proof``, nights, offer, band, document and dates are left out.
    """

    reference: str
    state: str
    needs_proof: bool
    prefecture: str
    motif: str
    sites: list[str]
    masked_email: str | None
    masked_phone: str | None
    language: str
    registered_at: datetime
    waiting_since_on: date
    first_night_on: date
    next_night_on: date
    next_freeze_at: datetime
    takes_part_next: bool
    back_on: date | None
    document: DocumentOut
    band: BandOut
    availability: AvailabilityOut
    people: int
    companions_named: bool
    date_standing: str
    nights: list[NightEntryOut]
    offer: OfferOut | None

    @classmethod
    def of(cls, view: RegistrationView) -> Self:
        """Project a registration."""
        return cls(
            reference=view.reference,
            state=view.state,
            needs_proof=view.needs_proof,
            prefecture=view.prefecture,
            motif=view.motif,
            sites=list(view.sites),
            masked_email=view.masked_email,
            masked_phone=view.masked_phone,
            language=view.language,
            registered_at=view.registered_at,
            waiting_since_on=view.waiting_since_on,
            first_night_on=view.first_night_on,
            next_night_on=view.next_night_on,
            next_freeze_at=view.next_freeze_at,
            takes_part_next=view.takes_part_next,
            back_on=view.back_on,
            document=_document(view),
            band=_band(view),
            availability=AvailabilityOut(
                weekdays_excluded=sorted(view.availability.weekdays_excluded),
                dates_excluded=sorted(view.availability.dates_excluded),
                short_notice=view.availability.short_notice,
            ),
            people=view.people,
            companions_named=len(view.doors.companions) == view.people - 1,
            date_standing=view.doors.dates.standing,
            nights=[NightEntryOut.of(entry) for entry in view.nights],
            offer=OfferOut.of(view.offer) if view.offer else None,
        )


def _document(view: RegistrationView) -> DocumentOut:
    return DocumentOut(
        held_document=view.held_document,
        permit_expires_on=view.permit_expires_on,
        permit_starts_on=view.permit_starts_on,
        entered_on=view.entered_on,
        requested_on=view.requested_on,
    )


def _band(view: RegistrationView) -> BandOut:
    return BandOut(
        number=view.band,
        reason=view.band_reason,
        end_of_right_on=view.end_of_right_on,
        end_of_right_basis=view.end_of_right_basis,
        end_of_right_source=view.end_of_right_source,
        grace_until=view.grace_until,
        not_before=view.not_before,
        cliff_on=view.cliff_on,
    )

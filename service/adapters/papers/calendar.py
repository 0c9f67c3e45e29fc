"""The appointment as a calendar file, and its cancellation (RFC 5545, RFC 5546).

The title tells no motif: calendars stand open on desks and locked screens.
"""

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from service.adapters.papers.coming import (
    before_you_come,
    call_for,
    papers_to_bring,
    way_in,
)
from service.domain.guide import NO_GUIDE, Guide
from service.domain.night import PARIS
from service.usecases.views import OfferView, RegistrationView
from service.words.i18n import Words, words_in

if TYPE_CHECKING:
    from icalendar import Component, Event, Timezone

ALARM_BEFORE: Final = timedelta(hours=48)
_ZONE: Final = "Europe/Paris"
_PRODUCT: Final = "-//Tour de rôle//Convocation//FR"


class NoAppointmentError(Exception):
    """There is neither a confirmed appointment nor one that was given back."""


def calendar_of(
    view: RegistrationView,
    *,
    language: str | None = None,
    phone: str | None = None,
    guide: Guide = NO_GUIDE,
) -> bytes:
    """Write the appointment of a registration; cancelled once it was given back.

    The identifier never changes, so that a calendar replaces what it holds; equal
    arguments give equal bytes.

    Args:
        view: With the last offer, confirmed or cancelled.
        language: Of the text; the one the person chose when left out.
        phone: The prefecture's, as printed.
        guide: What the prefecture states of its places and papers.

    Raises:
        NoAppointmentError: The last offer was never confirmed.
    """
    from icalendar import Calendar

    offer = view.offer
    if offer is None or offer.state not in {"confirmed", "cancelled"}:
        raise NoAppointmentError
    is_cancelled = offer.state == "cancelled"
    calendar = Calendar()
    _put(calendar, "prodid", _PRODUCT)
    _put(calendar, "version", "2.0")
    _put(calendar, "method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(_paris_zone())
    words = words_in(language or view.language)
    event = _event(view, offer, words=words)
    if not is_cancelled:
        _put(event, "description", _description(view, offer, words, phone, guide))
        _add_alarm(event, words)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(view: RegistrationView, offer: OfferView, *, words: Words) -> "Event":
    from icalendar import Event, vCalAddress

    is_cancelled = offer.state == "cancelled"
    starts_at = offer.starts_at.replace(tzinfo=PARIS)
    event = Event()
    _put(event, "uid", identifier(view, offer))
    _put(event, "sequence", 1 if is_cancelled else 0)
    _put(event, "dtstamp", offer.made_at)
    _put(event, "dtstart", starts_at)
    _put(event, "dtend", starts_at + timedelta(minutes=offer.minutes))
    title = words.gettext("Rendez-vous à la préfecture")
    if is_cancelled:
        title = words.gettext("Annulé : rendez-vous à la préfecture")
    _put(event, "summary", title)
    _put(event, "location", f"{offer.site_name}, {offer.site_address}".strip(", "))
    _put(event, "status", "CANCELLED" if is_cancelled else "CONFIRMED")
    _put(event, "class", "PRIVATE")
    organizer = vCalAddress(f"urn:x-tour-de-role:{view.prefecture}")
    organizer.params["cn"] = view.prefecture_name
    _put(event, "organizer", organizer)
    return event


def _description(
    view: RegistrationView,
    offer: OfferView,
    words: Words,
    phone: str | None,
    guide: Guide,
) -> str:
    _ = words.gettext
    brought = [f"- {one}" for one in papers_to_bring(view.motif, words, guide)]
    ways = [f"- {one}" for one in way_in(offer.site, words, guide)]
    return "\n".join(
        (
            _("À apporter :"),
            *brought,
            "",
            _("Accès à ce lieu") + words.set(" :"),
            *ways,
            "",
            *before_you_come(words, call_for(offer.site, phone, guide)),
            "",
            _("Référence :") + f" {view.reference}",
        )
    )


def identifier(view: RegistrationView, offer: OfferView) -> str:
    """Return what names this appointment for ever, and nobody: a digest."""
    named = f"{view.reference}/{offer.held_on}/{offer.site}/{offer.starts_at}"
    return f"{hashlib.sha256(named.encode()).hexdigest()[:32]}@tour-de-role"


def _put(part: "Component", name: str, value: object) -> None:
    """Write one property; the library leaves the type of values open."""
    part.add(name, value)  # pyright: ignore[reportUnknownMemberType] - half typed


def _add_alarm(event: "Event", words: Words) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    _put(alarm, "action", "DISPLAY")
    _put(alarm, "trigger", -ALARM_BEFORE)
    said = words.gettext("Rendez-vous à la préfecture dans deux jours")
    _put(alarm, "description", said)
    event.add_component(alarm)


def _paris_zone() -> "Timezone":
    """Return Europe/Paris by its rule of 1996: a calendar needs no tables of ours."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    _put(zone, "tzid", _ZONE)
    summer, winter = datetime(1996, 3, 31, 2), datetime(1996, 10, 27, 3)  # noqa: DTZ001
    for half, name, begins, before, after in (
        (TimezoneDaylight(), "CEST", summer, 1, 2),
        (TimezoneStandard(), "CET", winter, 2, 1),
    ):
        _put(half, "tzname", name)
        _put(half, "dtstart", begins)
        _put(
            half, "rrule", {"freq": "yearly", "bymonth": begins.month, "byday": "-1su"}
        )
        _put(half, "tzoffsetfrom", timedelta(hours=before))
        _put(half, "tzoffsetto", timedelta(hours=after))
        zone.add_component(half)
    return zone

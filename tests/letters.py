"""What messages are written from, in tests of their words."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from service.domain.availability import Availability
from service.domain.mandate import MandateState, Scope
from service.usecases.helper.mandate_views import MandateView
from service.usecases.message.letter import Letter
from service.usecases.message.message_kinds import KINDS
from service.usecases.views import OfferView, RegistrationView

NOW = datetime(2026, 11, 23, 19, 16, tzinfo=UTC)


def an_offer(**changes: object) -> OfferView:
    """A place at the longest name of a site of the demonstration, at a long date."""
    known: dict[str, object] = {
        "state": "awaiting",
        "held_on": date(2026, 11, 23),
        "site": "la-tour-du-pin",
        "site_name": "Sous-préfecture de La Tour-du-Pin",
        "site_address": "38110 La Tour-du-Pin",
        "starts_at": datetime(2026, 12, 23, 14, 20),  # noqa: DTZ001 - wall time
        "minutes": 20,
        "made_at": NOW,
        "confirm_by": NOW + timedelta(hours=48),
        "next_refusal_is_free": True,
        "sit_out_nights": 7,
    }
    return OfferView(**{**known, **changes})  # type: ignore[arg-type]


def a_mandate(**changes: object) -> MandateView:
    """Somebody acts for the person until spring."""
    known: dict[str, object] = {
        "id": UUID(int=9),
        "organisation": "Maison des Passages",
        "scopes": tuple(Scope),
        "opened_at": NOW,
        "ends_on": date(2027, 5, 23),
        "state": MandateState.LIVE,
        "ended_at": None,
        "is_proposed": False,
    }
    return MandateView(**{**known, **changes})  # type: ignore[arg-type]


def an_ended_mandate() -> MandateView:
    """Nobody acts any more."""
    return a_mandate(state=MandateState.REVOKED, ended_at=NOW)


def a_view(language: str = "fr", **changes: object) -> RegistrationView:
    """Somebody who waits, with an offer."""
    known: dict[str, object] = {
        "reference": "0123ABCDM",
        "state": "live",
        "prefecture": "isere",
        "prefecture_name": "Préfecture de l'Isère",
        "motif": "renouvellement-titre",
        "sites": ("grenoble",),
        "site_names": ("Préfecture, Grenoble",),
        "family_name": "Diallo",
        "given_names": "Awa",
        "masked_email": "a…@example.org",
        "masked_phone": None,
        "language": language,
        "registered_at": NOW,
        "waiting_since_on": date(2026, 9, 23),
        "first_night_on": date(2026, 9, 23),
        "next_night_on": date(2026, 11, 24),
        "next_freeze_at": datetime(2026, 11, 24, 19, 0, tzinfo=UTC),
        "takes_part_next": True,
        "back_on": date(2026, 12, 23),
        "held_document": "cst",
        "permit_expires_on": date(2026, 12, 12),
        "permit_starts_on": None,
        "entered_on": None,
        "requested_on": None,
        "end_of_right_on": date(2026, 12, 12),
        "end_of_right_basis": "printed_end",
        "end_of_right_source": "",
        "grace_until": None,
        "not_before": None,
        "cliff_on": None,
        "band": 1,
        "band_reason": "ends_soon",
        "availability": Availability(),
        "people": 1,
        "nights": (),
        "offer": an_offer(),
        "needs_proof": False,
        "new_contact_from": NOW + timedelta(hours=72),
        "mandates": (a_mandate(), a_mandate(is_proposed=True), an_ended_mandate()),
    }
    return RegistrationView(**{**known, **changes})  # type: ignore[arg-type]


def a_letter(kind: str, language: str = "fr", **changes: object) -> Letter:
    """A letter of that kind, with everything that any kind needs."""
    assert kind in KINDS
    link = "https://rdv.example.org/a/mfrggzdfmztwq2lknnwg23tpob"
    return Letter(
        kind=kind,
        view=a_view(language, **changes),
        link=link,
        stop_link=f"{link}/garder",
        deadline=NOW + timedelta(hours=48),
        code="1234 5678",
        phone="0476603400",
    )

"""Which acts an agent can do for a person now, by the state of their file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from service.domain.desk_acts import DeskAct
from service.domain.night import instant_of
from service.domain.offer import OfferState
from service.usecases.views import RegistrationView


@dataclass(frozen=True, slots=True)
class ActThere:
    """One act.

    Attributes:
        slug: In the address.
        act: What it will stand for in the audit.
        title: Of its page and of the link to it.
        button: What the agent presses.
        says: What comes of it, said before.
    """

    slug: str
    act: DeskAct
    title: str
    button: str
    says: str


CONFIRM: Final = ActThere(
    "confirmer",
    DeskAct.CONFIRMED,
    "Confirmer la place",
    "Confirmer",
    "La personne vient ce jour-là. Elle reçoit un message, et un rappel.",
)
DECLINE: Final = ActThere(
    "decliner",
    DeskAct.DECLINED,
    "Décliner la place",
    "Décliner",
    "La place va à une autre nuit. L'inscription et l'ancienneté restent.",
)
GIVE_BACK: Final = ActThere(
    "rendre",
    DeskAct.CANCELLED,
    "Rendre le rendez-vous",
    "Rendre",
    "La place va à une autre nuit. La personne participe de nouveau au tirage.",
)
CORRECT: Final = ActThere(
    "corriger",
    DeskAct.CORRECTED,
    "Corriger lieux, jours ou famille",
    "Noter la correction",
    "L'ancienneté est gardée. Une date se compare avec le document, sur le dossier.",
)
CONTACT: Final = ActThere(
    "coordonnees",
    DeskAct.CONTACT,
    "Changer les coordonnées",
    "Noter les coordonnées",
    "Elles remplacent les anciennes : écrivez toutes celles à garder. Un message part"
    " aux anciennes, et le changement compte après 72 heures. Sans anciennes, il compte"
    " tout de suite.",
)
CLAIM: Final = ActThere(
    "urgence",
    DeskAct.CLAIMED,
    "Signaler une urgence",
    "Noter l'urgence",
    "Elle entre dans la liste des demandes, avec le même délai de réponse.",
)
WITHDRAW: Final = ActThere(
    "retirer",
    DeskAct.WITHDRAWN,
    "Retirer l'inscription",
    "Retirer l'inscription",
    "L'inscription s'arrête et l'ancienneté est perdue. Une place proposée va à une"
    " autre nuit.",
)

ALL: Final = (CONFIRM, DECLINE, GIVE_BACK, CORRECT, CONTACT, CLAIM, WITHDRAW)
BY_SLUG: Final = {one.slug: one for one in ALL}


def acts_for(view: RegistrationView, now: datetime) -> tuple[ActThere, ...]:
    """Return what can be done now; the use case judges again when it is done."""
    can = {
        CONFIRM: _awaits(view) and now < _confirm_by(view),
        DECLINE: _awaits(view),
        GIVE_BACK: _is_ahead(view, now),
        CORRECT: view.state == "live",
        CONTACT: view.state in ("live", "served"),
        CLAIM: view.state == "live" and view.doors.open_claim is None,
        WITHDRAW: view.state == "live",
    }
    return tuple(one for one in ALL if can[one])


def _awaits(view: RegistrationView) -> bool:
    return view.offer is not None and view.offer.state == OfferState.AWAITING


def _confirm_by(view: RegistrationView) -> datetime:
    assert view.offer is not None  # noqa: S101 - asked after ``_awaits``
    return view.offer.confirm_by


def _is_ahead(view: RegistrationView, now: datetime) -> bool:
    offer = view.offer
    return (
        offer is not None
        and offer.state == OfferState.CONFIRMED
        and instant_of(offer.starts_at) > now
    )

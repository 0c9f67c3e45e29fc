"""How one gets into a site, in words: yes, no, or not stated, never guessed."""

from dataclasses import dataclass
from typing import Final

from service.domain.guide import SiteAccess
from service.words.i18n import N_, Words

_QUESTIONS: Final = (
    ("is_step_free", N_("Entrée sans marche")),
    ("has_lift", N_("Ascenseur, ou guichet au rez-de-chaussée")),
    ("has_low_counter", N_("Guichet à hauteur de fauteuil roulant")),
    ("has_hearing_loop", N_("Boucle magnétique pour appareil auditif")),
)
_ANSWERS: Final = {True: N_("Oui"), False: N_("Non"), None: N_("Non précisé")}


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that somebody asks before coming, and what the prefecture said."""

    label: str
    said: str
    is_stated: bool


def answers(access: SiteAccess, words: Words) -> tuple[Answer, ...]:
    """Return each question with yes, no, or not stated."""
    _ = words.gettext
    return tuple(
        Answer(_(label), _(_ANSWERS[value]), is_stated=value is not None)
        for label, value in (
            (label, getattr(access, name)) for name, label in _QUESTIONS
        )
    )


def lines(access: SiteAccess, words: Words) -> list[str]:
    """Return the same, a line an answer, for a message or a paper.

    The stops and lines of transport stay as the prefecture wrote them, in French.
    """
    _ = words.gettext
    said = [
        words.set(f"{one.label} : {one.said.lower()}") for one in answers(access, words)
    ]
    if access.transport:
        return [words.set(f"{_('Comment venir')} : {access.transport}"), *said]
    return said


def whom_to_call(access: SiteAccess, phone: str | None) -> str | None:
    """Return who arranges an access: the site's own number, or the prefecture's."""
    return access.arrange or phone

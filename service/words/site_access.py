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
_ANSWERS: Final = {True: N_("Oui"), False: N_("Non")}
_NOT_STATED: Final = N_("Non précisé")


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that somebody asks before coming, and what the prefecture said."""

    label: str
    said: str


def answers(access: SiteAccess, words: Words) -> tuple[Answer, ...]:
    """Return yes or no to each question that the prefecture answered."""
    _ = words.gettext
    return tuple(
        Answer(_(label), _(_ANSWERS[value]))
        for value, label in _asked(access)
        if value is not None
    )


def not_stated(access: SiteAccess, words: Words) -> str:
    """Return the questions that have no answer, in one line; empty when all have one.

    A line each would hide the one that says something.
    """
    _ = words.gettext
    silent = " · ".join(_(label) for value, label in _asked(access) if value is None)
    return words.set(f"{_(_NOT_STATED)} : {silent.lower()}") if silent else ""


def lines(access: SiteAccess, words: Words) -> list[str]:
    """Return the same, a line an answer, for a message or a paper.

    The stops and lines of transport stay as the prefecture wrote them, in French.
    """
    _ = words.gettext
    said = [
        words.set(f"{one.label} : {one.said.lower()}") for one in answers(access, words)
    ]
    if silent := not_stated(access, words):
        said.append(silent)
    if access.transport:
        return [words.set(f"{_('Comment venir')} : {access.transport}"), *said]
    return said


def _asked(access: SiteAccess) -> tuple[tuple[bool | None, str], ...]:
    return tuple((getattr(access, name), label) for name, label in _QUESTIONS)


def whom_to_call(access: SiteAccess, phone: str | None) -> str | None:
    """Return who arranges an access: the site's own number, or the prefecture's."""
    return access.arrange or phone

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
    """Return each question with yes or no; what is not stated stands together, last.

    Four lines that say nothing would hide the one that does.
    """
    _ = words.gettext
    values = [(getattr(access, name), _(label)) for name, label in _QUESTIONS]
    said = [Answer(label, _(_ANSWERS[v])) for v, label in values if v is not None]
    silent = " · ".join(label for value, label in values if value is None)
    return (*said, Answer(_(_NOT_STATED), silent)) if silent else tuple(said)


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

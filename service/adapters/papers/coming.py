"""What somebody who comes should know: the same on paper and in the calendar."""

from service.domain.guide import NO_GUIDE, Guide
from service.words import site_access
from service.words.checklists import papers_in
from service.words.i18n import Words
from service.words.phrases import spaced_phone


def papers_to_bring(motif: str, words: Words, guide: Guide = NO_GUIDE) -> list[str]:
    """Return what to bring for a motif, in the reader's language."""
    return [paper.text for paper in papers_in(motif, guide, words)]


def way_in(site: str, words: Words, guide: Guide = NO_GUIDE) -> list[str]:
    """Return how one gets to a site and in, a line an answer."""
    return site_access.lines(guide.access(site), words)


def call_for(site: str, phone: str | None, guide: Guide = NO_GUIDE) -> str | None:
    """Return who arranges at that site what a disability needs."""
    return site_access.whom_to_call(guide.access(site), phone)


def before_you_come(words: Words, phone: str | None) -> list[str]:
    """Return access for disabled people, who may come along, and what absence means."""
    _ = words.gettext
    return [
        _("Il vous manque un document ? Venez quand même. L'agent dira comment faire."),
        access(words, phone),
        _("Un proche, un accompagnant ou un interprète peut venir avec vous."),
        _(
            "Vous ne pouvez plus venir ? Rendez la place sur votre page : elle ira à"
            " une autre personne, votre ancienneté est gardée et vous reprenez le"
            " tirage. Si vous ne venez pas sans le dire, vous pourrez vous inscrire de"
            " nouveau, mais votre ancienneté repartira de zéro."
        ),
    ]


def access(words: Words, phone: str | None) -> str:
    """Say how to ask for what a disability needs, before or at the door."""
    _ = words.gettext
    if phone is None:
        return _(
            "Vous avez besoin d'un accès particulier : fauteuil roulant, aide pour"
            " voir, entendre ou comprendre ? Dites-le à l'accueil en arrivant."
        )
    return _(
        "Vous avez besoin d'un accès particulier : fauteuil roulant, aide pour voir,"
        " entendre ou comprendre ? Dites-le avant de venir : %(phone)s. L'accueil sera"
        " préparé."
    ) % {"phone": words.in_order(spaced_phone(phone))}

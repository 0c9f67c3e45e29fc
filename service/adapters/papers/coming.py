"""What somebody who comes should know: the same on paper and in the calendar."""

from service.words.checklists import to_bring
from service.words.i18n import Words
from service.words.phrases import spaced_phone


def papers_to_bring(motif: str, words: Words) -> list[str]:
    """Return what to bring for a motif, in the reader's language."""
    return [words.gettext(paper) for paper in to_bring(motif)]


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
    ) % {"phone": spaced_phone(phone)}

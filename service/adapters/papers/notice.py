"""What every paper that follows from the draw must say, and who issued it."""

from typing import Any

from service.adapters.papers.tongues import Said, Tongues


def algorithm_notice(t: Tongues) -> dict[str, Any]:
    """Return the notice of CRPA L. 311-3-1, in the words of the pages."""
    _ = t.gettext
    return {
        "title": _("Un traitement algorithmique a contribué à ce résultat"),
        "text": [
            _(
                "Son but : recevoir d'abord les personnes dont le droit au séjour se"
                " termine bientôt, et départager les autres par un tirage au sort"
                " vérifiable."
            ),
            _(
                "Vous avez le droit de connaître les règles de ce calcul et la façon"
                " dont elles vous ont été appliquées : données utilisées et leur"
                " origine, réglages, étapes, part du calcul dans la décision."
                " Demandez-les par écrit, par téléphone ou au guichet."
            ),
            _(
                "Sans réponse après un mois, vous avez deux mois pour saisir la"
                " Commission d'accès aux documents administratifs (CADA). Code des"
                " relations entre le public et l'administration, articles"
                " L. 311-3-1 et R. 311-3-1-2."
            ),
        ],
    }


def service_name(t: Tongues) -> Said:
    """Return which service of the prefecture issues the papers."""
    return t.gettext("Service des étrangers")

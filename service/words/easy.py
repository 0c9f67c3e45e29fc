"""The six key texts in easy-to-read French: one idea a sentence, one sentence a line.

After the European rules for easy-to-read information (Inclusion Europe, 2009; Unapei,
"L'information pour tous"): what a program can check of them is checked by
``tests/unit/words/test_easy.py``. Readers with an intellectual disability have not read
these texts yet, so that they bear no logo, and the pages say so. French only.

The six: what the service is, registering, the accusé, the rule, the appointment, and
one's rights. ``{closes}`` is the hour at which the list closes, ``{phone}`` the
prefecture's number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its sentences, in order."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EasyText:
    """One text.

    Attributes:
        slug: Its address under ``/facile``.
        title: What it is about.
        usual: The page that says the same in full.
        parts: In reading order.
    """

    slug: str
    title: str
    usual: str
    parts: tuple[Part, ...]

    def sentences(self) -> tuple[str, ...]:
        """Return every sentence, in order."""
        return tuple(one for part in self.parts for one in part.sentences)


TEXTS: Final = (
    EasyText(
        "accueil",
        "Demander un rendez-vous",
        "/",
        (
            Part(
                "Ce que vous faites ici",
                (
                    "Ici, vous demandez un rendez-vous à la préfecture.",
                    "Au rendez-vous, vous parlez de votre titre de séjour.",
                    "Vous faites votre inscription 1 seule fois.",
                    "L'inscription est gratuite.",
                ),
            ),
            Part(
                "Vous avez le temps",
                (
                    "Vous choisissez votre heure.",
                    "Le jour ou la nuit, votre chance reste la même.",
                    "Aller vite ne change rien.",
                ),
            ),
            Part(
                "Comment vous avez une place",
                (
                    "Chaque soir, un ordinateur donne les places.",
                    "Certaines personnes vont bientôt perdre leur droit au séjour.",
                    "Ces personnes passent en premier.",
                    "Des personnes peuvent avoir la même situation.",
                    "Alors l'ordinateur fait un tirage au sort.",
                    "Vous recevez un message avec votre place.",
                ),
            ),
            Part(
                "Vous n'avez pas internet",
                (
                    "Vous pouvez appeler la préfecture.",
                    "Vous pouvez venir au guichet.",
                    "Vous pouvez remplir une feuille de papier.",
                    "Votre chance reste la même.",
                ),
            ),
        ),
    ),
    EasyText(
        "inscription",
        "Faire votre inscription",
        "/inscription",
        (
            Part(
                "Avant de commencer",
                (
                    "L'inscription dure environ 10 minutes.",
                    "Prenez votre titre de séjour.",
                    "Prenez aussi votre passeport.",
                    "Une personne peut vous aider.",
                ),
            ),
            Part(
                "Les questions",
                (
                    "Nous demandons pourquoi vous venez.",
                    "Nous demandons votre nom et votre date de naissance.",
                    "Nous demandons votre numéro étranger.",
                    "Votre titre de séjour montre ce numéro.",
                    "Nous demandons la date de fin de votre titre de séjour.",
                    "Nous demandons votre téléphone ou votre adresse e-mail.",
                    "Nous demandons les jours impossibles pour vous.",
                ),
            ),
            Part(
                "Dites la vérité",
                (
                    "Au rendez-vous, un agent regarde vos papiers.",
                    "Avec une date fausse, vous pouvez perdre la place.",
                    "Vous avez fait une erreur ?",
                    "Vous pouvez corriger vos réponses.",
                    "Vous gardez vos jours d'attente.",
                ),
            ),
            Part(
                "Après l'inscription",
                (
                    "Vous recevez un accusé d'inscription.",
                    "Gardez ce papier.",
                    "Vous participez chaque soir.",
                ),
            ),
        ),
    ),
    EasyText(
        "accuse",
        "Votre accusé d'inscription",
        "/verifier-un-accuse",
        (
            Part(
                "À quoi sert ce papier",
                (
                    "L'accusé d'inscription prouve votre demande.",
                    "Il dit le jour de votre inscription.",
                    "Il dit combien de soirs vous avez attendu.",
                    "Vous pouvez montrer ce papier à votre employeur.",
                    "Vous pouvez montrer ce papier à un juge.",
                    "Vous pouvez le montrer au bureau de vos aides.",
                ),
            ),
            Part(
                "Ce que ce papier ne fait pas",
                (
                    "Ce papier ne remplace pas un titre de séjour.",
                    "Ce papier ne donne pas le droit de travailler.",
                ),
            ),
            Part(
                "Votre code",
                (
                    "Vous recevez aussi un code.",
                    "Ce code ouvre votre page.",
                    "Gardez ce code pour vous.",
                    "Vous avez perdu le code ?",
                    "Demandez un autre code par message.",
                    "Vous pouvez aussi venir au guichet.",
                ),
            ),
        ),
    ),
    EasyText(
        "regle",
        "Comment nous donnons les places",
        "/regles",
        (
            Part(
                "Chaque soir",
                (
                    "La liste ferme à {closes}.",
                    "Toutes les personnes de la liste participent.",
                    "Un ordinateur fait le calcul.",
                ),
            ),
            Part(
                "Qui passe en premier",
                (
                    "L'ordinateur regarde la fin de votre droit au séjour.",
                    "Quand la fin arrive bientôt, vous passez avant.",
                    "Des personnes peuvent avoir la même situation.",
                    "Alors l'ordinateur fait un tirage au sort.",
                    "Personne ne choisit le résultat.",
                ),
            ),
            Part(
                "Ce qui ne compte pas",
                (
                    "L'heure de votre inscription ne compte pas.",
                    "Votre pays ne compte pas.",
                    "Votre langue ne compte pas.",
                    "Votre santé ne compte pas.",
                ),
            ),
            Part(
                "Vous attendez encore",
                (
                    "Vous restez dans la liste.",
                    "Vous participez encore le soir suivant.",
                    "Vous n'avez rien à faire.",
                ),
            ),
            Part(
                "Vous voulez vérifier",
                (
                    "Tout le monde peut refaire le calcul.",
                    "Vous pouvez demander une explication.",
                    "L'explication est gratuite.",
                ),
            ),
        ),
    ),
    EasyText(
        "rendez-vous",
        "Répondre et venir au rendez-vous",
        "/suivi",
        (
            Part(
                "Vous recevez une place",
                (
                    "Nous vous envoyons un message.",
                    "Le message dit le jour et l'heure.",
                    "Le message dit aussi le lieu.",
                    "Le message dit la date limite pour répondre.",
                    "Sur votre page, vous répondez oui ou non.",
                    "Répondre vite ne change rien.",
                ),
            ),
            Part(
                "Vous dites oui",
                (
                    "Vous recevez une convocation.",
                    "Venez avec la convocation et votre passeport.",
                    "La convocation dit les autres papiers à apporter.",
                    "Il manque un papier ?",
                    "Venez quand même.",
                    "Une personne peut venir avec vous.",
                ),
            ),
            Part(
                "Vous dites non",
                (
                    "Une autre personne aura cette place.",
                    "Vous restez dans la liste.",
                    "Vous gardez vos jours d'attente.",
                    "La première fois, vous laissez passer 1 seul soir.",
                    "Les autres fois, vous laissez passer {nights} soirs.",
                    "Sans réponse, nous comprenons non.",
                ),
            ),
            Part(
                "Vous avez dit oui et tout change",
                (
                    "Rendez la place sur votre page.",
                    "Vous pouvez aussi appeler la préfecture.",
                    "Vous restez dans la liste.",
                    "Prévenez toujours avant le rendez-vous.",
                    "Sinon, vos jours d'attente recommencent à 0.",
                ),
            ),
        ),
    ),
    EasyText(
        "droits",
        "Vos droits",
        "/politique-de-confidentialite",
        (
            Part(
                "Un ordinateur aide à choisir",
                (
                    "Un ordinateur fait un calcul pour donner les places.",
                    "Vous avez le droit de connaître ce calcul.",
                    "Demandez l'explication à la préfecture.",
                    "Vous pouvez écrire, appeler ou venir.",
                    "La préfecture a 1 mois pour répondre.",
                    "Après ce mois, écrivez à la CADA.",
                    "Vous avez 2 mois pour écrire à la CADA.",
                ),
            ),
            Part(
                "Vos informations",
                (
                    "Nous gardons votre nom et vos réponses.",
                    "Les agents de la préfecture peuvent les lire.",
                    "La personne de votre choix peut aussi les lire.",
                    "Nous effaçons votre nom 3 mois après le rendez-vous.",
                    "Vous pouvez demander à voir vos informations.",
                    "Vous pouvez demander à corriger vos informations.",
                    "Vous pouvez vous plaindre à la CNIL.",
                ),
            ),
            Part(
                "Vous avez un problème avec la préfecture",
                (
                    "Le Défenseur des droits aide gratuitement.",
                    "Son numéro de téléphone est le 09 69 39 00 00.",
                ),
            ),
            Part(
                "Tout est gratuit",
                (
                    "L'inscription est gratuite.",
                    "Le rendez-vous est gratuit.",
                    "Une personne veut vous vendre un rendez-vous ?",
                    "Refusez.",
                    "Prévenez la préfecture.",
                ),
            ),
        ),
    ),
)
"""In the order in which they are read."""

MEANINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "préfecture": (
        "La préfecture est un bureau de l'État.",
        "Elle donne les titres de séjour.",
    ),
    "titre de séjour": (
        "Le titre de séjour est une carte.",
        "Cette carte vous permet de rester en France.",
    ),
    "droit au séjour": ("C'est le droit de rester en France.",),
    "tirage au sort": (
        "Le hasard choisit, comme avec des dés.",
        "Chaque personne a la même chance.",
    ),
    "guichet": (
        "Le guichet est un bureau de la préfecture.",
        "Un agent vous parle au guichet.",
    ),
    "agent": ("Un agent travaille à la préfecture.",),
    "accusé d'inscription": (
        "C'est un papier de la préfecture.",
        "Il prouve votre inscription.",
    ),
    "convocation": (
        "C'est un papier de la préfecture.",
        "Il dit le jour, l'heure et le lieu du rendez-vous.",
    ),
    "numéro étranger": (
        "C'est votre numéro à la préfecture.",
        "Il a souvent 10 chiffres.",
    ),
    "Défenseur des droits": (
        "C'est une personne indépendante.",
        "Elle aide quand un service public fait une erreur.",
    ),
    "CADA": (
        "CADA veut dire Commission d'accès aux documents administratifs.",
        "Elle aide à obtenir les papiers d'un service public.",
    ),
    "CNIL": (
        "CNIL veut dire Commission nationale de l'informatique et des libertés.",
        "Elle protège vos informations.",
    ),
}
"""What a difficult word means; each page explains those that it uses."""


def meanings_for(text: EasyText) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the difficult words of a text with what they mean, as first met."""
    said = " ".join((text.title, *text.sentences()))
    met = sorted((said.find(word), word) for word in MEANINGS if word in said)
    return tuple((word, MEANINGS[word]) for _at, word in met)

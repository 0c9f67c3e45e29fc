"""What the page that verifies says; ``static/verifier.js`` only knows the keys.

``{0}``, ``{1}``… are filled in by the page.
"""

from collections.abc import Mapping
from typing import Final

from service.words.i18n import N_

CHECKS: Final[Mapping[str, str]] = {
    "pool": N_("La liste a la forme exacte que la règle demande"),
    "commitment": N_(
        "La règle, les créneaux et les parts réservées sont ceux de l'engagement"
    ),
    "root": N_("Les inscriptions sont celles de l'engagement"),
    "signature": N_("L'engagement est signé par la clé indiquée"),
    "order": N_("Le numéro de publication est celui annoncé d'avance"),
    "randomness": N_("Le nombre au hasard vient de la signature de la balise"),
    "beacon": N_("La balise a bien publié cette signature"),
    "tickets": N_("Les numéros de tirage"),
    "counts": N_("Chaque inscription a une réponse et une seule"),
    "served": N_("Qui est servi"),
    "dates": N_("Quel créneau pour chacun"),
    "reasons": N_("Les raisons données aux autres"),
    "free": N_("Les places restées libres"),
    "witness": N_("L'heure de l'engagement"),
    "previous": N_("La nuit suit bien la précédente"),
}
"""Titles, by the names and in the order of ``service.draw.verify``."""

LINE_CHECKS: Final[Mapping[str, str]] = {
    "night": N_("Ma ligne est de cette nuit"),
    "inclusion": N_("Ma ligne est dans la liste signée"),
    "ticket": N_("Mon numéro de tirage"),
    "answer": N_("Ma réponse, une seule"),
}
"""Titles of the checks of one's own line, as in ``service.draw.verify``."""

ACKNOWLEDGEMENT_CHECKS: Final[Mapping[str, str]] = {
    "acknowledgement": N_("Mon accusé est signé par la clé indiquée"),
    "key": N_("Cette clé a aussi signé la nuit"),
    "promised": N_("Je devais participer à cette nuit"),
    "present": N_("J'ai une ligne dans cette nuit"),
    "mine": N_("Cette ligne est bien la mienne"),
}
"""Titles of the checks of a signed acknowledgement; the last one needs a line too."""

CHAIN_CHECKS: Final[Mapping[str, str]] = {
    "keys": N_("La clé qui a signé toutes ces nuits"),
}
"""Titles of what only several nights together show, beside ``previous``."""

ANNULMENT_CHECKS: Final[Mapping[str, str]] = {
    "annulled": N_("Cette nuit est annulée"),
}
"""Titles of what stands for a night that was given up in public."""

KEPT_CHECKS: Final[Mapping[str, str]] = {
    "withheld": N_("Aucune nuit promise ne manque"),
}
"""Titles of what several nights show beside the commitments that somebody kept."""

WORDS: Final[Mapping[str, str]] = {
    # Why something is refused.
    "json": N_("ce n'est pas du JSON"),
    "utf8": N_("ce n'est pas du texte UTF-8"),
    "number": N_("un nombre n'est pas un entier exact"),
    "repeated-key": N_("une clé est répétée"),
    "surrogate": N_("un caractère est coupé en deux"),
    "deep": N_("trop d'objets les uns dans les autres"),
    "missing": N_("cet élément manque"),
    "unknown": N_("cet élément est inconnu de la règle"),
    "array": N_("une liste est attendue"),
    "object": N_("un objet est attendu"),
    "value": N_("la valeur n'est pas celle que la règle demande"),
    "order": N_("un élément est répété, ou n'est pas dans l'ordre"),
    "repeated": N_("un identifiant est répété"),
    "reference": N_("quelque chose d'inconnu est nommé"),
    "both": N_("un créneau est dans les deux listes"),
    "date": N_("un code de préfecture et une date sont attendus"),
    "moment": N_("une date et une heure sont attendues"),
    "nobody": N_("personne n'a signé cet engagement"),
    # What a check found.
    "pool": N_("{0} inscriptions, {1} places."),
    "digest": N_("Quatre empreintes recalculées. Engagement {0}."),
    "leaves": N_("{0} feuilles, racine {1} recalculée."),
    "key": N_("Ed25519, clé {0}. Comparez-la avec celle que la préfecture publie."),
    "not-signed": N_("Ce n'est pas une signature de la clé {0}."),
    "no-ed25519": N_(
        "Ce navigateur ne connaît pas Ed25519. Un navigateur récent, sur une adresse"
        " en https, le fait ; le fichier à télécharger plus bas aussi."
    ),
    "round": N_(
        "La publication n° {0} était nommée dans l'engagement. Elle existe depuis le"
        " {1}."
    ),
    "round-before": N_(
        "La publication n° {0} existe depuis le {1}, avant le jour de la nuit {2} :"
        " le hasard pouvait être connu d'avance."
    ),
    "round-unknown": N_(
        "La publication n° {0} était nommée, mais cette page ne sait pas depuis quand"
        " elle existe : la balise {1} lui est inconnue."
    ),
    "hash": N_("SHA-256 de la signature : {0}."),
    "local": N_(
        "Chaîne locale, pour la démonstration : qui l'a faite connaissait chaque"
        " nombre d'avance."
    ),
    "not-local": N_("Ce n'est pas le nombre de cette publication dans cette chaîne."),
    "no-bls": N_(
        "Un navigateur ne vérifie pas les signatures BLS de la balise {0}. La commande"
        " tourderole verify le fait. Vous pouvez aussi comparer la publication n° {1}"
        " chez un relais de drand."
    ),
    "tickets": N_("{0} recalculés, tous pareils."),
    "counts": N_("{0} inscriptions servies, {1} non servies."),
    "served": N_("{0} inscriptions, les mêmes, par les mêmes passes."),
    "slots": N_("{0} créneaux, les mêmes."),
    "reasons": N_("{0} raisons, les mêmes."),
    "free": N_("{0} places, les mêmes."),
    "witness": N_(
        "Un fichier ne prouve pas quand il a été publié. Demandez aux témoins s'ils"
        " l'ont reçu avant cette heure : {0}."
    ),
    "annulled-known": N_(
        "{0}, annulée : {1}. Le nombre au hasard était déjà connu. Raison donnée : {2}"
    ),
    "annulled-before": N_(
        "{0}, annulée : {1}. Le nombre au hasard n'existait pas encore. Raison donnée :"
        " {2}"
    ),
    "kept-same": N_(
        "L'engagement gardé est celui de la nuit ({0}). A-t-il été reçu avant cette"
        " heure : {1} ? Qui l'a gardé peut le dire."
    ),
    "kept-other": N_(
        "Un autre engagement a été signé pour cette nuit : {0}, et non {1}."
    ),
    "kept-foreign": N_(
        "{0} : l'engagement gardé est signé par une autre clé, {1}. Cherchez-la parmi"
        " celles que la préfecture publie."
    ),
    "kept-none": N_("Aucun engagement gardé n'est celui de la nuit {0}."),
    "kept-ahead": N_("Engagements dont l'heure n'est pas encore venue : {0}."),
    "kept-of-others": N_("Aucun engagement gardé n'est de ces jours."),
    "kept-all": N_("{0} engagements gardés : chacun a sa nuit."),
    "withheld": N_(
        "Promis et signé, mais aucun procès-verbal ici n'y répond : {0}. Une nuit a été"
        " retenue, ou son fichier manque."
    ),
    "previous": N_(
        "Il faut aussi le procès-verbal de la nuit d'avant. Comparez l'empreinte de son"
        " engagement avec celle que nomme celui-ci."
    ),
    "no-pool": N_(
        "Ce procès-verbal est réduit : il ne contient pas la liste. Chaque personne"
        " peut vérifier sa propre ligne."
    ),
    "bad-pool": N_("La liste ne suit pas la règle : rien à recalculer."),
    "differs": N_("{0} : écrit {1}, recalculé {2}."),
    "unruly": N_("{0} : {1}."),
    "own-night": N_("Nuit {0}."),
    "leaf": N_("Feuille {0} sur {1}."),
    "beyond": N_("Feuille {0}, alors que la liste en compte {1}."),
    "own-ticket": N_("Recalculé, pareil : {0}."),
    "own-slot": N_("Un créneau : {0} ({1})."),
    "own-reason": N_("Pas de créneau cette nuit : {0}."),
    # A signed acknowledgement.
    "ack-signed": N_("Inscription {0}, reçue le {1}."),
    "ack-key": N_("La clé {0} a signé les deux."),
    "ack-other-key": N_(
        "Une autre clé a signé cette nuit. Cherchez {0} parmi les clés publiées."
    ),
    "ack-prefecture": N_("L'accusé est de la préfecture {0}."),
    "ack-first": N_("La première nuit promise est le {0}."),
    "ack-promised": N_("Promis pour chaque nuit à partir du {0}."),
    "ack-no-key": N_(
        "Cet accusé ne contient pas la clé de vos lignes. Ouvrez votre suivi par le"
        " lien d'un message, puis gardez l'accusé signé avant la nuit."
    ),
    "ack-later": N_("Cette clé donne vos lignes à partir de la nuit du {0}."),
    "ack-present": N_("Votre pseudonyme de la nuit : {0}."),
    "ack-absent": N_(
        "Aucune ligne au pseudonyme {0}. C'est normal si votre inscription était"
        " retirée ou terminée, si une place vous était déjà proposée, si vous étiez en"
        " pause après un refus, ou si la nuit vient avant le {1}. Sinon, vous avez été"
        " oublié : écrivez aux témoins et à la préfecture."
    ),
    "ack-mine": N_("La ligne a bien votre pseudonyme : {0}."),
    "ack-not-mine": N_(
        "La ligne a le pseudonyme {0}, le vôtre est {1} : c'est la ligne de quelqu'un"
        " d'autre."
    ),
    # A chain of nights.
    "chain-names": N_("{0} nomme {1}."),
    "chain-first": N_("{0} est la première nuit de sa chaîne."),
    "chain-before": N_("{0} nomme une nuit d'avant, qui n'est pas parmi ces fichiers."),
    "chain-twins": N_("{0} : {1} engagements différents pour une seule nuit."),
    "chain-none": N_("{0} ne nomme aucune nuit, alors que {1} la précède."),
    "chain-gap": N_(
        "{0} ne nomme pas {1} : une nuit manque entre les deux, ou a été changée."
    ),
    "chain-later": N_("{0} nomme {1}, qui vient après."),
    "chain-other": N_("{0} nomme {1}, et non {2}."),
    "keys-one": N_("Clé {0}. Comparez-la avec celle que la préfecture publie."),
    "keys-many": N_(
        "{0} clés. Comparez-les avec celles que la préfecture publie : {1}."
    ),
    "night-holds": N_("{0} contrôles réussis. Non faits : {1}."),
    "chain-holds": N_("Les {0} nuits sont en ordre et se suivent"),
    "chain-fails": N_("Ces nuits ne sont pas en ordre. Premier écart : {0}"),
    "chain-sums": N_(
        "{0} fichiers lus un par un. Chaque engagement nomme celui de la nuit d'avant."
    ),
    # The whole.
    "passed": N_("Réussi"),
    "failed": N_("Échoué"),
    "not made": N_("Non fait"),
    "reading": N_("Lecture du fichier"),
    "refused-title": N_("Ce fichier n'est pas un procès-verbal"),
    "refused-kept": N_("Le fichier {0} n'est pas un engagement signé"),
    "refused": N_(
        "À l'endroit {0} : {1}. Un téléchargement coupé donne le même message."
    ),
    "too-large": N_("Cet appareil ne peut pas lire un fichier aussi grand."),
    "sha-differs": N_("Ce navigateur calcule mal : essayez-en un autre."),
    "all-hold": N_("Les {0} contrôles faits sont réussis"),
    "one-fails": N_("Ce fichier ne correspond pas à la règle. Premier écart : {0}"),
    "papers-fail": N_(
        "La nuit suit la règle, mais vos fichiers disent autre chose : {0}"
    ),
    "sums": N_(
        "Réussis : {0}. Échoués : {1}. Non faits : {2}. Fichier {3}, SHA-256 {4}."
    ),
}

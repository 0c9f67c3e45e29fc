"""Every refusal in words a person understands, by its stable code.

The domain names its refusals for developers; these sentences are for people, and
are translated where they are shown. None holds the value that was sent.
"""

from service.words.i18n import N_

PROBLEMS: dict[str, str] = {
    # --- who
    "invalid-agdref-number": N_(
        "Le numéro étranger a 10 chiffres (parfois 9 à 11 chiffres ou lettres)."
        " Il est écrit sur votre titre."
    ),
    "unknown-document-kind": N_("Choisissez une pièce dans la liste."),
    "invalid-document-number": N_(
        "Le numéro de la pièce a de 3 à 20 lettres ou chiffres."
    ),
    "unknown-country": N_("Choisissez le pays qui a délivré la pièce."),
    "missing-name": N_("Écrivez votre nom de famille."),
    "name-too-long": N_("Ce nom est trop long : 100 caractères au plus."),
    "invalid-name": N_(
        "Écrivez seulement des lettres, des espaces, des traits d'union et des"
        " apostrophes."
    ),
    "invalid-birth-date": N_(
        "Cette date de naissance n'existe pas. Écrivez au moins l'année, en quatre"
        " chiffres."
    ),
    "birth-date-in-future": N_("La date de naissance est dans le futur."),
    "invalid-email-address": N_(
        "Cette adresse n'a pas la bonne forme. Par exemple : nom@exemple.fr"
    ),
    "invalid-phone-number": N_(
        "Ce numéro n'est pas complet. Par exemple : 06 39 98 00 00, ou +33 6 39 98"
        " 00 00"
    ),
    "unknown-language": N_("Cette langue n'est pas encore proposée."),
    # --- what for, where and when
    "unknown-prefecture": N_("Cette préfecture n'utilise pas ce service."),
    "unknown-motif": N_("Choisissez un motif dans la liste."),
    "motif-not-in-draw": N_(
        "Ce motif ne passe pas par le tirage : il se traite sans rendez-vous, ou en"
        " ligne."
    ),
    "unknown-site": N_("Choisissez un lieu dans la liste."),
    "missing-site": N_("Choisissez au moins un lieu."),
    "motif-not-at-site": N_("Ce lieu ne reçoit pas pour ce motif."),
    "invalid-people": N_("De 1 à 8 personnes peuvent être reçues ensemble."),
    "companions-mismatch": N_(
        "Écrivez le nom et la naissance de chaque personne reçue avec vous."
    ),
    "invalid-weekday": N_("Un jour de la semaine va de 1 (lundi) à 7 (dimanche)."),
    "no-day-left": N_("Laissez au moins un jour possible."),
    "too-many-dates": N_("Il y a trop de jours impossibles : gardez les principaux."),
    # --- what the prefecture tells everybody
    "invalid-notice-text": N_(
        "Écrivez de 10 à 600 caractères, en texte simple : tout le monde le lit."
    ),
    "motif-already-suspended": N_("Ce motif est déjà suspendu."),
    "motif-not-suspended": N_("Ce motif est ouvert."),
    # --- papers
    "unknown-held-document": N_("Choisissez votre document dans la liste."),
    "implausible-expiry": N_(
        "Cette date de fin n'est pas possible. Vérifiez l'année sur votre document."
    ),
    "implausible-date": N_(
        "Cette date n'est pas possible. Vérifiez l'année sur votre document."
    ),
    "permit-dates-reversed": N_(
        "La date de fin est avant la date de début. Vérifiez les deux dates."
    ),
    # --- capacity
    "invalid-slot-plan": N_("Ces horaires ne peuvent pas être publiés."),
    "closes-before-it-opens": N_("L'heure de fin est avant l'heure de début."),
    "outside-office-hours": N_("Les horaires vont de 6 h à 22 h."),
    "invalid-duration": N_("Un créneau dure de 5 à 240 minutes."),
    "invalid-guichets": N_("De 1 à 50 guichets peuvent être ouverts."),
    "no-slot-fits": N_("Aucun créneau ne tient entre ces deux heures."),
    "too-many-places": N_("C'est trop de places en une seule publication."),
    "day-out-of-reach": N_("Ce jour est passé, ou à plus d'un an."),
    "invalid-slot": N_("Ce créneau n'est pas bien formé."),
    "invalid-ruleset": N_("Cette règle n'est pas bien formée."),
    "invalid-list": N_("Cette liste ne peut pas être lue."),
    # --- help and helpers
    "invalid-help-place": N_("Cette réponse manque, ou n'a pas la bonne forme."),
    "invalid-organisation": N_("Cette réponse manque, ou n'a pas la bonne forme."),
    "invalid-mandate": N_("Choisissez au moins une action, et une fin dans l'année."),
    "identity-not-shown": N_(
        "Ce n'est pas ce que l'inscription contient. Rien n'a été fait."
    ),
    "mandate-missing": N_(
        "Aucun mandat ne permet cette action, ou il est terminé. La personne décide."
    ),
    "ceiling-reached": N_(
        "Le nombre d'inscriptions prévu pour l'organisation est atteint."
    ),
    "shared-contact-limit": N_(
        "Ce contact sert déjà à beaucoup de personnes. Donnez-en un autre, ou laissez"
        " vide : un code papier est remis au guichet."
    ),
    "helper-contact": N_(
        "C'est un contact de votre organisation. Donnez celui de la personne, ou"
        " laissez vide : un code papier est remis au guichet."
    ),
    "weak-password": N_(
        "Choisissez 12 caractères ou plus, difficiles à deviner, sans l'identifiant."
    ),
    "helper-sign-in-refused": N_(
        "L'identifiant, le mot de passe ou le code ne convient pas. Après cinq codes"
        " faux, attendez un quart d'heure."
    ),
    "helper-required": N_("Cette page est réservée aux accompagnants connectés."),
    "organisation-suspended": N_(
        "L'organisation est suspendue. Rien ne peut être fait sous ses mandats ; les"
        " inscriptions restent dans la liste."
    ),
    "already-followed": N_(
        "Votre organisation suit déjà cette personne pour ce motif."
    ),
    "unreadable-sheet": N_(
        "Ce fichier ne s'ouvre pas. Enregistrez-le en XLSX ou en CSV, et recommencez."
    ),
    "sheet-too-large": N_("Ce fichier est trop grand : 500 kio au plus."),
    "too-many-lines": N_("Ce fichier a plus de 300 lignes. Faites-en deux."),
    "empty-sheet": N_("Ce fichier n'a aucune ligne de personnes."),
    "lead-required": N_("Seule la personne responsable de l'organisation fait cela."),
    # --- states
    "claim-not-possible": N_(
        "Une demande pour la même raison est déjà notée. La réponse est sur votre page"
        " de suivi."
    ),
    "second-agent-required": N_("Un autre agent décide : deux regards, pas un seul."),
    "already-decided": N_("C'est déjà décidé."),
    "night-step-not-allowed": N_("Cette nuit n'en est pas à cette étape."),
    "night-not-due": N_("Cette nuit n'est pas encore arrivée."),
    "places-locked": N_(
        "La liste est fermée pour le tirage en cours. Les places se retirent de nouveau"
        " dès que la nuit est publiée."
    ),
    "malformed-record": N_("Une donnée enregistrée n'est pas lisible."),
    "registration-not-live": N_("Cette inscription n'est plus active."),
    "offer-not-open": N_("Cette proposition n'attend plus de réponse."),
    "invalid-paper-code": N_(
        "Le code a 12 lettres et chiffres. Un caractère semble faux : vérifiez-le."
    ),
    "malformed-paper": N_("Ce n'est pas un code de nos documents."),
    "press-busy": N_(
        "Beaucoup de documents sont demandés en ce moment. Réessayez dans une minute."
        " Rien n'est perdu."
    ),
    "invalid-reference": N_(
        "La référence a 9 lettres et chiffres. L'un d'eux semble mal recopié."
    ),
    # --- the shell
    "refused": N_("Cette demande ne peut pas être acceptée."),
    "unknown-resource": N_(
        "Nous ne trouvons rien à cette adresse, ou elle ne vous est pas ouverte."
    ),
    "idempotency-key-missing": N_("Il manque l'en-tête Idempotency-Key."),
    "invalid-idempotency-key": N_(
        "L'en-tête Idempotency-Key a de 8 à 128 lettres, chiffres ou tirets."
    ),
    "idempotency-key-in-flight": N_(
        "La première demande est encore en cours. Attendez quelques secondes."
    ),
    "idempotency-key-reused": N_("Cette clé a déjà servi pour une autre demande."),
    "sign-in-refused": N_(
        "L'identifiant, le mot de passe ou le code ne convient pas. Après cinq codes"
        " faux, attendez un quart d'heure."
    ),
    "second-factor-not-enrolled": N_(
        "Ajoutez d'abord une application de codes à votre compte : dans un navigateur,"
        " à la page des agents."
    ),
    "agent-required": N_("Cette page est réservée aux agents connectés."),
    "secret-required": N_(
        "Il manque le code personnel : en-tête Authorization: Bearer."
    ),
    "invalid-request": N_("Des réponses sont à corriger."),
    "unreadable-body": N_("Le contenu envoyé n'est pas lisible."),
    "body-too-slow": N_(
        "Votre envoi n'est pas arrivé en entier. Recommencez quand la connexion est"
        " meilleure."
    ),
    "body-too-large": N_("Le contenu envoyé est trop long : 16 kio au plus."),
    "unsupported-media-type": N_("Ce format de contenu n'est pas accepté ici."),
    "method-not-allowed": N_("Cette adresse n'accepte pas cette action."),
    "unknown-host": N_("Ce nom de site n'est pas servi ici."),
    "forged-form": N_(
        "Ce formulaire ne vient pas de la page ouverte. Rouvrez la page et"
        " recommencez : rien n'a été envoyé."
    ),
    "overloaded": N_(
        "Le service est très demandé. Réessayez dans une minute : votre chance reste"
        " la même."
    ),
    "service-away": N_(
        "Le service s'est arrêté un instant. Recommencez dans une minute : la même"
        " demande ne compte qu'une fois."
    ),
    "internal-error": N_(
        "Une erreur est survenue chez nous. Rien n'est perdu de ce qui était"
        " enregistré."
    ),
}

FIELDS: dict[str, str] = {
    "/prefecture": N_("Préfecture"),
    "/motif": N_("Motif"),
    "/sites": N_("Lieux"),
    "/identity": N_("Identité"),
    "/identity/agdref_number": N_("Numéro étranger"),
    "/identity/document": N_("Pièce d'identité"),
    "/identity/document/kind": N_("Sorte de pièce"),
    "/identity/document/number": N_("Numéro de la pièce"),
    "/identity/document/country": N_("Pays de la pièce"),
    "/identity/family_name": N_("Nom de famille"),
    "/identity/given_names": N_("Prénoms"),
    "/identity/birth_date": N_("Date de naissance"),
    "/contact": N_("Coordonnées"),
    "/contact/email": N_("Adresse électronique"),
    "/contact/phone": N_("Téléphone"),
    "/contact/language": N_("Langue"),
    "/permit_expires_on": N_("Fin de validité"),
    "/held_document": N_("Document actuel"),
    "/permit_starts_on": N_("Début de validité"),
    "/entered_on": N_("Date d'entrée en France"),
    "/requested_on": N_("Date de la demande"),
    "/availability": N_("Jours possibles"),
    "/availability/weekdays_excluded": N_("Jours de la semaine impossibles"),
    "/availability/dates_excluded": N_("Dates impossibles"),
    "/availability/short_notice": N_("Venir au dernier moment"),
    "/people": N_("Nombre de personnes"),
    "/companions": N_("Personnes reçues avec vous"),
    "/site": N_("Lieu"),
    "/day": N_("Jour"),
    "/opens": N_("Heure de début"),
    "/closes": N_("Heure de fin"),
    "/minutes": N_("Durée"),
    "/guichets": N_("Guichets"),
    "/motifs": N_("Motifs"),
    "/login": N_("Identifiant"),
    "/password": N_("Mot de passe"),
    "/places": N_("Places"),
}
"""Places of a body, as people name them."""

SHAPES: dict[str, str] = {
    "missing": N_("cette réponse manque."),
    "extra_forbidden": N_("ce champ n'existe pas."),
    "string_type": N_("un texte est attendu."),
    "string_too_short": N_("cette réponse est vide ou trop courte."),
    "string_too_long": N_("ce texte est trop long."),
    "string_pattern_mismatch": N_("ce texte n'a pas la forme attendue."),
    "string_unicode": N_("ce texte contient un caractère illisible."),
    "control_character": N_("ce texte contient un caractère invisible interdit."),
    "int_type": N_("un nombre entier est attendu."),
    "bool_type": N_("vrai ou faux est attendu."),
    "list_type": N_("une liste est attendue."),
    "too_short": N_("cette liste est trop courte."),
    "too_long": N_("cette liste est trop longue."),
    "greater_than_equal": N_("ce nombre est trop petit."),
    "less_than_equal": N_("ce nombre est trop grand."),
    "literal_error": N_("cette valeur n'est pas dans la liste."),
    "iso_date": N_("une date est attendue, comme 2027-04-30."),
    "iso_time": N_("une heure est attendue, comme 09:30."),
    "one_proof": N_("donnez soit le numéro étranger, soit une autre pièce."),
    "json_invalid": N_("le contenu n'est pas du JSON lisible."),
    "model_attributes_type": N_("un objet est attendu."),
}
"""What is wrong with the shape of a value, by the kind of fault."""

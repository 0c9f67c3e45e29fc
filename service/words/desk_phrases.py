"""Claims, answers and agents' codes in words; translated where shown."""

from collections.abc import Mapping

from service.domain.cancellations import CancelReason
from service.domain.claims import ClaimGround, ClaimReason, Evidence
from service.domain.near_matches import Likeness
from service.words.i18n import N_

GROUNDS: Mapping[str, str] = {
    ClaimGround.JOB: N_("Mon travail ou mon contrat"),
    ClaimGround.HOUSING: N_("Mon logement"),
    ClaimGround.BENEFITS: N_("Mes droits sociaux : CAF, France Travail, santé"),
    ClaimGround.STUDIES: N_("Mes études, un examen, un stage"),
    ClaimGround.CHILD: N_("La situation de mon enfant"),
    ClaimGround.TRAVEL: N_("Un voyage indispensable"),
    ClaimGround.DATE: N_("La date de mon droit n'est pas la bonne"),
    ClaimGround.COURT: N_("Une décision de justice"),
}

EVIDENCES: Mapping[str, str] = {
    Evidence.EMPLOYER: N_("Une lettre de l'employeur, un contrat"),
    Evidence.BENEFITS_OFFICE: N_(
        "Un courrier de la CAF, de France Travail, d'une caisse"
    ),
    Evidence.LANDLORD: N_("Un courrier du propriétaire ou du bailleur"),
    Evidence.SCHOOL: N_("Un courrier de l'école ou de l'université"),
    Evidence.TITLE: N_("Mon titre, mon récépissé ou mon attestation"),
    Evidence.COURT_ORDER: N_("La décision de justice"),
    Evidence.OTHER: N_("Un autre papier, sauf un papier médical"),
    Evidence.NONE: N_("Aucun papier pour l'instant"),
}

REASONS_OF_ANSWERS: Mapping[str, str] = {
    ClaimReason.TITLE_SEEN: N_(
        "Un agent a vu votre titre ou votre papier. La date qui compte est corrigée."
    ),
    ClaimReason.COURT_ORDER_SEEN: N_(
        "Un agent a vu la décision de justice. Le jour qu'elle fixe compte maintenant."
    ),
    ClaimReason.MAJORITY_SEEN: N_(
        "Un agent a vu votre date de naissance. Le délai des 18 ans compte maintenant."
    ),
    ClaimReason.NO_DATE_IN_LAW: N_(
        "Cette situation est sérieuse, mais aucune date écrite dans la loi n'en dépend."
        " Seule une telle date change le groupe : c'est la même règle pour tous."
    ),
    ClaimReason.DATE_COUNTS_ALREADY: N_(
        "Votre date compte déjà. Votre groupe tient compte de cette échéance."
    ),
    ClaimReason.RIGHTS_CONTINUE: N_(
        "Vos droits continuent avec le papier que vous avez. Vous pouvez le montrer à"
        " l'employeur ou à la caisse."
    ),
    ClaimReason.NOTHING_SHOWN: N_(
        "Aucun papier n'a pu être vu. Montrez-le au guichet sans rendez-vous, ou"
        " appelez-nous."
    ),
    ClaimReason.SOLVED_OTHERWISE: N_(
        "Une autre solution a été trouvée avec vous. Elle ne dépend pas du tirage."
    ),
    ClaimReason.NOT_CERTIFIED: N_(
        "Le second agent n'a pas confirmé la date lue. Appelez-nous : une personne"
        " regardera avec vous."
    ),
}

HELP_OF_ANSWERS: Mapping[str, str] = {
    ClaimReason.NO_DATE_IN_LAW: N_(
        "Ce qui aide maintenant : votre accusé d'inscription prouve votre demande à un"
        " employeur, une caisse ou un juge. Un lieu d'aide peut vous conseiller."
    ),
    ClaimReason.NOTHING_SHOWN: N_(
        "Un lieu d'aide près de chez vous peut regarder vos papiers, sans rendez-vous."
    ),
    ClaimReason.RIGHTS_CONTINUE: N_(
        "Montrez aussi votre accusé d'inscription. Les articles L. 433-3 et R. 431-15"
        " disent quels droits continuent."
    ),
}

ANSWERS: Mapping[str, str] = {
    "date-changed": N_("Votre date a été corrigée"),
    "date-awaits-second": N_("Un second agent confirme la date"),
    "no-change": N_("Votre groupe ne change pas"),
}

LIKENESSES: Mapping[str, str] = {
    Likeness.SAME_NAMES: "mêmes noms, autres numéros",
    Likeness.OTHER_SPELLING: "noms écrits autrement",
    Likeness.ALMOST_THE_SAME_NUMBER: "numéros presque pareils",
}

CHANNELS: Mapping[str, str] = {
    "web": N_("internet"),
    "api": N_("un autre service"),
    "phone": N_("téléphone"),
    "desk": N_("guichet"),
    "paper": N_("papier"),
    "mail": N_("courrier électronique"),
    "helper": N_("accompagnant"),
    "called": N_("appel de la préfecture"),
}

EXCUSES: Mapping[str, str] = {
    "illness": "Maladie",
    "work": "Travail",
    "transport": "Transport",
    "child": "Enfant ou proche",
    "message-not-received": "Message non reçu",
    "prefecture": "Du fait de la préfecture",
    "other": "Autre raison",
}

LINE_RESULTS: Mapping[str, str] = {
    "to-create": "à inscrire",
    "created": "inscrite",
    "known": "déjà là : rien ne change",
    "declined": "a déjà dit non : rien ne change",
    "to-renew": "à noter",
    "renewed": "notée : la personne est prévenue",
    "refused": "à corriger",
    "told": "prévenue par message",
    "to-call": "à appeler ou à qui écrire",
}

REOPEN_REASONS: Mapping[str, str] = {
    "both-came": N_("Les deux personnes sont venues"),
    "documents-seen": N_("Deux documents différents ont été vus"),
    "person-said": N_("La personne l'a dit, son dossier le montre"),
    "slip": N_("Ce n'était pas la bonne paire"),
}

CHECK_RESULTS: Mapping[str, str] = {
    "verified": "La date est vérifiée.",
    "corrected": "La date est corrigée. La personne est prévenue.",
    "awaits-second": "La date lue rend l'inscription plus pressée. Un second agent la"
    " confirme avant qu'elle compte.",
    "place-kept": "La nuit a été refaite avec la vraie date : la place est gardée.",
    "place-kept-awaits-second": "La place est gardée. La date lue rend l'inscription"
    " plus pressée : un second agent la confirme avant qu'elle compte.",
    "place-given-back": "La nuit a été refaite avec la vraie date : la place va à une"
    " autre nuit. L'inscription continue, l'ancienneté est gardée.",
}

ACT_RESULTS: Mapping[str, str] = {
    "confirmed": "Le rendez-vous est confirmé. La personne est prévenue.",
    "declined": "La place est déclinée : elle va à une autre nuit. L'inscription"
    " continue, la personne est prévenue.",
    "cancelled": "Le rendez-vous est rendu : la place va à une autre nuit."
    " L'inscription continue, la personne est prévenue.",
    "corrected": "La correction est notée. L'ancienneté est gardée, la personne est"
    " prévenue.",
    "contact": "Les coordonnées sont notées. S'il y en avait d'autres, un message y"
    " part, et les nouvelles comptent après 72 heures.",
    "claimed": "L'urgence est notée. Elle est dans la liste des demandes à répondre.",
    "withdrawn": "L'inscription est retirée. La personne est prévenue.",
    "too-late": "Ce n'est plus possible : le dossier a changé. Il est ci-dessous, à"
    " jour.",
}
"""What an agent did for a person, as the file says it then; agents read French."""

SHOWN: Mapping[str, str] = {
    "document": "au guichet, document vu",
    "called": "appelée à son numéro",
    "code": "avec son code",
}
"""How an agent knew the person."""

ACTS_IN_FILE: Mapping[str, str] = {
    "confirmed": "Rendez-vous confirmé",
    "declined": "Place déclinée",
    "cancelled": "Rendez-vous rendu",
    "corrected": "Inscription corrigée",
    "contact": "Coordonnées changées",
    "claimed": "Urgence signalée",
    "withdrawn": "Inscription retirée",
    "not-reached": "Appel sans réponse",
}

WAIT_PAGES: Mapping[str, str] = {
    "calls": "/agents/appels",
    "cancellations": "/agents/annulations",
    "claims": "/agents/demandes",
    "checks": "/agents/verifications",
    "visits": "/agents/journee",
    "pairs": "/agents/doublons",
    "papers": "/agents/papiers",
    "ready": "/agents/titres-prets",
    "organisations": "/agents/organisations",
}
"""Where each thing that waits is done."""

CANCEL_REASONS: Mapping[str, str] = {
    CancelReason.AGENTS_AWAY: "Des agents sont absents",
    CancelReason.CLOSED: "Le guichet ou le bâtiment est fermé",
    CancelReason.BREAKDOWN: "Une panne empêche de recevoir",
    CancelReason.PUBLISHED_BY_MISTAKE: "Le créneau a été publié par erreur",
    CancelReason.OTHER: "Autre raison : à dire au second agent",
}
"""French only, as the pages of agents are."""

WAITS_FOR_NOTHING: Mapping[str, str] = {
    "calls": N_("appels"),
    "claims": N_("demandes d'urgence"),
    "checks": N_("dates à confirmer"),
    "visits": N_("rendez-vous du jour"),
    "pairs": N_("inscriptions qui se ressemblent"),
    "papers": N_("récépissés qui finissent"),
    "ready": N_("titres à annoncer"),
    "organisations": N_("organisations proposées"),
}

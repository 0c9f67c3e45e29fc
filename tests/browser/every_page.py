"""The one list of pages: each with the state in which it is looked at, and by whom.

A new page is one line here. ``tests/architecture/test_every_page_is_looked_at.py``
compares the list with the routes of the application, so that none can be forgotten;
``test_every_page.py`` opens each line in a browser, in every language.

``who`` is whose browser it is: nobody's, an agent's, or that of a person of
``furnished.People``. ``bare`` pages are those of a prefecture that just opened, where
nothing happened yet. ``act`` names what to do once the page is open
(``page_acts.ACTS``); the page that follows is the one that is looked at.
"""

from typing import Final

from tests.browser.pages_of_help import NOT_LOOKED_AT_OF_HELP, VISITS_OF_HELP
from tests.browser.visit import Visit

NIGHT: Final = "2026-11-23"
"""The night that the furnished prefecture held."""

WAY: Final = "registration"
"""The way of ``page_acts`` that walks every step, right and wrong answers alike."""

VISITS: Final = (
    # --- everybody
    Visit("GET /"),
    Visit("GET /", state="empty", bare=True),
    Visit("GET /langues"),
    Visit("GET /motifs"),
    Visit("GET /motifs", state="empty", bare=True),
    Visit("GET /motifs/{slug}", "/motifs/renouvellement-titre"),
    Visit("GET /motifs/{slug}", "/motifs/changement-statut"),
    Visit("GET /motifs/{slug}", "/motifs/adresse"),
    Visit("GET /motifs/{slug}", "/motifs/aes", "empty", bare=True),
    Visit("GET /motifs/{slug}", "/motifs/nothing", "error"),
    Visit("GET /regles"),
    Visit("GET /regles", state="empty", bare=True),
    Visit("GET /nuits"),
    Visit("GET /nuits", state="empty", bare=True),
    Visit("GET /nuits/{held_on}", f"/nuits/{NIGHT}"),
    Visit("GET /nuits/{held_on}", "/nuits/2020-01-01", "error"),
    Visit("GET /verifier"),
    Visit("GET /verifier-un-accuse"),
    Visit("POST /verifier-un-accuse", "/verifier-un-accuse", "error", act="send"),
    Visit("GET /v/{token}", "/v/nothing", "error"),
    Visit("GET /stats"),
    Visit("GET /stats", state="empty", bare=True),
    Visit("GET /donnees"),
    Visit("GET /donnees", state="empty", bare=True),
    Visit("GET /etat"),
    Visit("GET /etat", state="empty", bare=True),
    Visit("GET /aide"),
    Visit("GET /aide", "/aide?ou=38200+Vienne"),
    Visit("GET /aide", state="empty", bare=True),
    Visit("GET /formulaire"),
    Visit("GET /accessibilite"),
    Visit("GET /accessibilite/schema"),
    Visit("GET /facile"),
    Visit("GET /facile/{slug}", "/facile/rendez-vous"),
    Visit("GET /facile/{slug}", "/facile/nothing", "error"),
    Visit("GET /politique-de-confidentialite"),
    Visit("GET /mentions-legales"),
    Visit("GET /cgu"),
    Visit("GET /plan-du-site"),
    Visit("GET /desinscription-faite"),
    Visit("GET /problems/{code}", "/problems/invalid-request"),
    Visit("GET /problems/{code}", "/problems/nothing", "error"),
    Visit("GET /demonstration/courrier"),
    Visit("GET /demonstration/courrier", state="empty", bare=True),
    Visit(
        "GET /demonstration/courrier/{mail_id}", "/demonstration/courrier/x", "error"
    ),
    # --- registering and coming back
    Visit("GET /inscription/{draft_id}/{slug}", "/inscription/aaaaaaaa/motif", "error"),
    Visit("GET /acces"),
    Visit("POST /acces", "/acces", "error", act="send"),
    Visit("GET /acces/{reference}/{secret}", "/acces/0123ABCDM/secret"),
    Visit("GET /a/{secret}", "/a/secret"),
    Visit("POST /a", "/a/secret", "error", act="send"),
    Visit("GET /a/{secret}/garder", "/a/secret/garder"),
    Visit("POST /a/garder", "/a/secret/garder", "error", act="send"),
    Visit("GET /acces/code"),
    Visit("POST /acces/code", "/acces/code", "error", act="send"),
    Visit("GET /acces/code/saisie"),
    Visit("POST /acces/code/saisie", "/acces/code/saisie", "error", act="send"),
    # --- who waits
    Visit("GET /suivi", state="error"),
    Visit("GET /suivi", who="waiting"),
    Visit("GET /suivi", who="withdrawn"),
    Visit("GET /suivi", who="joined"),
    Visit("GET /suivi", who="offered"),
    Visit("GET /suivi", who="confirmed"),
    Visit("GET /suivi/accuse", who="waiting"),
    Visit("GET /suivi/nuits", who="waiting"),
    Visit("GET /suivi/nuits/{held_on}", f"/suivi/nuits/{NIGHT}", who="waiting"),
    Visit("GET /suivi/nuits/{held_on}", f"/suivi/nuits/{NIGHT}", who="offered"),
    Visit("GET /suivi/nuits/{held_on}", "/suivi/nuits/2020-01-01", "error", "waiting"),
    Visit(
        "GET /suivi/nuits/{held_on}/preuve",
        f"/suivi/nuits/{NIGHT}/preuve",
        who="waiting",
    ),
    Visit("GET /suivi/corriger", who="waiting"),
    *(
        Visit("GET /suivi/corriger/{section}", f"/suivi/corriger/{name}", who="waiting")
        for name in (
            "lieux",
            "document",
            "dates",
            "contact",
            "disponibilites",
            "famille",
        )
    ),
    Visit(
        "POST /suivi/corriger/{section}",
        "/suivi/corriger/lieux",
        "error",
        "waiting",
        "untick and send",
    ),
    Visit(
        "POST /suivi/corriger/{section}",
        "/suivi/corriger/dates",
        "error",
        "waiting",
        "impossible date",
    ),
    Visit("GET /suivi/desinscription", who="waiting"),
    # --- who has a place
    Visit("GET /suivi/offre", who="offered"),
    Visit("GET /suivi/offre", state="error", who="waiting"),
    Visit("GET /suivi/offre/refuser", who="offered"),
    Visit("GET /suivi/rendez-vous/annuler", who="confirmed"),
    Visit("GET /suivi/convocation", who="confirmed"),
    Visit("GET /suivi/convocation", who="offered", state="error"),
    # --- an urgency
    Visit("GET /urgence"),
    Visit("GET /suivi/urgence", who="waiting"),
    Visit("GET /suivi/urgence", who="claiming"),
    Visit("POST /suivi/urgence", "/suivi/urgence", "error", "waiting", "send"),
    # --- agents
    Visit("GET /agents"),
    Visit("POST /agents", "/agents", "error", act="send"),
    Visit("GET /agents/protection", who="enrolling"),
    Visit("GET /agents/protection", state="error"),
    Visit(
        "POST /agents/protection", "/agents/protection", "error", "enrolling", "send"
    ),
    Visit("GET /agents/creneaux", "/agents/creneaux?semaine=2026-11-30", who="agent"),
    Visit("GET /agents/creneaux", state="empty", who="agent", bare=True),
    Visit("GET /agents/creneaux", state="error"),
    Visit("GET /agents/creneaux/publier", who="agent"),
    Visit(
        "POST /agents/creneaux/apercu",
        "/agents/creneaux/publier",
        "error",
        "agent",
        "send",
    ),
    Visit(
        "POST /agents/creneaux/apercu",
        "/agents/creneaux/publier",
        who="agent",
        act="preview a day",
    ),
    Visit("GET /agents/appels", who="agent"),
    Visit("GET /agents/appels", state="empty", who="agent", bare=True),
    Visit("GET /agents/motifs", who="agent"),
    Visit("GET /agents/motifs", state="empty", who="agent", bare=True),
    Visit("POST /agents/motifs/suspendre", "/agents/motifs", "error", "agent", "send"),
    Visit("GET /agents/accueil", who="agent"),
    Visit(
        "POST /agents/accueil/reference",
        "/agents/accueil",
        "error",
        "agent",
        "send form 1",
    ),
    Visit(
        "POST /agents/accueil/personne",
        "/agents/accueil",
        "error",
        "agent",
        "send form 2",
    ),
    Visit("GET /agents/inscrire", who="agent"),
    Visit("POST /agents/inscrire", "/agents/inscrire", "error", "agent", "send"),
    Visit("GET /agents/dossiers/{reference}", "{file}", who="agent"),
    Visit(
        "GET /agents/dossiers/{reference}", "/agents/dossiers/x", "error", who="agent"
    ),
    *(
        Visit(
            "GET /agents/dossiers/{reference}/agir/{act}",
            f"{whose}/agir/{act}",
            who="agent",
        )
        for whose, act in (
            ("{offered}", "decliner"),
            ("{file}", "corriger"),
            ("{file}", "coordonnees"),
            ("{file}", "urgence"),
        )
    ),
    Visit(
        "POST /agents/dossiers/{reference}/agir/{act}",
        "{file}/agir/urgence",
        "error",
        "agent",
        "send",
    ),
    Visit("GET /agents/verifications", who="agent"),
    Visit("GET /agents/verifications", state="empty", who="agent", bare=True),
    Visit("GET /agents/annulations", who="agent"),
    Visit("GET /agents/annulations", state="empty", who="agent", bare=True),
    Visit("GET /agents/demandes", who="agent"),
    Visit("GET /agents/demandes", state="empty", who="agent", bare=True),
    Visit(
        "GET /agents/demandes/{number}",
        "/agents/demandes",
        who="agent",
        act="first row",
    ),
    Visit("GET /agents/journee", who="agent"),
    Visit("GET /agents/journee", "/agents/journee?jour=2026-11-30", who="agent"),
    Visit("GET /agents/journee", state="empty", who="agent", bare=True),
    Visit("GET /agents/doublons", who="agent"),
    Visit("GET /agents/doublons", state="empty", who="agent", bare=True),
    Visit("GET /agents/papiers", who="agent"),
    Visit("GET /agents/papiers", state="empty", who="agent", bare=True),
    Visit("GET /agents/titres-prets", who="agent"),
    Visit("GET /agents/titres-prets", state="empty", who="agent", bare=True),
    Visit(
        "POST /agents/listes/titres-prets",
        "/agents/titres-prets",
        "error",
        "agent",
        "send form 1",
    ),
    Visit("GET /agents/personnes-appelees", who="agent"),
    Visit("GET /agents/personnes-appelees/lettres", who="agent"),
    Visit(
        "POST /agents/listes/personnes-appelees",
        "/agents/personnes-appelees",
        "error",
        "agent",
        "send form 1",
    ),
    Visit("GET /agents/code-papier", who="agent"),
    Visit("POST /agents/code-papier", "/agents/code-papier", "error", "agent", "send"),
    Visit(
        "GET /agents/creneaux/{code}/annuler",
        "/agents/creneaux?semaine=2026-11-30",
        who="agent",
        act="cancel a slot",
    ),
    Visit("GET /agents/convocations", who="agent"),
    Visit(
        "POST /agents/convocations", "/agents/convocations", "error", "agent", "send"
    ),
    Visit("GET /agents/corrections", who="agent"),
    Visit(
        "POST /agents/corrections/relire",
        "/agents/corrections",
        "error",
        "agent",
        "send",
    ),
    *(
        Visit(
            "GET /agents/corrections/reponse/{answer}.{night}.{declared}.{true}",
            f"/agents/corrections/reponse/{answer}.{NIGHT}.0.3",
            who="agent",
        )
        for answer in ("kept", "kept-second", "cancelled", "cancelled-second")
    ),
    Visit("GET /agents/controleurs", who="agent"),
    Visit("GET /agents/controleurs", state="empty", who="agent", bare=True),
    Visit("POST /agents/controleurs", "/agents/controleurs", "error", "agent", "send"),
    Visit("GET /agents/lieux-d-aide", who="agent"),
    Visit("GET /agents/lieux-d-aide", state="empty", who="agent", bare=True),
    Visit("GET /agents/lieux-d-aide/ajouter", who="agent"),
    Visit(
        "POST /agents/lieux-d-aide/ajouter",
        "/agents/lieux-d-aide/ajouter",
        "error",
        "agent",
        "send",
    ),
    Visit(
        "GET /agents/lieux-d-aide/{place_id}",
        "/agents/lieux-d-aide",
        who="agent",
        act="first row",
    ),
    *VISITS_OF_HELP,
)

WALKED: Final = frozenset(
    {
        "GET /inscription",
        "GET /inscription/{draft_id}/{slug}",
        "POST /inscription/{draft_id}/{slug}",
        "POST /inscription/{draft_id}/verification",
    }
)
"""Looked at on the way, step by step, by ``page_acts.walk_registration``."""

NOT_LOOKED_AT: Final = {
    **NOT_LOOKED_AT_OF_HELP,
    "GET /.well-known/security.txt": "plain text",
    "GET /favicon.ico": "a drawing",
    "GET /robots.txt": "plain text",
    "GET /static/{digest}/{name}": "styles and scripts",
    "GET /theme/{digest}/{name:path}": "styles, fonts and icons",
    "GET /regles/{name}": "a JSON file",
    "GET /verifier/verify_tour_de_role.py": "a program",
    "GET /verifier/verify_tour_de_role_kept.py": "a program",
    "GET /suivi/accuse.pdf": "a PDF: tests of the papers read it",
    "GET /suivi/accuse-discret.pdf": "a PDF: tests of the papers read it",
    "GET /suivi/accuse/signe": "a JSON file",
    "GET /suivi/mes-donnees.json": "a JSON file",
    "GET /suivi/nuits/{held_on}/ligne": "a JSON file",
    "GET /formulaire/{language}.pdf": "a PDF: tests of the papers read it",
    "GET /suivi/nuits/{held_on}/pourquoi.pdf": "a PDF: tests of the papers read it",
    "GET /suivi/convocation.pdf": "a PDF: tests of the papers read it",
    "GET /suivi/rendez-vous.ics": "a calendar file",
    "GET /agents/titres-prets/{number}/lettre.pdf": "a PDF: read by other tests",
    "GET /agents/personnes-appelees/{reference}/lettre.pdf": "a PDF: as above",
    "POST /acces/fermer": "leads to the page that opens a registration again",
    "POST /inscription/{draft_id}/effacer": "leads to the first page",
    "POST /suivi/desinscription": "leads to a page that is listed",
    "POST /suivi/offre/confirmer": "leads to /suivi",
    "POST /suivi/offre/refuser": "leads to /suivi",
    "POST /suivi/rendez-vous/annuler": "leads to /suivi",
    "POST /agents/creneaux/publier": "leads to the week, or back to the preview",
    "POST /agents/creneaux/retirer": "leads to the week",
    "POST /agents/corrections": "leads to the answer, or back to the form",
    "POST /agents/controleurs/fin": "leads to the list",
    "POST /agents/verifications": "leads to the list",
    "POST /agents/annulations": "leads to the list",
    "POST /agents/journee/{number}": "leads to the day",
    "POST /agents/doublons": "leads to the list",
    "POST /agents/doublons/rouvrir": "leads to the list",
    "POST /suivi/une-autre-personne": "leads to /suivi",
    "POST /agents/listes/papiers": "leads to the list; its errors stand on that page",
    "POST /agents/listes/papiers-renouveles": "that page again, as the other lists",
    "POST /agents/fichiers/papiers": "that page again, the file in its box",
    "POST /agents/fichiers/personnes-appelees": "that page again, the file in its box",
    "POST /agents/titres-prets/horaires": "leads to the list, or back to it",
    "POST /agents/titres-prets/{number}": "leads to the list",
    "POST /agents/demandes/{number}": "leads to the list, or back to the claim",
    "GET /agents/dossiers/{reference}/papiers/{paper}": "a PDF: read by other tests",
    "GET /agents/dossiers/{reference}/nuits/{held_on}/pourquoi.pdf": "a PDF: as above",
    "POST /agents/appels": "leads to the list",
    "POST /agents/dossiers/{reference}/dates": "leads to the file, or back to it",
    "POST /agents/creneaux/{code}/annuler": "leads to the week, or back to the form",
    "GET /agents/protection/code.svg": "a drawing",
    "POST /agents/sortie": "leads to the sign-in page",
    "POST /agents/motifs/rouvrir": "leads to the list",
    "POST /agents/lieux-d-aide/{place_id}": "the form of the page that adds a place",
    "POST /agents/lieux-d-aide/{place_id}/retirer": "leads to the list",
}
"""Routes without a page of their own, each with the reason."""

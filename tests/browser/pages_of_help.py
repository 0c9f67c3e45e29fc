"""The pages of organisations, helpers and who is helped: see ``every_page``."""

from typing import Final

from tests.browser.visit import Visit

VISITS_OF_HELP: Final = (
    # --- organisations, as agents see them
    Visit("GET /agents/organisations", who="agent"),
    Visit("GET /agents/organisations", state="empty", who="agent", bare=True),
    Visit("GET /agents/organisations/signaux", who="agent"),
    Visit("GET /agents/organisations/signaux", state="empty", who="agent", bare=True),
    Visit("GET /agents/organisations/ajouter", who="agent"),
    Visit(
        "POST /agents/organisations/ajouter",
        "/agents/organisations/ajouter",
        "error",
        "agent",
        "send",
    ),
    Visit(
        "GET /agents/organisations/{organisation_id}",
        "/agents/organisations",
        who="agent",
        act="first row",
    ),
    Visit(
        "POST /agents/organisations/mandats",
        "/agents/organisations",
        "error",
        "agent",
        "send form 1",
    ),
    # --- helpers
    Visit("GET /accompagnants"),
    Visit("POST /accompagnants", "/accompagnants", "error", act="send"),
    Visit("GET /accompagnants/personnes", state="error"),
    Visit("GET /accompagnants/personnes", who="helper"),
    Visit(
        "GET /accompagnants/personnes",
        "/accompagnants/personnes?nom=nobody",
        "empty",
        "helper",
    ),
    Visit(
        "GET /accompagnants/personnes/{reference}",
        "/accompagnants/personnes",
        who="helper",
        act="first row",
    ),
    Visit(
        "GET /accompagnants/personnes/{reference}/corriger",
        "/accompagnants/personnes?etat=waiting",
        who="helper",
        act="correct the first row",
    ),
    Visit(
        "POST /accompagnants/personnes/{reference}/corriger",
        "/accompagnants/personnes?etat=waiting",
        "error",
        "helper",
        "correct the first row wrongly",
    ),
    Visit("GET /accompagnants/inscrire", who="helper"),
    Visit(
        "POST /accompagnants/inscrire",
        "/accompagnants/inscrire",
        "error",
        "helper",
        "send",
    ),
    Visit("GET /accompagnants/lot", who="helper"),
    Visit(
        "POST /accompagnants/lot/fichier",
        "/accompagnants/lot",
        who="helper",
        act="send a file",
    ),
    Visit(
        "POST /accompagnants/lot/{batch_id}",
        "/accompagnants/lot",
        "error",
        "helper",
        "send a file and no consent",
    ),
    Visit("GET /accompagnants/equipe", who="helper"),
    Visit(
        "POST /accompagnants/equipe", "/accompagnants/equipe", "error", "helper", "send"
    ),
    Visit("GET /accompagnants/invitation/{token}", "{invitation}"),
    Visit(
        "POST /accompagnants/invitation/{token}",
        "{invitation}",
        "error",
        act="send",
    ),
    Visit("GET /demonstration/code"),
    # --- who is helped
    Visit("GET /suivi", who="helped"),
    Visit("GET /suivi/accompagnants", who="helped"),
    Visit("GET /suivi/accompagnants", state="empty", who="waiting"),
    Visit("GET /a/{secret}/mandats", "{mandates}"),
    Visit("GET /a/{secret}/mandats", "/a/secret/mandats", "error"),
)

NOT_LOOKED_AT_OF_HELP: Final = {
    "GET /accompagnants/invitation/{token}/code.svg": "a drawing",
    "GET /accompagnants/lot/modele.xlsx": "a workbook: the helper's journey opens it",
    "GET /accompagnants/lot/modele.csv": "a file of headings",
    "POST /accompagnants/sortie": "leads to the sign-in page",
    "POST /accompagnants/personnes/{reference}/repondre": "leads to the person",
    "POST /accompagnants/personnes/{reference}/rendre-le-mandat": "leads to the list",
    "POST /accompagnants/equipe/{helper_id}/fermer": "leads to the team",
    "POST /agents/organisations/{organisation_id}/decision": "leads to the same page",
    "POST /agents/organisations/{organisation_id}/plafonds": "leads to the same page",
    "POST /agents/organisations/{organisation_id}/inviter": "the same page again",
    "POST /suivi/accompagnants/{mandate_id}/retirer": "leads to a listed page",
    "POST /suivi/accompagnants/{mandate_id}/accepter": "leads to a listed page",
    "POST /a/mandats": "leads to a listed page",
}
"""Routes without a page of their own, each with the reason."""

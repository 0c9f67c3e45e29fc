"""Pages that the law and good manners expect, honest about what is not done."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.dependencies import CallsDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(include_in_schema=False)

SECURITY_TXT_LASTS: Final = timedelta(days=180)
STATED_ON: Final = date(2026, 11, 26)
"""Day of the accessibility statement: it holds for three years at most."""

TERMS_VERSION: Final = date(2026, 11, 26)
"""Day of the terms of use; a changed text has a new day."""

SECTIONS: Final = (
    (
        N_("Demander un rendez-vous"),
        (
            ("/", N_("Accueil")),
            ("/inscription", N_("M'inscrire")),
            ("/acces", N_("Suivre mon inscription")),
            ("/motifs", N_("Les motifs")),
            ("/urgence", N_("Une urgence")),
            ("/formulaire", N_("Formulaire sur papier")),
            ("/verifier-un-accuse", N_("Vérifier un document")),
            ("/aide", N_("Aide et contact")),
        ),
    ),
    (
        N_("Comprendre et vérifier"),
        (
            ("/regles", N_("La règle en une page")),
            ("/nuits", N_("Les tirages")),
            ("/verifier", N_("Vérifier un tirage")),
            ("/stats", N_("Les chiffres publics")),
            ("/donnees", N_("Les données ouvertes")),
            ("/etat", N_("État du service")),
        ),
    ),
    (
        N_("Vos droits"),
        (
            ("/politique-de-confidentialite", N_("Vos données et vos droits")),
            ("/accessibilite", N_("Accessibilité : non conforme")),
            ("/accessibilite/schema", N_("Schéma d'accessibilité")),
            ("/facile", N_("Français facile")),
            ("/cgu", N_("Conditions d'utilisation")),
            ("/mentions-legales", N_("Mentions légales")),
        ),
    ),
)
"""The plan of the site: heading, then address and name of each page."""


@router.get("/accessibilite")
async def accessibility(request: Request, site: SiteDep) -> Response:
    """State the accessibility of the pages: not audited yet."""
    del site
    return page(request, "public/accessibility.html", public=True, stated_on=STATED_ON)


@router.get("/mentions-legales")
async def imprint(request: Request, site: SiteDep) -> Response:
    """Say who answers for the service."""
    del site
    return page(request, "public/imprint.html", public=True)


@router.get("/politique-de-confidentialite")
async def privacy(request: Request, site: SiteDep) -> Response:
    """Say what is kept, why, for how long, and which rights people have."""
    del site
    return page(request, "public/privacy.html", public=True)


@router.get("/cgu")
async def terms(request: Request, site: SiteDep) -> Response:
    """Say what may be expected of the service, and of people."""
    del site
    return page(request, "public/terms.html", public=True, version=TERMS_VERSION)


@router.get("/plan-du-site")
async def plan(request: Request, site: SiteDep) -> Response:
    """List every page that anybody may open."""
    del site
    return page(request, "public/plan.html", public=True, sections=SECTIONS)


@router.get("/desinscription-faite")
async def withdrawn(request: Request, site: SiteDep) -> Response:
    """Say that a registration was ended; the same for everybody."""
    del site
    return page(request, "public/withdrawn.html", public=True)


@router.get("/.well-known/security.txt")
async def security_txt(calls: CallsDep) -> Response:
    """Say where a weakness is reported (RFC 9116); never out of date.

    The date is moved with the first of each month, so that a copy can be compared.
    """
    expires = expiry_of(calls.ports.clock.now())
    root = calls.ports.public_url.rstrip("/")
    text = (
        f"Contact: {root}/mentions-legales#faille\n"
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: fr, en\n"
        f"Canonical: {root}/.well-known/security.txt\n"
        f"Policy: {root}/mentions-legales#faille\n"
    )
    return Response(
        text, media_type="text/plain", headers={"Cache-Control": "public, max-age=3600"}
    )


def expiry_of(now: datetime) -> datetime:
    """Return when the security.txt written ``now`` expires."""
    month = now.astimezone(UTC).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    return month + SECURITY_TXT_LASTS

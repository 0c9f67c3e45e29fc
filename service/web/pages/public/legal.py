"""Pages that the law and good manners expect, honest about what is not done."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.dependencies import CallsDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(include_in_schema=False)

SECURITY_TXT_LASTS = timedelta(days=180)


@router.get("/accessibilite")
async def accessibility(request: Request, site: SiteDep) -> Response:
    """State the accessibility of the pages: not audited yet."""
    del site
    return page(request, "public/accessibility.html", public=True)


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


@router.get("/aide")
async def help_page(request: Request, site: SiteDep) -> Response:
    """Say where help is found without internet."""
    del site
    return page(request, "public/help.html", public=True)


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
        f"Contact: {root}/mentions-legales\n"
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: fr, en\n"
        f"Canonical: {root}/.well-known/security.txt\n"
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

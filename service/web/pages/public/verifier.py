"""Anyone checks a night: in the browser, or with one file to keep."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.draw import standalone
from service.web.pages.public.verifier_words import (
    ACKNOWLEDGEMENT_CHECKS,
    ANNULMENT_CHECKS,
    CHAIN_CHECKS,
    CHECKS,
    KEPT_CHECKS,
    LINE_CHECKS,
    WORDS,
)
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/verifier", include_in_schema=False)

STANDALONE: Final = Path(standalone.__file__).with_name("verify_tour_de_role.py")


@lru_cache(maxsize=1)
def standalone_file() -> bytes:
    """Return the verifier that shares nothing with this program."""
    return STANDALONE.read_bytes()


@router.get("")
async def verifier(request: Request, site: SiteDep) -> Response:
    """Let anyone drop a transcript; without JavaScript, say how to do without."""
    del site
    return page(
        request,
        "public/verifier.html",
        public=True,
        checks=CHECKS,
        line_checks=LINE_CHECKS,
        acknowledgement_checks=ACKNOWLEDGEMENT_CHECKS,
        chain_checks=CHAIN_CHECKS,
        kept_checks=KEPT_CHECKS,
        annulment_checks=ANNULMENT_CHECKS,
        said=WORDS,
        file=STANDALONE.name,
        digest=hashlib.sha256(standalone_file()).hexdigest(),
    )


@router.get(f"/{STANDALONE.name}")
async def download() -> Response:
    """Send the stand-alone verifier, always from this address."""
    return Response(
        standalone_file(),
        media_type="text/x-python",
        headers={
            "Cache-Control": "public, max-age=3600",
            "Content-Disposition": f'attachment; filename="{STANDALONE.name}"',
        },
    )

"""Anyone checks a night: in the browser, or with a file to keep."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from service import draw
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

FOLDER: Final = Path(draw.__file__).with_name("standalone")
STANDALONE: Final = FOLDER / "verify_tour_de_role.py"
"""It checks a night, alone, and shares nothing with this program."""
SECOND: Final = FOLDER / "verify_tour_de_role_kept.py"
"""Laid beside it: nights together, and what somebody kept of them."""


@lru_cache(maxsize=2)
def octets_of(file: Path) -> bytes:
    """Return one of the two files, as it is given to everybody."""
    return file.read_bytes()


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
        digest=hashlib.sha256(octets_of(STANDALONE)).hexdigest(),
        second=SECOND.name,
        second_digest=hashlib.sha256(octets_of(SECOND)).hexdigest(),
    )


@router.get(f"/{STANDALONE.name}")
async def download() -> Response:
    """Send the stand-alone verifier, always from this address."""
    return sent(STANDALONE)


@router.get(f"/{SECOND.name}")
async def download_second() -> Response:
    """Send what checks several nights and one's own papers, from this address."""
    return sent(SECOND)


def sent(file: Path) -> Response:
    """Answer with a file to keep."""
    return Response(
        octets_of(file),
        media_type="text/x-python",
        headers={
            "Cache-Control": "public, max-age=3600",
            "Content-Disposition": f'attachment; filename="{file.name}"',
        },
    )

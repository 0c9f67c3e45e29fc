"""Choosing a language when the header has no room for all of them."""

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(include_in_schema=False)

_OUR_PATH = re.compile(r"/(?!/)[A-Za-z0-9/_.-]*")


@router.get("/langues")
async def languages(request: Request, site: SiteDep, retour: str = "/") -> Response:
    """List every language; each leads back to the page one came from."""
    del site
    return page(request, "public/languages.html", back=safe_path(retour))


def safe_path(asked: str) -> str:
    """Return a path of this site, the first page for anything else.

    Another site's address here would lend our name to a forgery.
    """
    return asked if _OUR_PATH.fullmatch(asked) else "/"

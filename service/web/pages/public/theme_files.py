"""The files of a prefecture's theme."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.usecases.errors import UnknownResourceError
from service.web.pages.public.home import A_YEAR
from service.web.pages.site import site_of

router = APIRouter(include_in_schema=False)


@router.get("/theme/{digest}/{name:path}")
async def theme_file(request: Request, digest: str, name: str) -> Response:
    """Serve a style, font or icon; the address names the content of them all."""
    theme = site_of(request).theme
    found = theme.content(digest, name) if theme else None
    if found is None:
        raise UnknownResourceError
    body, kind = found
    return Response(body, media_type=kind, headers={"Cache-Control": A_YEAR})

"""The first page, the styles, and where refusals explain themselves."""

from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.responses import Response

from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep
from service.web.messages import PROBLEMS
from service.web.pages import assets
from service.web.pages.public.sky import sky_at
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(include_in_schema=False)

A_YEAR = "public, max-age=31536000, immutable"


@router.get("/")
async def first_page(request: Request, calls: CallsDep, site: SiteDep) -> Response:
    """Say what it is, that there is no need to hurry, and when the next draw is."""
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "public/home.html",
        public=True,
        prefecture=prefecture,
        clock=prefecture.ruleset.clock,
        offer=prefecture.ruleset.offer,
        sky=sky_at(prefecture.ruleset.clock.freeze_at),
    )


@router.get("/static/{digest}/{name}")
async def static_file(
    digest: str, name: str, accept_encoding: Annotated[str, Header()] = ""
) -> Response:
    """Serve a style; its address names its content, so that it can be kept a year."""
    found = assets.content(name)
    if found is None or assets.address(name) != f"/static/{digest}/{name}":
        raise UnknownResourceError
    body, kind = found
    headers = {"Cache-Control": A_YEAR, "Vary": "Accept-Encoding"}
    if "gzip" in accept_encoding:
        headers["Content-Encoding"] = "gzip"
        body = assets.packed(name)
    return Response(body, media_type=kind, headers=headers)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Send the mark of the service."""
    body, kind = assets.content("mark.svg") or (b"", "image/svg+xml")
    return Response(
        body, media_type=kind, headers={"Cache-Control": "public, max-age=86400"}
    )


@router.get("/robots.txt")
async def robots() -> Response:
    """Keep personal pages out of search engines."""
    text = "User-agent: *\nDisallow: /suivi\nDisallow: /acces\nDisallow: /agents\n"
    return Response(
        text,
        media_type="text/plain",
        headers={"Cache-Control": "public, max-age=86400"},
    )


@router.get("/problems/{code}")
async def problem(request: Request, code: str, site: SiteDep) -> Response:
    """Explain one refusal: the address that a problem's type names."""
    del site
    if code not in PROBLEMS:
        raise UnknownResourceError
    return page(
        request, "public/problem.html", public=True, code=code, said=PROBLEMS[code]
    )

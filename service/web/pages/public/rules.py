"""The rule on one page, in words, from the very ruleset that the draw uses."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain import sending
from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep
from service.web.pages.applicant.follow_up import band_edges
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import rule_words

router = APIRouter(prefix="/regles", include_in_schema=False)


@router.get("")
async def rules(request: Request, calls: CallsDep, site: SiteDep) -> Response:
    """Show the rule in force, and every version before and after it."""
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "public/rules.html",
        public=True,
        prefecture=prefecture,
        ruleset=prefecture.ruleset,
        edges=band_edges(prefecture.ruleset),
        versions=await calls.rules(site.prefecture),
        today=calls.today,
        rule_words=rule_words,
        sending=sending,
    )


@router.get("/{name}")
async def rule_file(name: str, calls: CallsDep, site: SiteDep) -> Response:
    """Send the exact file of one version, as hashed into each night's commitment."""
    version = name.removesuffix(".json")
    for one in await calls.rules(site.prefecture):
        if one.version == version and name.endswith(".json"):
            return Response(
                one.content,
                media_type="application/json",
                headers={
                    "Cache-Control": "public, max-age=3600",
                    "Content-Disposition": f'attachment; filename="regle-{name}"',
                },
            )
    raise UnknownResourceError

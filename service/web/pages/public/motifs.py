"""Each motif: who must not come, open or suspended, where, and how long it takes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.motifs import MOTIFS
from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep
from service.web.pages.motifs import offered_motifs
from service.web.pages.public.waits import waits_of_motif
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import motif_words

router = APIRouter(prefix="/motifs", include_in_schema=False)


@router.get("")
async def list_motifs(request: Request, calls: CallsDep, site: SiteDep) -> Response:
    """List every motif with its state."""
    prefecture = await calls.prefecture(site.prefecture)
    return page(
        request,
        "public/motifs.html",
        public=True,
        drawn=offered_motifs(prefecture),
        others=tuple(slug for slug, motif in MOTIFS.items() if not motif.in_draw),
        standing=prefecture.suspended,
    )


@router.get("/{slug}")
async def show_motif(
    request: Request, slug: str, calls: CallsDep, site: SiteDep
) -> Response:
    """Say first who must not come for this motif, then everything else."""
    motif = MOTIFS.get(slug)
    prefecture = await calls.prefecture(site.prefecture)
    if motif is None or (motif.in_draw and slug not in prefecture.motifs):
        raise UnknownResourceError
    suspensions = await calls.suspensions(site.prefecture)
    return page(
        request,
        "public/motif.html",
        public=True,
        motif=motif,
        not_here=motif_words.not_here(slug),
        goes_online=motif_words.goes_online(slug),
        counts=motif_words.date_that_counts(slug),
        suspension=prefecture.suspended.get(slug),
        past=tuple(
            one
            for one in suspensions
            if one.suspension.motif == slug and one.reopened_on
        ),
        sites=tuple(one for one in prefecture.sites if slug in one.motifs),
        helps=tuple(
            slug
            for slug in ("aide-anef", "substitution-anef")
            if slug in prefecture.motifs and slug != motif.slug
        ),
        waits=waits_of_motif(await calls.figures(site.prefecture), slug),
    )

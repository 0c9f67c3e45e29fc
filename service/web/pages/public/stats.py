"""The public figures of this morning: a definition beside each number."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.usecases.public.delays import COLUMNS as DELAY_COLUMNS
from service.usecases.public.figures_files import TABLES, lines_of
from service.usecases.public.open_data import COLUMNS as NIGHT_COLUMNS
from service.usecases.public.publish_figures import FiguresView
from service.web.dependencies import CallsDep
from service.web.pages.applicant.follow_up import band_edges
from service.web.pages.public.charts import Chart
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import data_words

router = APIRouter(include_in_schema=False)

_WAITS = (
    "half_received_in_less_than_days",
    "nine_tenths_received_in_less_than_days",
    "half_waiting_for_days_or_more",
)


@router.get("/stats")
async def stats(request: Request, calls: CallsDep, site: SiteDep) -> Response:
    """Show what the prefecture receives, what it offers, and what people lose."""
    prefecture = await calls.prefecture(site.prefecture)
    view = await calls.figures(site.prefecture)
    return page(
        request,
        "public/stats.html",
        public=True,
        prefecture=prefecture,
        site_names={one.code: one.name for one in prefecture.sites},
        edges=band_edges(prefecture.ruleset),
        view=view,
        shown=charts_of(view) if view else None,
        data_words=data_words,
        date=date.fromisoformat,
        stated_motifs=[one for one in prefecture.motifs if one in site.guide.delays],
        unstated=sum(one not in site.guide.delays for one in prefecture.motifs),
    )


def charts_of(view: FiguresView) -> Mapping[str, object]:
    """Return every chart of the page, ready for its template."""
    lines = {table: lines_of(view.figures, table) for table in TABLES}
    weeks = lines["weeks"]
    return {
        "totals": view.figures["totals"],
        "window": view.figures["window"],
        "lot": view.figures.get("lot"),
        "weeks": Chart.of(weeks, "registrations", "served"),
        "expired": Chart.of(weeks, "expired_before_served"),
        "bands": Chart.of(lines["bands"], *_WAITS),
        "motifs": Chart.of(lines["motifs"], *_WAITS),
        "channels": Chart.of(lines["channels"], "registrations"),
        "sites": Chart.of(lines["sites"], "places_to_come"),
        "grows": all(_number(w, "registrations") > _number(w, "served") for w in weeks),
    }


def _number(line: Mapping[str, object], name: str) -> int:
    return cast("int", line[name])


@router.get("/donnees")
async def open_data(request: Request, calls: CallsDep, site: SiteDep) -> Response:
    """Document the open data: addresses, tables, columns, mornings."""
    days: Sequence[date] = await calls.figures_days(site.prefecture)
    return page(
        request,
        "public/open_data.html",
        public=True,
        tables=TABLES,
        data_words=data_words,
        night_columns=NIGHT_COLUMNS,
        delay_columns=DELAY_COLUMNS,
        days=days,
    )

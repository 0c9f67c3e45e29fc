"""Figures as open data: each morning, without a key, at addresses that stay."""

import hashlib
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request, Response

from service.domain.guide import NO_GUIDE
from service.draw.canonical import canonical_bytes
from service.usecases.errors import UnknownResourceError
from service.usecases.public.delays import delays_csv
from service.usecases.public.figures_files import TABLES, monitor_feed, table_csv
from service.usecases.public.publish_figures import FiguresView
from service.web.calls import Calls
from service.web.dependencies import (
    CallsDep,
    PrefectureCode,
    day_in_address,
    unknown_is_missing,
)
from service.web.pages.site import site_of
from service.web.v1.responses import problems

router = APIRouter(prefix="/v1", tags=["Données ouvertes"])

_JSON = {
    "description": "Les chiffres d'un matin.",
    "content": {"application/json": {"schema": {"type": "object"}}},
}
_CSV = {
    "description": "Une table des chiffres d'un matin (RFC 4180).",
    "content": {"text/csv": {"schema": {"type": "string"}}},
}
_UNTIL_CHANGED = "public, max-age=300"
_FOR_EVER = "public, max-age=31536000, immutable"

Known = Annotated[
    str | None, Header(alias="If-None-Match", description="Étiquette déjà reçue.")
]


def _table(
    table: Annotated[str, Path(description="Table : " + ", ".join(TABLES) + ".")],
) -> str:
    if table not in TABLES:
        raise UnknownResourceError
    return table


TableName = Annotated[str, Depends(_table)]


def answered(
    content: bytes, kind: str, known: str | None, cache: str, **headers: str
) -> Response:
    """Answer with a body and its tag, or with 304 when the reader has it already."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": cache, **headers}
    if known and tag in {one.strip().removeprefix("W/") for one in known.split(",")}:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)


async def _figures(calls: Calls, prefecture: str, day: date | None) -> FiguresView:
    with unknown_is_missing():
        view = await calls.figures(prefecture, day)
    if view is None:
        raise UnknownResourceError
    return view


@router.get(
    "/figures/{prefecture}",
    responses={200: _JSON, 304: {"description": "Rien de neuf."}, **problems(404)},
    response_class=Response,
)
async def read_figures(
    prefecture: PrefectureCode, calls: CallsDep, if_none_match: Known = None
) -> Response:
    """Return the figures of the last morning."""
    view = await _figures(calls, prefecture, None)
    return answered(view.content, "application/json", if_none_match, _UNTIL_CHANGED)


@router.get(
    "/figures/{prefecture}/{day}",
    responses={200: _JSON, 304: {"description": "Rien de neuf."}, **problems(404)},
    response_class=Response,
)
async def read_figures_of(
    prefecture: PrefectureCode, day: str, calls: CallsDep, if_none_match: Known = None
) -> Response:
    """Return the figures of one morning; they never change."""
    view = await _figures(calls, prefecture, day_in_address(day))
    return answered(view.content, "application/json", if_none_match, _FOR_EVER)


@router.get(
    "/open-data/{prefecture}/{table}",
    responses={200: _CSV, 304: {"description": "Rien de neuf."}, **problems(404)},
    response_class=Response,
)
async def read_table(
    prefecture: PrefectureCode,
    table: TableName,
    calls: CallsDep,
    if_none_match: Known = None,
) -> Response:
    """Return one table of the last morning's figures; small groups are merged."""
    view = await _figures(calls, prefecture, None)
    name = f'inline; filename="{prefecture}-{table}-{view.day}.csv"'
    return answered(
        table_csv(view.figures, table).encode(),
        "text/csv",
        if_none_match,
        _UNTIL_CHANGED,
        **{"Content-Disposition": name},
    )


@router.get(
    "/monitor/{prefecture}",
    responses={
        200: {
            "description": "Par motif et par lieu : état, attente, places.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        304: {"description": "Rien de neuf."},
        **problems(404),
    },
    response_class=Response,
)
async def read_monitor(
    prefecture: PrefectureCode, calls: CallsDep, if_none_match: Known = None
) -> Response:
    """Tell outside monitors what a booking page never shows; robots are welcome."""
    with unknown_is_missing():
        described = await calls.prefecture(prefecture)
        view = await calls.figures(prefecture)
    content = canonical_bytes(
        monitor_feed(
            view.figures if view else None,
            prefecture=prefecture,
            motifs=described.motifs,
            suspended=described.suspended,
        )
    )
    return answered(content, "application/json", if_none_match, _UNTIL_CHANGED)


@router.get(
    "/delays/{prefecture}",
    responses={200: _CSV, 304: {"description": "Rien de neuf."}, **problems(404)},
    response_class=Response,
)
async def read_delays(
    prefecture: PrefectureCode,
    calls: CallsDep,
    request: Request,
    if_none_match: Known = None,
) -> Response:
    """Return how long decisions take, as the prefecture states it; empty: it does not.

    Counted from the complete file and from the registration, never one for the other.
    """
    with unknown_is_missing():
        described = await calls.prefecture(prefecture)
    is_home = prefecture == await calls.home_prefecture()
    guide = site_of(request).guide if is_home else NO_GUIDE
    content = delays_csv(prefecture, described.motifs, guide)
    name = f'inline; filename="{prefecture}-delais.csv"'
    return answered(
        content.encode(),
        "text/csv",
        if_none_match,
        _UNTIL_CHANGED,
        **{"Content-Disposition": name},
    )

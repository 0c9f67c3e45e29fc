"""Nights over JSON: what everybody may check."""

import asyncio
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, Header, Response

from service.usecases.views import NightView
from service.web.dependencies import (
    CallsDep,
    PrefectureCode,
    night_date,
    unknown_is_missing,
)
from service.web.v1.fields import Outbound
from service.web.v1.responses import problems

router = APIRouter(prefix="/v1/nights", tags=["Nuits"])

NightDate = Annotated[date, Depends(night_date)]


class BandCountOut(Outbound):
    """How many of a band took part, and how many were served."""

    band: int
    entries: int
    served: int


class BandCellOut(Outbound):
    """The same for one or several neighbouring bands, eleven people at least."""

    first: int
    last: int
    people: int
    served: int


class WitnessOut(Outbound):
    """Who was handed the signed commitment, and whether before the round existed."""

    name: str
    delivered_at: datetime | None
    attempts: int
    document_sha256: str | None
    is_in_time: bool


class AnnulmentOut(Outbound):
    """Why a night gives no places, and whether its luck could be read by then."""

    at: datetime
    reason: str
    luck_was_known: bool


class NightOut(Outbound):
    """One night: state, commitment, beacon and counts."""

    prefecture: str
    held_on: date
    state: str
    freeze_at: datetime
    brought_forward: bool
    ruleset_version: str | None
    committed_at: datetime | None
    commitment: dict[str, Any] | None
    commitment_sha256: str | None
    signature: dict[str, str] | None
    beacon_chain: str | None
    beacon_round: int | None
    beacon_due_at: datetime | None
    beacon_is_local: bool
    revealed_at: datetime | None
    randomness: str | None
    published_at: datetime | None
    notified_at: datetime | None
    stopped_because: str | None
    entries: int
    places: int | None
    served: int | None
    unserved: int | None
    free_places: int | None
    bands: list[BandCountOut]
    cells: list[BandCellOut]
    publishes: str | None
    postponed_at: datetime | None
    witnesses: list[WitnessOut]
    annulment: AnnulmentOut | None

    @classmethod
    def of(cls, view: NightView) -> Self:
        """Project a night."""
        told = {
            name: getattr(view, name)
            for name in cls.model_fields
            if name not in ("bands", "cells", "witnesses", "annulment")
        }
        bands = [
            BandCountOut(band=band, entries=entries, served=served)
            for band, entries, served in view.bands
        ]
        cells = [BandCellOut(**asdict(cell)) for cell in view.cells]
        witnesses = [WitnessOut(**asdict(witness)) for witness in view.witnesses]
        return cls(
            **told,
            bands=bands,
            cells=cells,
            witnesses=witnesses,
            annulment=AnnulmentOut(**asdict(view.annulment))
            if view.annulment
            else None,
        )


class NightsOut(Outbound):
    """The last nights, newest first."""

    nights: list[NightOut]


@router.get("/{prefecture}", responses=problems(404))
async def list_nights(prefecture: PrefectureCode, calls: CallsDep) -> NightsOut:
    """List the last nights of a prefecture."""
    with unknown_is_missing():
        views = await calls.nights(prefecture)
    return NightsOut(nights=[NightOut.of(view) for view in views])


@router.get("/{prefecture}/{held_on}", responses=problems(404))
async def read_night(
    prefecture: PrefectureCode, held_on: NightDate, calls: CallsDep
) -> NightOut:
    """Show one night."""
    with unknown_is_missing():
        return NightOut.of(await calls.night(prefecture, held_on))


@router.get(
    "/{prefecture}/{held_on}/transcript",
    responses={
        200: {
            "description": "Le procès-verbal, octet pour octet (draw-v1, § 7).",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        304: {"description": "Le procès-verbal que vous avez est le bon."},
        **problems(404),
    },
    response_class=Response,
)
async def read_transcript(
    prefecture: PrefectureCode,
    held_on: NightDate,
    calls: CallsDep,
    if_none_match: Annotated[str | None, Header()] = None,
    accept_encoding: Annotated[str, Header()] = "",
) -> Response:
    """Return all that is needed to redo one draw offline."""
    stored = await calls.transcript(prefecture, held_on)
    etag = f'"{stored.sha256.hex()}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "public, max-age=3600",
        "Vary": "Accept-Encoding",
        "Content-Disposition": f'inline; filename="{prefecture}-{held_on}.json"',
    }
    if if_none_match and etag in if_none_match:
        return Response(status_code=304, headers=headers)
    if "gzip" in accept_encoding:
        headers["Content-Encoding"] = "gzip"
        body = stored.gzipped
    else:  # megabytes: beside the loop, where nobody waits for it
        body = await asyncio.to_thread(lambda: stored.text)
    return Response(body, media_type="application/json", headers=headers)


@router.get(
    "/{prefecture}/{held_on}/annulment",
    responses={
        200: {
            "description": "L'engagement d'une nuit annulée et pourquoi elle l'est, "
            "signés : à garder avec les procès-verbaux de la même préfecture.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **problems(404),
    },
    response_class=Response,
)
async def read_annulment(
    prefecture: PrefectureCode, held_on: NightDate, calls: CallsDep
) -> Response:
    """Return what stands for an annulled night in the chain of its prefecture."""
    document = await calls.annulment(prefecture, held_on)
    name = f"{prefecture}-{held_on}.json"
    headers = {
        "Cache-Control": "public, max-age=3600",
        "Content-Disposition": f'inline; filename="{name}"',
    }
    return Response(document, media_type="application/json", headers=headers)

"""Liveness and readiness, for whoever watches the service."""

from datetime import date, datetime
from typing import Self

from fastapi import APIRouter, Request, Response

from service.usecases.night.trouble_words import said_of, to_do
from service.usecases.night.watch_nights import Watched, watch_nights
from service.web.dependencies import CallsDep
from service.web.v1.fields import Outbound
from service.web.v1.responses import problems

router = APIRouter(prefix="/v1/health", tags=["Santé"])


class LiveOut(Outbound):
    """The process answers."""

    live: bool


class ReadyOut(Outbound):
    """Which parts answer; the bell may be silent without harm to anybody."""

    ready: bool
    parts: dict[str, bool]


class TroubleOut(Outbound):
    """One thing that somebody should look at: what happened, and what to do."""

    trouble: str
    prefecture: str | None
    night: date | None
    state: str | None
    since: datetime | None
    said: str
    to_do: str

    @classmethod
    def of(cls, watched: Watched) -> Self:
        """Put it in words."""
        return cls(
            trouble=watched.trouble,
            prefecture=watched.prefecture,
            night=watched.held_on,
            state=watched.state,
            since=watched.since,
            said=said_of(watched),
            to_do=to_do(watched),
        )


class NightsOut(Outbound):
    """Whether every night is where it should be."""

    well: bool
    troubles: list[TroubleOut]


@router.get("/live")
async def live() -> LiveOut:
    """Say that the process answers."""
    return LiveOut(live=True)


@router.get("/ready", responses=problems(503))
async def ready(request: Request, response: Response) -> ReadyOut:
    """Say whether requests can be served."""
    parts: dict[str, bool] = await request.app.state.container.healthy()
    is_ready = parts.get("database", False)  # a lost bell costs delay, nothing else
    response.status_code = 200 if is_ready else 503
    return ReadyOut(ready=is_ready, parts=parts)


@router.get("/nights", responses=problems(503))
async def nights(calls: CallsDep, response: Response) -> NightsOut:
    """Say whether a night is stopped or late, or messages are held up; 503 if so."""
    found = await watch_nights(ports=calls.ports)
    response.status_code = 503 if found else 200
    return NightsOut(well=not found, troubles=[TroubleOut.of(one) for one in found])

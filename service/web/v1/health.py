"""Liveness and readiness, for whoever watches the service."""

from fastapi import APIRouter, Request, Response

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

"""Capacity over JSON: an agent signs in, publishes slots, sees them, withdraws."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, ConfigDict, Field, SecretStr

from service.usecases.commands import PublishSlots
from service.usecases.records import SlotRecord
from service.web.dependencies import (
    AgentDep,
    CallsDep,
    IdempotencyKey,
    SlotCode,
    TokenDep,
    day_in_address,
)
from service.web.v1.fields import Inbound, IsoDate, IsoTime, Outbound, Slug
from service.web.v1.responses import problems

router = APIRouter(prefix="/v1/agent", tags=["Agents"])


def _is_text(secret: SecretStr) -> SecretStr:
    """Refuse half a character: JSON can write one, and nobody can type it."""
    try:
        secret.get_secret_value().encode()
    except UnicodeEncodeError:
        message = "no text"
        raise ValueError(message) from None
    return secret


class SessionIn(Inbound):
    """An agent's sign-in."""

    login: Annotated[str, Field(max_length=100, pattern=r"^[!-~]+$")]
    password: Annotated[
        SecretStr,
        Field(min_length=1, max_length=200, strict=False),
        AfterValidator(_is_text),
    ]
    code: Annotated[
        SecretStr,
        Field(
            max_length=200,
            strict=False,
            description="Six chiffres de l'application, ou un code de secours.",
        ),
        AfterValidator(_is_text),
    ] = SecretStr("")


class SessionOut(Outbound):
    """The token of an open session, to be sent as ``Authorization: Bearer``."""

    token: str


class SlotsIn(Inbound):
    """Opening hours of a site's guichets on one day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "site": "grenoble",
                    "day": "2026-12-03",
                    "opens": "09:00",
                    "closes": "12:00",
                    "minutes": 20,
                    "guichets": 2,
                    "motifs": ["renouvellement-titre"],
                }
            ]
        }
    )

    site: Slug
    day: IsoDate
    opens: IsoTime
    closes: IsoTime
    minutes: Annotated[int, Field(ge=5, le=240)]
    guichets: Annotated[int, Field(ge=1, le=50)]
    motifs: Annotated[list[Slug], Field(min_length=1, max_length=40)]

    def to_command(self) -> PublishSlots:
        """Return the command; the plan itself is checked by the domain."""
        return PublishSlots(
            site=self.site,
            day=self.day,
            opens=self.opens,
            closes=self.closes,
            minutes=self.minutes,
            guichets=self.guichets,
            motifs=tuple(self.motifs),
        )


class SlotOut(Outbound):
    """A published slot with its counts; never a name."""

    code: str
    site: str
    starts_at: datetime
    minutes: int
    motifs: list[str]
    places: int
    free: int
    offered: int
    confirmed: int

    @classmethod
    def of(cls, slot: SlotRecord) -> Self:
        """Project a slot."""
        return cls(
            code=slot.code,
            site=slot.site,
            starts_at=slot.starts_at,
            minutes=slot.minutes,
            motifs=list(slot.motifs),
            places=slot.places,
            free=slot.free,
            offered=slot.offered,
            confirmed=slot.confirmed,
        )


class SlotsOut(Outbound):
    """Slots in the order of their start."""

    slots: list[SlotOut]


class WithdrawnOut(Outbound):
    """How many unused places were withdrawn."""

    withdrawn: int


@router.post("/session", responses=problems(401, 403, 413, 415, 422))
async def open_session(body: SessionIn, calls: CallsDep) -> SessionOut:
    """Open an agent's session; a second factor is enrolled in a browser first."""
    opened = await calls.sign_in(
        body.login, body.password.get_secret_value(), body.code.get_secret_value()
    )
    return SessionOut(token=opened.token)


@router.post(
    "/slots", status_code=201, responses=problems(400, 401, 409, 413, 415, 422)
)
async def publish_slots(
    body: SlotsIn, agent: AgentDep, key: IdempotencyKey, calls: CallsDep
) -> SlotsOut:
    """Publish the slots of one day; they enter the next draw, nobody can click."""
    slots = await calls.open_slots(agent, body.to_command(), key=key)
    return SlotsOut(slots=[SlotOut.of(slot) for slot in slots])


@router.get("/slots", responses=problems(401, 404))
async def list_slots(
    agent: AgentDep,
    calls: CallsDep,
    first: Annotated[str, Query(description="Premier jour, AAAA-MM-JJ.")],
    last: Annotated[str, Query(description="Dernier jour, AAAA-MM-JJ.")],
) -> SlotsOut:
    """List slots between two days, with counts of places."""
    slots = await calls.list_slots(agent, day_in_address(first), day_in_address(last))
    return SlotsOut(slots=[SlotOut.of(slot) for slot in slots])


@router.delete("/slots/{code}", responses=problems(401, 404, 409))
async def withdraw_slot(
    code: SlotCode,
    agent: AgentDep,
    calls: CallsDep,
    places: Annotated[int, Query(ge=1, le=1000)] = 1000,
) -> WithdrawnOut:
    """Withdraw unused places of a slot; places held by people stay."""
    return WithdrawnOut(withdrawn=await calls.withdraw_places(agent, code, places))


@router.delete("/session", status_code=204, responses=problems(401))
async def close_session(token: TokenDep, agent: AgentDep, calls: CallsDep) -> Response:
    """End the session of the presented token."""
    del agent
    await calls.sign_out(token)
    return Response(status_code=204)

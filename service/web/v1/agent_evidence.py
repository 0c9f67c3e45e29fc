"""What agents do about evidence, over JSON: auditors, and dates found wrong."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from service.domain.permits import DocumentFacts
from service.usecases.desk.correct_date import Correction
from service.usecases.night.auditors import AuditorView
from service.usecases.night.end_subscription import ENDED
from service.web.dependencies import AgentDep, CallsDep
from service.web.v1.fields import Inbound, IsoDate, Outbound, Slug
from service.web.v1.responses import problems

router = APIRouter(prefix="/v1/agent", tags=["Agents"])


class AuditorIn(Inbound):
    """Someone outside who wants every commitment; the name will be public."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    email: Annotated[str, Field(min_length=1, max_length=300)]


class AuditorOut(Outbound):
    """A standing subscription; the address is never shown."""

    id: UUID
    name: str
    subscribed_at: datetime

    @classmethod
    def of(cls, view: AuditorView) -> Self:
        """Project a subscription."""
        return cls(id=view.id, name=view.name, subscribed_at=view.subscribed_at)


class AuditorsOut(Outbound):
    """The standing subscriptions of the agent's prefecture, by name."""

    auditors: list[AuditorOut]


class SubscribedOut(Outbound):
    """The number under which a subscription can be ended."""

    id: UUID


class CorrectionIn(Inbound):
    """What the papers shown at the guichet say."""

    reference: Annotated[str, Field(min_length=1, max_length=40)]
    held_document: Slug | None = None
    permit_expires_on: IsoDate | None = None
    permit_starts_on: IsoDate | None = None
    entered_on: IsoDate | None = None
    requested_on: IsoDate | None = None

    def to_facts(self) -> DocumentFacts:
        """Parse into the domain's facts."""
        return DocumentFacts(
            held_document=self.held_document,
            permit_expires_on=self.permit_expires_on,
            permit_starts_on=self.permit_starts_on,
            entered_on=self.entered_on,
            requested_on=self.requested_on,
        )


class CorrectionOut(Outbound):
    """The place is ``kept``, or ``cancelled``: the draw itself has answered.

    A nearer date counts once a second agent has certified it: ``awaits_second``.
    """

    answer: str
    night: date
    declared_band: int
    true_band: int
    awaits_second: bool

    @classmethod
    def of(cls, done: Correction) -> Self:
        """Project a correction."""
        return cls(
            answer=done.answer,
            night=done.night,
            declared_band=done.declared_band,
            true_band=done.true_band,
            awaits_second=done.awaits_second,
        )


@router.get("/auditors", responses=problems(401))
async def list_auditors(agent: AgentDep, calls: CallsDep) -> AuditorsOut:
    """List who is written to at each commitment."""
    views = await calls.auditors(agent)
    return AuditorsOut(auditors=[AuditorOut.of(view) for view in views])


@router.post("/auditors", status_code=201, responses=problems(401, 413, 415, 422))
async def subscribe_auditor(
    body: AuditorIn, agent: AgentDep, calls: CallsDep
) -> SubscribedOut:
    """Have every further commitment written to someone outside."""
    return SubscribedOut(id=await calls.subscribe_auditor(agent, body.name, body.email))


@router.delete(
    "/auditors/{auditor}",
    status_code=204,
    responses={
        202: {"description": "La fin est demandée : un autre agent doit l'accepter."},
        **problems(401, 404),
    },
)
async def end_subscription(auditor: UUID, agent: AgentDep, calls: CallsDep) -> Response:
    """Ask that a subscription end (202); a second agent's call ends it (204)."""
    done = await calls.end_subscription(agent, auditor)
    return Response(status_code=204 if done == ENDED else 202)


@router.post("/corrections", responses=problems(401, 404, 409, 413, 415, 422))
async def correct_date(
    body: CorrectionIn, agent: AgentDep, calls: CallsDep
) -> CorrectionOut:
    """Redraw the night with the true dates: the place is kept or given back."""
    done = await calls.correct_date(agent, body.reference, body.to_facts())
    return CorrectionOut.of(done)

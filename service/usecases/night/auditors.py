"""Auditors: outsiders who receive every commitment of a prefecture by e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.contact import EmailAddress
from service.domain.errors import MissingNameError
from service.usecases.ports import Ports, Sealer
from service.usecases.records import AgentRecord, AuditorRecord

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditorView:
    """A standing subscription, without its address."""

    id: UUID
    name: str
    subscribed_at: datetime
    end_asked_by: UUID | None = None
    """The agent who asked that it end; another one has to agree."""


async def list_auditors(agent: AgentRecord, *, ports: Ports) -> Sequence[AuditorView]:
    """Return the standing subscriptions of the agent's prefecture, by name."""
    async with ports.open_uow() as uow:
        found = await uow.witnesses.auditors(agent.prefecture)
        endings = await uow.endings.standing(agent.prefecture)
    asked = {one.auditor_id: one.asked_by for one in endings}
    return [
        AuditorView(
            id=one.id,
            name=one.name,
            subscribed_at=one.subscribed_at,
            end_asked_by=asked.get(one.id),
        )
        for one in found
    ]


async def subscribe_auditor(
    agent: AgentRecord, *, name: str, email: str, ports: Ports
) -> UUID:
    """Hand every further commitment to someone outside.

    Args:
        agent: Who enters the subscription, for their own prefecture.
        name: Shown to everybody beside each night: an association, a court, a paper.
        email: Never shown; erased when the subscription ends.
        ports: The outside.

    Raises:
        MissingNameError: No name, or one nobody could read.
        InvalidEmailAddressError: No address.
    """
    written = " ".join(name.split())
    if not written or len(written) > LONGEST_NAME or not written.isprintable():
        raise MissingNameError("name")
    address = EmailAddress.parse(email)
    now = ports.clock.now()
    auditor = UUID(bytes=ports.entropy(16), version=4)
    async with ports.open_uow() as uow:
        await uow.witnesses.subscribe(
            AuditorRecord(
                id=auditor,
                prefecture=agent.prefecture,
                name=written,
                sealed_email=ports.sealer.seal(
                    address.text.encode(), place=_place(auditor)
                ),
                subscribed_at=now,
            )
        )
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="auditor-subscribed",
            detail={"auditor": str(auditor)},
            at=now,
        )
        await uow.commit()
    return auditor


def open_address(auditor: AuditorRecord, sealer: Sealer) -> EmailAddress | None:
    """Return where to write to an auditor; None once the subscription ended."""
    if auditor.sealed_email is None:
        return None
    plain = sealer.unseal(auditor.sealed_email, place=_place(auditor.id))
    return EmailAddress.parse(plain.decode())


def _place(auditor: UUID) -> str:
    return f"auditor_subscription:email:{auditor}"

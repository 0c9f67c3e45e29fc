"""Say that nobody is received for a motif, and that people are received again."""

from collections.abc import Sequence

from service.domain.errors import MotifNotSuspendedError, UnknownMotifError
from service.domain.motifs import motif_of
from service.domain.night import paris_date
from service.domain.suspension import Suspension
from service.usecases.ports import Ports
from service.usecases.public.describe_prefecture import motifs_of
from service.usecases.records import AgentRecord
from service.usecases.records.public import SuspensionRecord


async def suspend_motif(
    agent: AgentRecord, motif: str, *, reason: str, meanwhile: str, ports: Ports
) -> Suspension:
    """Suspend a motif from today on; registering for it stays possible.

    Raises:
        UnknownMotifError: Not received in the agent's prefecture.
        InvalidNoticeTextError: A text that nobody could read.
        MotifAlreadySuspendedError: It is suspended already.
    """
    now = ports.clock.now()
    suspension = Suspension.parse(
        motif=motif, since_on=paris_date(now), reason=reason, meanwhile=meanwhile
    )
    async with ports.open_uow() as uow:
        sites = await uow.directory.sites(agent.prefecture)
        if motif not in motifs_of(sites):
            raise UnknownMotifError("motif")
        await uow.public.suspend(agent.prefecture, suspension, by=agent.id, at=now)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="motif-suspended",
            detail={"motif": motif, "reason": suspension.reason},
            at=now,
        )
        await uow.commit()
    return suspension


async def reopen_motif(agent: AgentRecord, motif: str, *, ports: Ports) -> None:
    """Say that people are received for a motif again.

    Raises:
        UnknownMotifError: No such motif.
        MotifNotSuspendedError: It was open.
    """
    motif = motif_of(motif).slug
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        if not await uow.public.reopen(agent.prefecture, motif, by=agent.id, at=now):
            raise MotifNotSuspendedError("motif")
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="motif-reopened",
            detail={"motif": motif},
            at=now,
        )
        await uow.commit()


async def list_suspensions(
    prefecture: str, *, ports: Ports
) -> Sequence[SuspensionRecord]:
    """Return every suspension: standing ones first, then those that are over."""
    async with ports.open_uow() as uow:
        return await uow.public.suspensions(prefecture)

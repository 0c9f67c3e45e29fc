"""No agent alone silences a witness, and no witness is silenced without being told.

One agent asks, the auditor is written to at once, another agent agrees. Before the
letter was handed over (or its address refused for good), nobody can agree.
"""

from dataclasses import replace
from uuid import UUID

import structlog

from service.usecases.errors import (
    MailDelayedError,
    MailRefusedError,
    UnknownResourceError,
)
from service.usecases.night.auditors import open_address
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, AuditorRecord, Mail
from service.usecases.records.guards import EndingRecord

log = structlog.get_logger()

ASKED, ENDED = "asked", "ended"


async def end_subscription(agent: AgentRecord, auditor: UUID, *, ports: Ports) -> str:
    """Ask that a subscription end, or agree as a second agent that it does.

    The agent who asked, asking again, changes nothing. What was witnessed stays said.

    Returns:
        ``asked`` while another agent has to agree, ``ended`` once one has.

    Raises:
        UnknownResourceError: No standing subscription of the agent's prefecture.
    """
    async with ports.open_uow() as uow:
        found = await uow.witnesses.auditor(auditor)
        if (
            found is None
            or found.prefecture != agent.prefecture
            or found.ended_at is not None
        ):
            raise UnknownResourceError("auditor")
        asked = await uow.endings.of(auditor)
        if asked is None:
            done = await _ask(agent, auditor, uow=uow, ports=ports)
        elif asked.asked_by == agent.id or asked.told_at is None:
            done = ASKED
        else:
            done = await _end(agent, asked, uow=uow, ports=ports)
        await uow.commit()
    if done == ASKED:
        await tell_endings(ports=ports)
    return done


async def _ask(
    agent: AgentRecord, auditor: UUID, *, uow: UnitOfWork, ports: Ports
) -> str:
    now = ports.clock.now()
    await uow.endings.ask(
        EndingRecord(auditor_id=auditor, asked_by=agent.id, asked_at=now)
    )
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action="auditor-end-asked",
        detail={"auditor": str(auditor)},
        at=now,
    )
    return ASKED


async def _end(
    agent: AgentRecord, asked: EndingRecord, *, uow: UnitOfWork, ports: Ports
) -> str:
    now = ports.clock.now()
    await uow.endings.save(replace(asked, confirmed_by=agent.id, confirmed_at=now))
    await uow.witnesses.end_subscription(asked.auditor_id, now)
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action="auditor-unsubscribed",
        detail={"auditor": str(asked.auditor_id)},
        at=now,
    )
    return ENDED


async def tell_endings(*, ports: Ports) -> int:
    """Write to every auditor whose end was asked for; returns how many were told."""
    async with ports.open_uow() as uow:
        waiting = await uow.endings.untold()
    told = 0
    for one in waiting:
        told += await _tell(one, ports=ports)
    return told


async def _tell(asked: EndingRecord, *, ports: Ports) -> bool:
    """Hand the letter over with no transaction open; twice is the same message."""
    async with ports.open_uow() as uow:
        auditor = await uow.witnesses.auditor(asked.auditor_id)
    address = open_address(auditor, ports.sealer) if auditor else None
    if auditor is not None and address is not None:
        try:
            await ports.mailer.send(
                ending_mail(auditor, asked, address.text, root=ports.public_url)
            )
        except MailDelayedError:
            return False
        except MailRefusedError:
            log.warning("auditor not reached", auditor=str(auditor.id))
    async with ports.open_uow() as uow:
        stored = await uow.endings.of(asked.auditor_id)
        if stored is not None and stored.told_at is None:
            await uow.endings.save(replace(stored, told_at=ports.clock.now()))
        await uow.commit()
    return True


_TEXT = """\
Bonjour,

Le {at} (temps universel), un agent de la préfecture ({prefecture}) a demandé que \
« {name} » ne reçoive plus les engagements des tirages. Un autre agent doit encore \
l'accepter. Ensuite, ces messages s'arrêtent sans autre avis.

Si vous ne l'avez pas demandé, dites-le à la préfecture, et gardez ce message. Les \
engagements restent publiés pour tous, avant le nombre au hasard :

{feed}
"""


def ending_mail(
    auditor: AuditorRecord, asked: EndingRecord, address: str, *, root: str
) -> Mail:
    """Write to an auditor that an agent wants the letters to end."""
    return Mail(
        message_id=f"fin-{auditor.id}",
        to=address,
        language="fr",
        subject=f"On a demandé la fin de vos envois ({auditor.prefecture})",
        text=_TEXT.format(
            at=f"{asked.asked_at:%Y-%m-%d %H:%M}",
            prefecture=auditor.prefecture,
            name=auditor.name,
            feed=f"{root}/v1/feed/{auditor.prefecture}",
        ),
    )

"""The agent's door to a registration, for a person who is there or on the telephone.

Every use case opens a registration through ``access.opened``, which leads here for an
agent who acts for somebody: so that nothing is done without the agent's name in the
audit, and nothing without the person's knowing. Who the person is was asked before
(``act_for``), the only place that makes a ``DeskAccess``.
"""

from datetime import datetime

from service.domain.desk_acts import TOLD_BY_THE_ACT, DeskAct
from service.usecases.commands import DeskAccess
from service.usecases.errors import UnknownResourceError
from service.usecases.ports import UnitOfWork
from service.usecases.records import NewOutboxRow, RegistrationRecord
from service.usecases.records.desk_acts import DeskActRecord

TOLD = "acted_at_desk"


async def opened_at_desk(
    access: DeskAccess, uow: UnitOfWork, *, now: datetime, reference: str, lock: bool
) -> RegistrationRecord:
    """Return the registration that an agent acts for, and note the act.

    Audit, log and message stand in the transaction of the act itself: an act that is
    refused leaves none of them.

    Raises:
        UnknownResourceError: No such registration in the agent's prefecture; or it only
            repeats another one, and the person's news and places are there.
    """
    record = await uow.registrations.by_reference(reference, lock=lock)
    if record is None or record.prefecture != access.prefecture:
        raise UnknownResourceError("reference")
    if record.joined_to is not None:
        raise UnknownResourceError("reference")
    await uow.audit.append(
        prefecture=access.prefecture,
        actor=access.login,
        action="acted-for",
        detail={
            "registration": str(record.id),
            "act": access.act.value,
            "shown": access.shown.value if access.shown else "",
        },
        at=now,
    )
    if access.act is not DeskAct.PRINTED:
        await _note(access, record, now, uow=uow)
    return record


async def _note(
    access: DeskAccess, record: RegistrationRecord, now: datetime, *, uow: UnitOfWork
) -> None:
    await uow.desk_acts.add(
        DeskActRecord(
            registration_id=record.id,
            agent_id=access.agent_id,
            act=access.act,
            shown=access.shown,
            noted_at=now,
        )
    )
    if access.act in TOLD_BY_THE_ACT:
        return
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"{TOLD}:{record.id}:{access.act}:{now.isoformat()}",
                kind=TOLD,
                registration_id=record.id,
                available_at=now,
            )
        ]
    )

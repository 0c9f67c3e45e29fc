"""A code on paper, for a person without telephone or e-mail.

An agent sees a document, then prints the code; the person types it with the reference
at any computer, or an agent types it for them at the guichet. It is shown once: only
its digest is kept. The act is in the audit, and the recorded contact, if there is one,
is told and can close it.
"""

from datetime import timedelta
from typing import Final

from service.domain.reference import Reference
from service.usecases.errors import UnknownResourceError
from service.usecases.person.access import paper_digest, proved
from service.usecases.ports import Ports
from service.usecases.ports.access import PaperCode
from service.usecases.records import AgentRecord, NewOutboxRow

LIFE: Final = timedelta(days=365)
_BYTES: Final = 10
_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def paper_code_from(fresh: bytes) -> str:
    """Write ten fresh bytes (80 bits) as sixteen characters in groups of four.

    No I, L, O or U: what is read from paper is typed as it was meant.

    Raises:
        ValueError: Not exactly ten bytes.
    """
    if len(fresh) != _BYTES:
        message = f"a paper code takes {_BYTES} random bytes"
        raise ValueError(message)
    value = int.from_bytes(fresh)
    digits = "".join(_DIGITS[value >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


async def issue_paper_code(agent: AgentRecord, reference: str, *, ports: Ports) -> str:
    """Return a fresh paper code of a registration; the earlier one ends.

    Raises:
        InvalidReferenceError: Not a reference.
        UnknownResourceError: No such registration in the agent's prefecture.
    """
    parsed = Reference.parse(reference).text
    code = paper_code_from(ports.entropy(_BYTES))
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        found = await uow.ways_in.registration_of(parsed)
        record = await uow.registrations.by_id(found, lock=True) if found else None
        if record is None or record.prefecture != agent.prefecture:
            raise UnknownResourceError("reference")
        await uow.ways_in.issue_paper(
            PaperCode(
                registration_id=record.id,
                code_sha256=paper_digest(code),
                issued_at=now,
                issued_by=agent.id,
                expires_at=now + LIFE,
            )
        )
        await uow.registrations.save(proved(record, now))
        await uow.outbox.add(
            [
                NewOutboxRow(
                    once=f"paper_code:{record.id}:{now.isoformat()}",
                    kind="paper_code",
                    registration_id=record.id,
                    available_at=now,
                )
            ]
        )
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="paper-code-issued",
            detail={"registration": str(record.id)},
            at=now,
        )
        await uow.commit()
    return code

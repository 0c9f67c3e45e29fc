"""The head of the audit chain as it stood at midnight, for whoever wants to note it.

Who noted it can show, later on, that no event before it was changed or cut off. It says
how many acts of agents there were, never which.
"""

from dataclasses import dataclass
from datetime import date, time

from service.domain.night import paris_date, wall_instant
from service.usecases.ports import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """Number and digest (hexadecimal) of the last event before a day began in Paris."""

    day: date
    events: int
    sha256: str


async def audit_head(*, ports: Ports) -> AuditHead:
    """Return the head of the chain as it stood when this day began."""
    today = paris_date(ports.clock.now())
    async with ports.open_uow() as uow:
        events, digest = await uow.audit.head_before(wall_instant(today, time(0)))
    return AuditHead(day=today, events=events, sha256=digest.hex())

"""The call list remembers: when nobody answered, and how often it was tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.usecases.night.open_slots import OfferToCall
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMade:
    """Calls about one offer that reached nobody; ``by`` is who tried last."""

    times: int
    last_at: datetime
    by: str


async def calls_made(
    agent: AgentRecord, offers: Sequence[OfferToCall], *, ports: Ports
) -> dict[str, CallMade]:
    """Return, by reference, the calls that reached nobody since the place was drawn.

    Reading the list itself is audited already (``offers_to_call``).
    """
    del agent
    about = {one.registration_id: one for one in offers}
    async with ports.open_uow() as uow:
        noted = await uow.desk_acts.calls(about.keys())
    found: dict[str, CallMade] = {}
    for one in noted:
        offer = about[one.registration_id]
        if one.noted_at < offer.made_at:
            continue
        last = found.get(offer.reference)
        found[offer.reference] = CallMade(
            times=last.times + 1 if last else 1,
            last_at=last.last_at if last else one.noted_at,
            by=last.by if last else one.agent_name,
        )
    return found

"""What an agent may do for a person, bound to the ports once; see ``calls``."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import Depends

from service.usecases.commands import AmendRegistration
from service.usecases.desk import act_for
from service.usecases.desk.act_for import PersonThere
from service.usecases.desk.calls_made import CallMade, calls_made
from service.usecases.night.open_slots import OfferToCall
from service.usecases.person.urgency_claims import MakeClaim
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord
from service.usecases.records.papers import (
    AcknowledgementPaper,
    ConvocationPaper,
    ExplanationPaper,
)
from service.web.dependencies import CallsDep


class ActingCalls:
    """Every act of a person that an agent may do for them."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports

    async def confirm(self, agent: AgentRecord, who: PersonThere) -> None:
        """Confirm the offered place."""
        await act_for.confirm_for(agent, who, ports=self.ports)

    async def decline(self, agent: AgentRecord, who: PersonThere) -> None:
        """Decline it."""
        await act_for.decline_for(agent, who, ports=self.ports)

    async def give_back(self, agent: AgentRecord, who: PersonThere) -> None:
        """Give a confirmed place back."""
        await act_for.give_back_for(agent, who, ports=self.ports)

    async def withdraw(self, agent: AgentRecord, who: PersonThere) -> None:
        """End the registration."""
        await act_for.withdraw_for(agent, who, ports=self.ports)

    async def amend(
        self, agent: AgentRecord, who: PersonThere, command: AmendRegistration
    ) -> None:
        """Correct it, or how the person is reached."""
        await act_for.amend_for(agent, who, command, ports=self.ports)

    async def claim(
        self, agent: AgentRecord, who: PersonThere, command: MakeClaim
    ) -> None:
        """Signal an urgency."""
        await act_for.claim_for(agent, who, command, ports=self.ports)

    async def not_reached(self, agent: AgentRecord, reference: str) -> None:
        """Note a call that reached nobody."""
        await act_for.note_not_reached(agent, reference, ports=self.ports)

    async def calls_made(
        self, agent: AgentRecord, offers: Sequence[OfferToCall]
    ) -> dict[str, CallMade]:
        """Return the calls that reached nobody, by reference."""
        return await calls_made(agent, offers, ports=self.ports)

    async def acknowledgement(
        self, agent: AgentRecord, reference: str
    ) -> AcknowledgementPaper:
        """Return the accusé to print."""
        return await act_for.acknowledgement_for(agent, reference, ports=self.ports)

    async def convocation(self, agent: AgentRecord, reference: str) -> ConvocationPaper:
        """Return the convocation to print."""
        return await act_for.convocation_for(agent, reference, ports=self.ports)

    async def explanation(
        self, agent: AgentRecord, reference: str, held_on: date
    ) -> ExplanationPaper:
        """Return why a night gave what it gave, to print."""
        return await act_for.explanation_for(
            agent, reference, held_on, ports=self.ports
        )


def acting_of(calls: CallsDep) -> ActingCalls:
    """Return the acts, on the ports the composition root chose."""
    return ActingCalls(calls.ports)


ActingDep = Annotated[ActingCalls, Depends(acting_of)]

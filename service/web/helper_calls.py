"""What helpers, and agents who answer for them, may call over HTTP."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from service.domain.help_places import HelpPlace
from service.usecases import help_places
from service.usecases.help_ports import HelpPlaceRecord
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord
from service.web.dependencies import CallsDep


class HelperCalls:
    """The use cases around help, bound to the ports once."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports

    # --- the directory of places

    async def help_places(
        self, prefecture: str, near: str = ""
    ) -> Sequence[HelpPlaceRecord]:
        """List the places that help without appointment."""
        return await help_places.list_help_places(
            prefecture, near=near, ports=self.ports
        )

    async def help_place(self, agent: AgentRecord, place_id: UUID) -> HelpPlaceRecord:
        """Return a place that this agent may correct."""
        return await help_places.help_place_of(agent, place_id, ports=self.ports)

    async def keep_help_place(
        self, agent: AgentRecord, place: HelpPlace, place_id: UUID | None
    ) -> HelpPlaceRecord:
        """Add or correct a place."""
        return await help_places.keep_help_place(
            agent, place, place_id=place_id, ports=self.ports
        )

    async def remove_help_place(self, agent: AgentRecord, place_id: UUID) -> None:
        """Take a place out of the directory."""
        await help_places.remove_help_place(agent, place_id, ports=self.ports)


def helper_calls_of(calls: CallsDep) -> HelperCalls:
    """Return the use cases around help, on the ports of this deployment."""
    return HelperCalls(calls.ports)


HelperCallsDep = Annotated[HelperCalls, Depends(helper_calls_of)]

"""The directory of places that help: read by everybody, kept by agents."""

from collections.abc import Sequence
from uuid import UUID

from service.domain.help_places import HelpPlace, nearest_first
from service.domain.night import paris_date
from service.usecases.errors import UnknownResourceError
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.ports.help_places import HelpPlaceRecord
from service.usecases.records import AgentRecord


async def list_help_places(
    prefecture: str, *, near: str = "", ports: Ports
) -> Sequence[HelpPlaceRecord]:
    """Return every place of a prefecture, those near a postcode or a town first.

    Args:
        prefecture: Code.
        near: A postcode or the name of a town, as typed; empty for the order of
            towns. See ``nearest_first``.
        ports: The outside.
    """
    async with ports.open_uow() as uow:
        found = await uow.help_places.all(prefecture)
    by_place = {id(one.place): one for one in found}
    ordered = nearest_first([one.place for one in found], near)
    return [by_place[id(place)] for place in ordered]


async def keep_help_place(
    agent: AgentRecord, place: HelpPlace, *, place_id: UUID | None = None, ports: Ports
) -> HelpPlaceRecord:
    """Add a place, or correct one; either way it counts as checked today.

    Raises:
        UnknownResourceError: No place of the agent's prefecture has that identifier.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        if place_id is not None:
            await _of_this_prefecture(agent, place_id, uow=uow)
        record = HelpPlaceRecord(
            id=place_id or UUID(bytes=ports.entropy(16), version=4),
            prefecture=agent.prefecture,
            place=place,
            checked_on=paris_date(now),
        )
        await uow.help_places.save(record)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="help-place-corrected" if place_id else "help-place-added",
            detail={"place": str(record.id)},
            at=now,
        )
        await uow.commit()
    return record


async def remove_help_place(
    agent: AgentRecord, place_id: UUID, *, ports: Ports
) -> None:
    """Take a place out of the directory.

    Raises:
        UnknownResourceError: No place of the agent's prefecture has that identifier.
    """
    async with ports.open_uow() as uow:
        await _of_this_prefecture(agent, place_id, uow=uow)
        await uow.help_places.remove(place_id)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="help-place-removed",
            detail={"place": str(place_id)},
            at=ports.clock.now(),
        )
        await uow.commit()


async def help_place_of(
    agent: AgentRecord, place_id: UUID, *, ports: Ports
) -> HelpPlaceRecord:
    """Return a place that this agent may correct.

    Raises:
        UnknownResourceError: No place of the agent's prefecture has that identifier.
    """
    async with ports.open_uow() as uow:
        return await _of_this_prefecture(agent, place_id, uow=uow)


async def _of_this_prefecture(
    agent: AgentRecord, place_id: UUID, *, uow: UnitOfWork
) -> HelpPlaceRecord:
    found = await uow.help_places.by_id(place_id)
    if found is None or found.prefecture != agent.prefecture:
        raise UnknownResourceError("place")
    return found

"""Agents publish capacity and see it; nobody gives a place to a chosen person."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID

from service.domain.errors import UnknownMotifError, UnknownSiteError
from service.domain.night import paris_date, wall_of
from service.domain.slots import SlotPlan
from service.usecases.commands import PublishSlots
from service.usecases.errors import (
    CapacityMovedError,
    PlacesLockedError,
    UnknownResourceError,
)
from service.usecases.night.plan_nights import open_night
from service.usecases.once import AskedOnce, answer_before, keep_answer
from service.usecases.person.personal import open_contact, open_identity
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord, CalledOffer, SlotRecord

LOCKED = frozenset({"frozen", "committed", "revealed"})
"""States in which a night holds its places without having given them yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferToCall:
    """A person whom no message could reach, and the place that waits for them."""

    reference: str
    name: str = field(repr=False)
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    site: str
    starts_at: datetime
    confirm_by: datetime
    registration_id: UUID
    made_at: datetime


async def open_slots(
    agent: AgentRecord,
    command: PublishSlots,
    *,
    expected: int | None = None,
    idempotency_key: str | None = None,
    ports: Ports,
) -> Sequence[SlotRecord]:
    """Publish the slots of one day at one site; they enter the next freeze.

    Two equal plans are two plans, unless whoever sends them says what they saw (a
    page) or which request it is (a program): then pressing twice publishes once.

    Args:
        agent: Who publishes.
        command: The day.
        expected: How many places the agent saw published at that site, that day.
        idempotency_key: The same key publishes once, and brings the same slots.
        ports: The outside.

    Raises:
        UnknownSiteError, UnknownMotifError: Not of the agent's prefecture.
        InvalidSlotPlanError: Impossible hours, durations or counts; see subclasses.
        CapacityMovedError: There are more or fewer places than ``expected``.
        IdempotencyKeyInFlightError, IdempotencyKeyReusedError: See the names.
    """
    now = ports.clock.now()
    plan = SlotPlan(
        site=command.site,
        day=command.day,
        opens=command.opens,
        closes=command.closes,
        minutes=command.minutes,
        guichets=command.guichets,
        motifs=frozenset(command.motifs),
    )
    plan.refuse_day_out_of_reach(paris_date(now))
    asked = _asked(agent, command, idempotency_key)
    async with ports.open_uow() as uow:
        before = await answer_before(asked, uow=uow, ports=ports) if asked else None
        if before is not None:
            return await uow.slots.by_codes(agent.prefecture, json.loads(before))
        await _check_site(agent, command, uow=uow)
        if expected is not None:
            await _refuse_moved(agent, command, expected, uow=uow)
        published = await uow.slots.publish(
            agent.prefecture,
            plan.slots(f"{command.site}-{command.day:%Y%m%d}"),
            by=agent.id,
            at=now,
        )
        await _audit_published(agent, command, published, now, uow=uow)
        if asked is not None:
            codes = json.dumps([slot.code for slot in published]).encode()
            await keep_answer(asked, codes, at=now, uow=uow, ports=ports)
        await uow.commit()
    return published


def _asked(
    agent: AgentRecord, command: PublishSlots, key: str | None
) -> AskedOnce | None:
    if key is None:
        return None
    body = json.dumps(asdict(command), default=str, sort_keys=True).encode()
    return AskedOnce(scope=f"slots:{agent.id}", key=key, body=body)


async def _refuse_moved(
    agent: AgentRecord, command: PublishSlots, expected: int, *, uow: UnitOfWork
) -> None:
    """Compare under the lock that publishing takes: nobody slips in between."""
    await uow.slots.lock(agent.prefecture)
    there = await uow.slots.between(agent.prefecture, command.day, command.day)
    if places_at(command.site, there) != expected:
        raise CapacityMovedError


def places_at(site: str, slots: Iterable[SlotRecord]) -> int:
    """Count the places published at one site."""
    return sum(slot.places for slot in slots if slot.site == site)


async def _audit_published(
    agent: AgentRecord,
    command: PublishSlots,
    published: Sequence[SlotRecord],
    now: datetime,
    *,
    uow: UnitOfWork,
) -> None:
    await uow.audit.append(
        prefecture=agent.prefecture,
        actor=agent.login,
        action="slots-published",
        detail={
            "site": command.site,
            "day": command.day.isoformat(),
            "slots": len(published),
            "places": sum(slot.places for slot in published),
        },
        at=now,
    )


async def list_slots(
    agent: AgentRecord, first: date, last: date, *, ports: Ports
) -> Sequence[SlotRecord]:
    """Return the slots of these days with their counts, in slot order."""
    async with ports.open_uow() as uow:
        return await uow.slots.between(agent.prefecture, first, last)


async def withdraw_places(
    agent: AgentRecord, code: str, places: int, *, ports: Ports
) -> int:
    """Withdraw up to ``places`` unused places of a slot; returns how many were.

    A place that somebody holds is never withdrawn here.

    Raises:
        UnknownResourceError: No unused place of that slot exists.
        PlacesLockedError: A pool is frozen and not drawn yet.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        await refuse_during_a_draw(agent.prefecture, now, uow=uow)
        withdrawn = await uow.slots.withdraw(agent.prefecture, code, places, now)
        if withdrawn == 0:
            raise UnknownResourceError("code")
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="places-withdrawn",
            detail={"slot": code, "places": withdrawn},
            at=now,
        )
        await uow.commit()
    return withdrawn


async def offers_to_call(agent: AgentRecord, *, ports: Ports) -> Sequence[OfferToCall]:
    """Return the people whom no message could reach; the look itself is audited."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        called = await uow.offers.to_call(agent.prefecture)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="call-list-read",
            detail={"offers": len(called)},
            at=now,
        )
        await uow.commit()
    here = wall_of(now)
    return [_to_call(one, ports) for one in called if one.offer.starts_at > here]


def _to_call(called: CalledOffer, ports: Ports) -> OfferToCall:
    identity = open_identity(
        called.sealed_identity, called.registration_id, ports.sealer
    )
    contact = open_contact(called.sealed_contact, called.registration_id, ports.sealer)
    names = identity.names if identity else None
    written = [names.family_name, names.given_names or ""] if names else []
    return OfferToCall(
        registration_id=called.registration_id,
        made_at=called.offer.made_at,
        reference=called.reference,
        name=" ".join(written).strip(),
        phone=contact.phone.text if contact and contact.phone else None,
        email=contact.email.text if contact and contact.email else None,
        site=called.offer.site,
        starts_at=called.offer.starts_at,
        confirm_by=called.offer.confirm_by,
    )


async def refuse_during_a_draw(
    prefecture: str, now: datetime, *, uow: UnitOfWork
) -> None:
    """Keep the frozen places as they are; the lock makes the next freeze wait."""
    await open_night(prefecture, uow=uow, now=now)
    waiting = [*await uow.nights.unfinished(), *await uow.nights.stopped()]
    for night in waiting:
        if night.prefecture == prefecture and night.state in LOCKED:
            raise PlacesLockedError("code")


async def _check_site(
    agent: AgentRecord, command: PublishSlots, *, uow: UnitOfWork
) -> None:
    sites = {site.code: site for site in await uow.directory.sites(agent.prefecture)}
    if command.site not in sites:
        raise UnknownSiteError("site")
    if not set(command.motifs) <= set(sites[command.site].motifs):
        raise UnknownMotifError("motifs")

"""The demonstration prefecture: Isère, with invented people and real volumes.

Never loaded by a production profile. `load` may be called at every start: what is
there already stays as it is.
"""

import asyncio
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import tables as t
from service.adapters.postgres.audit import PostgresAudit
from service.adapters.postgres.help_places import PostgresHelpPlaces
from service.adapters.postgres.promises import PostgresPromises
from service.adapters.postgres.registrations import columns_of
from service.adapters.postgres.slots import PostgresSlots
from service.bootstrap import Container, build
from service.demo.capacity import opening_plans
from service.demo.desk import load_desk
from service.demo.help_places import help_places
from service.demo.helpers import load_helpers
from service.demo.people import SEED, promises_to, registrations
from service.domain.motifs import MOTIFS
from service.domain.night import paris_date
from service.domain.prefectures import ISERE, Prefecture
from service.domain.ruleset import DEFAULT_RULESET
from service.settings import Profile, Settings, SettingsError
from service.usecases.night.plan_nights import plan_nights

AGENT_LOGIN = "agent"
HELPED = 6
"""How many people of the demonstration are accompanied."""

AGENT_PASSWORD = "demonstration"  # noqa: S105 - shown on the sign-in page on purpose
_NAMESPACE = UUID("7f1f0d6e-6f0c-4f59-9d3c-9a6f2f2d6c38")


def load_demonstration(settings: Settings) -> None:
    """Load the demonstration from a process that runs no event loop."""
    asyncio.run(load(settings))


async def load(settings: Settings, *, seed: int = SEED) -> None:
    """Load prefecture, sites, ruleset, agent, capacity and people, each once.

    Raises:
        SettingsError: This is a production profile.
    """
    if settings.profile is Profile.PRODUCTION:
        raise SettingsError("the demonstration is not for a production profile")
    container = build(settings, pool_size=2)
    try:
        await load_into(container, people=settings.demonstration_people, seed=seed)
    finally:
        await container.close()


async def load_into(container: Container, *, people: int, seed: int) -> None:
    """Load everything in one transaction; two loaders take turns."""
    ports = container.ports
    now = ports.clock.now()
    async with container.engine.begin() as connection:
        await connection.execute(
            select(func.pg_advisory_xact_lock(func.hashtext("demonstration")))
        )
        if await _is_loaded(connection):
            return
        await load_prefecture(connection, ISERE)
        agent = await _load_agent(connection, container, ISERE)
        await load_desk(connection, ports.passwords.hash, AGENT_PASSWORD)
        await _load_capacity(connection, agent, paris_date(now), now)
        loaded = await _load_people(
            connection, container, people=people, seed=seed, now=now
        )
        await load_helpers(
            connection,
            ports,
            prefecture=ISERE.code,
            agent=agent,
            password=AGENT_PASSWORD,
            people=loaded[:HELPED],
            now=now,
        )
        for place in help_places(ISERE.code, paris_date(now)):
            await PostgresHelpPlaces(connection).save(place)
    await plan_nights(ports=ports)


async def _is_loaded(connection: AsyncConnection) -> bool:
    row = await connection.execute(
        select(t.prefecture.c.code).where(t.prefecture.c.code == ISERE.code)
    )
    return row.first() is not None


async def load_prefecture(connection: AsyncConnection, prefecture: Prefecture) -> None:
    """Insert a prefecture with its sites and the default ruleset."""
    phones = [site.phone for site in prefecture.sites if site.phone]
    await connection.execute(
        insert(t.prefecture).values(
            code=prefecture.code, name=prefecture.name, phone=next(iter(phones), None)
        )
    )
    await connection.execute(
        insert(t.site),
        [
            {
                "prefecture": prefecture.code,
                "code": site.code,
                "name": site.name,
                "address": site.address,
                "motifs": sorted(prefecture_motifs(site.motifs)),
            }
            for site in prefecture.sites
        ],
    )
    await connection.execute(
        insert(t.ruleset).values(
            prefecture=prefecture.code,
            version=DEFAULT_RULESET.version,
            effective_on=DEFAULT_RULESET.effective_on,
            content=DEFAULT_RULESET.to_json(),
        )
    )


async def _load_agent(
    connection: AsyncConnection, container: Container, prefecture: Prefecture
) -> UUID:
    identifier = uuid5(_NAMESPACE, AGENT_LOGIN)
    await connection.execute(
        upsert(t.agent)
        .values(
            id=identifier,
            prefecture=prefecture.code,
            login=AGENT_LOGIN,
            name="Agent de démonstration",
            password_hash=container.ports.passwords.hash(AGENT_PASSWORD),
        )
        .on_conflict_do_nothing()
    )
    return identifier


async def _load_capacity(
    connection: AsyncConnection, agent: UUID, today: date, now: datetime
) -> None:
    slots = PostgresSlots(connection)
    planned = [
        slot
        for plan in opening_plans(today)
        for slot in plan.slots(f"{plan.site}-{plan.day:%Y%m%d}")
    ]
    published = await slots.publish(ISERE.code, planned, by=agent, at=now)
    await PostgresAudit(connection).append(
        prefecture=ISERE.code,
        actor=AGENT_LOGIN,
        action="slots-published",
        detail={
            "slots": len(published),
            "places": sum(slot.places for slot in published),
        },
        at=now,
    )


async def _load_people(
    connection: AsyncConnection,
    container: Container,
    *,
    people: int,
    seed: int,
    now: datetime,
) -> list[UUID]:
    records = list(registrations(container.ports, count=people, seed=seed, now=now))
    rows = [columns_of(record) for record in records]
    if rows:
        await connection.execute(insert(t.registration), rows)
        made = promises_to(records, now, container.ports)
        await PostgresPromises(connection).add(made)
    return [row["id"] for row in rows]


def prefecture_motifs(motifs: frozenset[str]) -> frozenset[str]:
    """Return the motifs for which one registers: those that are in the draw."""
    return frozenset(slug for slug in motifs if MOTIFS[slug].in_draw)

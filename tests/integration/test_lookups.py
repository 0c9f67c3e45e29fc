"""What is asked often is found by an index; what stands somewhere stands at a site."""

import pytest
from sqlalchemy import (
    CheckConstraint,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from service.adapters.postgres import doors_tables as d
from service.adapters.postgres import lookup_tables
from service.adapters.postgres import tables as t
from service.domain.claims import ClaimAnswer, ClaimGround
from service.domain.slots import OpenSlot
from service.usecases.night.open_slots import open_slots
from tests.world import World

pytestmark = pytest.mark.anyio

GROWING = {"registration", "offer", "slot", "night"}
"""Tables of which there is one row a person, a place or a night."""

QUESTIONS = {
    "ix_registration_person": "SELECT 1 FROM registration WHERE applicant_key = '\\x00'"
    " AND prefecture = 'isere' ORDER BY registered_at DESC LIMIT 1",
    "ix_registration_new_contact": "SELECT 1 FROM registration"
    " WHERE new_contact_from <= now()",
    "ix_offer_registration_id": "SELECT 1 FROM offer WHERE registration_id ="
    " '00000000-0000-0000-0000-000000000000' ORDER BY made_at DESC LIMIT 1",
    "ix_near_match_second_id": "SELECT 1 FROM near_match WHERE second_id ="
    " '00000000-0000-0000-0000-000000000000'",
    "ix_agent_session_agent_id": "DELETE FROM agent_session WHERE agent_id ="
    " '00000000-0000-0000-0000-000000000000'",
}


def led_by(table: Table) -> set[str]:
    """Name the columns that an index of the table begins with."""
    keys = [list(table.primary_key.columns)]
    keys += [list(index.columns) for index in table.indexes]
    keys += [
        list(one.columns)
        for one in table.constraints
        if isinstance(one, UniqueConstraint)
    ]
    return {columns[0].name for columns in keys if columns}


def test_whatever_belongs_to_a_person_a_place_or_a_night_is_found_by_it() -> None:
    unfound = {
        f"{table.name}.{key.parent.name}"
        for table in t.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in GROWING and key.parent.name not in led_by(table)
    }

    assert unfound == set()


@pytest.mark.parametrize("index", QUESTIONS)
async def test_no_question_of_a_page_reads_a_whole_table(
    world: World, index: str
) -> None:
    """A table of one row is read whole: forbidden that, PostgreSQL shows its way."""
    async with world.engine.connect() as connection:
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await connection.execute(text(f"EXPLAIN {QUESTIONS[index]}"))

    assert index in " ".join(plan.scalars())


@pytest.mark.parametrize("table", lookup_tables.AT_A_SITE, ids=lambda it: it.name)
def test_places_and_permits_stand_at_a_site_of_their_prefecture(table: Table) -> None:
    targets = {
        tuple(element.target_fullname for element in key.elements)
        for key in table.foreign_key_constraints
    }

    assert ("site.prefecture", "site.code") in targets


async def test_no_slot_is_published_where_there_is_no_site(world: World) -> None:
    [slot, *_] = await open_slots(world.agent, world.plan(), ports=world.ports)
    nowhere = OpenSlot(
        slot="atlantis-1",
        site="atlantis",
        starts_at=slot.starts_at,
        minutes=20,
        motifs=frozenset(slot.motifs),
        places=1,
    )

    with pytest.raises(IntegrityError, match="fk_slot_site"):
        async with world.ports.open_uow() as uow:
            await uow.slots.publish(
                "isere", [nowhere], by=world.agent.id, at=world.clock.now()
            )


@pytest.mark.parametrize(
    ("name", "values"), [("ground", ClaimGround), ("answer", ClaimAnswer)]
)
def test_the_database_knows_the_words_of_a_claim(
    name: str, values: type[ClaimGround] | type[ClaimAnswer]
) -> None:
    [known] = [
        str(check.sqltext)
        for check in d.urgency_claim.constraints
        if isinstance(check, CheckConstraint)
        and check.name == f"ck_urgency_claim_{name}"
    ]
    assert {one.strip("' ") for one in known.partition("(")[2][:-1].split(",")} == {
        one.value for one in values
    }


async def test_a_claim_of_another_ground_is_not_stored(world: World) -> None:
    access = await world.register()
    async with world.engine.connect() as connection:
        person = await connection.scalar(
            select(t.registration.c.id).where(
                t.registration.c.reference == access.reference
            )
        )
    with pytest.raises(IntegrityError, match="ck_urgency_claim_ground"):
        async with world.engine.begin() as connection:
            await connection.execute(
                insert(d.urgency_claim).values(
                    id=func.gen_random_uuid(),
                    registration_id=person,
                    ground="friendship",
                    evidence=[],
                    made_at=world.clock.now(),
                    answer_by=world.clock.now().date(),
                )
            )

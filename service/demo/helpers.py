"""An invented organisation with a helper and a few people under mandate.

Login, password and second factor are public on purpose: see
``service.demonstration_account`` and the README of this folder.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import mandate_tables as m
from service.adapters.postgres import tables as t
from service.adapters.postgres.mandates import mandate_columns
from service.adapters.postgres.organisations import (
    helper_columns,
    organisation_columns,
)
from service.demonstration_account import LOGIN, ORGANISATION, PASSWORD, TOTP_SECRET
from service.domain.mandate import USUAL, Ceilings, Mandate, Scope
from service.domain.night import paris_date
from service.usecases.helper.helper_accounts import totp_place
from service.usecases.ports import Ports
from service.usecases.records.mandates import (
    HelperRecord,
    MandateRecord,
    OrganisationRecord,
)

SECOND_AGENT = "agent-deux"
_NAMESPACE = UUID("0f7ad1f4-9d55-4d5e-8b53-0b0a2a4fd1a7")


async def load_helpers(
    connection: AsyncConnection,
    ports: Ports,
    *,
    prefecture: str,
    agent: UUID,
    password: str,
    people: list[UUID],
    now: datetime,
) -> None:
    """Load a second agent, an accepted organisation, its lead, and some mandates.

    Args:
        connection: The open transaction of the loader.
        ports: For hashing and sealing.
        prefecture: Code.
        agent: Who proposed the organisation.
        password: Of the second agent, who accepted it.
        people: Registrations that the organisation accompanies.
        now: When all of it is loaded.
    """
    second = uuid5(_NAMESPACE, SECOND_AGENT)
    await connection.execute(
        insert(t.agent).values(
            id=second,
            prefecture=prefecture,
            login=SECOND_AGENT,
            name="Second agent de démonstration",
            password_hash=ports.passwords.hash(password),
        )
    )
    organisation = OrganisationRecord(
        id=uuid5(_NAMESPACE, ORGANISATION),
        prefecture=prefecture,
        name=ORGANISATION,
        kind="association",
        contact="contact@passages.invalid",
        state="accepted",
        ceilings=Ceilings(live=300, per_day=50),
        proposed_by=agent,
        proposed_at=now - timedelta(days=60),
        decided_by=second,
        decided_at=now - timedelta(days=59),
    )
    await connection.execute(
        insert(m.organisation).values(organisation_columns(organisation))
    )
    helper = _lead(organisation, ports, now)
    await connection.execute(insert(m.helper).values(helper_columns(helper)))
    await _load_mandates(connection, organisation, helper, people, now)


def _lead(
    organisation: OrganisationRecord, ports: Ports, now: datetime
) -> HelperRecord:
    identifier = uuid5(_NAMESPACE, LOGIN)
    return HelperRecord(
        id=identifier,
        organisation_id=organisation.id,
        prefecture=organisation.prefecture,
        login=LOGIN,
        name="Inès Modèle",
        is_lead=True,
        state="active",
        invited_at=now - timedelta(days=59),
        password_hash=ports.passwords.hash(PASSWORD),
        sealed_totp=ports.sealer.seal(
            TOTP_SECRET.encode(), place=totp_place(identifier)
        ),
        enrolled_at=now - timedelta(days=58),
    )


async def _load_mandates(
    connection: AsyncConnection,
    organisation: OrganisationRecord,
    helper: HelperRecord,
    people: list[UUID],
    now: datetime,
) -> None:
    opened_at = now - timedelta(days=2)
    begins_on = paris_date(opened_at)
    mandate = Mandate(
        scopes=frozenset(Scope), begins_on=begins_on, ends_on=begins_on + USUAL
    )
    records = [
        MandateRecord(
            id=uuid5(_NAMESPACE, str(person)),
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            registration_id=person,
            helper_id=helper.id,
            mandate=mandate,
            opened_at=opened_at,
        )
        for person in people
    ]
    if not records:
        return
    await connection.execute(
        insert(m.mandate), [mandate_columns(one) for one in records]
    )
    await connection.execute(
        insert(m.mandate_act),
        [
            {
                "mandate_id": one.id,
                "helper_id": helper.id,
                "act": "registered",
                "at": opened_at,
            }
            for one in records
        ],
    )

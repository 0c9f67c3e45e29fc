"""The report of what is unusual, organisation by organisation, for a person to read.

Nothing here blocks anything. Contacts and names are opened in memory, compared by a
digest keyed for this one report, and never leave it: the report holds counts.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from service.domain.anomalies import (
    Rates,
    Traces,
    Unusual,
    WatchedMandate,
    traces_of,
    unusual,
)
from service.domain.contact import Contact
from service.domain.identity import Identity
from service.domain.mandate import EndedBy
from service.usecases.person.personal import open_contact, open_identity
from service.usecases.ports import Ports
from service.usecases.records import AgentRecord
from service.usecases.records.mandates import OrganisationRecord, WatchedRow

WINDOW: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedOrganisation:
    """One organisation's traces of the last ninety days, and what stands out."""

    organisation: OrganisationRecord
    traces: Traces
    unusual: tuple[Unusual, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The report, and the rates of the whole pool that it compares with."""

    organisations: Sequence[WatchedOrganisation]
    pool: Rates


async def watch_organisations(agent: AgentRecord, *, ports: Ports) -> Watch:
    """Return the report of the agent's prefecture; the look itself is audited."""
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        organisations = await uow.organisations.all(agent.prefecture)
        rows = await uow.mandates.watched(agent.prefecture, now - WINDOW)
        pool = await uow.mandates.pool_rates(agent.prefecture, now - WINDOW)
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="organisations-watched",
            detail={"mandates": len(rows)},
            at=now,
        )
        await uow.commit()
    found = report(organisations, rows, pool, ports=ports)
    return Watch(organisations=found, pool=pool)


def report(
    organisations: Sequence[OrganisationRecord],
    rows: Sequence[WatchedRow],
    pool: Rates,
    *,
    ports: Ports,
) -> Sequence[WatchedOrganisation]:
    """Count per organisation and compare each with the others."""
    key = ports.entropy(32)
    by_organisation: dict[UUID, list[WatchedMandate]] = {
        one.id: [] for one in organisations
    }
    for row in rows:
        by_organisation[row.organisation_id].append(_watched(row, key, ports))
    traces = {who: traces_of(mandates) for who, mandates in by_organisation.items()}
    return [
        WatchedOrganisation(
            organisation=one,
            traces=traces[one.id],
            unusual=unusual(
                traces[one.id],
                [found for who, found in traces.items() if who != one.id],
                pool,
            ),
        )
        for one in organisations
    ]


def _watched(row: WatchedRow, key: bytes, ports: Ports) -> WatchedMandate:
    identity = open_identity(row.sealed_identity, row.registration_id, ports.sealer)
    contact = open_contact(row.sealed_contact, row.registration_id, ports.sealer)
    return WatchedMandate(
        opened_at=row.opened_at,
        person=_digest(key, row.applicant_key),
        name=_name(identity, key) if identity else None,
        contacts=_contacts(contact, key),
        is_revoked=row.ended_by is EndedBy.PERSON,
        offers=row.offers,
        turned_down=row.offers_turned_down,
        unanswered=row.offers_unanswered,
        confirmed=row.confirmed,
        given_back=row.given_back,
        expected=row.expected,
        absent=row.absent,
    )


def _name(identity: Identity, key: bytes) -> bytes:
    """The same words and birth date under two numbers; a sibling has another one."""
    words = " ".join(sorted(identity.names.folded.split()))
    return _digest(key, f"{words}:{identity.birth_date.text}".encode())


def _contacts(contact: Contact | None, key: bytes) -> frozenset[bytes]:
    if contact is None:
        return frozenset()
    email = contact.email.text.casefold() if contact.email else None
    phone = contact.phone.text if contact.phone else None
    return frozenset(_digest(key, one.encode()) for one in (email, phone) if one)


def _digest(key: bytes, value: bytes) -> bytes:
    return hmac.digest(key, value, hashlib.sha256)

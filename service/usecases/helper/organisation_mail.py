"""What organisations are written: an invitation, a ceiling that changed.

Written in the transaction of its cause, sealed, handed over after it by the worker. The
text of an invitation opens an account: once handed over or given up, it is forgotten.
French only, as the pages of helpers are.
"""

import asyncio
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog

from service.domain.sending import pause_after
from service.usecases.errors import MailDelayedError, MailRefusedError
from service.usecases.message.send_messages import SEND_WITHIN
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import Mail
from service.usecases.records.mandates import HelperRecord, OrganisationRecord
from service.usecases.records.organisations import CeilingChange, QueuedMail

log = structlog.get_logger()

INVITATION, CEILINGS = "invitation", "ceilings"
SENT, REFUSED, GIVEN_UP = "sent", "refused", "given-up"

BATCH: Final = 10
LEASE: Final = timedelta(minutes=5)
"""Longer than a batch can take: they leave one after the other."""
LONGEST_PAUSE: Final = timedelta(hours=1)
GIVE_UP_AFTER: Final = 60
"""Tries: with the pauses below, two days; an invitation lives seven."""

_INVITED = """\
Bonjour {name},

{organisation} vous invite à accompagner des personnes sur Tour de rôle.

Ouvrez cette adresse pour choisir un mot de passe et un second code. Elle sert une \
fois, pendant sept jours :

{address}

Vous n'attendiez pas ce message ? N'ouvrez pas l'adresse : sans vous, aucun compte \
n'est créé.
"""

_CEILINGS = """\
Bonjour,

La préfecture a changé les plafonds de {organisation} sur Tour de rôle.

Personnes sous mandat à la fois : {live} (avant : {live_before})
Inscriptions par jour : {per_day} (avant : {per_day_before})
Raison donnée : {reason}

Les inscriptions déjà faites ne changent pas. Une question ? Répondez à la préfecture.
"""


async def write_invitation(
    organisation: OrganisationRecord,
    *,
    name: str,
    address: str,
    token: str,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    """Queue the message that brings an invitation to the person invited."""
    text = _INVITED.format(
        name=name,
        organisation=organisation.name,
        address=f"{ports.public_url}/accompagnants/invitation/{token}",
    )
    subject = f"Votre invitation : {organisation.name}"
    await _queue(organisation, INVITATION, address, subject, text, uow=uow, ports=ports)


async def write_of_ceilings(
    organisation: OrganisationRecord,
    change: CeilingChange,
    helpers: Iterable[HelperRecord],
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> int:
    """Queue the news for the contact and for whoever leads; returns to how many."""
    text = _CEILINGS.format(
        organisation=organisation.name,
        live=change.after.live,
        live_before=change.before.live,
        per_day=change.after.per_day,
        per_day_before=change.before.per_day,
        reason=change.reason,
    )
    leads = [one.login for one in helpers if one.is_lead and one.state == "active"]
    contact = [organisation.contact] if "@" in organisation.contact else []
    told = sorted({one.lower() for one in (*contact, *leads)})
    for address in told:
        await _queue(
            organisation,
            CEILINGS,
            address,
            f"Plafonds changés : {organisation.name}",
            text,
            uow=uow,
            ports=ports,
        )
    return len(told)


async def send_organisation_mail(*, ports: Ports) -> int:
    """Hand over every message that is due; returns how many were tried."""
    tried = 0
    while batch := await _leased(ports=ports):
        for one in batch:
            await _hand_over(one, ports=ports)
        tried += len(batch)
    return tried


async def _leased(*, ports: Ports) -> list[QueuedMail]:
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        due = await uow.organisations.mail.lease(now, now + LEASE, BATCH)
        await uow.commit()
    return list(due)


async def _hand_over(one: QueuedMail, *, ports: Ports) -> None:
    """Send one; whatever goes wrong is its own alone, also when nobody can read it."""
    try:
        async with asyncio.timeout(SEND_WITHIN.total_seconds()):
            await ports.mailer.send(_mail(one, ports))
    except MailRefusedError:
        await _settle(one, REFUSED, ports=ports)
    except MailDelayedError as error:
        await _try_later(one, str(error) or type(error).__name__, ports=ports)
    except Exception as error:
        log.exception("organisation mail failed", mail=str(one.id))
        await _try_later(one, type(error).__name__, ports=ports)
    else:
        await _settle(one, SENT, ports=ports)


def _mail(one: QueuedMail, ports: Ports) -> Mail:
    written = json.loads(ports.sealer.unseal(one.sealed, place=_place(one.id)))
    return Mail(message_id=f"organisation-{one.id}", language="fr", **written)


async def _settle(one: QueuedMail, outcome: str, *, ports: Ports) -> None:
    async with ports.open_uow() as uow:
        await uow.organisations.mail.settle(one.id, outcome, ports.clock.now())
        await uow.commit()


async def _try_later(one: QueuedMail, error: str, *, ports: Ports) -> None:
    log.warning("organisation not reached", mail=str(one.id), error=error)
    if one.attempts >= GIVE_UP_AFTER:
        await _settle(one, GIVEN_UP, ports=ports)
        return
    pause = pause_after(one.attempts, LONGEST_PAUSE)
    async with ports.open_uow() as uow:
        await uow.organisations.mail.postpone(one.id, ports.clock.now() + pause)
        await uow.commit()


async def _queue(
    organisation: OrganisationRecord,
    about: str,
    address: str,
    subject: str,
    text: str,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    identifier = UUID(bytes=ports.entropy(16), version=4)
    written = {"to": address, "subject": subject, "text": text}
    await uow.organisations.mail.queue(
        QueuedMail(
            id=identifier,
            organisation_id=organisation.id,
            about=about,
            sealed=ports.sealer.seal(
                json.dumps(written).encode(), place=_place(identifier)
            ),
            queued_at=ports.clock.now(),
        )
    )


def _place(identifier: UUID) -> str:
    return f"organisation_mail:{identifier}"

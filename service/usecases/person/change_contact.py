"""A changed contact: 72 hours in which the old one can stop it, in one tap."""

from dataclasses import replace
from typing import Final

from service.usecases.errors import UnknownResourceError
from service.usecases.person.access import SECRET_BYTES, secret_digest, secret_from
from service.usecases.person.amend_registration import with_contact_in_force
from service.usecases.ports import Ports
from service.usecases.records import NewOutboxRow, RegistrationRecord

_BATCH: Final = 100


async def keep_contact(secret: str, *, ports: Ports) -> None:
    """Stop a change of contact and close every access that was open.

    Called with the link that the recorded contact received. Whoever asked for the
    change holds some access: all of them end, the secret of the accusé included. A new
    link goes to the recorded contact and nowhere else, so that a stolen link can close
    doors but never keep one. Pressed twice, the second time finds its link ended.

    Raises:
        UnknownResourceError: No such link, or it has ended.
    """
    now = ports.clock.now()
    fresh = secret_from(ports.entropy(SECRET_BYTES))
    async with ports.open_uow() as uow:
        found = await uow.ways_in.of_link(secret_digest(secret), now)
        record = await uow.registrations.by_id(found, lock=True) if found else None
        if record is None:
            raise UnknownResourceError
        await uow.ways_in.end_all(record.id, now)
        await uow.registrations.save(
            replace(
                record,
                secret_sha256=secret_digest(fresh),
                sealed_new_contact=None,
                new_contact_from=None,
            )
        )
        await uow.outbox.add([_message("contact_kept", record, now.isoformat(), ports)])
        await uow.commit()


async def change_contacts(*, ports: Ports) -> int:
    """Let new contacts count whose 72 hours have passed; each is told so itself."""
    changed = 0
    async with ports.open_uow() as uow:
        due = await uow.ways_in.contacts_due(ports.clock.now(), _BATCH)
    for registration in due:
        async with ports.open_uow() as uow:
            record = await uow.registrations.by_id(registration, lock=True)
            if record is None or record.new_contact_from is None:
                continue
            current = with_contact_in_force(record, ports.clock.now())
            if current is record:
                continue
            since = record.new_contact_from.isoformat()
            await uow.registrations.save(current)
            await uow.outbox.add([_message("contact_changed", record, since, ports)])
            await uow.commit()
        changed += 1
    return changed


def _message(
    kind: str, record: RegistrationRecord, once: str, ports: Ports
) -> NewOutboxRow:
    return NewOutboxRow(
        once=f"{kind}:{record.id}:{once}",
        kind=kind,
        registration_id=record.id,
        available_at=ports.clock.now(),
    )

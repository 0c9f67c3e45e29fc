"""Keys that an older release made, made anew from the sealed identity (ADR 0004).

A person is recognised by a keyed pseudonym. When what it is made from changes, old keys
would no longer meet new ones, and one paper would stand twice: so they are made anew,
every minute until none is left, while people go on registering under the new ones.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import structlog

from service.domain.night import paris_date
from service.domain.registration import RegistrationState, move_registration
from service.usecases.person.personal import open_identity
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import NewOutboxRow, RegistrationRecord

log = structlog.get_logger()

_BATCH = 200


async def rekey_people(*, ports: Ports) -> int:
    """Make older keys anew; returns how many registrations have theirs now.

    Two registrations that turn out to be one person's become what they would have been:
    the older one stands, the newer one is the trace of a repeated one. Nobody loses a
    place: one that is held is first answered. Nothing is decided where birth dates
    differ: a number may be mistyped, and both stay as they are until one of them ends.

    Raises:
        ExceptionGroup: What went wrong, once every other one had its turn.
    """
    rekeyed = 0
    last: UUID | None = None
    errors: list[Exception] = []
    while found := await _older(last, ports=ports):
        changed = await _keep_equal(found, ports=ports)
        rekeyed += len(found) - len(changed)
        for record in changed:
            try:
                rekeyed += await _rekey(record, ports=ports)
            except Exception as error:
                log.exception("key not made anew", registration=str(record.id))
                errors.append(error)
        last = found[-1].id
    if errors:
        raise ExceptionGroup("some keys were not made anew", errors)
    return rekeyed


async def _older(after: UUID | None, *, ports: Ports) -> Sequence[RegistrationRecord]:
    async with ports.open_uow() as uow:
        return await uow.registrations.keyed_before(
            ports.pseudonymiser.version, _BATCH, after=after
        )


async def _keep_equal(
    found: Sequence[RegistrationRecord], *, ports: Ports
) -> Sequence[RegistrationRecord]:
    """Note the version of keys that are the same; returns the others."""
    equal = {one.id for one in found if _key_of(one, ports) == one.applicant_key}
    if equal:
        async with ports.open_uow() as uow:
            await uow.registrations.keep_keys(equal, ports.pseudonymiser.version)
            await uow.commit()
    return [one for one in found if one.id not in equal]


async def _rekey(found: RegistrationRecord, *, ports: Ports) -> bool:
    version = ports.pseudonymiser.version
    async with ports.open_uow() as uow:
        record, other = await _locked(found, uow=uow, ports=ports)
        if record.key_version >= version or record.sealed_identity is None:
            return False  # another worker was here, or the person was forgotten
        renewed = replace(
            record, applicant_key=_key_of(record, ports), key_version=version
        )
        if other is not None and not await _merge(renewed, other, uow=uow, ports=ports):
            return False
        if other is None:
            await uow.registrations.save(renewed)
        await uow.commit()
    return True


async def _locked(
    found: RegistrationRecord, *, uow: UnitOfWork, ports: Ports
) -> tuple[RegistrationRecord, RegistrationRecord | None]:
    """Lock a registration, and the one that has its new key already, in order of id."""
    other = await uow.registrations.live_of(
        _key_of(found, ports), found.prefecture, found.motif
    )
    ids = sorted({found.id} if other is None else {found.id, other.id})
    locked = {one: await uow.registrations.by_id(one, lock=True) for one in ids}
    record = locked[found.id] or found
    still = locked.get(other.id) if other and other.id != found.id else None
    both_stand = record.released_at is None and still and still.released_at is None
    return record, still if both_stand else None


async def _merge(
    renewed: RegistrationRecord,
    other: RegistrationRecord,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> bool:
    """Let the newer of the two be the trace of the older; False when it may not be."""
    older, newer = sorted((renewed, other), key=lambda one: (one.registered_at, one.id))
    if not _may_be_one_person(older, newer, ports):
        return False
    if (
        newer.state is not RegistrationState.LIVE
        or await uow.offers.live_of(newer.id) is not None
    ):
        return False
    now = ports.clock.now()
    trace = replace(
        newer,
        state=move_registration(newer.state, RegistrationState.JOINED),
        joined_to=older.id,
        proved_at=None,
        released_at=now,
    )
    await uow.registrations.save(trace)
    await uow.registrations.save(older)
    await uow.outbox.add(
        [
            NewOutboxRow(
                once=f"already_registered:{older.id}:{paris_date(now)}",
                kind="already_registered",
                registration_id=older.id,
                available_at=now,
            )
        ]
    )
    return True


def _may_be_one_person(
    one: RegistrationRecord, other: RegistrationRecord, ports: Ports
) -> bool:
    first = open_identity(one.sealed_identity, one.id, ports.sealer)
    second = open_identity(other.sealed_identity, other.id, ports.sealer)
    return (
        first is not None
        and second is not None
        and first.birth_date.may_be_same_as(second.birth_date)
    )


def _key_of(record: RegistrationRecord, ports: Ports) -> bytes:
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    return (
        record.applicant_key if identity is None else ports.pseudonymiser.key(identity)
    )

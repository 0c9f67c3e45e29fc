"""What is promised to a registration, and the key of its labels: fixed at once.

The promise is written in the transaction of the registration and never computed again:
a date that somebody moves later changes nothing of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from service.draw.canonical import canonical_bytes
from service.draw.labels import LABEL_KEY_OCTETS
from service.usecases.night.plan_nights import night_to_enter
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import RegistrationRecord
from service.usecases.records.promises import PromiseRecord

SPEC: Final = "tour-de-role/acknowledgement/1"


class LabelKeyMissingError(Exception):
    """A label key that was promised is gone: the night must not be frozen."""


def new_promise(
    record: RegistrationRecord,
    *,
    first_label_on: date,
    now: datetime,
    ports: Ports,
) -> PromiseRecord:
    """Write down what a registration is promised, with a fresh label key.

    A person whose data was erased gets no key: there is nobody to give it to.
    """
    sealed = None
    if record.sealed_identity is not None:
        label_key = ports.entropy(LABEL_KEY_OCTETS)
        sealed = ports.sealer.seal(label_key, place=_place(record.id))
    return PromiseRecord(
        registration_id=record.id,
        said=canonical_bytes(_said(record)),
        sealed_label_key=sealed,
        first_label_on=first_label_on,
        made_at=now,
    )


async def promise_of(
    record: RegistrationRecord, now: datetime, *, uow: UnitOfWork, ports: Ports
) -> PromiseRecord:
    """Return what a registration was promised.

    One from before promises were kept gets its own now, for the nights still to be
    frozen: the night it enters is locked, so that no freeze comes in between.
    """
    found = await uow.promises.of(record.id)
    if found is not None:
        return found
    night = await night_to_enter(record.prefecture, uow=uow, now=now)
    first = max(record.first_night_on, night.held_on)
    made = new_promise(record, first_label_on=first, now=now, ports=ports)
    await uow.promises.add([made])
    return await uow.promises.of(record.id) or made


async def label_keys_of(
    standing: Sequence[UUID],
    night: date,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> Mapping[UUID, bytes]:
    """Return the label key of everybody who stands in a night about to be frozen.

    Registrations from before keys were drawn get theirs here, and their promise says
    that it holds from this night on.

    Raises:
        LabelKeyMissingError: Somebody's key was taken away. Another one would break a
            promise in silence, and leaving the person out would break another.
    """
    sealed = dict(await uow.promises.sealed_label_keys(standing))
    if missing := [one for one in standing if one not in sealed]:
        await _promise_all(missing, night, now, uow=uow, ports=ports)
        sealed |= await uow.promises.sealed_label_keys(missing)
    if len(sealed) < len(standing):
        raise LabelKeyMissingError
    return {one: open_label_key(sealed[one], one, ports) for one in standing}


async def _promise_all(
    missing: Iterable[UUID],
    night: date,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> None:
    records = await uow.registrations.by_ids(missing)
    made = [
        new_promise(record, first_label_on=night, now=now, ports=ports)
        for _, record in sorted(records.items())
    ]
    await uow.promises.add(made)


def open_label_key(sealed: bytes, registration: UUID, ports: Ports) -> bytes:
    """Open a label key; it opens in its own registration's row only."""
    return ports.sealer.unseal(sealed, place=_place(registration))


def _place(registration: UUID) -> str:
    return f"promise:label_key:{registration}"


def _said(record: RegistrationRecord) -> dict[str, str]:
    received_at = record.registered_at.astimezone(UTC)
    return {
        "spec": SPEC,
        "reference": record.reference,
        "received_at": f"{received_at:%Y-%m-%dT%H:%M:%SZ}",
        "first_night_on": record.first_night_on.isoformat(),
        "prefecture": record.prefecture,
        "motif": record.motif,
    }

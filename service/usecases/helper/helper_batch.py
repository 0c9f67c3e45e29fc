"""A file of people between its dry run and its confirmation: sealed, then forgotten."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from service.domain.errors import DomainError
from service.domain.help_errors import InvalidMandateError
from service.domain.night import paris_date
from service.usecases.commands import RegisterApplicant
from service.usecases.errors import OrganisationSuspendedError, UnknownResourceError
from service.usecases.helper.register_under_mandate import (
    OpenedContacts,
    register_under_mandate,
)
from service.usecases.ports import Ports
from service.usecases.records.mandates import BatchRecord, HelperRecord

KEPT: Final = timedelta(hours=2)
"""How long a file waits for its confirmation: long enough to check a list."""

Cells = Mapping[str, str]
"""One line of a file: text by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """A line that can be registered: its number in the file, and what it asks."""

    number: int
    command: RegisterApplicant = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOutcome:
    """What became of a line: a reference, or the code of a refusal."""

    number: int
    reference: str | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What would happen: who is followed already, and how many more fit today."""

    already_followed: frozenset[int]
    room: int


async def keep_batch(
    helper: HelperRecord, lines: Sequence[tuple[int, Cells]], *, ports: Ports
) -> UUID:
    """Seal the lines of a file until they are confirmed, for two hours at most."""
    now = ports.clock.now()
    identifier = UUID(bytes=ports.entropy(16), version=4)
    text = json.dumps([[number, dict(cells)] for number, cells in lines])
    async with ports.open_uow() as uow:
        await uow.organisations.keep_batch(
            BatchRecord(
                id=identifier,
                organisation_id=helper.organisation_id,
                helper_id=helper.id,
                sealed=ports.sealer.seal(text.encode(), place=_place(identifier)),
                uploaded_at=now,
            )
        )
        await uow.commit()
    return identifier


async def open_batch(
    helper: HelperRecord, batch_id: UUID, *, ports: Ports
) -> Sequence[tuple[int, Cells]]:
    """Return the lines of a file that waits for its confirmation.

    Raises:
        UnknownResourceError: Another helper's, confirmed already, or too old.
    """
    async with ports.open_uow() as uow:
        found = await uow.organisations.batch(batch_id, helper.organisation_id)
    now = ports.clock.now()
    if (
        found is None
        or found.sealed is None
        or found.helper_id != helper.id
        or found.uploaded_at < now - KEPT
    ):
        raise UnknownResourceError("batch")
    text = ports.sealer.unseal(found.sealed, place=_place(batch_id))
    return [(number, cells) for number, cells in json.loads(text)]


async def try_batch(
    helper: HelperRecord, lines: Sequence[BatchLine], *, ports: Ports
) -> DryRun:
    """Say what a confirmation would do, from the organisation's own list alone.

    Whether somebody else knows a person is not looked up: a file is no oracle.
    """
    today = paris_date(ports.clock.now())
    followed: set[int] = set()
    async with ports.open_uow() as uow:
        organisation = await uow.organisations.by_id(helper.organisation_id)
        counts = await uow.mandates.counts(helper.organisation_id, today)
        for line in lines:
            key = ports.pseudonymiser.key(line.command.identity)
            if await uow.mandates.live_for_key(
                helper.organisation_id, key, line.command.motif, today
            ):
                followed.add(line.number)
    room = (
        organisation.ceilings.left(live=counts.live, today=counts.today)
        if organisation
        else 0
    )
    return DryRun(already_followed=frozenset(followed), room=room)


async def confirm_batch(
    helper: HelperRecord,
    batch_id: UUID,
    lines: Sequence[BatchLine],
    *,
    scopes: Sequence[str],
    ends_on: date,
    ports: Ports,
) -> Sequence[LineOutcome]:
    """Register each line by itself; a refused line keeps no other from its turn.

    Idempotent: each line has a key of its own within the file, and a person whom the
    organisation follows already is left as they are. The file is forgotten at the end.

    Raises:
        InvalidMandateError: No scope, or an end out of reach: nothing was registered.
        OrganisationSuspendedError: Nothing more is registered; the file stays.
    """
    opened = OpenedContacts(ports)
    outcomes = [
        await _register(helper, batch_id, line, scopes, ends_on, opened, ports=ports)
        for line in lines
    ]
    async with ports.open_uow() as uow:
        await uow.organisations.finish_batch(batch_id, ports.clock.now())
        await uow.commit()
    return outcomes


async def _register(
    helper: HelperRecord,
    batch_id: UUID,
    line: BatchLine,
    scopes: Sequence[str],
    ends_on: date,
    opened: OpenedContacts,
    *,
    ports: Ports,
) -> LineOutcome:
    try:
        answer = await register_under_mandate(
            helper,
            line.command,
            scopes=scopes,
            ends_on=ends_on,
            idempotency_key=f"{batch_id}:{line.number}",
            opened=opened,
            ports=ports,
        )
    except (InvalidMandateError, OrganisationSuspendedError):
        raise
    except DomainError as refusal:
        return LineOutcome(number=line.number, refused=refusal.code)
    return LineOutcome(number=line.number, reference=answer.reference)


async def forget_batches(*, ports: Ports) -> int:
    """Forget files that nobody confirmed within two hours; returns how many."""
    async with ports.open_uow() as uow:
        gone = await uow.organisations.forget_batches(ports.clock.now() - KEPT)
        await uow.commit()
    return gone


def _place(batch_id: UUID) -> str:
    return f"helper_batch:sealed:{batch_id}"

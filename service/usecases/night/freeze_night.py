"""planned → frozen: who takes part, under which label, for which places."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from service.domain.motifs import MOTIFS, MotifFamily
from service.domain.night import NightState, paris_date, step
from service.domain.pairs import pairs_digest
from service.domain.ruleset import Ruleset
from service.domain.slots import OpenSlot
from service.draw.canonical import canonical_bytes
from service.draw.freeze import Candidate, freeze
from service.draw.labels import label_of
from service.draw.model import Pool
from service.usecases.desk.checked_dates import with_facts
from service.usecases.night.plan_nights import plan_next_night
from service.usecases.person.personal import open_identity
from service.usecases.person.promises import label_keys_of
from service.usecases.person.view_registration import facts_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import FrozenEntry, NightRecord, StandingRow

_MOVING = sorted(
    motif.slug
    for motif in MOTIFS.values()
    if motif.family in (MotifFamily.ANEF_HELP, MotifFamily.MAJORITY)
)
"""Motifs whose deadline depends on the day one looks."""

NONCE_BYTES = 32


async def freeze_night(night: NightRecord, *, ports: Ports) -> bool:
    """Freeze one night if its hour has come; False when there is nothing to do.

    The night's row is locked FOR UPDATE, so that every registration in flight is
    either in this pool or names the following night, which is planned in the same
    transaction. Labels follow from keys that were promised, nonces are fresh; both are
    fixed before the beacon round exists: choosing them gains nothing.
    """
    async with ports.open_uow() as uow:
        locked = await uow.nights.claim(night.id, NightState.PLANNED)
        now = ports.clock.now()
        if locked is None or locked.freeze_at > now:
            return False
        if await uow.nights.waits_for_an_earlier(locked):
            return False  # its places and its people are still in that other pool
        ruleset = await uow.directory.ruleset_on(locked.prefecture, locked.held_on)
        await refresh_deadlines(locked, uow=uow, ports=ports)
        standing = await uow.registrations.standing(locked.prefecture, locked.held_on)
        slots = await uow.slots.open_from(
            locked.prefecture, _first_day(locked.held_on, now, ruleset)
        )
        labelled = await _labelled(locked, standing, now, uow=uow, ports=ports)
        pool = _pool(locked, ruleset, slots, labelled)
        nonces = b"".join(ports.entropy(NONCE_BYTES) for _ in pool.entries)
        await _store(locked, pool, nonces, labelled, now=now, ruleset=ruleset, uow=uow)
        if await uow.nights.next_open(locked.prefecture, lock=False) is None:
            await plan_next_night(locked.prefecture, uow=uow, now=now)
        await uow.commit()
    return True


async def refresh_deadlines(
    night: NightRecord, *, uow: UnitOfWork, ports: Ports
) -> None:
    """Recompute the deadlines that move by themselves, with the night as today.

    The window of an online file closes, and a young person comes of age, without
    anyone correcting anything.
    """
    moving = await uow.registrations.of_motifs(night.prefecture, _MOVING)
    checks = await uow.doors.checks.standing_of(record.id for record in moving)
    for record in moving:
        identity = open_identity(record.sealed_identity, record.id, ports.sealer)
        if identity is None:
            continue
        moved = with_facts(
            record,
            facts_of(record),
            checks.get(record.id),
            birth_date=identity.birth_date,
            today=night.held_on,
            already_accepted=True,
        )
        if moved.end_of_right_on != record.end_of_right_on:
            await uow.registrations.save(moved)


async def _labelled(
    night: NightRecord,
    standing: Sequence[StandingRow],
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> dict[bytes, StandingRow]:
    """Give everybody the label that their key gives this night."""
    everybody = [row.registration_id for row in standing]
    keys = await label_keys_of(everybody, night.held_on, now, uow=uow, ports=ports)
    draw = f"{night.prefecture}/{night.held_on}"
    return {label_of(keys[row.registration_id], draw): row for row in standing}


def _pool(
    night: NightRecord,
    ruleset: Ruleset,
    slots: Sequence[OpenSlot],
    labelled: dict[bytes, StandingRow],
) -> Pool:
    candidates = [
        Candidate(
            label=label.hex(),
            motif=row.motif,
            sites=row.sites,
            end_of_right_on=row.end_of_right_on,
            registered_on=row.waiting_since_on,
            availability=row.availability,
            people=row.people,
            is_displaced=row.is_displaced,
        )
        for label, row in labelled.items()
    ]
    return freeze(night.prefecture, night.held_on, ruleset, slots, candidates)


async def _store(
    night: NightRecord,
    pool: Pool,
    nonces: bytes,
    labelled: dict[bytes, StandingRow],
    *,
    now: datetime,
    ruleset: Ruleset,
    uow: UnitOfWork,
) -> None:
    frozen = canonical_bytes(pool.to_json())
    entries = [
        FrozenEntry(
            registration_id=labelled[bytes.fromhex(entry.label)].registration_id,
            label=bytes.fromhex(entry.label),
            band=entry.band,
        )
        for entry in pool.entries
    ]
    await uow.nights.add_entries(night.id, entries)
    await uow.nights.save(
        replace(
            night,
            state=step(night.state, NightState.FROZEN),
            ruleset_version=ruleset.version,
            frozen_at=now,
            pool=frozen,
            nonces=nonces,
            pool_sha256=hashlib.sha256(frozen).digest(),
            places=sum(slot.places for slot in pool.slots),
        ),
        was=NightState.PLANNED,
    )
    await _note_pairs(night, entries, now, uow=uow)


async def _note_pairs(
    night: NightRecord,
    entries: Sequence[FrozenEntry],
    now: datetime,
    *,
    uow: UnitOfWork,
) -> None:
    """Put into the audit chain who stands under which label, as one digest."""
    pairs = pairs_digest((entry.label, entry.registration_id) for entry in entries)
    await uow.audit.append(
        prefecture=night.prefecture,
        actor="service",
        action="night-frozen",
        detail={
            "night": str(night.held_on),
            "entries": len(entries),
            "pairs_sha256": pairs.hex(),
        },
        at=now,
    )


def _first_day(held_on: date, now: datetime, ruleset: Ruleset) -> date:
    """Return the first day whose places may be given.

    The freeze counts notice from the date of the night. A night that is caught up
    later must not surprise anyone: what it lost in days is added in front, and more
    than one day late everybody keeps the longer notice.
    """
    late = (paris_date(now) - held_on).days
    notice = ruleset.notice.short_days if late <= 1 else ruleset.notice.usual_days
    return max(held_on, paris_date(now)) + timedelta(days=notice)

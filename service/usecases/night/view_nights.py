"""The nights as everybody may see them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from service.domain.errors import UnknownPrefectureError
from service.draw.canonical import parse_strict
from service.usecases.errors import UnknownResourceError
from service.usecases.night.publish_night import REDUCED
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.public.open_data import merged
from service.usecases.records import DeliveryRecord, NightSummary, PackedTranscript
from service.usecases.records.guards import AnnulmentRecord
from service.usecases.views import AnnulmentView, NightView, WitnessView

_LIST = 60
"""Nights shown in the public list: two months."""


async def list_nights(prefecture: str, *, ports: Ports) -> Sequence[NightView]:
    """Return the last committed nights, newest first.

    Raises:
        UnknownPrefectureError: No prefecture of that code uses the service.
    """
    async with ports.open_uow() as uow:
        name = await _name_of(prefecture, uow)
        found = await uow.nights.published(prefecture, _LIST)
        told = await _witnesses_of(found, uow)
        annulled = await _annulled(found, uow)
    return [_view(one, name, told, annulled) for one in found]


async def view_night(prefecture: str, held_on: date, *, ports: Ports) -> NightView:
    """Return one night from its commitment on.

    Raises:
        UnknownPrefectureError: No prefecture of that code uses the service.
        UnknownResourceError: That night has not been committed.
    """
    async with ports.open_uow() as uow:
        name = await _name_of(prefecture, uow)
        found = await uow.nights.published(prefecture, 1, held_on)
        told = await _witnesses_of(found, uow)
        annulled = await _annulled(found, uow)
    if not found:
        raise UnknownResourceError("date")
    return _view(found[0], name, told, annulled)


async def transcript_of(
    prefecture: str, held_on: date, *, ports: Ports
) -> PackedTranscript:
    """Return a published transcript as it is stored.

    Full or reduced, as was announced with the commitment.

    Raises:
        UnknownResourceError: The night is not published yet, or there is none.
    """
    async with ports.open_uow() as uow:
        stored = await uow.nights.transcript(prefecture, held_on)
    if stored is None:
        raise UnknownResourceError("date")
    return stored


async def annulment_of(prefecture: str, held_on: date, *, ports: Ports) -> bytes:
    """Return the signed document of an annulled night: it stands in its chain.

    Raises:
        UnknownResourceError: No such night, or it is not annulled.
    """
    async with ports.open_uow() as uow:
        stored = await uow.annulments.document(prefecture, held_on)
    if stored is None:
        raise UnknownResourceError("date")
    return stored


async def _name_of(prefecture: str, uow: UnitOfWork) -> str:
    name = await uow.directory.prefecture_name(prefecture)
    if name is None:
        raise UnknownPrefectureError("prefecture")
    return name


async def _witnesses_of(
    found: Sequence[NightSummary], uow: UnitOfWork
) -> Mapping[int, Sequence[DeliveryRecord]]:
    told: dict[int, list[DeliveryRecord]] = {}
    for delivery in await uow.witnesses.of_nights(one.night.id for one in found):
        told.setdefault(delivery.night_id, []).append(delivery)
    return told


async def _annulled(
    found: Sequence[NightSummary], uow: UnitOfWork
) -> Mapping[int, AnnulmentRecord]:
    stopped = [one.night.id for one in found if one.night.stopped_at is not None]
    if not stopped:
        return {}
    return {one.night_id: one for one in await uow.annulments.of_nights(stopped)}


def _annulment(record: AnnulmentRecord | None) -> AnnulmentView | None:
    if record is None:
        return None
    return AnnulmentView(
        at=record.annulled_at,
        reason=record.reason,
        luck_was_known=record.luck_was_known,
    )


def _witness(delivery: DeliveryRecord, due_at: datetime | None) -> WitnessView:
    at = delivery.delivered_at
    return WitnessView(
        name=delivery.name,
        delivered_at=at,
        attempts=delivery.attempts,
        document_sha256=_hex(delivery.document_sha256),
        is_in_time=at is not None and due_at is not None and at < due_at,
    )


def _view(
    summary: NightSummary,
    prefecture_name: str,
    told: Mapping[int, Sequence[DeliveryRecord]],
    annulled: Mapping[int, AnnulmentRecord],
) -> NightView:
    night = summary.night
    is_reduced = night.publishes == REDUCED
    is_drawn = summary.served is not None
    is_public = night.published_at is not None
    return NightView(
        prefecture=night.prefecture,
        prefecture_name=prefecture_name,
        held_on=night.held_on,
        state=night.state,
        freeze_at=night.freeze_at,
        brought_forward=night.brought_forward,
        ruleset_version=night.ruleset_version,
        committed_at=night.committed_at,
        commitment=_object(night.commitment),
        commitment_sha256=_hex(night.commitment_sha256),
        signature={
            "key": _hex(night.signature_key) or "",
            "value": _hex(night.signature_value) or "",
        },
        beacon_chain=night.beacon_chain,
        beacon_round=night.beacon_round,
        beacon_due_at=night.beacon_due_at,
        beacon_is_local=(night.beacon_chain or "").startswith("local/"),
        revealed_at=night.revealed_at,
        randomness=_hex(night.randomness),
        published_at=night.published_at,
        notified_at=night.notified_at,
        stopped_because=night.stopped_because,
        entries=summary.entries,
        places=night.places,
        served=summary.served if is_public else None,
        unserved=summary.unserved if is_public else None,
        free_places=summary.free_places if is_public and is_drawn else None,
        bands=summary.bands if is_public and not is_reduced else (),
        cells=merged(summary.bands) if is_public else (),
        publishes=night.publishes,
        postponed_at=night.postponed_at,
        witnesses=tuple(
            _witness(delivery, night.beacon_due_at)
            for delivery in told.get(night.id, ())
        ),
        annulment=_annulment(annulled.get(night.id)),
    )


def _object(canonical: bytes | None) -> dict[str, object] | None:
    value = parse_strict(canonical) if canonical is not None else None
    return {**value} if isinstance(value, dict) else None


def _hex(value: bytes | None) -> str | None:
    return value.hex() if value is not None else None

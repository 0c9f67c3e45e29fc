"""A stopped night that cannot be mended gives no places, and everybody can read why.

Until it is drawn or annulled, the next night of its prefecture waits: nobody gets a
second luck by stopping the first. An annulled night keeps its place in the chain of
commitments, and says for ever whether its luck was known when it was given up.
"""

from datetime import UTC, date, datetime
from typing import Final

from service.domain.errors import InvalidNoticeTextError
from service.domain.operator_errors import (
    NightNotKnownError,
    NightNotStoppedError,
    NightNotToAnnulError,
    ReasonRequiredError,
)
from service.draw.canonical import canonical_bytes, parse_strict
from service.usecases.night.watch_nights import in_words
from service.usecases.ports import Ports
from service.usecases.ports.evidence import Signer
from service.usecases.records import NightRecord
from service.usecases.records.guards import AnnulmentRecord

SPEC: Final = "tour-de-role/annulment/1"
SIGNED_PREFIX: Final = b"tour-de-role/annulment/1/"

ANNULLABLE: Final = frozenset({"committed", "revealed"})
"""Committed, hence public; not drawn, hence nobody holds one of its places."""


async def annul_night(
    prefecture: str, held_on: date, *, reason: str, by: str, ports: Ports
) -> AnnulmentRecord:
    """Annul a stopped night; its people and places enter the next one.

    Twice is the same as once: the first reason and instant stay.

    Args:
        prefecture: Its code.
        held_on: The date of the night, Europe/Paris.
        reason: Shown to everybody, in French; no personal data.
        by: Who does it, for the audit chain: ``operator:`` and a system account.
        ports: The outside.

    Raises:
        ReasonRequiredError: No reason, or one nobody could read.
        NightNotKnownError: No such night.
        NightNotStoppedError: No check stopped it: it goes on by itself.
        NightNotToAnnulError: Nothing of it is public yet, or it is drawn.
    """
    try:
        said = in_words(reason, "reason")
    except InvalidNoticeTextError:
        raise ReasonRequiredError("--reason") from None
    async with ports.open_uow() as uow:
        night = await uow.nights.by_date(prefecture, held_on)
        if night is None:
            raise NightNotKnownError(f"{prefecture}/{held_on}")
        for known in await uow.annulments.of_nights([night.id]):
            return known
        annulled = _annulment(night, said, by, ports.clock.now(), ports.signer)
        await uow.annulments.add(annulled)
        await uow.audit.append(
            prefecture=prefecture,
            actor=by,
            action="night-annulled",
            detail={
                "night": held_on.isoformat(),
                "stopped_because": night.stopped_because or "",
                "reason": said,
                "luck_was_known": annulled.luck_was_known,
            },
            at=annulled.annulled_at,
        )
        await uow.commit()
    return annulled


def _annulment(
    night: NightRecord, reason: str, by: str, now: datetime, signer: Signer
) -> AnnulmentRecord:
    where = f"{night.prefecture}/{night.held_on}"
    if night.stopped_at is None:
        raise NightNotStoppedError(where)
    if night.state not in ANNULLABLE or night.beacon_due_at is None:
        raise NightNotToAnnulError(where)
    is_known = night.revealed_at is not None or night.beacon_due_at <= now
    return AnnulmentRecord(
        night_id=night.id,
        annulled_at=now,
        annulled_by=by,
        reason=reason,
        luck_was_known=is_known,
        document=_document(night, reason, now, signer, is_known=is_known),
    )


def _document(
    night: NightRecord, reason: str, at: datetime, signer: Signer, *, is_known: bool
) -> bytes:
    """Return the commitment as it was signed, and what became of it, signed too."""
    annulled: dict[str, object] = {
        "at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "reason": reason,
        "luck_was_known": is_known,
    }
    said: dict[str, object] = {
        "spec": SPEC,
        "commitment": parse_strict(night.commitment or b""),
        "signature": {
            "key": (night.signature_key or b"").hex(),
            "value": (night.signature_value or b"").hex(),
        },
        "annulled": annulled,
    }
    value = signer.sign(SIGNED_PREFIX + canonical_bytes(said))
    signed = {"key": signer.public_key.hex(), "value": value.hex()}
    return canonical_bytes({**said, "annulment_signature": signed})

"""Rows about nights: places, frozen entries, what the draw decided."""

import gzip
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from service.domain.night import NightState


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """A published slot with counts: ``free`` places can still be withdrawn."""

    code: str
    site: str
    starts_at: datetime
    minutes: int
    motifs: tuple[str, ...]
    places: int
    free: int
    offered: int
    confirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenEntry:
    """A registration as it stands in one night's pool."""

    registration_id: UUID
    label: bytes
    band: int
    told_not_drawn_on: date | None = None
    is_live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEntry:
    """What the draw decided for one entry: see ``service.draw.standing``."""

    label: bytes
    ticket: bytes
    rank: int
    result: str
    tier: str | None
    through: str | None
    cut_off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecord:
    """One night in the history of a registration: see ``service.draw.standing``.

    Nights from before it was kept have no tier, no quota and no cut-off (None).
    """

    held_on: date
    label: str
    band: int
    ticket: str
    rank: int
    entries: int
    result: str
    tier: str | None = None
    through: str | None = None
    cut_off: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NightRecord:
    """The row of one night; columns are filled arrow by arrow."""

    id: int
    prefecture: str
    held_on: date
    state: NightState
    freeze_at: datetime
    brought_forward: bool = False
    ruleset_version: str | None = None
    frozen_at: datetime | None = None
    pool: bytes | None = field(default=None, repr=False)
    nonces: bytes | None = field(default=None, repr=False)
    pool_sha256: bytes | None = None
    places: int | None = None
    committed_at: datetime | None = None
    commitment: bytes | None = field(default=None, repr=False)
    commitment_sha256: bytes | None = None
    signature_key: bytes | None = None
    signature_value: bytes | None = None
    beacon_chain: str | None = None
    beacon_round: int | None = None
    beacon_due_at: datetime | None = None
    publishes: str | None = None
    postponed_at: datetime | None = None
    revealed_at: datetime | None = None
    beacon_signature: bytes | None = None
    randomness: bytes | None = None
    drawn_at: datetime | None = None
    published_at: datetime | None = None
    notified_at: datetime | None = None
    stopped_at: datetime | None = None
    stopped_because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedTranscript:
    """A published transcript as it is stored; large enough to unpack only if asked."""

    gzipped: bytes = field(repr=False)
    sha256: bytes

    @property
    def text(self) -> bytes:
        """The transcript, byte for byte."""
        return gzip.decompress(self.gzipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class NightSummary:
    """A night as the public list shows it."""

    night: NightRecord
    entries: int
    served: int | None
    unserved: int | None
    free_places: int | None
    bands: tuple[tuple[int, int, int], ...] = ()
    """(band, entries, served) in band order."""

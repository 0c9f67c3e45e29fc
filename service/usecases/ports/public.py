"""The store of what everybody may know: rules, suspensions, morning figures."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from service.domain.suspension import Suspension
from service.usecases.records.public import (
    CountedGroup,
    CountedPlaces,
    CountedRegistration,
    FiguresRecord,
    RulesetRecord,
    SuspensionRecord,
)


class PublicFacts(Protocol):
    """Read by anybody, without a key; written by agents and by the morning."""

    async def rulesets(self, prefecture: str) -> Sequence[RulesetRecord]:
        """Return every version of the rule, the newest first."""
        ...

    async def suspensions(self, prefecture: str) -> Sequence[SuspensionRecord]:
        """Return every suspension, standing ones first, then the newest."""
        ...

    async def suspend(
        self, prefecture: str, suspension: Suspension, *, by: UUID, at: datetime
    ) -> None:
        """Store a suspension.

        Raises:
            MotifAlreadySuspendedError: One stands already.
        """
        ...

    async def reopen(
        self, prefecture: str, motif: str, *, by: UUID, at: datetime
    ) -> bool:
        """End the standing suspension of a motif; False when none stands."""
        ...

    async def counted_registrations(
        self, prefecture: str, since: date
    ) -> Sequence[CountedRegistration]:
        """Return who waits, and whoever came, was served or left since that day."""
        ...

    async def counted_places(
        self, prefecture: str, since: date
    ) -> Sequence[CountedPlaces]:
        """Return the places of that day and of every later one."""
        ...

    async def counted_groups(
        self, prefecture: str, since: date
    ) -> Sequence[CountedGroup]:
        """Return the groups of the nights published since that day."""
        ...

    async def store_figures(self, figures: FiguresRecord) -> bool:
        """Store the figures of a morning; False when it has some already."""
        ...

    async def figures(
        self, prefecture: str, day: date | None = None
    ) -> FiguresRecord | None:
        """Return the figures of that morning, the last ones without a day."""
        ...

    async def figures_days(self, prefecture: str, limit: int) -> Sequence[date]:
        """Return the mornings that have figures, newest first."""
        ...

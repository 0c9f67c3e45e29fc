"""A mandate as its person sees it, on pages and in messages."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from service.domain.mandate import MandateState, Scope
from service.usecases.desk.doors_views import DeskActView
from service.usecases.records.mandates import ActRecord, MandateRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateView:
    """A mandate as its person sees it.

    ``is_proposed``: someone says they act for the person, who has not said yes.
    """

    id: UUID
    organisation: str
    scopes: tuple[Scope, ...]
    opened_at: datetime
    ends_on: date
    state: MandateState
    ended_at: datetime | None
    is_proposed: bool

    @property
    def is_live(self) -> bool:
        """Anything may be done under it today."""
        return self.state is MandateState.LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatesView:
    """Who acts for a person, and what was done in their name."""

    live: tuple[MandateView, ...]
    ended: tuple[MandateView, ...]
    acts: tuple[ActRecord, ...]
    done_at_desk: tuple[DeskActView, ...] = ()
    """What agents did in the person's name."""


def view_of_mandate(record: MandateRecord, today: date) -> MandateView:
    """Return what a person may know of a mandate: all of it but the helper's name."""
    return MandateView(
        id=record.id,
        organisation=record.organisation_name,
        scopes=tuple(one for one in Scope if one in record.mandate.scopes),
        opened_at=record.opened_at,
        ends_on=record.mandate.ends_on,
        state=record.mandate.state_on(today),
        ended_at=record.ended_at,
        is_proposed=record.is_proposed,
    )

"""What a prefecture states about its places and its motifs, dated and with a source.

Nothing here enters the draw. What is not stated is None or empty, and is told as not
stated: an invented lift keeps somebody at the foot of the stairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said it and when.

    Attributes:
        stated_on: The day on which the prefecture stated it.
        source: Where it can be read, or who answers for it.
    """

    stated_on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAccess:
    """How one gets to a site and into it; None is "not stated", never "no".

    Attributes:
        transport: Stops and lines, car park, the door to take; French, as written.
        is_step_free: A wheelchair gets in without a step.
        has_lift: Every guichet is reached by lift or stands on the ground floor.
        has_low_counter: A guichet at the height of somebody who sits.
        has_hearing_loop: A loop for hearing aids at a guichet.
        arrange: Whom to call or write to for an arrangement.
        statement: Since when, by whom.
    """

    transport: str = ""
    is_step_free: bool | None = None
    has_lift: bool | None = None
    has_low_counter: bool | None = None
    has_hearing_loop: bool | None = None
    arrange: str = ""
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One paper to bring, in French and in the languages the prefecture wrote.

    Attributes:
        french: What the agent at the guichet calls it.
        said: By language code, without French; other readers are shown the French.
    """

    french: str
    said: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A prefecture's own list of papers for one motif; no influence on any rank.

    Attributes:
        instead: The whole list; empty to keep the common one.
        more: What is asked beside it.
        statement: Since when, by whom.
    """

    instead: tuple[ListedPaper, ...] = ()
    more: tuple[ListedPaper, ...] = ()
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingDelay:
    """How long the prefecture takes for one motif, counted in days (product.md G10).

    Two countings, neither ever shown for the other: from the day the file was
    complete, and from the registration. A pair is (half of the decisions took less,
    nine tenths took less), None when it is not published.

    Attributes:
        from_complete_file: Half and nine tenths, from the complete file.
        from_registration: Half and nine tenths, from the registration.
        first: First day of the decisions that were counted.
        last: Last day of them.
        excluded: What is left out of the count, in words.
        statement: Since when, by whom.
    """

    from_complete_file: tuple[int, int] | None
    from_registration: tuple[int, int] | None
    first: date
    last: date
    excluded: str
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Everything stated, by code of the site and slug of the motif."""

    sites: Mapping[str, SiteAccess] = field(
        default_factory=lambda: MappingProxyType({})
    )
    checklists: Mapping[str, Checklist] = field(
        default_factory=lambda: MappingProxyType({})
    )
    delays: Mapping[str, ProcessingDelay] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def access(self, site: str) -> SiteAccess:
        """Return what is stated of a site: of an unknown one, nothing."""
        return self.sites.get(site, NOTHING_STATED)


NOTHING_STATED = SiteAccess()
NO_GUIDE = Guide()

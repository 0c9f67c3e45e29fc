"""Every kind of message to an applicant, and what each one may do.

A kind that is not listed here cannot leave. Adding one means: a line below, a template
in ``adapters/mail/templates`` and one in ``adapters/text/templates``; a test compares
the three.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """What is true of every message of a kind.

    Attributes:
        name: As it stands in the outbox.
        is_result: It announces what the draw decided: the algorithm notice is part of
            it (CRPA L. 311-3-1), or it does not leave.
        is_answer: It answers what its person just did, and may leave at any hour.
        is_anyones: A stranger who knows a number can cause it: few of them a day.
        is_pressing: It may use the last messages of a day.
        goes_both_ways: By e-mail and by text, where both are known; other kinds take
            the e-mail and text only who has none.
        offer_states: It is about an offer, and true in these states alone; empty: about
            no offer, or true whatever became of it.
        has_calendar: The appointment goes with it, as a calendar file.
    """

    name: str
    is_result: bool = False
    is_answer: bool = False
    is_anyones: bool = False
    is_pressing: bool = False
    goes_both_ways: bool = False
    offer_states: tuple[str, ...] = ()
    has_calendar: bool = False


_ALL: Final = (
    MessageKind(name="registered", is_answer=True),
    MessageKind(name="already_registered", is_anyones=True),
    MessageKind(
        name="drawn",
        is_result=True,
        is_pressing=True,
        goes_both_ways=True,
        offer_states=("awaiting",),
    ),
    MessageKind(name="not_drawn", is_result=True),
    MessageKind(name="lapsed", is_result=True, offer_states=("lapsed",)),
    MessageKind(
        name="confirmed",
        is_answer=True,
        offer_states=("confirmed",),
        has_calendar=True,
    ),
    MessageKind(
        name="reminder",
        is_pressing=True,
        goes_both_ways=True,
        offer_states=("confirmed",),
        has_calendar=True,
    ),
    MessageKind(
        name="cancelled_by_prefecture",
        is_pressing=True,
        goes_both_ways=True,
        offer_states=("cancelled",),
    ),
    MessageKind(name="date_corrected", is_result=True, is_pressing=True),
    MessageKind(name="dates_checked", is_pressing=True),
    MessageKind(name="called"),
    MessageKind(name="claim_answered", is_pressing=True),
    MessageKind(name="permit_ready", is_pressing=True, goes_both_ways=True),
    MessageKind(name="paper_renewed", is_pressing=True),
    MessageKind(name="same_person_asked", is_pressing=True),
    MessageKind(name="same_person_closed", is_pressing=True),
    MessageKind(name="reopened", is_pressing=True),
    MessageKind(name="absence_noted"),
    MessageKind(name="absence_excused"),
    MessageKind(name="contact_changes", is_pressing=True, goes_both_ways=True),
    MessageKind(name="contact_changed", goes_both_ways=True),
    MessageKind(name="contact_kept", is_answer=True),
    MessageKind(name="withdrawn", is_answer=True),
    MessageKind(name="access_code", is_answer=True, is_anyones=True),
    MessageKind(name="paper_code", is_answer=True),
    MessageKind(name="acted_at_desk", is_answer=True, is_pressing=True),
    MessageKind(name="mandate_opened", goes_both_ways=True),
    MessageKind(name="mandate_used"),
    MessageKind(name="mandate_ended"),
)

KINDS: Final[Mapping[str, MessageKind]] = MappingProxyType(
    {kind.name: kind for kind in _ALL}
)
"""By name."""

OF_WITHDRAWN: Final = frozenset({"withdrawn"})
"""Kinds that are still true of a registration that left."""

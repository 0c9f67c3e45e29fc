"""What is unusual about an organisation: shown to a person, never acted on by itself.

Click farms and the renting of identities leave traces: many registrations at once,
one contact for many, one name under several numbers, people who take their mandate
back, places turned down or left unanswered (`reliability.md` row 38, `product.md` D7).
Honest helpers leave some of them too: a Saturday of registrations, a family.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from service.domain.mandate import SHARING_SHOWN

BURST: Final = timedelta(hours=1)
BURST_SHOWN: Final = 50
"""Registrations within an hour from which on they are shown; one file may hold 300."""

FEW: Final = 10
"""Fewer mandates than this say nothing about shares."""

TIMES_THE_OTHERS: Final = 2
"""A share of twice what the others have, and of a fifth at least, is shown."""

LEAST_SHARE: Final = 0.2


class Unusual(StrEnum):
    """What is worth a look."""

    BURST = "burst"
    SHARED_CONTACT = "shared-contact"
    REPEATED_NAME = "repeated-name"
    REVOKED = "revoked"
    TURNED_DOWN = "turned-down"
    UNANSWERED = "unanswered"
    GIVEN_BACK = "given-back"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedMandate:
    """One mandate as the report counts it; digests stand for contact and name.

    Attributes:
        opened_at: When the organisation registered the person.
        person: Digest of the person's key.
        name: Digest of the folded names and birth year; None once erased.
        contacts: Digests of telephone and e-mail.
        is_revoked: The person took the mandate back.
        offers: Places offered so far.
        turned_down: Of these, declined or given back.
        unanswered: Of these, lapsed without an answer.
        confirmed: Of these, said yes to; taken back by the prefecture left out.
        given_back: Of those, given back afterwards.
        expected: Appointments whose person was noted present or absent.
        absent: Of these, absent without a reason that was accepted.
    """

    opened_at: datetime
    person: bytes = field(repr=False)
    name: bytes | None = field(repr=False)
    contacts: frozenset[bytes] = field(repr=False)
    is_revoked: bool
    offers: int
    turned_down: int
    unanswered: int
    confirmed: int = 0
    given_back: int = 0
    expected: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The whole pool of a prefecture in the same days, organisations or not.

    Attributes:
        confirmed, given_back, expected, absent: As of ``WatchedMandate``, all people.
    """

    confirmed: int = 0
    given_back: int = 0
    expected: int = 0
    absent: int = 0

    @property
    def share_given_back(self) -> float:
        """Given back among the places said yes to."""
        return self.given_back / self.confirmed if self.confirmed else 0.0

    @property
    def share_absent(self) -> float:
        """Absent among the people expected."""
        return self.absent / self.expected if self.expected else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What one organisation left, in counts.

    Attributes:
        mandates: All mandates in the window.
        burst: Most registrations within one hour.
        shared_contacts: Contacts that more than three people have.
        most_sharing: People who have the most shared one.
        repeated_names: Names that stand under more than one number.
        revoked: Mandates that people took back.
        offers: Places offered to its people.
        turned_down: Declined or given back.
        unanswered: Lapsed.
        rates: Places given back after a yes, and absences at the guichet.
    """

    mandates: int
    burst: int
    shared_contacts: int
    most_sharing: int
    repeated_names: int
    revoked: int
    offers: int
    turned_down: int
    unanswered: int
    rates: Rates = Rates()

    @property
    def share_revoked(self) -> float:
        """Revoked mandates among all."""
        return self.revoked / self.mandates if self.mandates else 0.0

    @property
    def share_turned_down(self) -> float:
        """Declined or given back among the places offered."""
        return self.turned_down / self.offers if self.offers else 0.0

    @property
    def share_unanswered(self) -> float:
        """Lapsed among the places offered."""
        return self.unanswered / self.offers if self.offers else 0.0


def traces_of(mandates: Sequence[WatchedMandate]) -> Traces:
    """Count what an organisation left; pure, whatever the order.

    Registering one person again is no second name: people are told apart by key.
    """
    contacts = Counter(
        digest
        for _, found in {(one.person, one.contacts) for one in mandates}
        for digest in found
    )
    names: dict[bytes, set[bytes]] = {}
    for one in mandates:
        if one.name is not None:
            names.setdefault(one.name, set()).add(one.person)
    return Traces(
        mandates=len(mandates),
        burst=most_within([one.opened_at for one in mandates], BURST),
        shared_contacts=sum(count > SHARING_SHOWN for count in contacts.values()),
        most_sharing=max(contacts.values(), default=0),
        repeated_names=sum(len(people) > 1 for people in names.values()),
        revoked=sum(one.is_revoked for one in mandates),
        offers=sum(one.offers for one in mandates),
        turned_down=sum(one.turned_down for one in mandates),
        unanswered=sum(one.unanswered for one in mandates),
        rates=Rates(
            confirmed=sum(one.confirmed for one in mandates),
            given_back=sum(one.given_back for one in mandates),
            expected=sum(one.expected for one in mandates),
            absent=sum(one.absent for one in mandates),
        ),
    )


def most_within(instants: Iterable[datetime], window: timedelta) -> int:
    """Return how many instants at most fall within one window, its end excluded."""
    ordered = sorted(instants)
    most, first = 0, 0
    for last, at in enumerate(ordered):
        while at - ordered[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most


def unusual(
    own: Traces, others: Sequence[Traces], pool: Rates | None = None
) -> tuple[Unusual, ...]:
    """Return what is worth a look, compared with the other organisations.

    Counts are shown from fixed edges on; shares only against the median of the others
    and only among ten mandates or places, so that two refusals of three cause nothing.
    Places given back and absences are compared with the whole pool: most people have
    no organisation, and one that stands alone has no others.
    """
    usual = pool or Rates()
    found = {
        Unusual.BURST: own.burst >= BURST_SHOWN,
        Unusual.SHARED_CONTACT: own.shared_contacts > 0,
        Unusual.REPEATED_NAME: own.repeated_names > 0,
        Unusual.REVOKED: own.mandates >= FEW
        and _stands_out(own.share_revoked, [one.share_revoked for one in others]),
        Unusual.TURNED_DOWN: own.offers >= FEW
        and _stands_out(
            own.share_turned_down, [one.share_turned_down for one in others]
        ),
        Unusual.UNANSWERED: own.offers >= FEW
        and _stands_out(own.share_unanswered, [one.share_unanswered for one in others]),
        Unusual.GIVEN_BACK: own.rates.confirmed >= FEW
        and _stands_out(own.rates.share_given_back, [usual.share_given_back]),
        Unusual.ABSENT: own.rates.expected >= FEW
        and _stands_out(own.rates.share_absent, [usual.share_absent]),
    }
    return tuple(kind for kind in Unusual if found[kind])


def _stands_out(own: float, others: Sequence[float]) -> bool:
    usual = median(others) if others else 0.0
    return own >= LEAST_SHARE and own >= TIMES_THE_OTHERS * usual

"""Papers as they are issued and as they are printed: plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from service.domain.birth_date import BirthDate
from service.domain.identity import AgdrefNumber, TravelDocument
from service.domain.paper_token import PaperFacts
from service.domain.ruleset import Ruleset
from service.usecases.records import EntryRecord, SiteRecord
from service.usecases.views import NightView, OfferView, RegistrationView


class PaperKind(StrEnum):
    """Which papers carry a code."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CONVOCATION = "convocation"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """One paper with a code; ``subject`` says of what, so that it is issued once.

    ``token`` is the signed text of its QR code. No personal data.
    """

    code: str
    kind: PaperKind
    registration_id: UUID
    offer_id: UUID | None
    subject: str
    token: str
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who a paper is about, as declared; personal data.

    ``birth_date`` is None, and the names empty, once the identity was erased.
    """

    family_name: str = field(repr=False)
    given_names: str | None = field(repr=False)
    birth_date: BirthDate | None = field(repr=False)
    proof: AgdrefNumber | TravelDocument | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementPaper:
    """All that an accusé d'inscription says."""

    view: RegistrationView
    holder: Holder
    code: str
    token: str
    check_url: str
    issued_on: date
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvocationPaper:
    """All that a convocation says; ``is_cancelled`` once the place was given back.

    ``offer.starts_at`` is wall time of Paris, naive.
    """

    view: RegistrationView = field(repr=False)
    offer: OfferView
    reference: str
    prefecture: str
    prefecture_name: str
    motif: str
    people: int
    holder: Holder
    phone: str | None
    code: str
    token: str
    check_url: str
    issued_on: date
    is_cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationPaper:
    """All that explains one night's result to its person (CRPA R. 311-3-1-2)."""

    view: RegistrationView
    holder: Holder
    entry: EntryRecord
    night: NightView
    ruleset: Ruleset
    phone: str | None
    issued_on: date
    public_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankForm:
    """What the paper form asks and where it goes; nobody's data."""

    prefecture_name: str
    phone: str | None
    by_post: str | None
    sites: tuple[SiteRecord, ...]
    motifs: tuple[str, ...]
    printed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPaper:
    """What anybody is told of a code.

    Attributes:
        facts: What the paper's code says; None when it is not ours.
        prefecture_name: Who issued it.
        holder_agrees: Whether the names and birth date typed beside it are those of
            the paper; None when nothing was compared, or nothing is left to compare.
        could_compare: False once the identity was erased.
        is_current: Whether the appointment of a convocation still stands; None for an
            accusé, and once nothing is left here that could tell.
    """

    facts: PaperFacts | None
    prefecture_name: str = ""
    holder_agrees: bool | None = None
    could_compare: bool = True
    is_current: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedConvocation:
    """What an agent sees of a convocation that somebody presents."""

    reference: str
    state: str
    holder: Holder
    motif: str
    people: int
    site_name: str
    starts_at: datetime
    minutes: int
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyLetter:
    """A letter that says that a permit is ready, for whom no message reaches.

    ``code`` names the notice at the guichet; it opens nothing. ``collect_at`` is wall
    time of Paris; None for the collection hours (weekday, opens, closes).
    """

    holder: Holder
    prefecture_name: str
    code: str
    site: str
    site_name: str
    site_address: str
    collect_at: datetime | None
    hours: tuple[tuple[int, time, time], ...]
    phone: str | None
    printed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledLetter:
    """A letter that says that the prefecture registered a holder before expiry."""

    holder: Holder
    prefecture_name: str
    reference: str
    motif: str
    first_night_on: date
    sites: tuple[SiteRecord, ...]
    phone: str | None
    printed_on: date

"""What an applicant sends, and how it becomes a command of the use cases.

From ``to_command`` on, every value is valid by its type. A refusal of the domain
keeps its name and gains the place where the value stood.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from service.domain.availability import Availability
from service.domain.companions import Companion
from service.domain.contact import Contact
from service.domain.errors import DomainError
from service.domain.identity import (
    AgdrefNumber,
    BirthDate,
    Identity,
    Names,
    TravelDocument,
)
from service.domain.permits import DocumentFacts
from service.usecases.commands import Access, AmendRegistration, RegisterApplicant
from service.web.phones import phone_or_none
from service.web.v1.fields import Inbound, IsoDate, Slug

EXAMPLE: JsonDict = {
    "prefecture": "isere",
    "motif": "renouvellement-titre",
    "sites": ["grenoble", "vienne"],
    "identity": {
        "agdref_number": "0000000001",
        "family_name": "SPÉCIMEN",
        "given_names": "Noor",
        "birth_date": "1994-02-02",
    },
    "contact": {"email": "noor@example.org", "phone": None, "language": "fr"},
    "permit_expires_on": "2027-01-31",
    "held_document": "cst",
    "permit_starts_on": "2026-02-01",
    "availability": {
        "weekdays_excluded": [2],
        "dates_excluded": ["2026-12-24"],
        "short_notice": False,
    },
    "people": 1,
}


@contextmanager
def placed(field: str, *, inside: bool = False) -> Generator[None]:
    """Give a refusal the place of the value that caused it.

    Args:
        field: The place, as ``identity.agdref_number``.
        inside: True when the refusal may name a place below ``field``.
    """
    try:
        yield
    except DomainError as error:
        if inside:
            raise error.under(field) from None
        raise type(error)(field) from None


class DocumentIn(Inbound):
    """Another proof of identity than the AGDREF number."""

    kind: Slug
    number: Annotated[str, Field(min_length=1, max_length=60)]
    country: Annotated[str, Field(min_length=1, max_length=10)]


class IdentityIn(Inbound):
    """Who the person is: one proof, names and a birth date."""

    agdref_number: Annotated[str | None, Field(max_length=60)] = None
    document: DocumentIn | None = None
    family_name: Annotated[str, Field(max_length=200)]
    given_names: Annotated[str | None, Field(max_length=200)] = None
    birth_date: Annotated[
        str,
        Field(
            max_length=40,
            description="`1990`, `1990-05` ou `1990-05-04` : ce qui est connu.",
        ),
    ]

    @model_validator(mode="after")
    def _one_proof(self) -> Self:
        if (self.agdref_number is None) == (self.document is None):
            raise PydanticCustomError("one_proof", "one proof of identity")
        return self

    def to_value(self, today: date) -> Identity:
        """Parse into the domain's identity."""
        with placed("identity.birth_date"):
            birth_date = BirthDate.parse(self.birth_date, today=today)
        with placed("identity", inside=True):
            names = Names.parse(self.family_name, self.given_names)
        return Identity(proof=self._proof(), names=names, birth_date=birth_date)

    def _proof(self) -> AgdrefNumber | TravelDocument:
        if self.document is None:
            with placed("identity.agdref_number"):
                return AgdrefNumber.parse(self.agdref_number or "")
        with placed("identity.document", inside=True):
            return TravelDocument.parse(
                self.document.kind, self.document.number, self.document.country
            )


class CompanionIn(Inbound):
    """Somebody received together with the person, most often a child."""

    family_name: Annotated[str, Field(max_length=200)]
    given_names: Annotated[str | None, Field(max_length=200)] = None
    birth_date: Annotated[
        str,
        Field(
            max_length=40,
            description="`1990`, `1990-05` ou `1990-05-04` : ce qui est connu.",
        ),
    ]

    def to_value(self, at: int, today: date) -> Companion:
        """Parse into the domain's companion; ``at`` is its place in the list."""
        with placed(f"companions.{at}", inside=True):
            names = Names.parse(self.family_name, self.given_names)
        with placed(f"companions.{at}.birth_date"):
            born = BirthDate.parse(self.birth_date, today=today)
        return Companion(names, born)


def family_of(companions: list[CompanionIn], today: date) -> tuple[Companion, ...]:
    """Parse a family; the first refusal names its place."""
    return tuple(one.to_value(at, today) for at, one in enumerate(companions))


class ContactIn(Inbound):
    """Where messages go; both ways may be missing."""

    email: Annotated[str | None, Field(max_length=300)] = None
    phone: Annotated[str | None, Field(max_length=60)] = None
    language: Annotated[str, Field(min_length=1, max_length=10)]

    def to_value(self) -> Contact:
        """Parse into the domain's contact."""
        with placed("contact", inside=True):
            return Contact.parse(
                email=self.email,
                phone=phone_or_none(self.phone),
                language=self.language,
            )


class AvailabilityIn(Inbound):
    """Days on which the person cannot come."""

    weekdays_excluded: Annotated[
        list[Annotated[int, Field(ge=1, le=7)]],
        Field(
            default_factory=list,
            max_length=7,
            description="1 = lundi … 7 = dimanche.",
        ),
    ]
    dates_excluded: Annotated[
        list[IsoDate], Field(default_factory=list, max_length=100)
    ]
    short_notice: bool = False

    def to_value(self) -> Availability:
        """Parse into the domain's availability."""
        with placed("availability", inside=True):
            availability = Availability(
                weekdays_excluded=frozenset(self.weekdays_excluded),
                dates_excluded=frozenset(self.dates_excluded),
                short_notice=self.short_notice,
            )
            availability.refuse_no_working_day()
        return availability


class FactsIn(Inbound):
    """The dates of the document held; each may be unknown."""

    permit_expires_on: IsoDate | None
    held_document: Annotated[
        Slug | None,
        Field(
            description="Absent : comme « unknown ». La date ne compte alors qu’une "
            "fois le document vu par un agent."
        ),
    ] = None
    permit_starts_on: IsoDate | None = None
    entered_on: IsoDate | None = None
    requested_on: IsoDate | None = None

    def facts(self) -> DocumentFacts:
        """Parse into the domain's facts."""
        return DocumentFacts(
            held_document=self.held_document,
            permit_expires_on=self.permit_expires_on,
            permit_starts_on=self.permit_starts_on,
            entered_on=self.entered_on,
            requested_on=self.requested_on,
        )


Sites = Annotated[list[Slug], Field(min_length=1, max_length=20)]
People = Annotated[int, Field(ge=1, le=8)]


class RegistrationIn(FactsIn):
    """One person, one motif, one prefecture."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    prefecture: Slug
    motif: Slug
    sites: Sites
    identity: IdentityIn
    contact: ContactIn
    availability: AvailabilityIn
    people: People
    companions: Annotated[
        list[CompanionIn],
        Field(
            default_factory=list,
            max_length=7,
            description="Les personnes reçues avec vous : toutes, ou aucune.",
        ),
    ]

    def to_command(self, today: date) -> RegisterApplicant:
        """Parse everything; the first refusal names its place."""
        return RegisterApplicant(
            prefecture=self.prefecture,
            motif=self.motif,
            sites=tuple(self.sites),
            identity=self.identity.to_value(today),
            contact=self.contact.to_value(),
            facts=self.facts(),
            availability=self.availability.to_value(),
            people=self.people,
            channel="api",
            companions=family_of(self.companions, today),
        )


class DocumentFactsIn(FactsIn):
    """The document of a correction: all its dates are given anew, together."""


class AmendmentIn(Inbound):
    """A correction; what is left out stays as it is."""

    sites: Sites | None = None
    contact: ContactIn | None = None
    document: DocumentFactsIn | None = None
    availability: AvailabilityIn | None = None
    people: People | None = None
    companions: Annotated[list[CompanionIn] | None, Field(max_length=7)] = None

    def to_command(self, access: Access, today: date) -> AmendRegistration:
        """Parse what is given."""
        return AmendRegistration(
            access=access,
            sites=tuple(self.sites) if self.sites is not None else None,
            contact=self.contact.to_value() if self.contact else None,
            facts=self.document.facts() if self.document else None,
            availability=self.availability.to_value() if self.availability else None,
            people=self.people,
            companions=family_of(self.companions, today)
            if self.companions is not None
            else None,
        )

"""Every refusal of the domain, each with a stable code.

A refusal is expected: it names what is wrong and where, never the value that was
sent. It knows no HTTP status; ``service.web.problems`` holds that one table. The
docstring of a class is the title of the problem.
"""

from __future__ import annotations

from typing import ClassVar, Self


class DomainError(Exception):
    """The request cannot be accepted."""

    code: ClassVar[str] = "refused"

    def __init__(self, field: str | None = None) -> None:
        """Name the refusal.

        Args:
            field: The place in what was sent, as ``identity.family_name``; never
                its value.
        """
        super().__init__(field)
        self.field = field

    @property
    def title(self) -> str:
        """Return the sentence a person reads: the first line of the docstring."""
        return (type(self).__doc__ or self.code).strip().splitlines()[0]

    def under(self, parent: str) -> Self:
        """Return the same refusal, placed one level deeper.

        ``InvalidNameError("family_name").under("identity")`` stands at
        ``identity.family_name``.
        """
        return type(self)(f"{parent}.{self.field}" if self.field else parent)

    def __str__(self) -> str:
        return f"{self.field}: {self.title}" if self.field else self.title


# --- what the prefecture tells everybody


class InvalidNoticeTextError(DomainError):
    """A public notice has 10 to 600 characters of ordinary text."""

    code = "invalid-notice-text"


class MotifAlreadySuspendedError(DomainError):
    """This motif is suspended already."""

    code = "motif-already-suspended"


class MotifNotSuspendedError(DomainError):
    """This motif is open."""

    code = "motif-not-suspended"


# --- who: identity and contact


class InvalidAgdrefNumberError(DomainError):
    """The foreigner's number has nine to eleven digits or letters."""

    code = "invalid-agdref-number"


class UnknownDocumentKindError(DomainError):
    """This kind of identity document is not known."""

    code = "unknown-document-kind"


class InvalidDocumentNumberError(DomainError):
    """The document number has three to twenty digits or letters."""

    code = "invalid-document-number"


class UnknownCountryError(DomainError):
    """The country is given by its ISO code of two or three letters."""

    code = "unknown-country"


class MissingNameError(DomainError):
    """The family name is required."""

    code = "missing-name"


class NameTooLongError(DomainError):
    """A name has at most 100 characters."""

    code = "name-too-long"


class InvalidNameError(DomainError):
    """A name holds letters, spaces, hyphens, apostrophes and full stops only."""

    code = "invalid-name"


class InvalidBirthDateError(DomainError):
    """The birth date is a year, a year and month, or a full date from 1900 on."""

    code = "invalid-birth-date"


class BirthDateInFutureError(DomainError):
    """The birth date is in the future."""

    code = "birth-date-in-future"


class InvalidEmailAddressError(DomainError):
    """The e-mail address does not have the form name@example.org."""

    code = "invalid-email-address"


class InvalidPhoneNumberError(DomainError):
    """The telephone number is neither a French nor an international one."""

    code = "invalid-phone-number"


class UnknownLanguageError(DomainError):
    """This language is not offered."""

    code = "unknown-language"


# --- what for, where, when


class UnknownPrefectureError(DomainError):
    """This prefecture is not known."""

    code = "unknown-prefecture"


class UnknownMotifError(DomainError):
    """This motif is not known."""

    code = "unknown-motif"


class MotifNotInDrawError(DomainError):
    """This motif needs no draw: it is received without an appointment, or online."""

    code = "motif-not-in-draw"


class UnknownSiteError(DomainError):
    """This site is not known in this prefecture."""

    code = "unknown-site"


class MissingSiteError(DomainError):
    """At least one site must be chosen."""

    code = "missing-site"


class MotifNotAtSiteError(DomainError):
    """This site does not receive people for this motif."""

    code = "motif-not-at-site"


class InvalidPeopleError(DomainError):
    """One to eight people can be received together."""

    code = "invalid-people"


class CompanionsMismatchError(DomainError):
    """The family is named whole, one line for each person, or not at all."""

    code = "companions-mismatch"


class InvalidWeekdayError(DomainError):
    """A weekday is a number from 1, Monday, to 7, Sunday."""

    code = "invalid-weekday"


class NoDayLeftError(DomainError):
    """At least one day of the week must remain possible."""

    code = "no-day-left"


class TooManyDatesError(DomainError):
    """Too many single dates are excluded."""

    code = "too-many-dates"


# --- the permit


class UnknownHeldDocumentError(DomainError):
    """This kind of permit or paper is not known."""

    code = "unknown-held-document"


class ImplausibleExpiryError(DomainError):
    """The end of validity is before 1990 or more than fifteen years away."""

    code = "implausible-expiry"


class ImplausibleDateError(DomainError):
    """This date is before 1990 or in the future."""

    code = "implausible-date"


class PermitDatesReversedError(DomainError):
    """The permit would end before it starts."""

    code = "permit-dates-reversed"


# --- the prefecture's side


class InvalidSlotPlanError(DomainError):
    """These opening hours cannot be published."""

    code = "invalid-slot-plan"


class ClosesBeforeItOpensError(InvalidSlotPlanError):
    """The guichets would close before they open."""

    code = "closes-before-it-opens"


class OutsideOfficeHoursError(InvalidSlotPlanError):
    """Opening hours lie between 06:00 and 22:00, in whole minutes."""

    code = "outside-office-hours"


class InvalidDurationError(InvalidSlotPlanError):
    """A slot lasts 5 to 240 minutes."""

    code = "invalid-duration"


class InvalidGuichetsError(InvalidSlotPlanError):
    """One to fifty guichets can be open at once."""

    code = "invalid-guichets"


class NoSlotFitsError(InvalidSlotPlanError):
    """The opening hours are too short for a single slot."""

    code = "no-slot-fits"


class TooManyPlacesError(InvalidSlotPlanError):
    """So many places cannot be published at once."""

    code = "too-many-places"


class DayOutOfReachError(InvalidSlotPlanError):
    """The day is past, or more than a year away."""

    code = "day-out-of-reach"


class InvalidSlotError(DomainError):
    """A slot is malformed."""

    code = "invalid-slot"


class InvalidRulesetError(DomainError):
    """The ruleset is malformed."""

    code = "invalid-ruleset"


# --- what has a state


class NightStepNotAllowedError(DomainError):
    """The night is not in the state that this step needs."""

    code = "night-step-not-allowed"


class RegistrationNotLiveError(DomainError):
    """This registration does not take part any more."""

    code = "registration-not-live"


class OfferNotOpenError(DomainError):
    """This offer is no longer open."""

    code = "offer-not-open"


class ClaimNotPossibleError(DomainError):
    """An urgency claim on this ground is open already, or was answered lately."""

    code = "claim-not-possible"


class SecondAgentRequiredError(DomainError):
    """Another agent than the first one decides this."""

    code = "second-agent-required"


class AlreadyDecidedError(DomainError):
    """This was decided meanwhile."""

    code = "already-decided"


class InvalidListError(DomainError):
    """This list cannot be read."""

    code = "invalid-list"


class InvalidReferenceError(DomainError):
    """The reference is nine letters and digits; one of them seems mistyped."""

    code = "invalid-reference"


class InvalidPaperCodeError(DomainError):
    """The code of a paper is twelve letters and digits; one of them seems mistyped."""

    code = "invalid-paper-code"


class MalformedPaperError(DomainError):
    """This is not a code of our papers."""

    code = "malformed-paper"


class MalformedRecordError(DomainError):
    """A stored record cannot be read back."""

    code = "malformed-record"

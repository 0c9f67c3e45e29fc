"""Refusals of the use cases; each docstring is the title of a problem."""

from typing import ClassVar

from service.domain.errors import DomainError


class UnknownResourceError(DomainError):
    """Nothing is found here, or it is not open to you."""

    code: ClassVar[str] = "unknown-resource"


class IdempotencyKeyMissingError(DomainError):
    """The header Idempotency-Key is missing."""

    code: ClassVar[str] = "idempotency-key-missing"


class IdempotencyKeyInFlightError(DomainError):
    """The first request with this key is still running."""

    code: ClassVar[str] = "idempotency-key-in-flight"


class IdempotencyKeyReusedError(DomainError):
    """This key was used for another request."""

    code: ClassVar[str] = "idempotency-key-reused"


class AgentSignInError(DomainError):
    """The login, the password or the code does not fit."""

    code: ClassVar[str] = "sign-in-refused"


class SecondFactorNotEnrolledError(DomainError):
    """The password fits, but a second factor must be enrolled in a browser first."""

    code: ClassVar[str] = "second-factor-not-enrolled"


class AgentRequiredError(DomainError):
    """This is open to signed-in agents only."""

    code: ClassVar[str] = "agent-required"


class HelperSignInError(DomainError):
    """The login, the password or the code does not fit."""

    code = "helper-sign-in-refused"


class HelperRequiredError(DomainError):
    """This is open to signed-in helpers only."""

    code = "helper-required"


class OrganisationSuspendedError(DomainError):
    """The organisation is suspended: nothing can be done under its mandates."""

    code = "organisation-suspended"


class AlreadyFollowedError(DomainError):
    """The organisation already has a mandate for this person and motif."""

    code = "already-followed"


class LeadRequiredError(DomainError):
    """Only the lead of the organisation does this."""

    code = "lead-required"


class PlacesLockedError(DomainError):
    """Tonight's draw holds these places; they can be withdrawn once it is published."""

    code: ClassVar[str] = "places-locked"


class NightNotDueError(DomainError):
    """This night is not due yet."""

    code: ClassVar[str] = "night-not-due"


class PressBusyError(DomainError):
    """Too many papers are being printed at this moment."""

    code: ClassVar[str] = "press-busy"


class StorageAwayError(Exception):
    """The database cannot answer now; whether the last act was stored is not known.

    Sending the same request again finds out, and stores it once.
    """


class NightMovedError(Exception):
    """Another process moved the night first; nothing was stored."""


class CapacityMovedError(Exception):
    """Places of that day were published or withdrawn meanwhile; nothing was stored."""


class UnsealError(Exception):
    """Sealed bytes were altered, moved, or sealed with a key that is not ours."""


class PlaceTakenError(Exception):
    """A frozen place is gone: the night must stop and someone must look."""


class WitnessDelayedError(Exception):
    """A witness could not take the commitment; another try may work."""


class MailRefusedError(Exception):
    """The address will never accept mail."""


class MailDelayedError(Exception):
    """The message was not handed over; another try may work."""


class TextRefusedError(Exception):
    """The number will never take a text."""


class TextDelayedError(Exception):
    """The text was not handed over; another try may work."""

"""Refusals of the use cases; each docstring is the title that people read."""

from typing import ClassVar

from service.domain.errors import DomainError


class UnknownResourceError(DomainError):
    """Nous ne trouvons rien à cette adresse, ou elle ne vous est pas ouverte."""

    code: ClassVar[str] = "unknown-resource"


class UnknownPrefectureError(DomainError):
    """Cette préfecture n'utilise pas ce service."""

    code: ClassVar[str] = "unknown-prefecture"


class UnknownMotifError(DomainError):
    """Ce motif n'est pas proposé ici."""

    code: ClassVar[str] = "unknown-motif"


class UnknownSiteError(DomainError):
    """Ce site n'existe pas ou ne reçoit pas pour ce motif."""

    code: ClassVar[str] = "unknown-site"


class IdempotencyKeyMissingError(DomainError):
    """Il manque l'en-tête Idempotency-Key."""

    code: ClassVar[str] = "idempotency-key-missing"


class IdempotencyKeyInFlightError(DomainError):
    """La première demande portant cette clé est encore en cours."""

    code: ClassVar[str] = "idempotency-key-in-flight"


class IdempotencyKeyReusedError(DomainError):
    """Cette clé a déjà servi pour une autre demande."""

    code: ClassVar[str] = "idempotency-key-reused"


class RegistrationNotLiveError(DomainError):
    """Cette inscription n'est plus active."""

    code: ClassVar[str] = "registration-not-live"


class OfferNotOpenError(DomainError):
    """Cette proposition n'attend plus de réponse."""

    code: ClassVar[str] = "offer-not-open"


class AgentSignInError(DomainError):
    """L'identifiant ou le mot de passe ne convient pas."""

    code: ClassVar[str] = "sign-in-refused"


class AgentRequiredError(DomainError):
    """Cette page est réservée aux agents connectés."""

    code: ClassVar[str] = "agent-required"


class NightNotDueError(DomainError):
    """Cette nuit n'est pas encore échue."""

    code: ClassVar[str] = "night-not-due"


class NightMovedError(Exception):
    """Another process moved the night first; nothing was stored."""


class PlaceTakenError(Exception):
    """A frozen place is gone: the night must stop and someone must look."""


class MailRefusedError(Exception):
    """The address will never accept mail."""


class MailDelayedError(Exception):
    """The message was not handed over; another try may work."""

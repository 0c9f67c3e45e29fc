"""Refusals about help and helpers: places, organisations, mandates, accounts."""

from __future__ import annotations

from service.domain.errors import DomainError


class InvalidHelpPlaceError(DomainError):
    """A place that helps has a name, an address, hours, and something it helps with."""

    code = "invalid-help-place"


class InvalidOrganisationError(DomainError):
    """An organisation has a name, a kind and a contact that people may read."""

    code = "invalid-organisation"


class InvalidMandateError(DomainError):
    """A mandate has a scope and ends within a year."""

    code = "invalid-mandate"


class MandateMissingError(DomainError):
    """No mandate allows this, or it has ended."""

    code = "mandate-missing"


class CeilingReachedError(DomainError):
    """The organisation has reached its ceiling of registrations."""

    code = "ceiling-reached"


class SharedContactLimitError(DomainError):
    """Too many people of the organisation have this contact already."""

    code = "shared-contact-limit"


class HelperContactError(DomainError):
    """This is the organisation's own contact: the person's own is needed, or none."""

    code = "helper-contact"


class WeakPasswordError(DomainError):
    """A password has twelve characters or more and is hard to guess."""

    code = "weak-password"

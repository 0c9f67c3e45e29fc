"""Refusals as HTTP: one table from refusal to status, one body, no echo.

``application/problem+json`` is RFC 9457. A body of ours names the place and the
reason, never the value that was sent: values end in proxies and logs.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from service.domain import errors as domain
from service.domain import help_errors
from service.domain.desk_acts import IdentityNotShownError
from service.usecases import errors as usecases
from service.usecases.desk import sheet
from service.web.messages import FIELDS, PROBLEMS, SHAPES
from service.words.i18n import Words

PROBLEM_JSON = "application/problem+json"


class WebError(domain.DomainError):
    """The request cannot be read or is not allowed here."""


class InvalidRequestError(WebError):
    """The body does not have the expected shape."""

    code = "invalid-request"


class UnreadableBodyError(WebError):
    """The body is not JSON or a form."""

    code = "unreadable-body"


class BodyTooLargeError(WebError):
    """The body is over 16 KiB."""

    code = "body-too-large"


class BodyTooSlowError(WebError):
    """The body did not arrive in time."""

    code = "body-too-slow"


class UnsupportedMediaTypeError(WebError):
    """The body is of a kind that is not accepted here."""

    code = "unsupported-media-type"


class MethodNotAllowedError(WebError):
    """This address does not take that method."""

    code = "method-not-allowed"


class UnknownHostError(WebError):
    """The Host header names a site that is not served here."""

    code = "unknown-host"


class ForgedFormError(WebError):
    """The form does not come from a page of ours."""

    code = "forged-form"


class SecretRequiredError(WebError):
    """A registration is opened with its secret."""

    code = "secret-required"


class InvalidIdempotencyKeyError(WebError):
    """The idempotency key has a form that cannot be kept."""

    code = "invalid-idempotency-key"


class ServiceAwayError(WebError):
    """A part that everything needs is away for a moment."""

    code = "service-away"


class InternalError(WebError):
    """Something failed on our side."""

    code = "internal-error"


_STATUS: tuple[tuple[int, tuple[type[domain.DomainError], ...]], ...] = (
    (
        400,
        (
            UnreadableBodyError,
            UnknownHostError,
            usecases.IdempotencyKeyMissingError,
            InvalidIdempotencyKeyError,
        ),
    ),
    (
        401,
        (
            SecretRequiredError,
            usecases.AgentRequiredError,
            usecases.AgentSignInError,
            usecases.HelperRequiredError,
            usecases.HelperSignInError,
        ),
    ),
    (
        403,
        (
            ForgedFormError,
            help_errors.MandateMissingError,
            IdentityNotShownError,
            usecases.LeadRequiredError,
            usecases.SecondFactorNotEnrolledError,
            usecases.OrganisationSuspendedError,
            domain.SecondAgentRequiredError,
        ),
    ),
    (404, (usecases.UnknownResourceError,)),
    (405, (MethodNotAllowedError,)),
    (
        409,
        (
            usecases.IdempotencyKeyInFlightError,
            usecases.NightNotDueError,
            usecases.PlacesLockedError,
            domain.RegistrationNotLiveError,
            domain.ClaimNotPossibleError,
            domain.AlreadyDecidedError,
            domain.OfferNotOpenError,
            domain.NightStepNotAllowedError,
            domain.MotifAlreadySuspendedError,
            domain.MotifNotSuspendedError,
            help_errors.CeilingReachedError,
            usecases.AlreadyFollowedError,
        ),
    ),
    (408, (BodyTooSlowError,)),
    (413, (BodyTooLargeError, sheet.SheetTooLargeError)),
    (415, (UnsupportedMediaTypeError,)),
    (
        422,
        (
            InvalidRequestError,
            usecases.IdempotencyKeyReusedError,
            domain.InvalidAgdrefNumberError,
            domain.UnknownDocumentKindError,
            domain.InvalidDocumentNumberError,
            domain.UnknownCountryError,
            domain.MissingNameError,
            domain.NameTooLongError,
            domain.InvalidNameError,
            domain.InvalidBirthDateError,
            domain.BirthDateInFutureError,
            domain.InvalidEmailAddressError,
            domain.InvalidPhoneNumberError,
            domain.UnknownLanguageError,
            domain.UnknownPrefectureError,
            domain.UnknownMotifError,
            domain.MotifNotInDrawError,
            domain.UnknownSiteError,
            domain.MissingSiteError,
            domain.MotifNotAtSiteError,
            domain.InvalidPeopleError,
            domain.CompanionsMismatchError,
            domain.InvalidListError,
            domain.InvalidWeekdayError,
            domain.NoDayLeftError,
            domain.TooManyDatesError,
            domain.UnknownHeldDocumentError,
            domain.ImplausibleExpiryError,
            domain.ImplausibleDateError,
            domain.PermitDatesReversedError,
            domain.InvalidSlotPlanError,
            domain.InvalidReferenceError,
            domain.InvalidPaperCodeError,
            domain.MalformedPaperError,
            help_errors.InvalidHelpPlaceError,
            help_errors.InvalidOrganisationError,
            help_errors.InvalidMandateError,
            help_errors.SharedContactLimitError,
            help_errors.HelperContactError,
            help_errors.WeakPasswordError,
            sheet.SheetError,
            domain.InvalidNoticeTextError,
        ),
    ),
    (
        500,
        (
            InternalError,
            domain.InvalidSlotError,
            domain.InvalidRulesetError,
            domain.MalformedRecordError,
        ),
    ),
    (503, (ServiceAwayError, usecases.PressBusyError)),
)
STATUS: Mapping[type[domain.DomainError], int] = {
    kind: status for status, kinds in _STATUS for kind in kinds
}
"""The one table; a class that is not in it, nor a parent of it, is our bug."""


def status_of(error: domain.DomainError) -> int:
    """Return the status of a refusal; 500 when nobody thought of it."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def pointer_of(field: str | None) -> str | None:
    """Turn the domain's "identity.family_name" into a JSON pointer (RFC 6901)."""
    return "/" + field.strip("/").replace(".", "/") if field else None


def named(pointer: str, words: Words) -> str:
    """Name a place as people do: "Nom de famille"; nearest known parent else."""
    while pointer and pointer not in FIELDS:
        pointer = pointer.rpartition("/")[0]
    return words.gettext(FIELDS[pointer]) if pointer else ""


def detail_at(pointer: str, text: str, words: Words) -> dict[str, str]:
    """Return one member of the ``errors`` extension."""
    name = named(pointer, words)
    said = words.gettext(text)
    return {"pointer": pointer, "detail": f"{name}\u00a0: {said}" if name else said}


def problem_body(
    code: str,
    status: int,
    *,
    words: Words,
    request_id: str,
    errors: Iterable[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """Build the members of a problem; nothing in it comes from the request."""
    body: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": words.gettext(PROBLEMS[code]),
        "status": status,
        "instance": f"urn:uuid:{request_id}",
    }
    listed = list(errors)
    return {**body, "errors": listed} if listed else body


def problem_response(
    body: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Send a problem with its media type."""
    return JSONResponse(
        dict(body),
        status_code=body["status"],
        media_type=PROBLEM_JSON,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def of_domain_error(error: domain.DomainError, request: Request) -> dict[str, Any]:
    """Say a refusal of the domain; an unmapped one is told as our own fault."""
    words: Words = request.state.words
    status = status_of(error)
    is_ours = status >= 500 and status != 503  # 503: nothing broke, come back later
    code = "internal-error" if is_ours or error.code not in PROBLEMS else error.code
    pointer = pointer_of(error.field) if status < 500 else None
    listed = [detail_at(pointer, PROBLEMS[code], words)] if pointer else []
    return problem_body(
        code,
        status,
        words=words,
        request_id=request.state.request_id,
        errors=listed,
    )


_SAFE_KEY = re.compile(r"[a-z][a-z_]{0,39}")


def place_of(loc: tuple[int | str, ...]) -> str:
    """Return the JSON pointer of a fault, without any key that was invented.

    A name of ours is repeated; any other key could itself hold a value, so that
    the place stops at its parent.
    """
    parts: list[str] = []
    for part in loc[1:]:
        if isinstance(part, str) and not _SAFE_KEY.fullmatch(part):
            break
        parts.append(str(part))
    return "".join(f"/{part}" for part in parts)


def of_validation_error(
    error: RequestValidationError, request: Request
) -> dict[str, Any]:
    """Say what is malformed, place by place; the values stay out of it."""
    words: Words = request.state.words
    listed: list[dict[str, str]] = []
    for fault in error.errors()[:20]:
        kind = str(fault["type"])
        if kind == "json_invalid":
            return problem_body(
                "unreadable-body", 400, words=words, request_id=request.state.request_id
            )
        text = SHAPES.get(kind, SHAPES["string_pattern_mismatch"])
        listed.append(detail_at(place_of(tuple(fault["loc"])), text, words))
    return problem_body(
        "invalid-request",
        422,
        words=words,
        request_id=request.state.request_id,
        errors=listed,
    )


_BY_STATUS: Mapping[int, type[domain.DomainError]] = {
    400: UnreadableBodyError,
    404: usecases.UnknownResourceError,
    405: MethodNotAllowedError,
}


def of_http_exception(error: HTTPException) -> domain.DomainError:
    """Return the refusal behind one of the framework's own exceptions."""
    return _BY_STATUS.get(error.status_code, InternalError)()

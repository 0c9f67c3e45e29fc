"""What a route may ask for, as annotated aliases; nothing is global."""

import re
from datetime import date
from typing import Annotated

from fastapi import Depends, Header, Path, Request

from service.domain.errors import DomainError
from service.usecases.commands import Access
from service.usecases.errors import (
    AgentRequiredError,
    IdempotencyKeyMissingError,
    UnknownResourceError,
)
from service.usecases.records import AgentRecord
from service.web.calls import Calls
from service.web.i18n import Words
from service.web.problems import InvalidIdempotencyKeyError, SecretRequiredError

_KEY = re.compile(r"[A-Za-z0-9_\-]{8,128}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def calls_of(request: Request) -> Calls:
    """Return the use cases, bound to the ports the composition root chose."""
    calls: Calls = request.app.state.calls
    return calls


def words_for(request: Request) -> Words:
    """Return the language this request is answered in."""
    words: Words = request.state.words
    return words


CallsDep = Annotated[Calls, Depends(calls_of)]
WordsDep = Annotated[Words, Depends(words_for)]


def idempotency_key(
    idempotency_key: Annotated[
        str | None,
        Header(
            description="Une valeur neuve par demande : la même clé rend la même"
            " réponse, sans rien refaire.",
        ),
    ] = None,
) -> str:
    """Return the key that makes a repeated request harmless."""
    if not idempotency_key:
        raise IdempotencyKeyMissingError
    if not _KEY.fullmatch(idempotency_key):
        raise InvalidIdempotencyKeyError
    return idempotency_key


IdempotencyKey = Annotated[str, Depends(idempotency_key)]


def bearer_of(request: Request) -> str | None:
    """Return the secret of ``Authorization: Bearer …``, if any."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip()
    return secret if kind.lower() == "bearer" and 0 < len(secret) <= 200 else None


def access(
    request: Request,
    reference: Annotated[
        str, Path(description="La référence publique de l'inscription.", max_length=40)
    ],
) -> Access:
    """Return what opens a registration: its reference and its secret."""
    secret = bearer_of(request)
    if secret is None:
        raise SecretRequiredError
    return Access(reference=reference, secret=secret)


AccessDep = Annotated[Access, Depends(access)]


async def signed_in_agent(request: Request, calls: CallsDep) -> AgentRecord:
    """Return the agent behind the session token."""
    token = bearer_of(request)
    if token is None:
        raise AgentRequiredError
    return await calls.agent_of(token)


AgentDep = Annotated[AgentRecord, Depends(signed_in_agent)]


def night_date(held_on: str) -> date:
    """Read the date of a night in an address; anything else is an unknown night."""
    return day_in_address(held_on)


def day_in_address(text: str) -> date:
    """Read ``YYYY-MM-DD`` from an address.

    Raises:
        UnknownResourceError: There is nothing at such an address.
    """
    if not _DATE.fullmatch(text):
        raise UnknownResourceError
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnknownResourceError from None


def at_field(field: str, error: DomainError) -> DomainError:
    """Return ``error`` placed at ``field`` when it names no place itself."""
    if error.field is None:
        error.field = field
    return error

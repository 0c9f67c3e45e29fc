"""What a route may ask for, as annotated aliases; nothing is global."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

from fastapi import Depends, Header, Path, Request

from service.domain.errors import UnknownPrefectureError
from service.usecases.commands import Access
from service.usecases.errors import (
    AgentRequiredError,
    IdempotencyKeyMissingError,
    UnknownResourceError,
)
from service.usecases.records import AgentRecord
from service.web.calls import Calls
from service.web.problems import InvalidIdempotencyKeyError, SecretRequiredError
from service.words.i18n import Words

_KEY = re.compile(r"[A-Za-z0-9_\-]{8,128}")
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,119}")
_DATE = re.compile(r"2[01][0-9]{2}-[0-9]{2}-[0-9]{2}")


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


def session_token(request: Request) -> str:
    """Return the token of an agent's session."""
    token = bearer_of(request)
    if token is None:
        raise AgentRequiredError
    return token


TokenDep = Annotated[str, Depends(session_token)]


async def signed_in_agent(token: TokenDep, calls: CallsDep) -> AgentRecord:
    """Return the agent behind the session token."""
    return await calls.agent_of(token)


AgentDep = Annotated[AgentRecord, Depends(signed_in_agent)]


def night_date(held_on: str) -> date:
    """Read the date of a night in an address; anything else is an unknown night."""
    return day_in_address(held_on)


def day_in_address(text: str) -> date:
    """Read ``YYYY-MM-DD`` from an address, in centuries where a week can be added.

    Raises:
        UnknownResourceError: There is nothing at such an address.
    """
    if not _DATE.fullmatch(text):
        raise UnknownResourceError
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnknownResourceError from None


def _named(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise UnknownResourceError
    return text


def prefecture_in_address(prefecture: str) -> str:
    """Return the code of a prefecture; another form leads nowhere."""
    return _named(prefecture)


def slot_in_address(code: str) -> str:
    """Return the code of a slot; another form leads nowhere."""
    return _named(code)


PrefectureCode = Annotated[str, Depends(prefecture_in_address)]
SlotCode = Annotated[str, Depends(slot_in_address)]


@contextmanager
def unknown_is_missing() -> Generator[None]:
    """In an address, an unknown prefecture is an address that leads nowhere."""
    try:
        yield
    except UnknownPrefectureError:
        raise UnknownResourceError from None

"""Texts leave by HTTP, to a provider that speaks JSON.

One shape, that a provider offers or a few lines in front of it: ``POST`` of ``{"to",
"from", "text", "reference"}`` with a bearer token; the answer is ``202`` (or ``200``,
``201``) with ``{"id", "status": "accepted"}``, or ``{"status": "rejected"}`` for a
number that takes no text. What an answer means is decided here, once:

- *handed over* only when the provider says so, with its own identifier;
- *refused for good* only when it says that about the number: ``rejected``, or a status
  of 404, 410 or 422 whose body says so;
- anything else is a *delay*: no answer, half an answer, a page of a proxy, 401, 429,
  5xx. The outbox tries again with the same reference: a provider sees a repeat.

No redirect is followed: the token is for that address alone.
"""

import asyncio
import json
from typing import Final

import httpx

from service.usecases.errors import TextDelayedError, TextRefusedError
from service.usecases.records import TextMessage

_TAKEN: Final = frozenset({200, 201, 202})
_ABOUT_THE_NUMBER: Final = frozenset({400, 404, 410, 422})
_LONGEST_ANSWER: Final = 16_384


class HttpTexts:
    """See `service.usecases.ports.messages.TextSender`."""

    def __init__(
        self, *, address: str, token: str, sender: str, timeout_s: float
    ) -> None:
        self._address = address
        self._token = token
        self._sender = sender
        self._timeout_s = timeout_s

    async def send(self, message: TextMessage) -> None:
        """Hand one text over; an error says no number and no text."""
        try:
            async with asyncio.timeout(self._timeout_s):  # the whole of it, not a byte
                status, body = await self._post(message)
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            raise TextDelayedError(type(error).__name__) from None
        _judge(status, _read(body))

    async def _post(self, message: TextMessage) -> tuple[int, bytes]:
        asked = {
            "to": message.to,
            "from": self._sender,
            "text": message.text,
            "reference": message.message_id,
        }
        async with (
            httpx.AsyncClient(timeout=self._timeout_s, trust_env=False) as client,
            client.stream(
                "POST",
                self._address,
                json=asked,
                headers={"Authorization": f"Bearer {self._token}"},
            ) as answer,
        ):
            body = b""
            async for piece in answer.aiter_bytes():
                body += piece
                if len(body) > _LONGEST_ANSWER:
                    raise TextDelayedError("answer-too-long")
            return answer.status_code, body


def _read(body: bytes) -> dict[str, object]:
    try:
        found: object = json.loads(body)
    except ValueError:  # also bytes that are no text
        return {}
    return dict(found) if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownArgumentType,reportUnknownVariableType]


def _judge(status: int, answer: dict[str, object]) -> None:
    said = answer.get("status")
    if said == "rejected" and status in _TAKEN | _ABOUT_THE_NUMBER:
        raise TextRefusedError
    if status not in _TAKEN:
        raise TextDelayedError(f"status-{status}")
    if said != "accepted" or not answer.get("id"):
        raise TextDelayedError("answer-not-understood")

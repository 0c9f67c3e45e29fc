"""A provider of texts that is slow, broken or lying delays a text and loses none."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from service.adapters.text.http import HttpTexts
from service.adapters.text.mailbox import MailboxTexts, NotForProductionError
from service.usecases.errors import (
    MailDelayedError,
    MailRefusedError,
    TextDelayedError,
    TextRefusedError,
)
from service.usecases.records import Mail, TextMessage
from tests.world import Mailbox

pytestmark = pytest.mark.anyio

MESSAGE = TextMessage(message_id="outbox-7", to="+33639980000", text="Bonjour à vous")
ACCEPTED = {"id": "x-1", "status": "accepted"}


@asynccontextmanager
async def provider(
    *answers: Callable[[], bytes], pause_s: float = 0
) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A provider on a real socket that gives these answers, the last one for ever."""
    asked: list[bytes] = []
    running: list[asyncio.Task[None] | None] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        running.append(asyncio.current_task())
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        asked.append(head + await reader.readexactly(length))
        made = answers[min(len(asked), len(answers)) - 1]()
        step = 40 if pause_s else len(made) + 1
        with contextlib.suppress(ConnectionError):
            for at in range(0, len(made), step):
                writer.write(made[at : at + step])
                await writer.drain()
                await asyncio.sleep(pause_s)
            writer.close()
            await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/texts", asked
    finally:
        server.close()
        tasks = [task for task in running if task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)


def said(status: int, body: object, *, kind: str = "application/json"):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = (
        f"HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    )
    return lambda: head.encode() + content


def texts(address: str, timeout_s: float = 5) -> HttpTexts:
    return HttpTexts(
        address=address, token="t0ken", sender="Prefecture", timeout_s=timeout_s
    )


async def test_a_text_is_handed_over_with_its_reference_and_token():
    async with provider(said(202, ACCEPTED)) as (address, asked):
        await texts(address).send(MESSAGE)

    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert b"authorization: bearer t0ken" in head.lower()
    assert json.loads(body) == {
        "to": "+33639980000",
        "from": "Prefecture",
        "text": "Bonjour à vous",
        "reference": "outbox-7",
    }


@pytest.mark.parametrize("status", [200, 202, 400, 404, 410, 422])
async def test_a_number_that_takes_no_text_is_refused_for_good(status):
    async with provider(said(status, {"status": "rejected"})) as (address, _):
        with pytest.raises(TextRefusedError):
            await texts(address).send(MESSAGE)


@pytest.mark.parametrize(
    "answer",
    [
        said(500, {"status": "rejected"}),
        said(503, b"<html>maintenance</html>", kind="text/html"),
        said(401, {"error": "token"}),
        said(429, {"error": "slow down"}),
        said(404, b"not here"),
        said(422, {"error": "your account"}),
        said(302, b""),
        # lies: a success that is none
        said(200, b"OK"),
        said(200, b""),
        said(200, b"\xff\xfe"),
        said(200, []),
        said(200, {"status": "accepted"}),
        said(200, {"id": "x-1"}),
        said(200, {"id": "x-1", "status": "queued maybe"}),
        said(200, b"{" + b" " * 40_000 + b"}"),
        lambda: b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nhalf",
        lambda: b"not http at all",
        lambda: b"",
    ],
)
async def test_anything_else_is_a_delay_never_a_hand_over_nor_a_refusal(answer):
    async with provider(answer) as (address, _):
        with pytest.raises(TextDelayedError) as delayed:
            await texts(address).send(MESSAGE)

    assert "0639980000" not in str(delayed.value)
    assert "Bonjour" not in str(delayed.value)


async def test_a_provider_that_drips_is_not_waited_for():
    async with provider(said(200, ACCEPTED), pause_s=0.2) as (address, _):
        with pytest.raises(TextDelayedError):
            await texts(address, timeout_s=0.3).send(MESSAGE)


async def test_a_provider_that_is_away_is_a_delay():
    async with provider(said(200, ACCEPTED)) as (address, _):
        pass
    with pytest.raises(TextDelayedError):
        await texts(address).send(MESSAGE)


async def test_a_redirect_never_takes_the_token_elsewhere():
    async with provider(said(200, ACCEPTED)) as (elsewhere, asked):
        moved = (
            f"HTTP/1.1 307 Moved\r\nLocation: {elsewhere}\r\n"
            "Content-Length: 0\r\nConnection: close\r\n\r\n"
        )
        async with provider(lambda: moved.encode()) as (address, _):
            with pytest.raises(TextDelayedError):
                await texts(address).send(MESSAGE)

    assert asked == []


async def test_the_demonstrations_texts_lie_beside_its_mails():
    mailbox = Mailbox()

    await MailboxTexts(mailbox, for_production=False).send(MESSAGE)

    [mail] = mailbox.sent
    assert (mail.to, mail.text) == ("+33639980000@sms.invalid", "Bonjour à vous")


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (MailRefusedError(), TextRefusedError),
        (MailDelayedError("x"), TextDelayedError),
    ],
)
async def test_what_the_mailbox_says_is_told_on(raised, told):
    class Failing:
        async def send(self, mail: Mail) -> None:
            raise raised

    with pytest.raises(told):
        await MailboxTexts(Failing(), for_production=False).send(MESSAGE)


async def test_production_never_meets_the_mailbox_of_texts():
    with pytest.raises(NotForProductionError):
        MailboxTexts(Mailbox(), for_production=True)

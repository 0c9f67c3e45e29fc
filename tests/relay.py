"""A relay on this machine that serves recorded rounds, honestly or not."""

import asyncio
import contextlib
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "drand.json").read_text(encoding="utf-8")
)
ROUNDS: dict[int, dict[str, Any]] = {
    row["round"]: row for row in VECTORS["quicknet_rounds"]
}

Answer = Callable[["Relay", int, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Relay:
    """One HTTP server on 127.0.0.1, with one way of answering."""

    answer: Answer
    asked: list[int] = field(default_factory=list)
    url: str = ""
    visits: list[tuple[asyncio.Task[None], asyncio.StreamWriter]] = field(
        default_factory=list
    )

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.visits.append((task, writer))
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            number = int(head.split(b" ")[1].rpartition(b"/")[2])
            self.asked.append(number)
            await self.answer(self, number, writer)
            await writer.drain()
        writer.close()

    async def close(self) -> None:
        """Leave no visitor waiting, and no socket open."""
        for task, writer in self.visits:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            writer.close()
            await asyncio.gather(writer.wait_closed(), return_exceptions=True)


@contextlib.asynccontextmanager
async def running(*answers: Answer) -> AsyncIterator[list[Relay]]:
    """Run one relay for each way of answering."""
    relays = [Relay(answer) for answer in answers]
    async with contextlib.AsyncExitStack() as stack:
        for relay in relays:
            server = await asyncio.start_server(relay.serve, "127.0.0.1", 0)
            relay.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            stack.push_async_callback(relay.close)
            stack.callback(server.close)
        yield relays


def body_of(number: int, **changes: object) -> bytes:
    row = ROUNDS[number]
    told = {
        "round": number,
        "randomness": row["randomness"],
        "signature": row["signature"],
    }
    return json.dumps(told | changes).encode()


def response(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def always(answer: bytes) -> Answer:
    async def say(_relay: Relay, _number: int, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    return say


def told(**changes: object) -> Answer:
    """Tell the recorded round, with some members changed."""

    async def say(_relay: Relay, number: int, writer: asyncio.StreamWriter) -> None:
        writer.write(response(body_of(number, **changes)))

    return say


honest = told()


async def of_another_round(
    _relay: Relay, number: int, writer: asyncio.StreamWriter
) -> None:
    other = 1001 if number != 1001 else 1000
    row = ROUNDS[other]
    writer.write(
        response(
            body_of(number, signature=row["signature"], randomness=row["randomness"])
        )
    )


async def silent(_relay: Relay, _number: int, _writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def one_byte_now_and_then(
    _relay: Relay, number: int, writer: asyncio.StreamWriter
) -> None:
    for byte in response(body_of(number)):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.1)


async def cut_short(_relay: Relay, number: int, writer: asyncio.StreamWriter) -> None:
    writer.write(response(body_of(number))[:-40])


async def endless(_relay: Relay, _number: int, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while True:
        writer.write(b"0" * 65_536)
        await writer.drain()


async def hung_up(_relay: Relay, _number: int, _writer: asyncio.StreamWriter) -> None:
    return None


async def redirecting(relay: Relay, number: int, writer: asyncio.StreamWriter) -> None:
    """Send on to an address of the same server, where the true round would be."""
    if relay.asked.count(number) > 1:
        writer.write(response(body_of(number)))
    else:
        place = f"Location: {relay.url}/elsewhere/{number}"
        writer.write(response(b"", "302 Found", place))


PACKED = response(gzip.compress(b"0" * 5_000_000), "200 OK", "Content-Encoding: gzip")

FAULTS: dict[str, Answer] = {
    "another round's signature": of_another_round,
    "a signature of nobody": told(signature="a" * 96),
    "the point at infinity": told(signature="c0" + "00" * 47),
    "infinity, written otherwise": told(signature="ff" * 48),
    "upper case": told(signature=ROUNDS[1000]["signature"].upper()),
    "one digit short": told(signature=ROUNDS[1000]["signature"][:-1]),
    "one byte more": told(signature=ROUNDS[1000]["signature"] + "00"),
    "a number for a signature": told(signature=7),
    "no signature": told(signature=None),
    "a list": always(response(b"[]")),
    "a deep nest": always(response(b"[" * 4_000)),
    "a repeated key": always(response(b'{"signature":"a","signature":"b"}')),
    "not JSON": always(response(b"<html>maintenance</html>")),
    "not UTF-8": always(response(b"\xff\xfe\x00")),
    "not HTTP": always(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    "nothing": always(response(b"")),
    "404": always(response(b"{}", "404 Not Found")),
    "425": always(response(b"{}", "425 Too Early")),
    "500": always(response(body_of(1000), "500 Internal Server Error")),
    "203": always(response(body_of(1000), "203 Non-Authoritative Information")),
    "redirect": redirecting,
    "silence": silent,
    "a byte now and then": one_byte_now_and_then,
    "cut short": cut_short,
    "endless": endless,
    "hung up": hung_up,
    "packed to burst": always(PACKED),
    "a megabyte": always(response(body_of(1000) + b" " * 1_000_000)),
}

"""Ask the web process whether it serves, without an HTTP library."""

import asyncio

_ANSWER_S = 5.0
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 0.5


async def serves(host: str, port: int, path: str) -> bool:
    """True when ``GET path`` is answered with 200."""
    try:
        async with asyncio.timeout(_ANSWER_S):
            return await _status(host, port, path) == 200
    except (OSError, TimeoutError, ValueError):
        return False


async def until_it_serves(host: str, port: int, path: str) -> None:
    """Ask until the answer is yes, ever more slowly."""
    pause_s = _FIRST_PAUSE_S
    while not await serves(host, port, path):
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 1.3, _LONGEST_PAUSE_S)


async def _status(host: str, port: int, path: str) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        writer.write(request.encode("ascii"))
        await writer.drain()
        line = await reader.readline()
        return int(line.split()[1]) if len(line.split()) > 1 else 0
    finally:
        writer.close()

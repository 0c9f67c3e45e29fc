"""drand quicknet over HTTP: several relays, and not one of them is trusted.

A relay is a stranger. It may be slow, lie, or be someone else: only a signature that
the chain's key proves counts, whoever delivered it. The first relay whose answer
verifies wins; whatever another one does is logged and costs a moment.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from math import ceil

import httpx
import structlog

from service.adapters.beacon import quicknet
from service.draw.canonical import parse_strict
from service.usecases.ports import Clock
from service.usecases.records import RoundName, RoundValue

log = structlog.get_logger()

LEAD = timedelta(seconds=4 * quicknet.PERIOD_S)
"""The nearest round that may be named: signing and storing a commitment takes a
moment, and the round must not exist before."""

LARGEST_ANSWER = 4_096
"""Bytes. A true answer has some 300."""


class RelayRefusedError(Exception):
    """What was wrong with a relay's answer, in two or three words."""


class DrandBeacon:
    """See `service.usecases.ports.Beacon`."""

    def __init__(
        self, *, clock: Clock, relays: Sequence[str], timeout_s: float = 5.0
    ) -> None:
        """Take the relays, in the order in which they are asked.

        Args:
            clock: The only "now".
            relays: Base addresses, ``https://host``.
            timeout_s: For the whole answer of one relay: one that sends a byte a
                second is as absent as one that sends none.

        Raises:
            UncheckableError: No round could be checked on this machine.
        """
        quicknet.refuse_without_library()
        self._clock = clock
        self._relays = tuple(relay.rstrip("/") for relay in relays)
        self._timeout_s = timeout_s

    async def name_round(self, not_before: datetime) -> RoundName:
        """Name the first round from ``not_before`` on that still lies ahead."""
        earliest = max(not_before, self._clock.now() + LEAD)
        beacon_round = quicknet.first_round_from(ceil(earliest.timestamp()))
        return RoundName(
            chain=quicknet.CHAIN_NAME,
            beacon_round=beacon_round,
            due_at=datetime.fromtimestamp(quicknet.exists_from_s(beacon_round), UTC),
        )

    async def fetch(self, chain: str, beacon_round: int) -> RoundValue | None:
        """Ask one relay after the other for that very round, and check it.

        Returns:
            The round, or None while it does not exist or no relay could show it.

        Raises:
            LookupError: The chain is another one.
        """
        if chain != quicknet.CHAIN_NAME:
            raise quicknet.UnknownChainError
        if self._clock.now().timestamp() < quicknet.exists_from_s(beacon_round):
            return None
        async with httpx.AsyncClient(follow_redirects=False) as client:
            for relay in self._relays:
                value = await self._from_relay(client, relay, beacon_round)
                if value is not None:
                    return value
        return None

    def check(self, chain: str, beacon_round: int, signature: str) -> bytes:
        """Return the randomness that a signature proves; needs no network."""
        return quicknet.verify_round(chain, beacon_round, signature)

    async def _from_relay(
        self, client: httpx.AsyncClient, relay: str, beacon_round: int
    ) -> RoundValue | None:
        """Return a verified round, or None: nothing that a stranger sends raises."""
        address = f"{relay}/{quicknet.CHAIN_HASH}/public/{beacon_round}"
        try:
            async with asyncio.timeout(self._timeout_s):
                answer = await _read(client, address)
            return _verified(answer, beacon_round)
        except Exception as error:
            log.warning(
                "relay refused",
                relay=_host(relay),
                beacon_round=beacon_round,
                because=str(error)
                if isinstance(error, RelayRefusedError)
                else type(error).__name__,
            )
            return None


def _host(relay: str) -> str:
    """Return what a log may show of an address, even of one that is no address."""
    return relay.partition("//")[2].partition("/")[0].rpartition("@")[2]


async def _read(client: httpx.AsyncClient, address: str) -> bytes:
    """Return the body of a plain answer, never more than a few kilobytes of it.

    The bytes are taken as they come: an answer packed to burst open is only garbage.
    """
    plain = {"Accept": "application/json", "Accept-Encoding": "identity"}
    async with client.stream("GET", address, headers=plain) as response:
        if response.status_code != HTTPStatus.OK:
            raise RelayRefusedError(f"status {response.status_code}")
        body = bytearray()
        async for part in response.aiter_raw():
            body += part
            if len(body) > LARGEST_ANSWER:
                raise RelayRefusedError("too large")
    return bytes(body)


def _verified(answer: bytes, beacon_round: int) -> RoundValue:
    """Take the signature out of an answer and prove it; nothing else is believed."""
    told = parse_strict(answer)
    signature = told.get("signature") if isinstance(told, dict) else None
    if not isinstance(signature, str):
        raise RelayRefusedError("no signature")
    randomness = quicknet.verify_round(quicknet.CHAIN_NAME, beacon_round, signature)
    return RoundValue(signature=bytes.fromhex(signature), randomness=randomness)

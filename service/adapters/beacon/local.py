"""The local beacon: a chain kept in the database, its seed sealed.

For the demonstration and for tests. A production profile does not build it.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from service.adapters.postgres import tables as t
from service.draw.beacon import InvalidChainError, LocalChain
from service.usecases.ports import Clock, Sealer
from service.usecases.records import RoundName, RoundValue

PERIOD_S = 5
LENGTH = 600_000
"""About 35 days of rounds; building a chain takes a third of a second, once."""

SPARE_ROUNDS = 100_000
"""A new chain begins while this many rounds are left: about six days."""


class LocalBeacon:
    """See `service.usecases.ports.Beacon`."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        clock: Clock,
        sealer: Sealer,
        entropy: Callable[[int], bytes],
        period_s: int = PERIOD_S,
        length: int = LENGTH,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._sealer = sealer
        self._entropy = entropy
        self._period_s = period_s
        self._length = length

    async def name_round(self, not_before: datetime) -> RoundName:
        """Name the first round after ``not_before`` that still lies ahead."""
        chain = await self._chain_for(not_before)
        earliest = max(not_before, self._clock.now()) + timedelta(seconds=1)
        beacon_round = chain.round_from(int(earliest.timestamp()) + 1)
        return RoundName(
            chain=chain.name,
            beacon_round=beacon_round,
            due_at=datetime.fromtimestamp(chain.due(beacon_round), UTC),
        )

    async def fetch(self, chain: str, beacon_round: int) -> RoundValue | None:
        """Reveal a round once its time has come, never before."""
        known = LocalChain.parse(chain)
        if self._clock.now().timestamp() < known.due(beacon_round):
            return None
        async with self._engine.connect() as connection:
            sealed = await connection.execute(
                select(t.beacon_chain.c.sealed_seed).where(
                    t.beacon_chain.c.name == chain
                )
            )
        seed = self._sealer.unseal(sealed.scalar_one(), place=_place(chain))
        value = await asyncio.to_thread(known.value, seed, beacon_round)
        randomness = await asyncio.to_thread(
            known.randomness, beacon_round, value.hex()
        )
        if randomness is None:
            return None
        return RoundValue(signature=value, randomness=randomness)

    def check(self, chain: str, beacon_round: int, signature: str) -> bytes | None:
        """Return the randomness that a value proves; needs no database."""
        try:
            return LocalChain.parse(chain).randomness(beacon_round, signature)
        except InvalidChainError:
            return None

    async def _chain_for(self, not_before: datetime) -> LocalChain:
        """Return the newest chain, or a fresh one when it is about to end."""
        async with self._engine.begin() as connection:
            newest = await connection.execute(
                select(t.beacon_chain.c.name)
                .order_by(t.beacon_chain.c.created_at.desc())
                .limit(1)
            )
            name = newest.scalar()
        if name is not None:
            chain = LocalChain.parse(name)
            wanted = chain.round_from(int(not_before.timestamp()))
            if chain.period == self._period_s and (
                wanted < chain.length - min(SPARE_ROUNDS, chain.length // 2)
            ):
                return chain
        return await self._new_chain()

    async def _new_chain(self) -> LocalChain:
        seed = self._entropy(32)
        now = self._clock.now()
        chain = await asyncio.to_thread(
            LocalChain.from_seed,
            seed,
            genesis=int(now.timestamp()),
            period=self._period_s,
            length=self._length,
        )
        async with self._engine.begin() as connection:
            await connection.execute(
                insert(t.beacon_chain).values(
                    name=chain.name,
                    sealed_seed=self._sealer.seal(seed, place=_place(chain.name)),
                    created_at=now,
                )
            )
        return chain


def _place(chain: str) -> str:
    return f"beacon_chain:seed:{chain}"

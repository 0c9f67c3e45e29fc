"""The local beacon: a chain kept in the database, its seed sealed.

For the demonstration and for tests. A production profile does not build it.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from service.adapters.postgres import tables as t
from service.draw.beacon import (
    ChainName,
    LocalChain,
    verify_local_round,
)
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
        self._made: LocalChain | None = None

    async def name_round(self, not_before: datetime) -> RoundName:
        """Name the first round after ``not_before`` that still lies ahead."""
        chain = await self._chain_for(not_before)
        earliest = max(not_before, self._clock.now()) + timedelta(seconds=1)
        beacon_round = chain.first_round_from(int(earliest.timestamp()) + 1)
        return RoundName(
            chain=str(chain),
            beacon_round=beacon_round,
            due_at=datetime.fromtimestamp(chain.exists_from_s(beacon_round), UTC),
        )

    async def fetch(self, chain: str, beacon_round: int) -> RoundValue | None:
        """Reveal a round once its time has come, never before."""
        name = ChainName.parse(chain)
        if self._clock.now().timestamp() < name.exists_from_s(beacon_round):
            return None
        async with self._engine.connect() as connection:
            sealed = await connection.execute(
                select(t.beacon_chain.c.sealed_seed).where(
                    t.beacon_chain.c.name == chain
                )
            )
        seed = self._sealer.unseal(sealed.scalar_one(), place=_place(chain))
        if self._made is None or self._made.name != chain:
            self._made = await asyncio.to_thread(_made_again, seed, name)
        made = self._made
        return RoundValue(
            signature=bytes.fromhex(made.signature(beacon_round)),
            randomness=made.randomness(beacon_round),
        )

    def check(self, chain: str, beacon_round: int, signature: str) -> bytes:
        """Return the randomness that a value proves; needs no database.

        Raises:
            ValueError: The value is not that round's.
        """
        return verify_local_round(chain, beacon_round, signature)

    async def _chain_for(self, not_before: datetime) -> ChainName:
        """Return the newest chain, or a fresh one when it is about to end."""
        async with self._engine.begin() as connection:
            newest = await connection.execute(
                select(t.beacon_chain.c.name)
                .order_by(t.beacon_chain.c.created_at.desc())
                .limit(1)
            )
            name = newest.scalar()
        if name is not None:
            chain = ChainName.parse(name)
            spare = min(SPARE_ROUNDS, chain.length // 2)
            if not_before.timestamp() < chain.exists_from_s(chain.length - spare):
                return chain
        return await self._new_chain()

    async def _new_chain(self) -> ChainName:
        seed = self._entropy(32)
        now = self._clock.now()
        chain = await asyncio.to_thread(
            LocalChain,
            seed,
            genesis_s=int(now.timestamp()),
            period_s=self._period_s,
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
        self._made = chain
        return chain.schedule


def _made_again(seed: bytes, name: ChainName) -> LocalChain:
    return LocalChain(
        seed, genesis_s=name.genesis_s, period_s=name.period_s, length=name.length
    )


def _place(chain: str) -> str:
    return f"beacon_chain:seed:{chain}"

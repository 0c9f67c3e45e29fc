"""The composition root: the one place that knows both ports and adapters."""

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

import arq
import orjson
from arq.connections import ArqRedis, RedisSettings
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.adapters.beacon.drand import DrandBeacon
from service.adapters.beacon.local import LocalBeacon
from service.adapters.beacon.quicknet import UncheckableError
from service.adapters.beacon.router import BeaconRouter
from service.adapters.clock import SystemClock
from service.adapters.mail.letters import Letters
from service.adapters.mail.smtp import SmtpMailer
from service.adapters.papers.calendar import calendar_of
from service.adapters.papers.printer import Printer
from service.adapters.passwords import Argon2Passwords
from service.adapters.postgres.engine import open_engine
from service.adapters.postgres.unit_of_work import PostgresUnitOfWork
from service.adapters.pseudonymiser import HmacPseudonymiser
from service.adapters.sealer import AesSealer
from service.adapters.second_factor import TotpSecondFactor
from service.adapters.signer import Ed25519Signer
from service.adapters.text.http import HttpTexts
from service.adapters.text.mailbox import MailboxTexts
from service.adapters.witness.mirror import FileMirror
from service.domain.sending import at_once, next_decent
from service.guide_file import load_guide
from service.settings import (
    BeaconKind,
    Profile,
    Settings,
    SettingsError,
    key_bytes,
)
from service.usecases.ports import Clock, Ports, Sealer
from service.usecases.ports.evidence import Beacon
from service.usecases.ports.messages import Mailer, TextSender


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """Everything a process needs, built once and closed once."""

    settings: Settings
    ports: Ports
    engine: AsyncEngine
    bell: "Bell"

    async def healthy(self) -> dict[str, bool]:
        """Say of each part whether it answers; the night needs the database only."""
        return {
            "database": await _answers(self._ask_database),
            "bell": await _answers(self.bell.ping),
        }

    async def close(self) -> None:
        """Give every connection back."""
        await self.bell.close()
        await self.engine.dispose()

    async def _ask_database(self) -> None:
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))


ANSWER_WITHIN_S = 2
"""How long anybody waits for Redis, which may be there and say nothing."""


class Bell:
    """Rings the worker through Redis; a lost ring costs delay and nothing else."""

    def __init__(
        self, redis_url: str, *, answer_within_s: float = ANSWER_WITHIN_S
    ) -> None:
        self._within_s = answer_within_s
        self._settings = RedisSettings.from_dsn(redis_url)
        self._settings.conn_retries = 0
        self._settings.conn_timeout = 1
        self._opening: asyncio.Task[ArqRedis] | None = None

    async def ring(self) -> None:
        """Ask the worker to look at once; silently nothing when Redis is away."""
        with suppress(RedisError, OSError):
            async with self._connected() as redis, asyncio.timeout(self._within_s):
                await redis.enqueue_job("tick", _job_id="tick:now")

    async def ping(self) -> None:
        """Raise when Redis does not answer."""
        async with self._connected() as redis, asyncio.timeout(self._within_s):
            await redis.ping()  # pyright: ignore[reportUnknownMemberType] - redis 5 types half

    async def close(self) -> None:
        """Close the connections, if there are any."""
        if self._opening is not None:
            await self._let_go(self._opening)

    @asynccontextmanager
    async def _connected(self) -> AsyncGenerator[ArqRedis]:
        """Lend the connections; who comes while they are opened waits for the same."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        opening = self._opening
        try:
            yield await asyncio.shield(opening)
        except Exception:
            await self._let_go(opening)
            raise

    async def _open(self) -> ArqRedis:
        async with asyncio.timeout(self._within_s):
            return await arq.create_pool(
                self._settings,
                job_serializer=orjson.dumps,
                job_deserializer=orjson.loads,
            )

    async def _let_go(self, opening: asyncio.Task[ArqRedis]) -> None:
        """Close what broke; what was opened anew meanwhile stays."""
        if self._opening is opening:
            self._opening = None
        await asyncio.wait([opening])
        if opening.exception() is None:
            await opening.result().aclose()


def build(settings: Settings, *, pool_size: int = 8) -> Container:
    """Choose every adapter; opens no connection yet.

    Raises:
        SettingsError: An address or a key is missing.
    """
    if settings.database_url is None or settings.redis_url is None:
        raise SettingsError(
            "TDR_DATABASE_URL and TDR_REDIS_URL are not set: "
            "start the service with 'python3 run.py', or name your servers"
        )
    engine = open_engine(settings.database_url, pool_size=pool_size)
    bell = Bell(settings.redis_url)
    return Container(
        settings=settings,
        ports=ports_on(engine, settings, ring=bell.ring),
        engine=engine,
        bell=bell,
    )


def ports_on(
    engine: AsyncEngine,
    settings: Settings,
    *,
    ring: Callable[[], Awaitable[None]],
    clock: Clock | None = None,
) -> Ports:
    """Return the ports of this deployment, standing on an engine."""
    clock = clock or SystemClock()
    sealer = AesSealer(
        key_bytes(settings.sealing_key), *map(key_bytes, settings.sealing_keys_before)
    )
    mailer = SmtpMailer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_from,
        timeout_s=settings.smtp_timeout.total_seconds(),
        start_tls=settings.smtp_start_tls,
        login=settings.smtp_login,
        password=(
            settings.smtp_password.get_secret_value() if settings.smtp_password else ""
        ),
    )
    is_production = settings.profile is Profile.PRODUCTION
    guide = load_guide(settings.guide_file)
    return Ports(
        open_uow=lambda: PostgresUnitOfWork(engine),
        clock=clock,
        entropy=os.urandom,
        pseudonymiser=HmacPseudonymiser(key_bytes(settings.applicant_key)),
        sealer=sealer,
        signer=Ed25519Signer(key_bytes(settings.signing_key)),
        beacon=_beacon(engine, settings, clock=clock, sealer=sealer),
        beacon_patience=settings.beacon_patience,
        witnesses=(FileMirror(settings.witness_dir),) if settings.witness_dir else (),
        passwords=Argon2Passwords(),
        second_factor=TotpSecondFactor(),
        agents_need_code=is_production,
        mailer=mailer,
        texter=texter_of(settings, mailer),
        opening=next_decent if is_production else at_once,
        write_letter=Letters(guide=guide).write,
        press=Printer(guide),
        write_calendar=partial(calendar_of, guide=guide),
        ring=ring,
        public_url=settings.address,
    )


def texter_of(settings: Settings, mailer: Mailer) -> TextSender | None:
    """Choose who carries texts: a provider, the demonstration's mailbox, or nobody.

    Production never meets the mailbox: without a provider it sends no text.
    """
    if settings.sms_url is not None and settings.sms_token is not None:
        return HttpTexts(
            address=settings.sms_url,
            token=settings.sms_token.get_secret_value(),
            sender=settings.sms_from,
            timeout_s=settings.sms_timeout.total_seconds(),
        )
    if settings.profile is Profile.PRODUCTION:
        return None
    return MailboxTexts(mailer, for_production=False)


def _beacon(
    engine: AsyncEngine, settings: Settings, *, clock: Clock, sealer: Sealer
) -> Beacon:
    """Choose the beacons; production does not even build the local one.

    Raises:
        SettingsError: No drand round could be checked on this machine.
    """
    beacons: dict[str, Beacon] = {}
    if settings.profile is not Profile.PRODUCTION:
        beacons[BeaconKind.LOCAL] = LocalBeacon(
            engine, clock=clock, sealer=sealer, entropy=os.urandom
        )
    if settings.beacon_in_use is BeaconKind.DRAND:
        try:
            beacons[BeaconKind.DRAND] = DrandBeacon(
                clock=clock,
                relays=settings.beacon_relays,
                timeout_s=settings.beacon_timeout.total_seconds(),
            )
        except UncheckableError as error:
            message = (
                "TDR_BEACON=drand needs the package py-arkworks-bls12381, which has "
                "no wheel for this Python yet: use Python 3.11 to 3.13"
            )
            raise SettingsError(message) from error
    return BeaconRouter(beacons, named_by=settings.beacon_in_use)


async def _answers(ask: Callable[[], Awaitable[None]]) -> bool:
    try:
        await ask()
    except Exception:
        return False
    return True

"""Kill a worker with SIGKILL at its n-th commit, just before or just after it.

Run as a program: it forks one process that is killed, then one that is not, and
prints what the database holds afterwards. No hook exists in the service: the unit of
work is wrapped from outside, through the ports.
"""

import asyncio
import json
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine

from service.adapters.postgres import tables as t
from service.adapters.postgres.engine import psycopg_url
from service.adapters.postgres.unit_of_work import PostgresUnitOfWork
from service.usecases.records import Mail
from service.worker.jobs import do_what_is_due
from tests.world import HeldClock, Mailbox, ports_for

FREEZE = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
INSTANTS = [FREEZE, FREEZE + timedelta(minutes=16), FREEZE + timedelta(minutes=40)]


class Countdown:
    """Counts commits and kills this very process at one of them."""

    def __init__(self, deadly: int, when: str) -> None:
        self.left, self.when = deadly, when

    def is_now(self) -> bool:
        """Count one commit; several may be under way at once."""
        self.left -= 1
        return self.left == 0


class DeadlyUnitOfWork(PostgresUnitOfWork):
    """A unit of work whose commits count down."""

    countdown: Countdown

    async def commit(self) -> None:
        is_deadly = self.countdown.is_now()
        if is_deadly and self.countdown.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        await super().commit()
        if is_deadly:
            os.kill(os.getpid(), signal.SIGKILL)


class FileMailbox(Mailbox):
    """Every message handed over is a line that survives the process."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    async def send(self, mail: Mail) -> None:
        with open(self.path, "a", encoding="utf-8") as lines:
            lines.write(json.dumps([mail.message_id, mail.subject]) + "\n")


async def hold_the_night(database: str, mail: str, countdown: Countdown | None) -> None:
    """Do what is due at each instant of the evening."""
    engine = create_async_engine(psycopg_url(database), pool_size=8)
    clock = HeldClock()
    ports = ports_for(engine, clock, FileMailbox(mail))
    ports = replace(ports, entropy=os.urandom)
    if countdown is not None:

        def deadly() -> DeadlyUnitOfWork:
            uow = DeadlyUnitOfWork(engine)
            uow.countdown = countdown
            return uow

        ports = replace(ports, open_uow=deadly)
    for instant in INSTANTS:
        clock.move_to(instant)
        await do_what_is_due(ports=ports)
    await engine.dispose()


async def what_is_left(database: str) -> dict[str, Any]:
    """Count what must be there exactly once."""
    engine = create_async_engine(psycopg_url(database))
    async with engine.connect() as connection:
        night = (
            await connection.execute(
                select(t.night.c.state, t.night.c.stopped_because, t.night.c.randomness)
                .order_by(t.night.c.held_on)
                .limit(1)
            )
        ).one()
        counts = {
            table.name: (
                await connection.execute(select(func.count()).select_from(table))
            ).scalar_one()
            for table in (t.draw, t.offer, t.offer_place, t.transcript, t.entry)
        }
        unsettled = await connection.execute(
            select(func.count())
            .select_from(t.outbox)
            .where(t.outbox.c.done_at.is_(None))
        )
        left = counts | {
            "state": night.state,
            "stopped": night.stopped_because,
            "unsettled": unsettled.scalar_one(),
        }
    await engine.dispose()
    return left


def in_a_fork(database: str, mail: str, countdown: Countdown | None) -> bool:
    """Run the night in a child; True when it was killed."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            asyncio.run(hold_the_night(database, mail, countdown))
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit("the night failed by itself")
    return os.WIFSIGNALED(status)


def main() -> None:
    """Read cases ``[database, mail, deadly, when]`` from standard input, one a line."""
    for line in sys.stdin:
        database, mail, deadly, when = json.loads(line)
        killed = in_a_fork(database, mail, Countdown(deadly, when))
        in_a_fork(database, mail, None)
        left = asyncio.run(what_is_left(database)) | {"killed": killed}
        sys.stdout.write("LEFT " + json.dumps(left) + "\n")


if __name__ == "__main__":
    main()

"""Killed at any commit of the night, the night still has exactly one outcome."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.usecases.night.open_slots import open_slots
from tests.world import open_world

PEOPLE = 4
PLACES = 3
COMMITS = 14
"""Commits to be killed at: the night of four people makes more than that."""

MESSAGES = 2 * PEOPLE
IN_FLIGHT = 8
"""Messages that leave at once: as many may repeat after a kill, none is lost."""


@pytest.mark.anyio
@pytest.mark.timeout(300)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("parity", [0, 1])
async def test_a_worker_killed_at_any_commit_loses_and_repeats_nothing(
    new_database: Callable[[], str], tmp_path: Path, when: str, parity: int
) -> None:
    deadly = range(1 + parity, COMMITS + 1, 2)
    cases = [[await loaded(new_database()), n, when] for n in deadly]

    lefts = nights_with_kills(cases, tmp_path)

    assert len(lefts) == len(cases)
    for (_, number, _), left in zip(cases, lefts, strict=True):
        sent = sent_to(tmp_path / str(number))
        assert left == {
            "killed": True,
            "state": "notified",
            "stopped": None,
            "draw": 1,
            "transcript": 1,
            "entry": PEOPLE,
            "offer": PLACES,
            "offer_place": PLACES,
            "unsettled": 0,
        }
        assert len(sent) == MESSAGES
        assert sum(sent.values()) <= MESSAGES + IN_FLIGHT


async def loaded(database: str) -> str:
    """Register four people for three places."""
    world = await open_world(database)
    plan = world.plan(closes=world.plan().opens.replace(hour=10))
    await open_slots(world.agent, plan, ports=world.ports)
    for number in range(PEOPLE):
        await world.register(number)
    await world.close()
    return database


def nights_with_kills(cases: list[list[Any]], folder: Path) -> list[dict[str, Any]]:
    """Hold each night in a process that is killed, then in one that is not."""
    lines = [
        json.dumps([database, str(folder / str(number)), number, when])
        for database, number, when in cases
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.acceptance.nemesis"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [
        json.loads(line.removeprefix("LEFT "))
        for line in done.stdout.splitlines()
        if line.startswith("LEFT ")
    ]


def sent_to(mail: Path) -> Counter[str]:
    """Count what was handed over, by message identifier."""
    return Counter(json.loads(line)[0] for line in mail.read_text().splitlines())

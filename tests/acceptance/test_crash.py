"""Killed at any commit of the night, the night still has exactly one outcome."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from service.usecases.open_slots import open_slots
from tests.world import open_world

PEOPLE = 9
PLACES = 6
COMMITS = range(1, 23)
"""More commits than a night of nine people makes before its last message."""


@pytest.mark.anyio
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("deadly", COMMITS)
async def test_a_worker_killed_at_any_commit_loses_and_repeats_nothing(
    database: str, tmp_path: Path, deadly: int, when: str
) -> None:
    world = await open_world(database)
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(PEOPLE):
        await world.register(number)
    await world.close()
    mail = tmp_path / "mail"

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.acceptance.nemesis",
            database,
            str(mail),
            str(deadly),
            when,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    left = json.loads(done.stdout)
    assert left["killed"]
    assert (left["state"], left["stopped"]) == ("notified", None)
    assert (left["draw"], left["transcript"], left["entry"]) == (1, 1, PEOPLE)
    assert (left["offer"], left["offer_place"]) == (PLACES, PLACES)
    assert left["unsettled"] == 0
    sent = Counter(json.loads(line)[0] for line in mail.read_text().splitlines())
    assert len(sent) == 2 * PEOPLE
    assert sum(sent.values()) <= 2 * PEOPLE + 8

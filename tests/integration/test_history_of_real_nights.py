"""Nights that the service itself published, replayed through another ruleset."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.domain.ruleset import DEFAULT_RULESET, Hold
from service.usecases.night.open_slots import open_slots
from service.usecases.night.view_nights import list_nights, transcript_of
from simulation.cli.base import app
from simulation.history.replay import nights, twice
from tests.nights import hold_night
from tests.world import World

pytestmark = pytest.mark.anyio

NIGHTS = 3


async def published(world: World, folder: Path) -> Path:
    """Hold three nights with people still waiting; keep what the service publishes."""
    await open_slots(world.agent, world.plan(), ports=world.ports)
    for number in range(1, 15):
        await world.register(number, people=1 + number % 2)
    for _ in range(NIGHTS):
        await hold_night(world)
        world.clock.advance(hours=12)
    for night in await list_nights("isere", ports=world.ports):
        held_on = night.held_on
        text = (await transcript_of("isere", held_on, ports=world.ports)).text
        (folder / f"{held_on}.json").write_bytes(text)
    return folder


async def test_real_nights_replay_to_what_was_published(
    world: World, tmp_path: Path
) -> None:
    folder = await published(world, tmp_path)

    found = [twice(night, DEFAULT_RULESET) for night in nights(folder)]

    assert len(found) == NIGHTS
    assert all(night.replays for night in found)
    assert all(night.before == night.after for night in found)
    assert sum(night.before.served for night in found) > 0


async def test_the_command_replays_a_folder_through_a_ruleset_file(
    world: World, tmp_path: Path
) -> None:
    folder = await published(world, tmp_path)
    ruleset, out = tmp_path / "other.ruleset", tmp_path / "out" / "history.json"
    nothing_held = replace(DEFAULT_RULESET, hold=Hold(percent=0))
    ruleset.write_text(json.dumps(nothing_held.to_json()), "utf-8")

    words = ["run", "--history", str(folder), "--ruleset", str(ruleset)]
    said = CliRunner().invoke(app, [*words, "--out", str(out)])
    data = CliRunner().invoke(app, [*words, "--json"])

    assert (said.exception, data.exception) == (None, None)
    assert "3 nights" in said.output
    assert out.read_text("utf-8") == data.output
    assert [night["name"] for night in json.loads(data.output)] == sorted(
        night["name"] for night in json.loads(data.output)
    )
    for night in json.loads(data.output):
        assert night["replays"]
        assert set(night["before"]["by_band"]) <= {"0", "1", "2", "3"}
        assert night["after"]["served"] >= night["before"]["served"]


async def test_a_result_that_was_tampered_with_is_named(
    world: World, tmp_path: Path
) -> None:
    folder = await published(world, tmp_path)
    first = min(folder.glob("*.json"))
    night = json.loads(first.read_text("utf-8"))
    night["result"]["allocations"].pop()
    first.write_text(json.dumps(night), "utf-8")

    said = CliRunner().invoke(app, ["run", "--history", str(folder)])

    assert "do not follow from their pool" in " ".join(said.output.split())

"""Every number that is printed or taken away has its trap at hand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation.cli.base import app
from simulation.metrics.catalogue import CAPTURE, LOST_DAYS, METRICS, Metric
from tests.unit.simulation.scenes import TINY

SMALL = f"{TINY}agents = {{ autobooker = {{ count = 1 }} }}\n"


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, "utf-8")
    return str(file)


def said(*words: str) -> str:
    found = CliRunner().invoke(app, words)
    assert found.exception is None
    return found.output


@pytest.mark.parametrize(
    ("words", "least"),
    [
        (("run",), METRICS),
        (("compare", "--seeds", "2", "--workers", "1"), METRICS),
        (
            (
                "sweep",
                "--parameter=demand.factor",
                "--values=1",
                "--seeds=1",
                "--workers=1",
            ),
            (CAPTURE, LOST_DAYS),
        ),
    ],
)
def test_every_printed_number_has_its_trap_at_hand(
    scenario: str, words: tuple[str, ...], least: tuple[Metric, ...]
) -> None:
    command, *options = words

    text = " ".join(said(command, scenario, *options).split())

    for metric in least:
        assert f"{metric.en}: {metric.trap_en}" in text


def test_every_number_given_as_data_has_its_trap(scenario: str) -> None:
    one = json.loads(said("run", scenario, "--json"))
    many = json.loads(said("compare", scenario, "--seeds=2", "--workers=1", "--json"))

    assert one["traps"].keys() == one["rules"]["ours"].keys()
    assert many["traps"].keys() == many["rules"]["ours"]["intervals"].keys()
    assert one["traps"]["rights_lost_days"]["en"].startswith("Never alone")

"""The first word of the laboratory, as a policymaker types it."""

import json
import subprocess
import sys
from pathlib import Path

from simulation.mechanisms.registry import RULES

SMALL = """
id = "small"
code = "T01"
start = 2024-03-15
days = 60
[title]
fr = "Petit"
en = "Small"
[expected]
fr = "Moins de captation."
en = "Less capture."
[limits]
fr = "Un essai."
en = "A trial."
[[sources]]
reference = "none"
fr = "invented for a test"
en = "invented for a test"
[capacity]
places_per_day = 8
[demand]
people = 800
[[demand.motifs]]
slug = "renouvellement"
share = 1.0
[agents.autobooker]
count = 2
"""


def laboratory(*words: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulation", *words],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ".", "COLUMNS": "120"},
    )


def test_a_scenario_is_replayed_through_the_click_and_through_the_draw(
    tmp_path: Path,
) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, "utf-8")

    found = json.loads(laboratory("run", str(file), "--json").stdout)

    click, ours = found["rules"]["first-click"], found["rules"]["ours"]
    assert click["capture_share"] > 0.5
    assert ours["capture_share"] == 0
    assert ours["rights_lost_days"] < click["rights_lost_days"]
    assert {"wait_no_date_p90", "wait_very_soon_p90"} <= ours.keys()


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, "utf-8")

    rules = [word for slug in RULES for word in ("--rule", slug)]
    first, *others = (
        laboratory("run", str(file), "--seed", "7", "--json", *rules, hash_seed=each)
        for each in ("0", "1", "2", "3")
    )

    assert first.returncode == 0
    assert len(json.loads(first.stdout)["rules"]) == len(RULES)
    for other in others:
        assert other.stdout == first.stdout


def test_every_number_is_listed_with_what_it_must_not_be_taken_for() -> None:
    found = json.loads(laboratory("list", "--metrics", "--json").stdout)

    assert found["rights_lost"]["en"].startswith("never alone")
    assert len(found) > 30


def test_what_would_take_hours_is_refused_before_it_starts() -> None:
    said = laboratory("compare", "S01", "--seeds", "1000", "--scale", "30")

    assert said.returncode == 2
    assert "hours" in said.stderr
    assert "--scale" in said.stderr


def test_words_for_people_name_capture_waits_and_rights(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, "utf-8")

    said = laboratory("run", str(file)).stdout

    for word in ("Captured share", "Days without the right", "no date", "Limits"):
        assert word in said


def test_an_unknown_name_is_refused_with_the_names_that_exist() -> None:
    said = laboratory("run", "isere-2024")

    assert said.returncode == 2
    assert "isere-2024-la-seconde" in said.stderr
    assert said.stdout == ""

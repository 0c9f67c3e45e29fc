"""Ours beside ours with somebody's own parameters: same people, same luck."""

import json
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import cast

import pytest
from typer.testing import CliRunner

from service.domain.ruleset import (
    DEFAULT_RULESET,
    NightClock,
    OfferRules,
    Ruleset,
)
from simulation.cli.base import app
from simulation.comparison import compare
from simulation.engine.rulesets import PLAYED, leaves, moved_leaves, tuned
from simulation.errors import LaboratoryError, ScenarioError
from simulation.history.fields import places_of
from simulation.lab.own import OWN_SLIDERS, PREFIX
from simulation.mechanisms.registry import OWN
from simulation.report.note import content
from simulation.report.page import html
from tests.unit.simulation.scenes import TINY, small

BY_FILE_ONLY = {
    "quotas.quota", "quotas.bands", "quotas.without_date_only", "hold.bands",
    "notice.short_bands",
}  # fmt: skip
"""Lists and claims, which no slider can show; ``--own`` moves all but the names."""


def test_a_parameter_of_the_rule_changes_that_rule_and_no_other() -> None:
    scene = small(days=60, dated=0.9)
    own = tuned(DEFAULT_RULESET, ["hold.percent=0", "bands.soon_days=20"])
    rules = ("first-click", "ours", OWN.slug)

    found = compare(scene, rules, (1, 2), own=own)
    alone = compare(scene, ("first-click", "ours"), (1, 2))

    for slug, measures in alone.measures.items():
        assert repr(found.measures[slug]) == repr(measures)
    assert repr(found.measures[OWN.slug]) != repr(found.measures["ours"])
    assert found.own == own


def test_parameters_that_are_the_published_ones_give_the_published_numbers() -> None:
    scene = small(days=30)
    own = tuned(DEFAULT_RULESET, ["hold.percent=20"])

    found = compare(scene, ("ours", OWN.slug), (1,), own=own)

    assert repr(found.measures[OWN.slug]) == repr(found.measures["ours"])


def test_runs_of_another_rule_are_not_taken_for_kept_ones(tmp_path: Path) -> None:
    scene, kept = small(days=14), tmp_path / "kept.jsonl"
    for percent in (0, 60):
        own = tuned(DEFAULT_RULESET, [f"hold.percent={percent}"])
        compare(scene, (OWN.slug,), (1,), own=own, keep=kept)

    assert len(kept.read_text("utf-8").splitlines()) == 2


def test_values_that_hold_only_together_are_taken_together() -> None:
    """The first edge alone would lie beyond the second."""
    found = tuned(DEFAULT_RULESET, ["bands.very_soon_days=60", "bands.soon_days=90"])

    assert moved_leaves(DEFAULT_RULESET, found) == [
        ("bands.very_soon_days", 14, 60),
        ("bands.soon_days", 45, 90),
    ]
    assert tuned(DEFAULT_RULESET, ["hold.bands=0,1"]).hold.bands == (0, 1)
    claim = tuned(DEFAULT_RULESET, ["quotas.long_wait.without_date_only=true"])
    assert claim.quotas[0].without_date_only


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("hold", "write FIELD=VALUE"),
        ("hold.share=3", "known: bands.very_soon_days"),
        ("hold.percent=many", "a value like 20"),
        ("hold.percent=200", "'hold.percent'"),
        ("hold.bands=7", "'hold.bands'"),
        ("bands.soon_days=3", "'bands.soon_days'"),
        ("quotas.no_date.percent=95", "'quotas'"),
        ("offer.window_hours=24", "do not play it"),
        ("clock.freeze_at=21:00", "do not play it"),
        ("quotas.no_date.quota=other", "do not play it"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_in_words(change: str, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        tuned(DEFAULT_RULESET, [change])
    assert said in str(refused.value)


def test_every_number_that_the_night_plays_has_its_slider() -> None:
    """A new field of the ruleset must be decided about here too."""
    played = {each for each in places_of(Ruleset) if each.partition(".")[0] in PLAYED}
    moved = {each.name.removeprefix(PREFIX) for each in OWN_SLIDERS}

    general = {
        f"quotas.{each.rpartition('.')[2]}" if each.startswith("quotas.") else each
        for each in moved
    }
    assert moved <= leaves(DEFAULT_RULESET).keys()
    assert general | BY_FILE_ONLY == played


@pytest.mark.parametrize("command", ["run", "compare"])
def test_the_command_line_plays_both_and_says_which(
    command: str, tmp_path: Path
) -> None:
    file = tmp_path / "tiny.toml"
    file.write_text(TINY, "utf-8")
    words = [command, str(file), "--own", "hold.percent=0", "--json"]
    words += [] if command == "run" else ["--seeds=1", "--workers=1"]

    found = json.loads(CliRunner().invoke(app, words).output)
    bare = CliRunner().invoke(app, [command, str(file), "--rule", OWN.slug])

    assert list(found["rules"]) == ["first-click", "ours", OWN.slug]
    assert isinstance(bare.exception, LaboratoryError)
    assert "say what is its own" in str(bare.exception)


@pytest.mark.parametrize("how", ["--ruleset", "--set"])
def test_a_ruleset_file_says_what_no_scenario_plays_of_it(
    how: str, tmp_path: Path
) -> None:
    """Hours and what follows an offer are in the file and decide nothing here."""
    other = replace(
        DEFAULT_RULESET,
        version="other",
        offer=OfferRules(window_hours=24),
        clock=NightClock(freeze_at=time(21)),
    )
    file, scenario = tmp_path / "other.json", tmp_path / "tiny.toml"
    file.write_text(json.dumps(other.to_json()), "utf-8")
    scenario.write_text(TINY, "utf-8")
    value = str(file) if how == "--ruleset" else f"ruleset={file}"

    said = CliRunner().invoke(app, ["run", str(scenario), how, value, "--json"])

    assert said.exit_code == 0
    assert said.stderr.count("no scenario plays it") == 2
    assert "offer.window_hours 48 → 24" in said.stderr
    assert 'clock.freeze_at "20:00" → "21:00"' in said.stderr
    assert "no scenario plays it" not in said.stdout


def test_a_report_says_the_parameters_it_was_asked_for() -> None:
    own = tuned(DEFAULT_RULESET, ["hold.percent=0"])
    found = compare(small(days=14), ("ours", OWN.slug), (1, 2, 3, 4, 5), own=own)

    page = html(found, "fr", ["…"])

    assert "hold.percent 20 → 0" in page
    assert "Tour de rôle, vos paramètres" in page
    proofs = cast("list[list[str]]", content(found, "en", ["…"])["proofs"])
    assert [text for name, text in proofs if name.startswith("Your parameters")] == [
        "hold.percent 20 → 0"
    ]

import json
from dataclasses import replace

import pytest

from simulation.agents.registry import Agents
from simulation.agents.scalpers import Autobooker
from simulation.comparison import compare, comparison_s, jobs_of
from simulation.errors import ScenarioError
from simulation.metrics.directions import judge
from simulation.metrics.names import NAMES
from simulation.plain import as_data, plain
from simulation.report.expected import expected
from simulation.report.numbers import Language
from simulation.report.page import html
from simulation.scenarios.changes import changed
from simulation.scenarios.expected import without_cause
from simulation.scenarios.loader import digest, load, parse
from simulation.scenarios.model import Cause, Direction, Scenario
from tests.unit.simulation.scenes import small
from tests.unit.simulation.test_scenarios import TOML

CAUSE = Cause(fr="un robot.", en="a bot.", changes=("agents.autobooker=none",))
CAPTURED = Direction(
    metric="capture_share", rule="first-click", relation="above", number=0.3
)
LESS = replace(CAPTURED, rule="ours", relation="below", number=None,
               other_rule="first-click")  # fmt: skip
LOST = replace(CAPTURED, metric="wait_all_p90", number=None, without_cause=True)
EXPECTED = """
[cause]
fr = "x"
en = "x"
changes = ["demand.factor=0.5"]
[[directions]]
metric = "capture_share"
rule = "first-click"
relation = "above"
number = 0.3
"""


def scene(*directions: Direction) -> Scenario:
    agents = Agents(autobooker=Autobooker(count=1))
    return small(days=21, agents=agents, cause=CAUSE, directions=directions)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([0.5, 0.6, 0.55], "as expected"),
        ([0.1, 0.05, 0.1], "not as expected"),
        ([0.5, 0.1, 0.3], "luck decides"),
        ([0.3, 0.3, 0.3], "luck decides"),
        ([0.31], "as expected"),
        ([float("nan")] * 3, "not played"),
        ([], "not played"),
    ],
)
def test_a_direction_is_judged_beyond_luck(values: list[float], verdict: str) -> None:
    found = [{"capture_share": value} for value in values]

    assert judge(CAPTURED, found, []).verdict == verdict


def test_pairs_are_judged_seed_by_seed() -> None:
    """Each seed says the same, although the seeds differ more than the rules."""
    ours = [{"capture_share": value} for value in (0.1, 0.5, 0.8)]
    click = [{"capture_share": value} for value in (0.2, 0.61, 0.9)]

    assert judge(LESS, ours, click).verdict == "as expected"
    assert judge(LESS, click, ours).verdict == "not as expected"
    assert judge(LESS, ours, []).verdict == "not played"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("capture_share", "captured_share", "did you mean 'capture_share'?"),
        ('rule = "first', 'rule = "frist', "did you mean 'first-click'?"),
        ('"first-click"', '"waves"', "directions[0].rule: 'waves'?"),
        ("above", "over", "known: above, below"),
        ("number = 0.3", "", "compared with what?"),
        ("number = 0.3", 'number = 0.3\nother_rule = "ours"', "compared with what?"),
        ("number = 0.3", "numbr = 0.3", "did you mean 'number'?"),
        ('["demand.factor=0.5"]', "[]", "cause.changes: name one"),
        ("factor=0.5", "facto=0.5", "no 'facto'; known: backlog_days"),
        ("demand.factor=0.5", "demand.factor=none", "only an actor, a date or a list"),
    ],
)
def test_a_mistake_in_what_is_expected_is_refused_with_its_place(
    old: str, new: str, said: str
) -> None:
    with pytest.raises(ScenarioError) as refusal:
        parse(TOML + EXPECTED.replace(old, new, 1), "own.toml")

    assert said in str(refusal.value)


def test_a_file_may_expect_nothing_but_no_cause_cannot_be_taken_away() -> None:
    plain_file = parse(TOML, "own.toml")
    assert plain_file.directions == ()
    with pytest.raises(ScenarioError, match=r"names no cause; add \[cause\]"):
        without_cause(plain_file)
    alone = EXPECTED[EXPECTED.index("[[") :].replace(
        "number = 0.3", "without_cause = true"
    )
    with pytest.raises(ScenarioError, match=r"this scenario has no \[cause\]"):
        parse(TOML + alone, "own.toml")


def test_a_cause_is_taken_away_once() -> None:
    """X07 multiplies the places: twice would be too many."""
    calm = without_cause(load("X07"))

    assert calm.capacity.places_per_day == pytest.approx(17)
    assert without_cause(calm) == calm


def test_what_is_expected_changes_no_run_and_no_digest() -> None:
    assert digest(parse(TOML, "a")) == digest(parse(TOML + EXPECTED, "a"))


def test_a_change_takes_away_multiplies_and_names_a_motif() -> None:
    s01 = load("S01")

    assert changed(s01, "agents.autobooker=none").agents.autobooker is None
    assert changed(s01, "capacity.stops=none").capacity.stops == ()
    assert changed(s01, "capacity.places_per_day=*0.5").capacity.places_per_day == 84
    motifs = changed(s01, "demand.motifs.recepisse.share=0.1").demand.motifs
    assert [each.share for each in motifs] == [0.45, 0.18, 0.1, 0.12]
    with pytest.raises(ScenarioError, match="only an actor"):
        changed(s01, "demand.motifs.recepisse.share=none")
    with pytest.raises(ScenarioError, match="known: changement-de-statut, premiere"):
        changed(s01, "demand.motifs.autre.share=0.1")
    with pytest.raises(ScenarioError, match="a number is expected after"):
        changed(s01, "demand.factor=*many")


def test_only_what_a_direction_asks_for_is_played_without_the_cause() -> None:
    rules, seeds = ("first-click", "ours"), (1, 2)

    assert len(jobs_of(scene(CAPTURED, LESS), rules, seeds, causeless=True)) == 4
    jobs = jobs_of(scene(LOST), rules, seeds, causeless=True)
    calm = [job for job in jobs if job.scenario.agents.autobooker is None]
    assert [(job.rule, job.seed) for job in calm] == [
        ("first-click", 1),
        ("first-click", 2),
    ]
    assert comparison_s(scene(LOST), rules, 2) > comparison_s(scene(LESS), rules, 2)


def test_a_comparison_judges_with_and_without_its_cause() -> None:
    episode = scene(CAPTURED, LESS, LOST)
    rules, seeds = ("first-click", "ours"), (1, 2, 3)

    found = compare(episode, rules, seeds, causeless=True)

    assert [each.verdict for each in found.judged()] == ["as expected"] * 3
    calm = compare(without_cause(episode), rules, seeds, causeless=True)
    assert [each.verdict for each in calm.judged()] == [
        "not as expected",
        "luck decides",
        "luck decides",
    ]
    assert expected(calm, "en").cause.endswith("It is not played here.")
    short = compare(episode, ("ours",), seeds, causeless=True)
    assert [each.verdict for each in short.judged()] == ["not played"] * 3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_report_says_what_went_as_expected(language: Language) -> None:
    rules = ("first-click", "ours")
    found = compare(scene(CAPTURED, LOST), rules, (1, 2, 3, 4, 5), causeless=True)

    page = html(found, language, ["python"])

    said = expected(found, language)
    texts = [said.summary, said.cause, *(line.text for line in said.lines)]
    assert len(texts) == 4
    for text in texts:
        assert text in page
    data = json.loads(json.dumps(plain(as_data(found))))
    assert data["cause"]["changes"] == ["agents.autobooker=none"]
    assert [each["verdict"] for each in data["directions"]] == ["as expected"] * 2


def test_every_number_that_one_may_expect_is_measured() -> None:
    found = compare(scene(), ("first-click",), (1,))

    assert NAMES.keys() <= found.measures["first-click"][0].keys()

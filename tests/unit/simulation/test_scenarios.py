from pathlib import Path

import pytest

from simulation.errors import ScenarioError, UnknownNameError
from simulation.mechanisms.registry import RULES, rule
from simulation.parameters import provenances
from simulation.scenarios import model
from simulation.scenarios.loader import catalogue, digest, load, parse

TOML = """
id = "own"
code = "T01"
start = 2024-03-15
[title]
fr = "Le mien"
en = "Mine"
[expected]
fr = "x"
en = "x"
[limits]
fr = "x"
en = "x"
[[sources]]
reference = "none"
fr = "inventé"
en = "invented"
[capacity]
places_per_day = 10
[demand]
people = 1000
[[demand.motifs]]
slug = "renouvellement"
share = 1.0
"""
ASKED = {f"S{number:02d}" for number in range(1, 17)}
EXTRAS = {
    "sabotage", "accueil-ferme", "recepisse-auto", "rdv-retrait-supprime",
    "motif-suspendu", "file-salaries", "convocation-automatique", "points-numeriques",
    "noms-loues", "alertes-payantes", "entree-par-profit", "plafond-des-aides",
    "inondation", "fausse-promesse",
}  # fmt: skip


def test_all_sixteen_episodes_and_the_extras_are_there() -> None:
    known = catalogue()

    assert {each.code for each in known.values()} >= ASKED
    assert known.keys() >= EXTRAS


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_each_scenario_says_its_sources_expectation_and_limits(name: str) -> None:
    scenario = catalogue()[name]

    assert scenario.sources
    assert all(each.reference and each.fr and each.en for each in scenario.sources)
    for words in (scenario.title, scenario.expected, scenario.limits):
        assert words.fr
        assert words.en
    assert all(rule(slug) for slug in scenario.rules)
    assert "ours" in scenario.rules


def test_every_number_of_a_scenario_has_a_source() -> None:
    for record in (model.Capacity, model.Demand, model.Market, model.Motif):
        for name, _, note in provenances(record):
            if name in {"slug", "motifs", "peaks", "stops", "horizon_shift_on"}:
                continue  # names and lists: nothing to measure
            assert note is not None, f"{record.__name__}.{name} has no source"
            assert note.source


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("people = 1000", "poeple = 1000", "did you mean 'people'?"),
        ("people = 1000", "people = -3", "demand.people: -3 is outside the range"),
        ("people = 1000", "people = 3_000_000",
         "demand.people: 3,000,000 is outside the range 1 to 2,000,000 people"),
        ("people = 1000", 'people = "many"', "demand.people: a whole number"),
        ("share = 1.0", "share = 0.7", "the shares add up to 0.7"),
        ("start = 2024-03-15", "", "start: this key is missing"),
        ("[capacity]", "[agents.robot]\ncount = 1\n[capacity]", "unknown key 'robot'"),
        ("people = 1000", "people = 1000\nfactor = nan", "a finite number"),
        ("[capacity]", "[market]\nspeed = 1\n[capacity]", "unknown key 'speed'"),
        ("[capacity]", "[[[", "not a TOML file"),
        ("places_per_day = 10", "lead_days = [9, 3]", "capacity.lead_days"),
        ("places_per_day = 10", "lead_days = [0, 3]", "capacity.lead_days[0]: 0"),
        ("places_per_day = 10", "release_weekdays = [1, 8]", "release_weekdays[1]: 8"),
        ("[capacity]", "[agents.autobooker]\nreaction_s = [-1, 2]\n[capacity]",
         "reaction_s[0]: -1 is outside the range"),
        ("[capacity]", "[agents.click_farm]\ndelay_s = [8, 3]\n[capacity]",
         "[from, to] with from <= to"),
        ("[demand]", "[demand]\nlate_share = 0.7\nlost_share = 0.6", "more than 1"),
        ("[demand]", '[[capacity.stops]]\nmotif = "renouvellement"\n'
         "first = 2024-04-03\nlast = 2024-04-02\n[demand]", "before it begins"),
        ("start = 2024-03-15", 'start = 2024-03-15\nrules = ["last-click"]',
         "no rule is called 'last-click'"),
        ("[capacity]", "[server]\nblock_requests = 0\n[capacity]", "outside the range"),
        ("[demand]", '[[capacity.stops]]\nmotif = "x"\nfirst = 2024-04-01\n'
         "last = 2024-04-02\n[demand]", "no motif 'x'"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_refused_with_its_place(
    old: str, new: str, said: str
) -> None:
    with pytest.raises(ScenarioError) as refusal:
        parse(TOML.replace(old, new, 1), "own.toml")

    assert said in str(refusal.value)
    assert str(refusal.value).startswith("own.toml")


def test_a_policymaker_copies_a_file_and_edits_it() -> None:
    assert parse(TOML, "own.toml").demand.people == 1000
    assert digest(parse(TOML, "a")) == digest(parse(TOML, "b"))


def test_a_scenario_is_found_by_name_or_by_code() -> None:
    assert load("S10") == load("salle-attente-aleatoire")
    with pytest.raises(UnknownNameError, match="known: isere"):
        load("nowhere")
    with pytest.raises(UnknownNameError, match="no such file"):
        load("nowhere.toml")


def test_an_unknown_rule_is_refused_with_the_rules_that_exist() -> None:
    with pytest.raises(UnknownNameError, match="first-click"):
        rule("last-click")
    assert len(RULES) == 20


def test_a_file_that_is_not_text_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b'id = "\xff"')

    with pytest.raises(ScenarioError, match="not UTF-8"):
        load(str(file))

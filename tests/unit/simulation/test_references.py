"""A reader can follow every number to its source, in the language they read."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import simulation
from simulation.errors import LaboratoryError
from simulation.names import namings, unit_said, units
from simulation.parameters import ASSUMPTION, SETTING, Provenance
from simulation.references import as_markdown, read, reference, references
from simulation.report.assumptions import range_said, value_said
from simulation.report.numbers import NARROW
from simulation.scenarios.loader import catalogue
from simulation.scenarios.model import Scenario

FILES = Path(simulation.__file__).parent
SHIPPED = (".py", ".toml", ".md", ".j2", ".typ", ".js")
LEADS_NOWHERE = re.compile(
    r"\bsections? \d|\(00[0-4]\b|\b00[0-4]\)|\"00[0-4] ",
    re.IGNORECASE,
)
"""A place in a text that is not shipped: nobody can go and look there."""


def parameters(record: type, place: str = "") -> Iterator[tuple[str, Provenance]]:
    """Every parameter that a scenario file may hold, with its place in it."""
    hints = get_type_hints(record)
    for each in fields(record):
        here = f"{place}{each.name}"
        note = each.metadata.get("provenance")
        if note is not None:
            yield here, note
            continue
        for kind in (hints[each.name], *get_args(hints[each.name])):
            if isinstance(kind, type) and is_dataclass(kind):
                yield from parameters(kind, f"{here}.")


PARAMETERS = dict(parameters(Scenario))


def test_every_source_of_a_number_is_in_the_list_of_references() -> None:
    for place, note in PARAMETERS.items():
        assert note.source, f"{place} has no source"
        unknown = set(note.source) - references().keys()
        assert not unknown, f"{place} cites {unknown}, which nobody can find"


def test_every_source_of_a_scenario_is_in_the_list_of_references() -> None:
    for name, scenario in catalogue().items():
        for each in scenario.sources:
            assert each.reference in references(), f"{name} cites {each.reference}"
            assert each.fr != each.en, f"{name}: the fact of {each.reference}"


def cited_by_facts() -> Iterator[str]:
    """Keys that the rows of the validation table name."""
    for file in (FILES / "validation").glob("*.py"):
        for each in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(each, ast.keyword) and each.arg == "cites":
                yield from ast.literal_eval(each.value)


def test_every_source_of_a_fact_is_in_the_list_of_references() -> None:
    cited = set(cited_by_facts())

    assert len(cited) > 5
    assert cited <= references().keys()


def test_no_reference_stands_there_for_nothing() -> None:
    cited = {key for note in PARAMETERS.values() for key in note.source}
    for scenario in catalogue().values():
        cited |= {each.reference for each in scenario.sources}

    assert set(references()) == cited


def test_no_file_sends_a_reader_where_nothing_is() -> None:
    lost = [
        f"{file.relative_to(FILES)}: {found.group()}"
        for file in sorted(FILES.rglob("*"))
        if file.suffix in SHIPPED
        for found in LEADS_NOWHERE.finditer(file.read_text("utf-8"))
    ]

    assert lost == []


def test_the_list_that_people_read_is_the_one_that_pages_use() -> None:
    assert (FILES / "REFERENCES.md").read_text("utf-8") == as_markdown(), (
        "write it anew: python -m simulation references > simulation/REFERENCES.md"
    )


def test_every_reference_says_itself_in_both_languages() -> None:
    for key, each in references().items():
        for words in (each.by, each.on, each.short, each.used):
            assert words.fr, key
            assert words.en, key
        assert bool(each.title) == bool(each.title_language), key


def test_what_was_not_verified_is_marked_wherever_it_is_cited() -> None:
    assert "(† read in part or second-hand, not verified)" in as_markdown()
    assert reference("bfm-2019").read == "unverified"


def test_a_source_of_ones_own_is_shown_as_it_was_written() -> None:
    own = reference("My own survey, 2026")

    assert own.short.fr == own.short.en == "My own survey, 2026"


def test_every_parameter_has_its_words_and_no_words_speak_of_nothing() -> None:
    assert namings().keys() == PARAMETERS.keys()
    for place, each in namings().items():
        assert each.name.fr, place
        assert each.name.en, place
        assert each.of.fr, place
        assert bool(each.note.fr) == bool(each.note.en), place
        measured = set(PARAMETERS[place].source) - {ASSUMPTION, SETTING}
        assert each.note.fr or not measured or "assumption" in PARAMETERS[place].source


def test_every_unit_has_its_words_and_is_used() -> None:
    assert units().keys() == {n.unit for n in PARAMETERS.values() if n.unit}


def test_numbers_are_written_whole_in_the_language_of_the_reader() -> None:
    people, fraud = PARAMETERS["demand.people"], PARAMETERS["market.fraud"]
    captcha = PARAMETERS["agents.autobooker.captcha_eur"]
    reaction = PARAMETERS["agents.autobooker.reaction_s"]

    assert range_said(people, "fr") == f"1 à 2{NARROW}000{NARROW}000{NARROW}personnes"
    assert range_said(people, "en") == f"1 to 2,000,000{NARROW}people"
    assert value_said(0.07, fraud, "fr") == f"7{NARROW}%"
    assert value_said(0.002, captcha, "fr") == f"0,002{NARROW}€"
    assert value_said((0.2, 1.0), reaction, "fr") == f"0,2 à 1{NARROW}s"
    assert value_said(True, PARAMETERS["market.adaptive"], "fr") == "oui"
    assert value_said(False, PARAMETERS["market.adaptive"], "en") == "no"


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (0, "jour", "days"),
        (1, "jour", "day"),
        (1.5, "jour", "days"),
        (2, "jours", "days"),
    ],
)
def test_a_unit_agrees_with_its_number(
    number: float, french: str, english: str
) -> None:
    assert unit_said("days", number, "fr") == french
    assert unit_said("days", number, "en") == english


def test_a_wrong_kind_of_source_is_refused() -> None:
    with pytest.raises(LaboratoryError, match="x: unknown kind"):
        read("x", {"kind": "rumour", "read": "whole"})

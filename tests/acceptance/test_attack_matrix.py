"""Each attack under each rule: as expected, or a miss that is written down."""

from collections.abc import Callable
from functools import lru_cache

import pytest

from simulation.engine.run import play
from simulation.report.matrix_words import MATRIX_WORDS
from simulation.report.numbers import Language
from simulation.report.validation import validation_page
from simulation.scenarios.model import Scenario
from simulation.validation.attack import COLUMNS
from simulation.validation.attacks import ATTACKS
from simulation.validation.matrix import (
    SIGNS,
    Cell,
    Planned,
    matrix,
    planned,
    played_rule,
)
from simulation.validation.misses import MISSES

SEED = 1
PLANNED = [each for attack in ATTACKS for each in planned(attack)]


@lru_cache(maxsize=1)
def cells() -> dict[tuple[int, str], Cell]:
    return {(each.attack, each.rule): each for each in matrix(SEED)}


def name_of(cell: Planned) -> str:
    return f"{cell.attack.number}-{cell.rule}"


@pytest.mark.parametrize("cell", PLANNED, ids=name_of)
def test_a_cell_is_as_expected_or_the_miss_that_is_written_down(cell: Planned) -> None:
    found = cells()[cell.attack.number, cell.rule]
    known = MISSES.get((cell.attack.number, cell.rule))

    assert found.expected == cell.expected
    assert found.found == (known.found if known else cell.expected)
    assert known is None or known.found != cell.expected, "a miss that is none"


def test_every_miss_that_is_written_down_is_of_a_cell_that_is_played() -> None:
    assert MISSES.keys() <= {(each.attack.number, each.rule) for each in PLANNED}
    for miss in MISSES.values():
        assert miss.why.fr
        assert miss.why.en


@pytest.mark.parametrize("cell", PLANNED, ids=name_of)
def test_without_its_attacker_a_cell_is_calm(cell: Planned) -> None:
    found, proof = cells()[cell.attack.number, cell.rule], cell.attack.proof

    if proof.is_extra:
        calm = proof.of(play(cell.attack.calm, played_rule(cell.rule), SEED))
        assert found.calm == calm, "what is there anyhow is taken off, and only that"
    else:
        assert found.calm == 0


ATTACKERS: dict[int, Callable[[Scenario], bool]] = {
    1: lambda s: s.agents.autobooker is not None and s.agents.autobooker.count > 0,
    2: lambda s: s.agents.autobooker is not None and s.agents.autobooker.sessions > 999,
    3: lambda s: s.agents.click_farm is not None,
    4: lambda s: s.agents.fake_identities is not None,
    5: lambda s: s.agents.rented_identities is not None,
    6: lambda s: s.agents.autobooker is not None,
    7: lambda s: s.agents.autobooker is not None,
    8: lambda s: s.applicants.several > 0,
    9: lambda s: s.agents.false_expiry is not None,
    10: lambda s: s.agents.registration_flood is not None,
    11: lambda s: s.agents.saboteur is not None,
    12: lambda s: s.agents.insider is not None,
    13: lambda s: s.agents.adaptive is not None and s.market.adaptive,
    14: lambda s: s.agents.false_promise is not None,
}
"""How a scene shows that it holds the attacker of that number."""


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: str(each.number))
def test_the_scene_of_an_attack_holds_its_attacker_and_the_calm_one_does_not(
    attack: object,
) -> None:
    one = next(each for each in ATTACKS if each is attack)

    assert ATTACKERS[one.number](one.attacked)
    assert not ATTACKERS[one.number](one.calm)
    assert one.attacked.capacity == one.calm.capacity
    assert one.attacked.demand == one.calm.demand
    assert one.attacked.market == one.calm.market


def test_every_attack_meets_every_rule_and_a_captcha_in_two_ways() -> None:
    assert [each.number for each in ATTACKS] == list(range(1, len(ATTACKS) + 1))
    for attack in ATTACKS:
        mine = planned(attack)
        assert len(attack.expected) == len(COLUMNS)
        assert set(attack.expected) <= SIGNS.keys()
        assert [each for each in COLUMNS if each in {p.column for p in mine}] == list(
            COLUMNS
        )
        assert sum(each.column == "captcha" for each in mine) == 2
        assert len({each.rule for each in mine}) == len(mine)


def test_a_threshold_is_said_once_for_all_numbers_of_a_kind() -> None:
    scales = {id(attack.proof.scale) for attack in ATTACKS}

    assert len(scales) == 3
    for attack in ATTACKS:
        scale = attack.proof.scale
        assert scale.level(scale.strong) == "strong"
        assert scale.level(scale.weak) == "partial"
        assert scale.level(scale.weak * 0.99) == "weak"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_shows_each_cell_in_words_and_each_miss_with_its_reason(
    language: Language,
) -> None:
    here, found = MATRIX_WORDS[language], list(cells().values())
    page = validation_page([], 1, language, found)

    missed = [each for each in found if not each.holds]
    assert page.count('class="sign" aria-hidden="true"') == len(found)
    assert page.count("tag tag--missed") == len(missed) > 0
    assert here["why"] in page
    for level in ("strong", "partial", "weak"):
        assert f"<strong>{here[level]}</strong>" in page
    for attack in ATTACKS:
        words = attack.name.fr if language == "fr" else attack.name.en
        assert words in page.replace("&#39;", "'")
    assert page.count("<script") == 0
    assert "style=" not in page

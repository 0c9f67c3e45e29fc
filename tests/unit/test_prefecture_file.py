"""The file that opens a prefecture: read whole, or each fault told in one line."""

import json
from datetime import date
from pathlib import Path

import pytest

from service import prefecture_file
from service.domain.motifs import MOTIFS
from service.domain.ruleset import DEFAULT_RULESET
from service.domain.stated_prefecture import StatedPrefecture
from service.prefecture_file import PrefectureFileError, load_prefecture_file

EXAMPLE = Path(prefecture_file.__file__).with_name("prefecture.example.toml")
HEAD = 'code = "ici"\nname = "Ici"\npublishes = "full"\n'
SITE = '[[sites]]\ncode = "a"\nname = "A"\naddress = "1 rue"\nmotifs = ["aes"]\n'
RULE = '[ruleset]\nname = "default"\neffective_on = 2026-11-01\n'


def read(folder: Path, text: str) -> StatedPrefecture:
    path = folder / "ici.toml"
    path.write_text(text, encoding="utf-8")
    return load_prefecture_file(path)


def faults(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(PrefectureFileError) as refused:
        read(folder, text)
    return refused.value.faults


def test_the_example_that_operators_copy_is_read_whole() -> None:
    stated = load_prefecture_file(EXAMPLE)

    assert (stated.code, stated.phone, stated.publishes) == (
        "exemple",
        "01 99 00 12 34",
        "full",
    )
    assert [site.code for site in stated.sites] == ["centre", "nord"]
    assert stated.sites[1].motifs == {"renouvellement-titre", "recepisse"}
    assert stated.ruleset == DEFAULT_RULESET


def test_every_fault_is_told_at_once_and_where_it_is(tmp_path: Path) -> None:
    text = (
        'code = "Ici!"\nname = " "\nphone = "appelez-nous"\npublishes = "rien"\n'
        'colour = "blue"\n'
        '[[sites]]\ncode = "a"\nname = "A"\nadress = "1 rue"\n'
        'motifs = ["aes", "remise-titre", "aess"]\n'
        '[ruleset]\nname = "default"\neffective_on = "2026-11-01"\n'
    )

    found = faults(tmp_path, text)

    assert [line.partition(":")[0] for line in found] == [
        "colour",
        "code",
        "name",
        "phone",
        "publishes",
        "sites[1].adress",
        "sites[1].address",
        "sites[1].motifs",
        "sites[1].motifs",
        "ruleset.effective_on",
    ]
    assert not any("\n" in line for line in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code =", "Invalid value"),
        (HEAD + RULE, "sites: 1 to 50"),
        (HEAD + SITE + SITE + RULE, "the code a stands twice"),
        (HEAD + SITE, "ruleset: a table"),
        (HEAD + SITE + RULE + 'file = "r.json"\n', "either name or file"),
        (HEAD + SITE + RULE.replace("default", "ours"), "ruleset.name"),
        (HEAD + SITE + RULE + 'version = "a b"\n', "ruleset.version"),
        (HEAD + "sites = 3\n" + RULE, "sites: 1 to 50"),
        (HEAD + "sites = [3]\n" + RULE, "sites[1]: a table"),
        (HEAD + SITE.replace('["aes"]', "[[1]]") + RULE, "no motif"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    tmp_path: Path, text: str, said: str
) -> None:
    assert any(said in line for line in faults(tmp_path, text))


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(PrefectureFileError, match="cannot be read"):
        load_prefecture_file(tmp_path / "nowhere.toml")


def with_ruleset(folder: Path, content: object) -> str:
    (folder / "rule.json").write_text(json.dumps(content), encoding="utf-8")
    return HEAD + SITE + RULE.replace('name = "default"', 'file = "rule.json"')


def test_a_ruleset_of_its_own_is_read_from_beside_the_file(tmp_path: Path) -> None:
    content = DEFAULT_RULESET.to_json() | {"version": "ici-1"}

    stated = read(tmp_path, with_ruleset(tmp_path, content))

    assert stated.ruleset.version == "ici-1"
    assert stated.ruleset.effective_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"bands": {}}, "bands"),
        ({"effective_on": "2026-11-02"}, "begins on 2026-11-02"),
        ({"luck": 1}, "luck"),
        ({"hold": 1.5}, "ruleset.file"),
    ],
)
def test_a_ruleset_with_one_wrong_parameter_is_not_in_force(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    text = with_ruleset(tmp_path, DEFAULT_RULESET.to_json() | change)

    assert any(said in line for line in faults(tmp_path, text))


def test_a_missing_ruleset_file_is_told(tmp_path: Path) -> None:
    text = HEAD + SITE + RULE.replace('name = "default"', 'file = "none.json"')

    assert faults(tmp_path, text) == ("ruleset.file: the file cannot be read",)


def test_every_motif_of_the_draw_can_be_received_somewhere(tmp_path: Path) -> None:
    slugs = sorted(slug for slug, motif in MOTIFS.items() if motif.in_draw)
    text = HEAD + SITE.replace('["aes"]', json.dumps(slugs)) + RULE

    assert read(tmp_path, text).sites[0].motifs == set(slugs)

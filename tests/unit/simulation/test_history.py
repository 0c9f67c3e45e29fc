"""A prefecture's own nights, through another ruleset."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from service.domain.availability import Availability
from service.domain.ruleset import DEFAULT_RULESET, Hold, Ruleset
from service.domain.slots import OpenSlot
from service.draw import draw
from service.draw.commitment import Commitment
from service.draw.freeze import Candidate, freeze
from service.draw.model import Pool
from simulation.errors import LaboratoryError
from simulation.history.replay import nights, twice, under

NIGHT = date(2026, 11, 23)


def published_pool() -> Pool:
    slots = [
        OpenSlot(
            slot=f"s{day}",
            site="grenoble",
            starts_at=datetime.fromisoformat(f"2026-12-0{day}T09:00"),
            minutes=20,
            motifs=frozenset({"recepisse"}),
            places=10,
            published=10,
        )
        for day in (1, 2, 3)
    ]
    lines = [
        Candidate(
            label=f"{number:064x}",
            motif="recepisse",
            sites=frozenset({"grenoble"}),
            end_of_right_on=None if number % 2 else date(2027, 6, 1),
            registered_on=date(2026, 6, 1),
            availability=Availability(),
        )
        for number in range(60)
    ]
    return freeze("isere", NIGHT, DEFAULT_RULESET, slots, lines)


def transcript(folder: Path) -> Path:
    pool = published_pool()
    nonces = {entry.label: bytes(32) for entry in pool.entries}
    commitment = Commitment.for_pool(
        pool, nonces, chain="local/x/0/3/1000", round=5, previous=None
    )
    luck = bytes(range(32))
    written = {
        "spec": "tour-de-role/draw/1",
        "commitment": commitment.to_json(),
        "beacon": {"randomness": luck.hex()},
        "pool": pool.to_json(),
        "result": draw(pool, commitment.digest(), luck).to_json(),
    }
    file = folder / "2026-11-23.json"
    file.write_text(json.dumps(written), "utf-8")
    return file


def test_a_published_night_replays_to_the_same_result(tmp_path: Path) -> None:
    transcript(tmp_path)

    found = [twice(night, DEFAULT_RULESET) for night in nights(tmp_path)]

    assert [night.name for night in found] == ["isere/2026-11-23"]
    assert found[0].replays
    assert found[0].before == found[0].after


def test_a_result_that_was_changed_does_not_replay(tmp_path: Path) -> None:
    file = transcript(tmp_path)
    written = json.loads(file.read_text("utf-8"))
    written["result"]["allocations"].pop()
    file.write_text(json.dumps(written), "utf-8")

    assert not twice(next(nights(file)), DEFAULT_RULESET).replays


def test_a_ruleset_that_holds_nothing_serves_more_that_night(tmp_path: Path) -> None:
    file = transcript(tmp_path)
    no_hold = replace(DEFAULT_RULESET, hold=Hold(percent=0))

    found = twice(next(nights(file)), no_hold)

    assert found.before.served == 24
    assert found.after.served == 30


def test_shares_are_counted_anew_on_the_places_of_the_night() -> None:
    pool = published_pool()
    none = Ruleset(version="none", effective_on=NIGHT, quotas=())

    assert [quota.places for quota in pool.quotas] == [1, 1, 1]
    assert [quota.places for quota in under(pool, none).quotas] == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "a full transcript is needed"),
        ("not json", "2026-11-23.json"),
        ('{"pool": {}}', "2026-11-23.json"),
    ],
)
def test_what_is_no_transcript_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "2026-11-23.json"
    file.write_text(text, "utf-8")

    with pytest.raises(LaboratoryError, match=said):
        list(nights(file))


def test_a_folder_without_nights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LaboratoryError, match=r"no \.json file"):
        list(nights(tmp_path))
    with pytest.raises(LaboratoryError, match="no such file"):
        list(nights(tmp_path / "nowhere"))

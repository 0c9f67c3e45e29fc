"""A prefecture's own nights, through another ruleset."""

import json
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from service.domain.availability import Availability
from service.domain.ruleset import (
    BAND_LATER,
    BAND_LOST,
    BAND_SOON,
    BAND_VERY_SOON,
    DEFAULT_RULESET,
    Bands,
    Hold,
    NightClock,
    Notice,
    OfferRules,
    Ruleset,
)
from service.domain.slots import OpenSlot
from service.draw import draw
from service.draw.canonical import canonical_bytes
from service.draw.commitment import Commitment
from service.draw.freeze import Candidate, freeze
from service.draw.model import Pool, Quota
from simulation.cli.base import app
from simulation.errors import LaboratoryError
from simulation.history.fields import FIELDS, Fate, places_of
from simulation.history.rebuild import under
from simulation.history.replay import nights, twice

NIGHT = date(2026, 11, 23)


def published_pool(
    ruleset: Ruleset = DEFAULT_RULESET,
    *,
    places: int = 10,
    end: date = date(2027, 6, 1),
) -> Pool:
    """Sixty people, half of them with a date, on three days of ten places."""
    slots = [
        OpenSlot(
            slot=f"s{day}",
            site="grenoble",
            starts_at=datetime.fromisoformat(f"2026-12-0{day}T09:00"),
            minutes=20,
            motifs=frozenset({"recepisse"}),
            places=places,
            published=10,
        )
        for day in (1, 2, 3)
    ]
    lines = [
        Candidate(
            label=f"{number:064x}",
            motif="recepisse",
            sites=frozenset({"grenoble"}),
            end_of_right_on=None if number % 2 else end,
            registered_on=date(2026, 6 + number % 3, 1 + number % 7),
            availability=Availability(),
        )
        for number in range(60)
    ]
    return freeze("isere", NIGHT, ruleset, slots, lines)


def shares(at: int, **terms: Any) -> Ruleset:
    """The default, one of its shares otherwise."""
    quotas = list(DEFAULT_RULESET.quotas)
    quotas[at] = replace(quotas[at], **terms)
    return replace(DEFAULT_RULESET, quotas=tuple(quotas))


def offers(**terms: Any) -> Ruleset:
    return replace(DEFAULT_RULESET, offer=OfferRules(**terms))


def written(folder: Path, ruleset: Ruleset) -> Path:
    file = folder / "other.ruleset"
    file.write_text(json.dumps(ruleset.to_json()), "utf-8")
    return file


def transcript(folder: Path, pool: Pool | None = None) -> Path:
    pool = pool or published_pool()
    nonces = {entry.label: bytes(32) for entry in pool.entries}
    commitment = Commitment.for_pool(
        pool, nonces, chain="local/x/0/3/1000", round=5, previous=None
    )
    luck = bytes(range(32))
    text = {
        "spec": "tour-de-role/draw/1",
        "commitment": commitment.to_json(),
        "beacon": {"randomness": luck.hex()},
        "pool": pool.to_json(),
        "result": draw(pool, commitment.digest(), luck).to_json(),
    }
    file = folder / "2026-11-23.json"
    file.write_text(json.dumps(text), "utf-8")
    return file


def test_a_published_night_replays_to_the_same_result(tmp_path: Path) -> None:
    transcript(tmp_path)

    found = [twice(night, DEFAULT_RULESET) for night in nights(tmp_path)]

    assert [night.name for night in found] == ["isere/2026-11-23"]
    assert found[0].replays
    assert found[0].before == found[0].after


def test_a_result_that_was_changed_does_not_replay(tmp_path: Path) -> None:
    file = transcript(tmp_path)
    text = json.loads(file.read_text("utf-8"))
    text["result"]["allocations"].pop()
    file.write_text(json.dumps(text), "utf-8")

    assert not twice(next(nights(file)), DEFAULT_RULESET).replays


def test_a_ruleset_that_holds_nothing_serves_more_that_night(tmp_path: Path) -> None:
    file = transcript(tmp_path)
    no_hold = replace(DEFAULT_RULESET, hold=Hold(percent=0))

    found = twice(next(nights(file)), no_hold)

    assert found.before.served == 24
    assert found.after.served == 30


def test_shares_are_counted_anew_on_the_places_of_the_night() -> None:
    pool = published_pool()
    none = replace(DEFAULT_RULESET, version="none", quotas=())

    assert [quota.places for quota in pool.quotas] == [1, 1, 1]
    assert under(pool, none).pool.quotas == ()


def test_a_pool_under_its_own_ruleset_is_the_same_to_the_last_byte() -> None:
    pool = published_pool()

    rebuilt = under(pool, DEFAULT_RULESET)

    assert canonical_bytes(rebuilt.pool.to_json()) == canonical_bytes(pool.to_json())
    assert rebuilt.differences == ()


OTHER = {
    "version": replace(DEFAULT_RULESET, version="other"),
    "effective_on": replace(DEFAULT_RULESET, effective_on=date(2027, 1, 1)),
    "bands.very_soon_days": replace(DEFAULT_RULESET, bands=Bands(very_soon_days=20)),
    "bands.soon_days": replace(DEFAULT_RULESET, bands=Bands(soon_days=60)),
    "quotas.quota": replace(DEFAULT_RULESET, quotas=DEFAULT_RULESET.quotas[::-1]),
    "quotas.percent": shares(2, percent=40),
    "quotas.bands": shares(0, bands=(BAND_LOST,)),
    "quotas.waited_days_min": shares(0, waited_days_min=150),
    "quotas.without_date_only": shares(0, without_date_only=True),
    "hold.percent": replace(DEFAULT_RULESET, hold=Hold(percent=10)),
    "hold.until_days_ahead": replace(DEFAULT_RULESET, hold=Hold(until_days_ahead=1)),
    "hold.bands": replace(
        DEFAULT_RULESET, hold=Hold(bands=(BAND_VERY_SOON, BAND_LATER))
    ),
    "notice.short_days": replace(DEFAULT_RULESET, notice=Notice(short_days=3)),
    "notice.usual_days": replace(DEFAULT_RULESET, notice=Notice(usual_days=7)),
    "notice.short_bands": replace(
        DEFAULT_RULESET, notice=Notice(short_bands=(BAND_VERY_SOON, BAND_SOON))
    ),
    "offer.window_hours": offers(window_hours=24),
    "offer.latest_the_day_before": offers(latest_the_day_before=time(12)),
    "offer.free_declines": offers(free_declines=2),
    "offer.sit_out_nights": offers(sit_out_nights=3),
    "clock.freeze_at": replace(DEFAULT_RULESET, clock=NightClock(freeze_at=time(21))),
    "clock.beacon_delay_min": replace(
        DEFAULT_RULESET, clock=NightClock(beacon_delay_min=30)
    ),
}
"""Another value of each field."""


def test_every_field_of_a_ruleset_has_been_decided_about() -> None:
    """A new field must be decided here, and tried below, before it can be loaded."""
    assert set(FIELDS) == set(places_of(Ruleset)) == set(OTHER)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_played_or_has_no_part_or_is_refused_by_name(field: str) -> None:
    """What is played is what the freeze would have made of the very same night."""
    other, fate = OTHER[field], FIELDS[field].fate
    night = published_pool()

    if fate is Fate.REFUSED:
        with pytest.raises(LaboratoryError) as refused:
            under(night, other)
        assert field in str(refused.value)
        assert FIELDS[field].why in str(refused.value)
        assert "try it on a scenario instead" in str(refused.value)
        return
    rebuilt = under(night, other)
    assert rebuilt.pool == published_pool(other)
    assert [each.fate for each in rebuilt.differences] == [fate]
    if fate is Fate.NO_PART:
        assert replace(rebuilt.pool, ruleset=night.ruleset) == night
    else:
        assert replace(rebuilt.pool, ruleset=night.ruleset) != night


@pytest.mark.parametrize(
    ("hold", "is_played"),
    [
        (Hold(percent=0), True),
        (Hold(percent=0, until_days_ahead=1), True),
        (Hold(percent=5), False),
        (Hold(percent=40), False),
        (Hold(until_days_ahead=9), True),
        (Hold(until_days_ahead=0), False),
        (Hold(bands=()), True),
    ],
)
def test_a_hold_is_played_only_where_the_pool_tells_the_places(
    hold: Hold, is_played: bool
) -> None:
    other = replace(DEFAULT_RULESET, hold=hold)

    if not is_played:
        with pytest.raises(LaboratoryError, match="places published"):
            under(published_pool(), other)
        return
    assert under(published_pool(), other).pool == published_pool(other)


def test_a_wait_that_no_line_tells_is_not_guessed() -> None:
    """Nobody of the first bands uses a share: their days are not in the pool."""
    sooner = shares(0, bands=(BAND_SOON, BAND_LOST, BAND_LATER))
    pool = published_pool(end=date(2026, 12, 20))

    with pytest.raises(LaboratoryError) as refused:
        under(pool, sooner)
    assert "quotas.long_wait.bands" in str(refused.value)
    assert "for 30 registrations the pool does not tell" in str(refused.value)


def test_held_places_without_open_ones_are_counted_and_told(tmp_path: Path) -> None:
    """The day is full but for its held places: for whom else, no pool can tell."""
    no_hold = replace(DEFAULT_RULESET, hold=Hold(percent=0))
    file = transcript(tmp_path, published_pool(places=2))

    found = twice(next(nights(file)), no_hold)
    said = CliRunner().invoke(
        app,
        ["run", "--history", str(file), "--ruleset", str(written(tmp_path, no_hold))],
    )

    assert found.left == 6
    assert "6 held places stand without an open one" in " ".join(said.output.split())
    assert "hold.percent 20 → 0: played" in said.output


def test_a_pool_that_its_own_ruleset_does_not_give_is_refused(tmp_path: Path) -> None:
    pool = published_pool()
    odd = replace(pool, quotas=(*pool.quotas[:2], Quota("no_date", 9)))

    with pytest.raises(LaboratoryError, match="the version that published it"):
        twice(next(nights(transcript(tmp_path, odd))), DEFAULT_RULESET)


def test_the_data_of_a_replay_say_which_fields_differed(tmp_path: Path) -> None:
    file = transcript(tmp_path)
    other = written(tmp_path, shares(2, percent=40))

    said = CliRunner().invoke(
        app, ["run", "--history", str(file), "--ruleset", str(other), "--json"]
    )

    assert json.loads(said.output)[0]["differences"] == [
        {
            "field": "quotas.no_date.percent",
            "recorded": 5,
            "asked": 40,
            "fate": "played",
            "why": FIELDS["quotas.percent"].why,
        }
    ]


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

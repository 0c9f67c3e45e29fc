"""Every version of the rule: since when, what changed, and the very file hashed."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from service.adapters.postgres import tables as t
from service.domain.ruleset import DEFAULT_RULESET, Bands
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.published_rules import changes, list_rules
from service.usecases.night.view_nights import list_nights
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_the_file_is_the_one_that_a_night_commits_to(world: World) -> None:
    await world.register(1)
    world.clock.advance(hours=9)
    await advance_nights(ports=world.ports)

    night = (await list_nights("isere", ports=world.ports))[0]
    rule = (await list_rules("isere", ports=world.ports))[0]

    assert night.commitment is not None
    assert night.commitment["ruleset_sha256"] == rule.sha256
    assert json.loads(rule.content) == DEFAULT_RULESET.to_json()
    assert rule.is_first
    assert rule.changes == ()


async def test_a_later_version_says_what_it_changes(world: World) -> None:
    later = replace(
        DEFAULT_RULESET,
        version="2027-01",
        effective_on=world.clock.now().date() + timedelta(days=30),
        bands=Bands(very_soon_days=21),
    )
    async with world.engine.begin() as connection:
        await connection.execute(
            insert(t.ruleset).values(
                prefecture="isere",
                version=later.version,
                effective_on=later.effective_on,
                content=later.to_json(),
            )
        )

    newest, first = await list_rules("isere", ports=world.ports)

    assert newest.version == "2027-01"
    assert [(c.place, c.before, c.after) for c in newest.changes] == [
        ("bands.very_soon_days", 14, 21)
    ]
    assert first.is_first


def test_the_order_of_reserved_shares_is_no_change() -> None:
    before = DEFAULT_RULESET.to_json()
    after = replace(
        DEFAULT_RULESET,
        version="2",
        effective_on=date(2027, 1, 1),
        quotas=DEFAULT_RULESET.quotas[::-1],
    ).to_json()

    assert changes(before, after) == ()


def test_a_share_that_comes_or_goes_is_named() -> None:
    fewer = replace(DEFAULT_RULESET, quotas=DEFAULT_RULESET.quotas[1:])

    found = changes(DEFAULT_RULESET.to_json(), fewer.to_json())

    assert ("quotas.long_wait.percent", 5, None) in [
        (c.place, c.before, c.after) for c in found
    ]

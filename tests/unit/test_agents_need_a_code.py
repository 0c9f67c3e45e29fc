"""No setting lets agents of a real prefecture in without a code."""

import asyncio
from dataclasses import fields

import pytest

from service.bootstrap import build
from service.settings import Settings
from service.usecases.ports import Ports
from tests.unit.test_carriers import KEYS, PRODUCTION, settings

DEMONSTRATION = {
    "profile": "demonstration",
    "database_url": PRODUCTION["database_url"],
    "redis_url": PRODUCTION["redis_url"],
    **KEYS,
}


@pytest.mark.parametrize(
    ("values", "is_asked"),
    [(PRODUCTION, True), (DEMONSTRATION, False)],
    ids=["production", "demonstration"],
)
def test_the_profile_alone_decides_whether_a_code_is_asked_for(
    values: dict[str, str], is_asked: bool
) -> None:
    container = build(settings(**values))

    assert container.ports.agents_need_code is is_asked
    asyncio.run(container.close())


def test_whoever_builds_ports_without_thinking_of_it_asks_for_a_code() -> None:
    (flag,) = (one for one in fields(Ports) if one.name == "agents_need_code")

    assert flag.default is True
    assert not [name for name in Settings.model_fields if "factor" in name]

"""Which beacon a deployment may draw with."""

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from service.adapters.beacon.router import BeaconRouter
from service.bootstrap import ports_on
from service.settings import (
    PUBLIC_RELAYS,
    BeaconKind,
    Settings,
    SettingsError,
    load_settings,
)
from tests.unit.test_settings import PRODUCTION, empty_environment, set_all

__all__ = ["empty_environment"]


def test_the_demonstration_draws_with_its_own_chain():
    assert load_settings().beacon_in_use is BeaconKind.LOCAL


def test_production_draws_with_drand_and_public_relays(monkeypatch):
    set_all(monkeypatch, PRODUCTION)

    settings = load_settings()

    assert settings.beacon_in_use is BeaconKind.DRAND
    assert settings.beacon_relays == PUBLIC_RELAYS
    assert len(PUBLIC_RELAYS) >= 2


def test_production_refuses_a_chain_that_its_operator_knows(monkeypatch):
    set_all(monkeypatch, PRODUCTION | {"TDR_BEACON": "local"})

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert "TDR_BEACON=drand" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "relays", ["https://a.example", "https://a.example,https://a.example"]
)
def test_production_needs_a_second_relay(monkeypatch, relays):
    set_all(monkeypatch, PRODUCTION | {"TDR_BEACON_RELAYS": relays})

    with pytest.raises(SettingsError, match="two relays"):
        load_settings()


@pytest.mark.parametrize(
    "written", ["https://a.example,http://b", "https://a.example http://b"]
)
def test_relays_are_written_on_one_line(monkeypatch, written):
    monkeypatch.setenv("TDR_BEACON_RELAYS", written)

    assert Settings().beacon_relays == ("https://a.example", "http://b")


async def never() -> None:
    return None


@pytest.mark.parametrize(
    ("values", "chains"),
    [
        ({}, {"local"}),
        ({"TDR_BEACON": "drand"}, {"local", "drand"}),
        (PRODUCTION, {"drand"}),
    ],
)
def test_only_a_demonstration_builds_the_chain_that_its_operator_knows(
    monkeypatch, values, chains
):
    set_all(monkeypatch, values)
    engine = create_async_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")

    router = ports_on(engine, load_settings(), ring=never).beacon

    assert isinstance(router, BeaconRouter)
    assert router.served == chains


def test_a_relay_is_an_address(monkeypatch):
    monkeypatch.setenv("TDR_BEACON_RELAYS", "ftp://a.example")

    with pytest.raises(SettingsError, match="https://"):
        load_settings()

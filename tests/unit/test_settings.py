"""What a deployer may set, and what a wrong value answers."""

import os
import stat

import pytest

from service.settings import (
    Profile,
    Settings,
    SettingsError,
    key_bytes,
    load_settings,
)

KEY = "ab" * 32
PRODUCTION = {
    "TDR_PROFILE": "production",
    "TDR_DATABASE_URL": "postgresql://tdr:pw@db.example/tdr",
    "TDR_REDIS_URL": "redis://cache.example/0",
    "TDR_PUBLIC_URL": "https://rdv.example/",
    "TDR_APPLICANT_KEY": KEY,
    "TDR_SEALING_KEY": KEY,
    "TDR_SIGNING_KEY": KEY,
}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch, tmp_path):
    for name in list(os.environ):
        if name.startswith("TDR_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TDR_HOME", str(tmp_path / "home"))


def set_all(monkeypatch, values):
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_a_newcomer_needs_to_set_nothing():
    settings = load_settings()

    assert settings.profile is Profile.DEMONSTRATION
    assert settings.database_url is None
    assert settings.address == "http://127.0.0.1:8000"


def test_the_demonstration_keeps_the_secrets_it_made():
    first, second = load_settings(), load_settings()

    assert first.signing_key == second.signing_key
    assert first.signing_key != first.sealing_key
    assert len(key_bytes(first.applicant_key)) == 32


def test_kept_secrets_are_readable_by_their_owner_alone():
    home = load_settings().home

    modes = {
        stat.S_IMODE(path.stat().st_mode)
        for path in (home / "secrets").iterdir()
        if path.name != "lock"
    }

    assert modes == {0o600}
    assert stat.S_IMODE((home / "secrets").stat().st_mode) == 0o700


def test_production_starts_when_it_names_its_own_servers_and_secrets(monkeypatch):
    set_all(monkeypatch, PRODUCTION)

    settings = load_settings()

    assert settings.address == "https://rdv.example"
    assert not settings.home.exists()


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"TDR_PROFILE"}))
def test_production_refuses_to_start_without_each_of_them(monkeypatch, name):
    set_all(monkeypatch, PRODUCTION)
    monkeypatch.delenv(name)

    with pytest.raises(SettingsError, match=name):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TDR_PROFILE", "holiday"),
        ("TDR_PORT", "eighty"),
        ("TDR_PORT", "70000"),
        ("TDR_DATABASE_URL", "mysql://secret-place"),
        ("TDR_REDIS_URL", "http://secret-place"),
        ("TDR_SIGNING_KEY", "too-short-secret"),
        ("TDR_SMTP_TIMEOUT", "soonish"),
        ("TDR_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_value_is_named_in_one_line_and_never_repeated(
    monkeypatch, name, value
):
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert name in str(refused.value)
    assert "\n" not in str(refused.value)
    assert value not in str(refused.value)


def test_a_misspelt_variable_is_refused(monkeypatch):
    monkeypatch.setenv("TDR_DATABSE_URL", "postgresql://db.example/tdr")

    with pytest.raises(SettingsError, match="TDR_DATABSE_URL"):
        load_settings()


def test_a_home_that_cannot_be_written_says_what_to_do(monkeypatch, tmp_path):
    occupied = tmp_path / "a-file"
    occupied.touch()
    monkeypatch.setenv("TDR_HOME", str(occupied))

    with pytest.raises(SettingsError, match="set TDR_HOME"):
        load_settings()


def test_no_address_and_no_secret_shows_in_a_repr(monkeypatch):
    set_all(monkeypatch, PRODUCTION)

    shown = repr(Settings())

    assert KEY not in shown
    assert "pw@" not in shown
    assert "cache.example" not in shown


def test_keys_of_before_are_listed_on_one_line_and_shown_nowhere(monkeypatch):
    old, older = "ab" * 32, "cd" * 32
    set_all(monkeypatch, PRODUCTION | {"TDR_SEALING_KEYS_BEFORE": f"{old}, {older}"})

    settings = load_settings()

    kept = [key_bytes(key).hex() for key in settings.sealing_keys_before]
    assert kept == [old, older]
    assert old not in repr(settings)


def test_a_wrong_key_of_before_is_named_and_never_repeated(monkeypatch):
    set_all(monkeypatch, PRODUCTION | {"TDR_SEALING_KEYS_BEFORE": "swordfish"})

    with pytest.raises(SettingsError, match="TDR_SEALING_KEYS_BEFORE") as refused:
        load_settings()

    assert "swordfish" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TDR_DATABASE_URL", "postgresql://tdr:hidden@db:fivefour/tdr"),
        ("TDR_DATABASE_URL", "postgresql://tdr:hidden@db:0/tdr"),
        ("TDR_DATABASE_URL", "postgresql://tdr:hidden@db:70000/tdr"),
        ("TDR_OWNER_DATABASE_URL", "postgresql://tdr:hidden@[::1]:x/tdr"),
        ("TDR_REDIS_URL", "redis://:hidden@cache:port/0"),
    ],
)
def test_an_address_with_an_odd_port_names_its_variable_and_no_password(
    monkeypatch, name, value
):
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=name) as refused:
        load_settings()

    assert "from 1 to 65535 as its port" in str(refused.value)
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TDR_DATABASE_URL", "postgresql://tdr:p#w:1@db:5432/tdr"),
        ("TDR_DATABASE_URL", "postgresql://tdr@[::1]/tdr"),
        ("TDR_DATABASE_URL", "postgresql:///tdr?host=/run/postgresql"),
        ("TDR_REDIS_URL", "redis://cache"),
        ("TDR_REDIS_URL", "unix:///run/valkey:1.sock"),
    ],
)
def test_an_address_without_an_odd_port_is_taken(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    assert load_settings()

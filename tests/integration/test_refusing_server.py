"""A PostgreSQL that refuses is one sentence, which says what to do."""

import secrets

import psycopg
import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError

from service.settings import Settings, SettingsError
from service.supervisor.prepare import AHEAD, DISK_FULL, _said_of, prepare

ONE_STATEMENT = "SELECT 1"


def settings_for(url: str) -> Settings:
    key = secrets.token_hex(32)
    return Settings(
        database_url=url,
        redis_url="redis://127.0.0.1:1/0",
        applicant_key=key,
        sealing_key=key,
        signing_key=key,
    )


def test_a_schema_that_is_newer_than_the_program_is_said_to_be(owned: str) -> None:
    with psycopg.connect(owned, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(SettingsError) as refused:
        prepare(settings_for(owned))

    assert str(refused.value) == AHEAD


def test_a_database_that_may_not_be_changed_is_one_line(owned: str) -> None:
    """A table of the same name is in the way: PostgreSQL refuses the first step."""
    with psycopg.connect(owned, autocommit=True) as connection:
        connection.execute("DROP TABLE alembic_version")

    with pytest.raises(SettingsError) as refused:
        prepare(settings_for(owned))

    assert str(refused.value).startswith("PostgreSQL refuses what the program asks")
    assert "already exists" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_full_disk_is_no_wrong_address() -> None:
    full = OperationalError(ONE_STATEMENT, None, psycopg.errors.DiskFull("no space"))
    away = OperationalError(ONE_STATEMENT, None, psycopg.OperationalError("refused"))
    other = ProgrammingError(ONE_STATEMENT, None, psycopg.errors.SyntaxError("odd"))

    assert _said_of(full) == DISK_FULL
    assert "TDR_DATABASE_URL" in _said_of(away)
    assert "TDR_DATABASE_URL" not in _said_of(other)

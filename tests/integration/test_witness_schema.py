"""The schema that the migrations build is the one that the code reads."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from service.adapters.postgres import (
    access_tables,
    doors_tables,
    evidence_tables,
    lookup_tables,
    message_tables,
)
from service.adapters.postgres.engine import psycopg_url
from service.adapters.postgres.message_tables import ALL_TABLES
from service.migrations import config_for, upgrade

assert access_tables.access_code.metadata is ALL_TABLES
assert evidence_tables.ALL_TABLES is message_tables.ALL_TABLES
assert lookup_tables.t.metadata is ALL_TABLES
assert doors_tables.visit.metadata is ALL_TABLES  # read, so that it is compared


def test_migrations_and_tables_describe_the_same_schema(database: str) -> None:
    engine = create_engine(psycopg_url(database))
    with engine.connect() as connection:
        difference = compare_metadata(
            MigrationContext.configure(connection), ALL_TABLES
        )
    engine.dispose()

    assert difference == []


def test_the_witnesses_can_be_taken_away_and_brought_back(owned: str) -> None:
    command.downgrade(config_for(owned), "0001")
    engine = create_engine(psycopg_url(owned))
    without = set(inspect(engine).get_table_names())
    upgrade(owned)
    again = set(inspect(engine).get_table_names())
    engine.dispose()

    assert again - without >= {
        "auditor_subscription",
        "signing_key",
        "witness_delivery",
    }

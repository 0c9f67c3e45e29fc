"""How Alembic reaches the database: one transaction, one migrator at a time."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from service.adapters.postgres import evidence_tables
from service.adapters.postgres.message_tables import ALL_TABLES

assert evidence_tables.ALL_TABLES is ALL_TABLES  # noqa: S101 - read for its tables

MIGRATOR_LOCK = 7238_0001
"""Any number, always the same: migrators take turns."""


def run() -> None:
    """Migrate with the engine that the configuration names."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=ALL_TABLES)
        with context.begin_transaction():
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATOR_LOCK}
            )
            context.run_migrations()
    engine.dispose()


run()

"""How Alembic reaches the database: one transaction, one migrator at a time."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from service.adapters.postgres import help_tables as _help_tables  # noqa: F401
from service.adapters.postgres.evidence_tables import ALL_TABLES

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

"""How Alembic reaches the database: one transaction, one migrator at a time."""

from typing import Final

from alembic import context
from sqlalchemy import create_engine, pool

from service.adapters.postgres import (
    access_tables,
    agent_tables,
    desk_act_tables,
    doors_tables,
    evidence_tables,
    guard_tables,
    help_tables,
    lookup_tables,
    mandate_tables,
    message_tables,
    organisation_tables,
    paper_tables,
    promise_tables,
    public_tables,
    tables,
)
from service.migrations.lock import take_turns

TABLES: Final = (
    access_tables,
    agent_tables,
    desk_act_tables,
    tables,
    evidence_tables,
    guard_tables,
    public_tables,
    help_tables,
    doors_tables,
    message_tables,
    mandate_tables,
    organisation_tables,
    lookup_tables,
    paper_tables,
    promise_tables,
)
"""Modules that add their tables to the one schema when they are read."""


def run() -> None:
    """Migrate with the engine that the configuration names."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=tables.metadata)
        with context.begin_transaction():
            take_turns(connection)
            context.run_migrations()
    engine.dispose()


run()

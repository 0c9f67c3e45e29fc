"""Migrators take turns."""

from typing import Final

from sqlalchemy import Connection, text

MIGRATOR_LOCK: Final = 7238_0001
"""Any number, always the same."""


def take_turns(connection: Connection) -> None:
    """Wait for whoever migrates, until the end of this transaction."""
    connection.execute(
        text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATOR_LOCK}
    )

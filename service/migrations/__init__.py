"""The schema, step by step; `upgrade` brings any database to the newest one."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from service.adapters.postgres.engine import psycopg_url

HERE = Path(__file__).parent


def config_for(database_url: str) -> Config:
    """Return Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["url"] = psycopg_url(database_url)
    return config


def upgrade(database_url: str) -> None:
    """Apply every missing migration; does nothing on a database that is current.

    Two processes may call it at once: the second waits, then finds nothing to do.
    """
    command.upgrade(config_for(database_url), "head")

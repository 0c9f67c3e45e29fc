"""Two accounts: one owns the schema and migrates, the other one is the program's."""

from dataclasses import dataclass
from typing import Final

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, pool, text

from service.adapters.postgres.engine import psycopg_url
from service.adapters.postgres.grants import statements
from service.migrations import config_for
from service.migrations.lock import take_turns

_STANDING: Final = text(
    "SELECT pg_has_role(c.relowner, 'USAGE') AS owns FROM pg_class c "
    "WHERE c.oid = to_regclass('public.alembic_version')"
)
_MAY_READ: Final = text(
    "SELECT has_table_privilege('public.alembic_version', 'SELECT')"
)
_VERSION: Final = text("SELECT version_num FROM public.alembic_version")
_MAY_CREATE: Final = text("SELECT has_schema_privilege('public', 'CREATE')")
_QUOTED: Final = text(
    "SELECT quote_ident(current_user), quote_ident(current_database())"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account finds in a database.

    Attributes:
        is_owner: It owns the tables, or may make them where there are none.
        is_at_head: The schema is the newest one, and the account may read it.
    """

    is_owner: bool
    is_at_head: bool


def standing_of(database_url: str) -> Standing:
    """Look at a database with one account; changes nothing."""
    with _connected(database_url) as connection:
        found = connection.execute(_STANDING).first()
        if found is None:
            return Standing(bool(connection.scalar(_MAY_CREATE)), is_at_head=False)
        return Standing(bool(found.owns), is_at_head=_is_at_head(connection))


def grant_program(owner_url: str, program_url: str) -> None:
    """Leave the program's account with what `grants` lists, and nothing else.

    Twice is the same as once; what is no longer listed is taken back. Does nothing when
    both addresses name one account: an owner cannot be kept from its own tables.
    """
    with _connected(program_url) as connection:
        account, database = connection.execute(_QUOTED).one()
    engine = create_engine(psycopg_url(owner_url), poolclass=pool.NullPool)
    with engine.begin() as connection:
        owner, _ = connection.execute(_QUOTED).one()
        if owner == account:
            return
        take_turns(connection)
        for statement in statements(account, database=database):
            connection.exec_driver_sql(statement)


def _is_at_head(connection: Connection) -> bool:
    if not connection.scalar(_MAY_READ):
        return False
    found = connection.execute(_VERSION).scalars().all()
    script = ScriptDirectory.from_config(config_for("postgresql://"))
    return found == script.get_heads()


def _connected(database_url: str) -> Connection:
    engine = create_engine(psycopg_url(database_url), poolclass=pool.NullPool)
    return engine.connect()

"""Two accounts: what the program may do is listed, and the list is whole."""

import secrets
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr

from service.adapters.embedded.postgres import EmbeddedPostgres
from service.adapters.postgres.grants import GRANTS
from service.migrations import upgrade
from service.migrations.accounts import grant_program, standing_of
from service.settings import Profile, Settings, SettingsError
from service.supervisor.prepare import BEHIND, NOT_OWNER, ONE_ACCOUNT, prepare
from tests.conftest import named, run_on

HELD = (
    "SELECT c.relname, a.attname, p.privilege FROM pg_class c "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
    "AND NOT a.attisdropped CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), "
    "('REFERENCES')) AS p(privilege) WHERE c.relnamespace = 'public'::regnamespace "
    "AND c.relkind = 'r' AND has_column_privilege(c.oid, a.attnum, p.privilege)"
)
WHOLE = (
    "SELECT c.relname, p.privilege FROM pg_class c CROSS JOIN (VALUES ('DELETE'), "
    "('TRUNCATE'), ('TRIGGER'), ('MAINTAIN')) AS p(privilege) "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' "
    "AND has_table_privilege(c.oid, p.privilege)"
)
TABLES = (
    "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a "
    "ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
)
UNCHANGING = frozenset(
    ("audit", "draw", "transcript", "slot", "issued_paper", "delivery", "mandate_act")
) | frozenset(
    ("night_annulment", "ceiling_change", "near_match_reopening", "paper_renewal")
)


def rows(url: str, query: str) -> set[tuple[str, ...]]:
    with psycopg.connect(url) as connection:
        return set(connection.execute(query).fetchall())


def columns_of(url: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, column in rows(url, TABLES):
        found.setdefault(table, set()).add(column)
    return found


def listed(url: str) -> set[tuple[str, ...]]:
    """What the list says, column by column."""
    said: set[tuple[str, ...]] = set()
    for table, columns in columns_of(url).items():
        grant = GRANTS[table]
        for column in columns:
            said.add((table, column, "SELECT"))
            if grant.is_added_to:
                said.add((table, column, "INSERT"))
        said |= {(table, column, "UPDATE") for column in grant.moves.split()}
    return said


@pytest.fixture
def empty(cluster: EmbeddedPostgres) -> Iterator[Callable[[str], str]]:
    """A database without a table, as its owner or as the program."""
    name = f"empty_{secrets.token_hex(8)}"
    run_on(cluster.url, sql.SQL("CREATE DATABASE {}"), name)
    yield lambda who: named(
        cluster.url if who == "owner" else cluster.program_url, name
    )
    run_on(cluster.url, sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


def settings(*, program: str, owner: str | None = None) -> Settings:
    key = SecretStr("ab" * 32)
    return Settings(
        profile=Profile.PRODUCTION,
        database_url=program,
        owner_database_url=owner,
        redis_url="redis://127.0.0.1:1/0",
        public_url="https://rdv.example",
        applicant_key=key,
        sealing_key=key,
        signing_key=key,
    )


def test_every_table_is_named_in_the_list_and_none_that_is_gone(owned: str) -> None:
    there = columns_of(owned)

    assert set(GRANTS) == set(there)
    for table, grant in GRANTS.items():
        assert set(grant.moves.split()) <= there[table], table
        assert grant.why


def test_the_program_has_what_the_list_says_and_nothing_beside_it(
    database: str,
) -> None:
    deleted = {(name, "DELETE") for name, one in GRANTS.items() if one.is_deleted}

    assert rows(database, HELD) == listed(database)
    assert rows(database, WHOLE) == deleted


def test_what_never_changes_can_neither_be_changed_nor_deleted() -> None:
    for table in UNCHANGING:
        assert GRANTS[table].moves == "", table
        assert not GRANTS[table].is_deleted, table


def test_the_program_is_nobody_in_the_database(
    empty: Callable[[str], str],
) -> None:
    upgrade(empty("owner"))
    grant_program(empty("owner"), empty("program"))

    with psycopg.connect(empty("program")) as connection:
        of_itself = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, "
            "rolbypassrls, (SELECT count(*) FROM pg_auth_members m "
            "WHERE m.member = r.oid), (SELECT count(*) FROM pg_class c "
            "WHERE c.relowner = r.oid), has_schema_privilege('public', 'CREATE'), "
            "has_database_privilege(current_database(), 'CREATE'), "
            "has_database_privilege(current_database(), 'TEMPORARY') "
            "FROM pg_roles r WHERE rolname = current_user"
        ).fetchone()
        sequences = connection.execute(
            "SELECT count(*) FILTER (WHERE has_sequence_privilege(oid, 'USAGE')), "
            "count(*) > 0 FROM pg_class WHERE relkind = 'S'"
        ).fetchone()

    assert of_itself == (False, False, False, False, False, 0, 0, False, False, False)
    assert sequences == (0, True)  # identity columns ask for none


def test_given_again_what_is_no_longer_listed_is_taken_back(
    database: str, owned: str
) -> None:
    with psycopg.connect(owned) as owner, psycopg.connect(database) as program:
        (role,) = program.execute("SELECT quote_ident(current_user)").fetchone() or (
            "",
        )
        owner.execute(f"GRANT ALL ON audit TO {role}")
        owner.execute(f"GRANT UPDATE (label) ON entry TO {role}")
        owner.execute("GRANT DELETE ON offer TO PUBLIC")

    grant_program(owned, database)
    grant_program(owned, database)

    assert rows(database, HELD) == listed(database)


def test_the_owner_migrates_and_the_program_starts(
    empty: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    alone = settings(program=empty("program"))
    with pytest.raises(SettingsError) as behind:
        prepare(alone)

    prepare(settings(program=empty("program"), owner=empty("owner")))
    prepare(alone)

    assert str(behind.value) == BEHIND
    assert not standing_of(empty("program")).is_owner
    assert standing_of(empty("program")).is_at_head
    assert capsys.readouterr().err == ""


def test_a_schema_that_is_behind_stops_the_program_in_one_line(
    database: str, owned: str
) -> None:
    with psycopg.connect(owned) as owner:
        owner.execute("UPDATE alembic_version SET version_num = '0001'")

    with pytest.raises(SettingsError) as behind:
        prepare(settings(program=database))

    assert str(behind.value) == BEHIND
    assert "\n" not in BEHIND
    assert "TDR_OWNER_DATABASE_URL" in BEHIND


def test_one_account_for_everything_goes_on_and_is_warned(
    empty: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(settings(program=empty("owner")))
    prepare(settings(program=empty("owner"), owner=empty("owner")))

    assert capsys.readouterr().err == f"{ONE_ACCOUNT}\n" * 2


def test_an_owner_that_owns_nothing_is_told_so(database: str) -> None:
    with pytest.raises(SettingsError) as refused:
        prepare(settings(program=database, owner=database))

    assert str(refused.value) == NOT_OWNER

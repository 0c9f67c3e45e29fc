"""What every test may ask for: a fresh database, a Valkey, a hypothesis profile.

The servers are real and start on first use, one per test process; a test that
asks for neither pays for neither.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import hypothesis
import psycopg
import pytest
import redis
from psycopg import sql

from service.adapters.embedded.postgres import EmbeddedPostgres
from service.adapters.embedded.valkey import EmbeddedValkey
from service.migrations import upgrade

hypothesis.settings.register_profile("dev", max_examples=50, deadline=None)
hypothesis.settings.register_profile(
    "ci", max_examples=300, deadline=None, print_blob=True
)
hypothesis.settings.register_profile("thorough", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
)

_TEMPLATE = "template_of_the_tests"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a throwaway cluster of this test process."""
    directory = tmp_path_factory.mktemp("postgres")
    with EmbeddedPostgres(directory, throwaway=True) as server:
        yield server.url


@pytest.fixture(scope="session")
def empty_schema(postgres_server: str) -> str:
    """The name of a database that the migrations built, to be cloned only."""
    run_on(postgres_server, sql.SQL("CREATE DATABASE {}"), _TEMPLATE)
    upgrade(named(postgres_server, _TEMPLATE))
    return _TEMPLATE


@pytest.fixture
def new_database(
    postgres_server: str, empty_schema: str
) -> Iterator[Callable[[], str]]:
    """Make databases with the current schema and no row; all are dropped after."""
    made: list[str] = []

    def make() -> str:
        made.append(f"test_{secrets.token_hex(8)}")
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        run_on(postgres_server, create, made[-1], empty_schema)
        return named(postgres_server, made[-1])

    yield make
    for name in made:
        run_on(postgres_server, sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """The address of a database with the current schema and no row, for one test."""
    return new_database()


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Valkey of this test process."""
    with EmbeddedValkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server.url


@pytest.fixture
def valkey(valkey_server: str) -> str:
    """The address of a Valkey that holds nothing yet."""
    with redis.Redis.from_url(valkey_server) as client:
        client.flushall()
    return valkey_server


@pytest.fixture(scope="session")
def made_cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A durable cluster, stopped, to be copied: making one writes much to disk."""
    directory = tmp_path_factory.mktemp("made") / "postgres"
    with EmbeddedPostgres(directory):
        pass
    return directory


def named(url: str, database: str) -> str:
    """The same server's address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def run_on(url: str, statement: sql.SQL, *names: str) -> None:
    """Run one statement about databases, outside any transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.format(*map(sql.Identifier, names)))


@pytest.fixture
def anyio_backend() -> str:
    """Every asynchronous test runs on asyncio, as the service does."""
    return "asyncio"


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name cases alike in every process: no address, no order of a set."""
    if isinstance(val, set | frozenset):
        return "-".join(sorted(map(str, val))) or "nothing"
    if callable(val) and not isinstance(val, type):
        return str(getattr(val, "__qualname__", type(val).__name__))
    return None

"""What every test may ask for: a fresh database, a Valkey, a hypothesis profile.

The servers are real and start on first use, one per test process; a test that
asks for neither pays for neither.
"""

import gc
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
from service.migrations.accounts import grant_program

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
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A throwaway cluster of this test process."""
    directory = tmp_path_factory.mktemp("postgres")
    with EmbeddedPostgres(directory, throwaway=True) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server(cluster: EmbeddedPostgres) -> str:
    """The cluster's address as its owner, who makes and drops databases."""
    return cluster.url


@pytest.fixture(scope="session")
def empty_schema(cluster: EmbeddedPostgres) -> str:
    """The name of a database that the migrations built, to be cloned only."""
    run_on(cluster.url, sql.SQL("CREATE DATABASE {}"), _TEMPLATE)
    owner, program = (
        named(url, _TEMPLATE) for url in (cluster.url, cluster.program_url)
    )
    upgrade(owner)
    grant_program(owner, program)
    return _TEMPLATE


@pytest.fixture
def new_database(
    cluster: EmbeddedPostgres, postgres_server: str, empty_schema: str
) -> Iterator[Callable[[], str]]:
    """Make databases with the current schema and no row; all are dropped after.

    The address is the program's: it may do what the program may do, and no more.
    """
    made: list[str] = []

    def make() -> str:
        made.append(f"test_{secrets.token_hex(8)}")
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        run_on(postgres_server, create, made[-1], empty_schema)
        return named(cluster.program_url, made[-1])

    yield make
    for name in made:
        run_on(postgres_server, sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """The address of a database with the current schema and no row, for one test."""
    return new_database()


@pytest.fixture
def copied(
    cluster: EmbeddedPostgres, postgres_server: str
) -> Iterator[Callable[[str], str]]:
    """Copy a database that nobody is connected to; returns the program's address."""
    made: list[str] = []

    def copy(database: str) -> str:
        made.append(f"copy_{secrets.token_hex(8)}")
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        source = urlsplit(database).path.removeprefix("/")
        run_on(postgres_server, create, made[-1], source)
        return named(cluster.program_url, made[-1])

    yield copy
    for name in made:
        run_on(postgres_server, sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


@pytest.fixture
def as_owner(postgres_server: str) -> Callable[[str], str]:
    """The same database as its owner: for what the program may not do."""

    def owned(database: str) -> str:
        return named(postgres_server, urlsplit(database).path.removeprefix("/"))

    return owned


@pytest.fixture
def owned(database: str, as_owner: Callable[[str], str]) -> str:
    """The address of this test's database as its owner."""
    return as_owner(database)


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


def pytest_collection_finish() -> None:
    """Set thousands of collected tests aside for good.

    They live as long as the process; looked through again at each full collection of
    garbage, they took a tenth of its time. What a test makes dies with it: young
    objects are looked through less often too.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name cases alike in every process: no address, no order of a set."""
    if isinstance(val, set | frozenset):
        return "-".join(sorted(map(str, val))) or "nothing"
    if callable(val) and not isinstance(val, type):
        return str(getattr(val, "__qualname__", type(val).__name__))
    return None

"""The connection pool, with time-outs that keep one bad statement from all others."""

from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine


def psycopg_url(database_url: str) -> URL:
    """Return the URL with psycopg 3 as its driver, whatever scheme was written."""
    return make_url(database_url).set(drivername="postgresql+psycopg")


def open_engine(
    database_url: str, *, pool_size: int = 8, statement_timeout_ms: int = 15_000
) -> AsyncEngine:
    """Open a pool of at most ``pool_size`` connections; checks each before use.

    Time-outs (`reliability.md` § 1.7): a lock is waited for 3 s at most, so that a
    stuck transaction is an error for one person and not a silence for everyone.
    Values never stand in an error: its text ends in a log.
    """
    options = (
        f"-c statement_timeout={statement_timeout_ms} -c lock_timeout=3000 "
        "-c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
    )
    return create_async_engine(
        psycopg_url(database_url),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": options, "connect_timeout": 5},
    )

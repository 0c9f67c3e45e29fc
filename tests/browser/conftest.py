"""A browser and a site; skipped, with the reason, where no Chromium is installed."""

import os
import secrets
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from psycopg import sql

from service.adapters.embedded.postgres import EmbeddedPostgres
from tests.browser.live_site import LiveSite
from tests.conftest import named, run_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def site(
    cluster: EmbeddedPostgres,
    postgres_server: str,
    empty_schema: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveSite]:
    """One prefecture for all the tests of a file; each brings its own people."""
    name = f"pages_{secrets.token_hex(8)}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    run_on(postgres_server, create, name, empty_schema)
    with LiveSite(
        named(cluster.program_url, name), tmp_path_factory.mktemp("home")
    ) as it:
        yield it
    run_on(postgres_server, sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A browser for one file of tests: while it lives, its event loop runs.

    Held for the whole session, it would leave no loop to the asynchronous tests that
    the same process runs afterwards.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    playwright_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: it drives Chromium"
    )
    with playwright_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield started
        started.close()


def opened(browser: "Browser", width: int, *, scripts: bool) -> Iterator["Page"]:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
        locale="fr-FR",
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: "Browser") -> Iterator["Page"]:
    """A small telephone without JavaScript."""
    yield from opened(browser, 320, scripts=False)


@pytest.fixture
def desktop(browser: "Browser") -> Iterator["Page"]:
    """A desktop browser without JavaScript."""
    yield from opened(browser, 1280, scripts=False)


@pytest.fixture(params=[320, 1280], ids=["phone", "desktop"])
def looked_at(browser: "Browser", request: pytest.FixtureRequest) -> Iterator["Page"]:
    """A browser of one width that runs the checks' own script, never one of ours."""
    yield from opened(browser, request.param, scripts=True)

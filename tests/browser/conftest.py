"""A browser and a site; skipped, with the reason, where no Chromium is installed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.live_site import LiveSite

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def site(database: str, tmp_path: Path) -> Iterator[LiveSite]:
    with LiveSite(database, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A small telephone without JavaScript."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        java_script_enabled=False,
        locale="fr-FR",
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    """A desktop browser without JavaScript."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        java_script_enabled=False,
        locale="fr-FR",
    )
    yield context.new_page()
    context.close()

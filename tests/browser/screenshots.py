"""Take the pictures of the README anew: ``python -m tests.browser.screenshots``.

Pages of the furnished prefecture (``furnished.py``), with the clock held, so that the
same program gives the same pictures. ``--all DIRECTORY`` takes every page of ``PAGES``
at three widths, light and dark, for looking at.
"""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from service.adapters.embedded.postgres import EmbeddedPostgres
from service.migrations import upgrade
from tests.browser.furnished import People, furnish
from tests.browser.journeys import open_registration
from tests.browser.live_site import LiveSite

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = Path(__file__).parents[2] / ".images"
WIDTHS = (320, 390, 1280)
README = {
    "accueil.png": ("/", 1280),
    "suivi.png": ("/suivi", 390),
    "chiffres.png": ("/stats", 1280),
}
"""File, page and width; pages of a person are those of somebody who waits."""


@contextmanager
def furnished_site() -> Iterator[tuple[LiveSite, People]]:
    """Start everything on a throwaway database and furnish it."""
    with (
        tempfile.TemporaryDirectory(prefix="tdr-pictures-") as home,
        EmbeddedPostgres(Path(home) / "postgres", throwaway=True) as server,
    ):
        upgrade(server.url)
        with LiveSite(server.url, Path(home)) as site:
            yield site, furnish(site)


@contextmanager
def started_browser() -> Iterator["Browser"]:
    """Start Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield browser
        browser.close()


@contextmanager
def window(browser: "Browser", width: int, *, dark: bool = False) -> Iterator["Page"]:
    """Open a page of that width."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        locale="fr-FR",
    )
    yield context.new_page()
    context.close()


def take(page: "Page", to: Path) -> None:
    """Write one picture of the whole page, as few bytes as a palette allows."""
    page.screenshot(path=to, full_page=page.viewport_size["width"] < 1000)


def main() -> None:
    """Write the pictures of the README."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with furnished_site() as (site, people), started_browser() as browser:
        for name, (path, width) in README.items():
            with window(browser, width) as page:
                open_registration(page, site.url, people.waiting[0])
                page.goto(site.url + path)
                take(page, IMAGES / name)


if __name__ == "__main__":
    main()

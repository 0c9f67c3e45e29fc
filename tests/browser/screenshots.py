"""Take the pictures of the README anew: ``python -m tests.browser.screenshots``.

Pages of the furnished prefecture (``furnished.py``) with the clock held, so that the
same program gives the same pictures, up to codes drawn by lot.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from service.adapters.embedded.postgres import EmbeddedPostgres
from service.migrations import upgrade
from service.migrations.accounts import grant_program
from tests.browser.furnished import People, furnish
from tests.browser.journeys import open_registration
from tests.browser.live_site import LiveSite

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = Path(__file__).parents[2] / ".images"


@dataclass(frozen=True)
class Picture:
    """One picture: which page, for whom, in which language, how large."""

    file: str
    path: str
    who: str = ""
    language: str = "fr"
    size: tuple[int, int] = (390, 720)
    from_y: int = 0


DESKTOP = (1280, 800)
PICTURES = (
    Picture("accueil.png", "/", size=DESKTOP),
    Picture("motif.png", "/motifs/changement-statut"),
    Picture("suivi.png", "/suivi", who="waiting"),
    Picture("offre.png", "/suivi/offre", who="offered", language="ar"),
    Picture("accuse.png", "/suivi/accuse", who="waiting", from_y=420),
    Picture("chiffres.png", "/stats", size=DESKTOP),
)


@contextmanager
def furnished_site() -> Iterator[tuple[LiveSite, People]]:
    """Start everything on a throwaway database and furnish it."""
    with (
        tempfile.TemporaryDirectory(prefix="tdr-pictures-") as home,
        EmbeddedPostgres(Path(home) / "postgres", throwaway=True) as server,
    ):
        upgrade(server.url)
        grant_program(server.url, server.program_url)
        with LiveSite(server.program_url, Path(home)) as site:
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


def opened(browser: "Browser", site: LiveSite, people: People, one: Picture) -> "Page":
    """Open the page of a picture as its person sees it."""
    width, height = one.size
    context = browser.new_context(viewport={"width": width, "height": height})
    cookie = {"name": "langue", "value": one.language, "url": site.url}
    context.add_cookies([cookie])
    page = context.new_page()
    if one.who:
        open_registration(page, site.url, getattr(people, one.who)[0])
    page.goto(site.url + one.path)
    page.evaluate(f"window.scrollTo(0, {one.from_y})")
    return page


def main() -> None:
    """Write every picture."""
    with furnished_site() as (site, people), started_browser() as browser:
        for one in PICTURES:
            page = opened(browser, site, people, one)
            page.screenshot(path=IMAGES / one.file)
            page.context.close()


if __name__ == "__main__":
    main()

"""Every page of the list, in every language: no fault that a machine can see.

axe-core looks at a page in French, English and Arabic (the languages offered first;
the others have the same structure), at 320 px; French at 1280 px too. Measures of
overflow, cut text and touch targets are taken in every language that is offered.

In full, a language costs 45 seconds. Beyond those three, only what anybody opens,
what a person who waits opens and every step of registering are seen: these pages hold
most of the words, and the other states are laid out with the same components. Pages
of agents and helpers are French, so only French opens them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from service.web.pages import steps
from service.words.i18n import LANGUAGES
from tests.browser.conftest import CHROMIUM
from tests.browser.every_page import VISITS, Visit
from tests.browser.furnished import People, furnish
from tests.browser.journeys import (
    begin_enrolment,
    open_registration,
    sign_in,
    sign_in_helper,
)
from tests.browser.live_site import LiveSite
from tests.browser.looking import faults, measured, spoken
from tests.browser.page_acts import ACTS, walk_registration

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

LOOKED_AT_BY_AXE = ("fr", "en", "ar")
CASES = [("fr", 1280), *((language, 320) for language in LANGUAGES)]
CASES_IN_FULL = [case for case in CASES if case[0] in LOOKED_AT_BY_AXE]
MOST_WORDS = ("anybody", "waiting")


@pytest.fixture(scope="module")
def people(site: LiveSite) -> People:
    return furnish(site)


@pytest.fixture
def opened(browser: "Browser") -> Iterator["BrowserContext"]:
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def enter(page: "Page", site: LiveSite, people: People, who: str) -> None:
    """Become whose browser it is."""
    if who == "agent":
        sign_in(page, site.url)
    elif who == "enrolling":
        begin_enrolment(page, site)
    elif who == "helper":
        sign_in_helper(page, site, people.help)
    elif who != "anybody":
        found = getattr(people, who)
        access = found[0] if isinstance(found, tuple) else found
        open_registration(page, site.url, access)


def look(page: "Page", language: str, *, is_error: bool = False) -> list[str]:
    found = [*measured(page), *spoken(page, language, is_error=is_error)]
    if language in LOOKED_AT_BY_AXE:
        found += faults(page)
    return found


def visit_all(
    page: "Page",
    url: str,
    visits: list[Visit],
    language: str,
    people: People | None = None,
) -> dict[str, list[str]]:
    """Look at each page and return the faults of those that have some."""
    wrong = {}
    for visit in visits:
        page.goto(url + (people.filled(visit.opened) if people else visit.opened))
        if visit.act:
            ACTS[visit.act](page)
        told = "fr" if visit.is_for_staff else language
        found = look(page, told, is_error=visit.state == "error")
        if found:
            wrong[f"{visit.opened} ({visit.state}, {visit.act})"] = found
    return wrong


def speak(context: "BrowserContext", url: str, language: str, width: int) -> "Page":
    context.add_cookies([{"name": "langue", "value": language, "url": url}])
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    return page


def readable(language: str, who: str, *, bare: bool) -> list[Visit]:
    """Return the pages of a group that are in that language; staff reads French."""
    group = [one for one in VISITS if (one.who, one.bare) == (who, bare)]
    return [one for one in group if language == "fr" or not one.is_for_staff]


def groups(*, bare: bool) -> list[tuple[str, int, str]]:
    """Return each language and width with whose pages are looked at in it."""
    return [
        (language, width, who)
        for language, width in (CASES_IN_FULL if bare else CASES)
        for who in sorted({visit.who for visit in VISITS})
        if readable(language, who, bare=bare)
        and (language in LOOKED_AT_BY_AXE or who in MOST_WORDS)
    ]


@pytest.mark.timeout(900)  # many pages, one after the other
@pytest.mark.parametrize(("language", "width", "who"), groups(bare=False))
def test_a_page_has_no_fault(site, people, opened, language, width, who):
    visits = readable(language, who, bare=False)
    page = speak(opened, site.url, language, width)
    enter(page, site, people, who)

    assert visit_all(page, site.url, visits, language, people) == {}


@pytest.mark.timeout(900)  # as above
@pytest.mark.parametrize(("language", "width"), CASES)
def test_every_step_and_its_errors_have_no_fault(site, people, opened, language, width):
    page = speak(opened, site.url, language, width)
    wrong = {}

    def note(page: "Page", where: str) -> None:
        found = look(page, language, is_error="error" in where)
        if found:
            wrong[where] = found

    number = f"99300{LANGUAGES.index(language):02d}{width:03d}"[:10]
    seen = walk_registration(page, site.url, number, note)

    assert wrong == {}
    assert seen == steps.BY_SLUG.keys()

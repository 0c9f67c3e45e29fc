"""Every page of a prefecture that just opened: nothing to show, and still no fault."""

import pytest

from tests.browser.every_page import VISITS
from tests.browser.test_every_page import (
    CASES,
    enter,
    opened,
    pytestmark,
    speak,
    visit_all,
)

__all__ = ["opened", "pytestmark"]


@pytest.mark.timeout(900)  # many pages, one after the other
@pytest.mark.parametrize("who", sorted({one.who for one in VISITS if one.bare}))
@pytest.mark.parametrize(("language", "width"), CASES)
def test_an_empty_page_has_no_fault(site, opened, language, width, who):
    visits = [one for one in VISITS if one.bare and one.who == who]
    if language != "fr":
        visits = [one for one in visits if not one.is_for_staff]
    page = speak(opened, site.url, language, width)
    enter(page, site, None, who)

    assert visit_all(page, site.url, visits, language) == {}

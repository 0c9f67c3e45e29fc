"""Every page of a prefecture that just opened: nothing to show, and still no fault."""

import pytest

from tests.browser.test_every_page import (
    enter,
    groups,
    opened,
    pytestmark,
    readable,
    speak,
    visit_all,
)

__all__ = ["opened", "pytestmark"]


@pytest.mark.timeout(900)  # many pages, one after the other
@pytest.mark.parametrize(("language", "width", "who"), groups(bare=True))
def test_an_empty_page_has_no_fault(site, opened, language, width, who):
    visits = readable(language, who, bare=True)
    page = speak(opened, site.url, language, width)
    enter(page, site, None, who)

    assert visit_all(page, site.url, visits, language) == {}

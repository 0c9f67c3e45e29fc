"""No page is forgotten by the checks of the browser: one list, compared with routes."""

from collections.abc import Iterator

from service.web import language
from service.web.app import create_app
from service.web.pages.applicant.amend import SECTIONS
from tests.browser.every_page import NOT_LOOKED_AT, VISITS, WALKED
from tests.browser.page_acts import ACTS

HELP = "add a line to tests/browser/every_page.py"


def routes() -> Iterator[str]:
    """Every page of the application, as ``GET /suivi``; JSON has tests of its own."""
    for included in create_app().routes:
        for route in included.original_router.routes:
            for method in route.methods:
                if not route.path.startswith("/v1"):
                    yield f"{method} {route.path}"


def test_every_page_is_in_the_list():
    listed = {visit.route for visit in VISITS} | WALKED | NOT_LOOKED_AT.keys()

    assert sorted(set(routes()) - listed) == [], HELP


def test_the_list_names_no_page_that_is_gone():
    listed = {visit.route for visit in VISITS} | WALKED | NOT_LOOKED_AT.keys()

    assert sorted(listed - set(routes())) == []


def test_nothing_is_both_looked_at_and_excused():
    looked_at = {visit.route for visit in VISITS} | WALKED

    assert looked_at & NOT_LOOKED_AT.keys() == set()


def test_every_page_is_seen_as_it_usually_is():
    """A page that is only ever seen with an error is not seen."""
    usual = {visit.route for visit in VISITS if visit.state != "error"} | WALKED
    reasons = {
        "GET /v/{token}": "a forged square is the error; the papers' tests scan one",
        "GET /demonstration/courrier/{mail_id}": "tests of the demonstration read one",
    }

    pages = {visit.route for visit in VISITS if visit.route.startswith("GET ")}
    assert pages - usual == reasons.keys()


def test_every_section_that_can_be_corrected_is_looked_at():
    seen = {visit.opened.rpartition("/")[2] for visit in VISITS}

    assert SECTIONS.keys() <= seen


def test_every_act_is_known():
    assert {visit.act for visit in VISITS if visit.act} <= ACTS.keys()


def test_the_list_and_the_service_agree_on_what_is_french():
    told = {visit.route for visit in VISITS if visit.is_for_staff}
    paths = {visit.route: visit.route.partition(" ")[2] for visit in VISITS}

    assert told == {one for one, path in paths.items() if language.is_french_only(path)}

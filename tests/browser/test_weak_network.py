"""A cheap telephone on a bad line: little to load, and nothing typed is ever lost."""

from urllib.parse import urlsplit

import httpx
import pytest

from tests.browser.journeys import Person, fill_date, fill_until_check, go_on, heading

LIGHT = 100_000
"""Bytes of the first page with everything it loads."""


@pytest.fixture
def weighed(looked_at):
    """A page, and what it loaded: address and bytes of each answer."""
    loaded = []

    def note(answer):
        loaded.append((answer.url, len(answer.body())))

    looked_at.on("response", note)
    return looked_at, loaded


def test_the_first_page_is_light_and_asks_nobody_else(site, weighed):
    page, loaded = weighed
    page.goto(site.url + "/")
    page.wait_for_load_state("networkidle")
    assert {urlsplit(url).netloc for url, _ in loaded} == {urlsplit(site.url).netloc}
    assert len(loaded) <= 5
    assert sum(size for _, size in loaded) <= LIGHT


@pytest.mark.parametrize("path", ["/stats", "/motifs", "/regles", "/inscription"])
def test_no_page_loads_much_or_from_elsewhere(site, weighed, path):
    page, loaded = weighed
    page.goto(site.url + path)
    page.wait_for_load_state("networkidle")
    assert {urlsplit(url).netloc for url, _ in loaded} == {urlsplit(site.url).netloc}
    assert sum(size for _, size in loaded) <= LIGHT * 2


def failing_press(page):
    """Press the button while the line is cut; the browser shows its own page."""
    page.context.set_offline(True)
    press_in_vain(page, "main .button:not(.button--quiet)")
    page.context.set_offline(False)


def press_in_vain(page, button):
    with page.expect_event("requestfailed"):
        page.locator(button).first.click(no_wait_after=True)
    for _ in range(100):
        if page.url.startswith("chrome-error:"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the browser never said that the line was cut")


def test_a_line_cut_between_two_steps_loses_nothing_typed(site, phone):
    page = phone
    page.goto(site.url + "/inscription")
    page.check("input[name=motif][value=aes]")
    go_on(page)
    page.check("input[name=sites][value=grenoble]")
    go_on(page)
    page.fill("#nom", "SPÉCIMEN")
    page.fill("#prenoms", "Noor")
    fill_date(page, "naissance", "2", "2", "1994")
    page.fill("#numero", "9940000001")
    failing_press(page)

    page.go_back()

    assert page.input_value("#nom") == "SPÉCIMEN"
    assert page.input_value("#prenoms") == "Noor"
    assert page.input_value("#naissance-annee") == "1994"
    assert page.input_value("#numero") == "9940000001"
    go_on(page)
    assert page.locator("#courriel").is_visible()


def test_a_line_cut_while_sending_makes_one_registration(site, phone):
    before = site.count("registration")
    fill_until_check(phone, site.url, Person(number="9940000002"))
    failing_press(phone)
    assert site.count("registration") == before

    phone.go_back()
    phone.reload()
    go_on(phone)

    assert heading(phone) == "Votre inscription est enregistrée"
    assert site.count("registration") == before + 1


def test_an_answer_that_never_arrives_can_be_sent_again(site, looked_at):
    """The server stored it, the telephone saw nothing: sending again finds it."""
    page = looked_at
    number = f"99400001{page.viewport_size['width'] % 100:02d}"
    before = site.count("registration")
    fill_until_check(page, site.url, Person(number=number))

    def lose_the_answer(route):
        sent = route.request
        answer = httpx.post(
            sent.url, content=sent.post_data_buffer, headers=sent.all_headers()
        )
        assert answer.status_code == 303
        route.abort("connectionreset")

    page.route("**/verification?*", lose_the_answer)
    press_in_vain(page, "main form .button")
    page.unroute("**/verification?*")
    assert site.count("registration") == before + 1

    page.go_back()
    go_on(page)

    assert heading(page) == "Votre inscription est enregistrée"
    assert site.count("registration") == before + 1


def test_pressing_twice_makes_one_registration(site, looked_at):
    page = looked_at
    number = f"99400002{page.viewport_size['width'] % 100:02d}"
    before = site.count("registration")
    fill_until_check(page, site.url, Person(number=number))

    page.locator("main form .button").first.dblclick(no_wait_after=True)

    # the second press cuts off the answer to the first: only the page itself can tell
    page.locator("h1", has_text="Votre inscription est enregistrée").wait_for()
    assert page.url.endswith("/suivi/accuse")
    assert site.count("registration") == before + 1

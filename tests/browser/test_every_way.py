"""Every way of a person, by keyboard: three languages, two widths, scripts or not.

What a page says is looked at elsewhere (``test_every_page.py``, the French journeys);
here nothing is read, so that each way is the same in every language: addresses and
fields are the words, and what became of the registration is the answer.
"""

from itertools import count, product

import pytest

from tests.browser.conftest import opened
from tests.browser.journeys import fits
from tests.browser.keyboard import enter, go, reach, register, type_date

BROWSERS = list(product(("fr", "en", "ar"), (320, 1280), (False, True)))
NUMBERS = count(9_960_000_001)


@pytest.fixture(scope="module")
def served(site):
    """Somebody with a place to answer, again and again; three for each browser."""
    people = [site.register(700 + number) for number in range(3 * len(BROWSERS))]
    site.publish(guichets=8)
    site.hold_night()
    assert all(site.view(one).offer for one in people)
    return iter(people)


@pytest.fixture(
    params=BROWSERS,
    ids=[f"{told}-{width}-{'js' if js else 'bare'}" for told, width, js in BROWSERS],
)
def page(site, browser, request):
    language, width, scripts = request.param
    pages = opened(browser, width, scripts=scripts)
    page = next(pages)
    cookie = {"name": "langue", "value": language, "url": site.url}
    page.context.add_cookies([cookie])
    yield page
    assert page.locator("html").get_attribute("lang") == language
    assert fits(page)
    next(pages, None)


def come_back(page, site, access):
    """By the reference and the code that were noted, typed."""
    page.goto(site.url + "/acces")
    reach(page, "#reference")
    page.keyboard.type(access.reference)
    reach(page, "#code")
    page.keyboard.type(access.secret)
    enter(page)
    assert page.url.endswith("/suivi")


def answer(page, site, access):
    come_back(page, site, access)
    go(page, "a[href='/suivi/offre']")


def test_registering(site, page):
    before = site.count("registration")
    register(page, site.url, str(next(NUMBERS)))
    assert site.count("registration") == before + 1


def test_confirming_then_giving_back(site, page, served):
    access = next(served)
    answer(page, site, access)
    go(page, "form[action='/suivi/offre/confirmer'] button")
    assert site.view(access).offer.state == "confirmed"
    go(page, "main a[href='/suivi/convocation']")
    page.go_back()
    go(page, "a[href='/suivi/rendez-vous/annuler']")
    go(page, "form[action='/suivi/rendez-vous/annuler'] button")
    assert site.view(access).offer.state == "cancelled"


def test_declining(site, page, served):
    access = next(served)
    answer(page, site, access)
    go(page, "a[href='/suivi/offre/refuser']")
    go(page, "form[action='/suivi/offre/refuser'] button")
    assert site.view(access).offer.state == "declined"


def test_why_this_place(site, page, served):
    answer(page, site, next(served))
    go(page, "a[href^='/suivi/nuits/']")
    assert page.locator("main .facts").count()


def test_correcting_then_claiming_then_leaving(site, page):
    access = site.register(next(NUMBERS) % 100_000)
    come_back(page, site, access)
    go(page, "a[href='/suivi/corriger']")
    go(page, "a[href='/suivi/corriger/lieux']")
    reach(page, "input[name=sites][value=vienne]")
    page.keyboard.press("Space")
    go(page, "main button.button")
    assert set(site.view(access).sites) == {"grenoble", "vienne"}

    page.goto(site.url + "/suivi/urgence")
    reach(page, "input[name=raison]")
    page.keyboard.press("Space")
    reach(page, "input[name=preuves]")
    page.keyboard.press("Space")
    type_date(page, "arrive", "30", "11", "2026")
    before = site.count("urgency_claim")
    go(page, "main button.button")
    assert site.count("urgency_claim") == before + 1

    page.goto(site.url + "/suivi")
    go(page, "a[href='/suivi/desinscription']")
    go(page, "form[action='/suivi/desinscription'] button")
    assert site.view(access).state == "withdrawn"


def test_asking_for_a_code(site, page):
    access = site.register(next(NUMBERS) % 100_000)
    page.goto(site.url + "/acces")
    go(page, "a[href='/acces/code']")
    reach(page, "#reference")
    page.keyboard.type(access.reference)
    before = site.count("access_code")
    enter(page)
    assert site.count("access_code") == before + 1
    assert page.locator("#code").count()


def test_the_rule_the_state_of_a_motif_the_figures_and_help(page, site):
    for address in ("/regles", "/motifs", "/stats", "/aide", "/nuits"):
        page.goto(site.url + "/")
        go(page, f"a[href='{address}']")
        assert page.locator("h1").count() == 1
        assert fits(page)

"""Every way, by keyboard: three languages, two widths, with scripts and without.

Pages of agents and helpers are French, so their ways are walked in French. What a page
says is looked at elsewhere (``test_every_page.py``, the French journeys); here nothing
is read, so that each way is the same in every language: addresses and fields are the
words, and what became of the registration is the answer.
"""

from itertools import count, product

import pytest

from service.usecases.helper.mandates import my_mandates
from tests.browser.conftest import opened
from tests.browser.journeys import fits
from tests.browser.keyboard import choose, enter, go, reach, register, type_date
from tests.helping import PASSWORD, open_help, own_access

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


@pytest.fixture(scope="module")
def help_(site):
    return site.run(open_help(site.world))


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


french = pytest.mark.parametrize(
    "page", [one for one in BROWSERS if one[0] == "fr"], indirect=True
)


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


def test_stopping_a_mandate(site, page, help_):
    under = site.run(help_.register(next(NUMBERS) % 100_000))
    own = site.run(own_access(site.world, under.reference))
    page.goto(f"{site.url}/a/{own.secret}/mandats")
    go(page, "form[action*='mandat'] button")
    shown = page.locator("main").inner_text()
    assert help_.helper.login not in shown
    left = site.run(my_mandates(own, ports=site.world.ports))
    assert (left.live, len(left.ended)) == ((), 1)


def enter_as(page, address, *typed):
    page.goto(address)
    for field, value in typed:
        reach(page, field)
        page.keyboard.type(value)
    enter(page)


@french
def test_an_agent_takes_somebody_in_and_publishes_a_day(site, page):
    enter_as(
        page,
        site.url + "/agents",
        ("#identifiant", "agent"),
        ("#mot-de-passe", "secret"),
    )
    page.goto(site.url + "/agents/inscrire")
    reach(page, "#nom")
    page.keyboard.type("GUICHET")
    type_date(page, "naissance", "2", "2", "1994")
    reach(page, "#numero")
    page.keyboard.type(str(next(NUMBERS)))
    choose(page, "#motif", "renouvellement-titre")
    reach(page, "input[name=sites][value=grenoble]")
    page.keyboard.press("Space")
    choose(page, "#document", "cst")
    type_date(page, "fin", "4", "12", "2026")
    choose(page, "#vu", "card")
    before = site.count("registration")
    go(page, "main form .button")
    assert site.count("registration") == before + 1

    page.goto(site.url + "/agents/creneaux/publier")
    choose(page, "#site", "vienne")
    type_date(page, "jour", "9", "12", "2026")
    for field, typed in (("#de", "9 h"), ("#a", "10 h"), ("#guichets", "1")):
        reach(page, field)
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
    reach(page, "input[name=motifs]")
    page.keyboard.press("Space")
    go(page, "main form .button")
    before = site.count("slot")
    go(page, "main form .button")
    assert site.count("slot") > before


@french
def test_a_helper_finds_somebody_and_corrects(site, page, help_):
    number = next(NUMBERS) % 100_000
    under = site.run(help_.register(number))
    site.world.clock.advance(seconds=60)
    enter_as(
        page,
        site.url + "/accompagnants",
        ("#identifiant", help_.helper.login),
        ("#mot-de-passe", PASSWORD),
        ("#code", help_.code()),
    )
    page.goto(site.url + "/accompagnants/personnes")
    go(page, f"a[href='/accompagnants/personnes/{under.reference}']")
    go(page, "a[href$='/corriger']")
    reach(page, "input[name=jours]")
    page.keyboard.press("Space")
    before = site.count("mandate_act")
    go(page, "main form .button")
    assert site.count("mandate_act") > before

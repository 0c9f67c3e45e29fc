"""No fault that a machine can see, on any page, in its normal and its error state.

A machine sees only part of the faults: what it cannot see is said on the page
/accessibilite itself.
"""

from pathlib import Path

import pytest

from tests.browser.journeys import (
    Person,
    fill_date,
    fill_until_check,
    fits,
    go_on,
    open_registration,
    register,
    sign_in,
)

axe_playwright = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing"
)

RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        "best-practice",
    ]
}
PUBLIC = [
    "/",
    "/regles",
    "/nuits",
    "/verifier",
    "/verifier-un-accuse",
    "/formulaire",
    "/v/1.C.7ZK4M2QDX9B8.isere.20261124.x",
    "/aide",
    "/accessibilite",
    "/mentions-legales",
    "/politique-de-confidentialite",
    "/acces",
    "/acces/0123ABCDM/secret",
    "/agents",
    "/desinscription-faite",
    "/demonstration/courrier",
    "/problems/invalid-request",
    "/inscription/aaaaaaaa/motif",
    "/nothing",
    "/suivi",
]


def faults(page):
    found = axe_playwright.Axe().run(page, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        for node in fault["nodes"]
    ]


def look(page, name=""):
    """The page has no fault, one title, and never scrolls sideways."""
    assert faults(page) == [], f"{page.url} {name}"
    assert fits(page), f"{page.url} {name} scrolls sideways"
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_has_no_fault(site, looked_at, path):
    looked_at.goto(site.url + path)
    look(looked_at)


def test_every_step_and_its_errors_have_no_fault(site, looked_at):
    page = looked_at
    page.goto(site.url + "/inscription")
    look(page)
    go_on(page)
    look(page, "error")
    page.check("input[name=motif][value=renouvellement-titre]")
    go_on(page)
    look(page)
    go_on(page)
    look(page, "error")
    page.check("input[name=sites][value=grenoble]")
    go_on(page)
    look(page)
    go_on(page)
    look(page, "error")
    page.select_option("#document", "cst")
    go_on(page)
    look(page)
    go_on(page)
    look(page, "error")
    fill_date(page, "fin", "4", "12", "2026")
    go_on(page)
    look(page)
    page.fill("#numero", "12AB34567")
    go_on(page)
    look(page, "error")
    page.click("text=Je n’ai pas de numéro étranger")
    look(page, "other document")
    go_on(page)
    look(page, "other document, error")
    page.click("text=J’ai un numéro étranger")
    page.fill("#nom", "SPÉCIMEN")
    fill_date(page, "naissance", "2", "2", "1994")
    page.fill("#numero", "9900000777")
    go_on(page)
    look(page)
    page.fill("#courriel", "noor")
    page.fill("#telephone", "06")
    go_on(page)
    look(page, "error")
    page.fill("#courriel", "")
    page.fill("#telephone", "")
    go_on(page)
    look(page)
    fill_date(page, "absence-0", "31", "2", "2027")
    go_on(page)
    look(page, "error")
    fill_date(page, "absence-0", "24", "12", "2026")
    go_on(page)
    look(page)


def test_the_acknowledgement_has_no_fault_and_prints(site, looked_at):
    number = f"99200000{looked_at.viewport_size['width'] % 100:02d}"
    register(looked_at, site.url, Person(number=number))
    look(looked_at)
    looked_at.emulate_media(media="print")
    assert looked_at.locator("article.receipt").is_visible()
    assert not looked_at.locator(".site-header").is_visible()


def test_long_names_and_codes_stay_inside_the_page(site, looked_at):
    person = Person(number="9920000099", family_name="A" * 100, given_names="B" * 100)
    fill_until_check(looked_at, site.url, person)
    look(looked_at)


@pytest.fixture(scope="module")
def night(site):
    people = [site.register(number) for number in range(1, 10)]
    site.publish()
    site.hold_night()
    served = [one for one in people if site.view(one).offer]
    waiting = [one for one in people if not site.view(one).offer]
    return served, waiting


def test_following_and_answering_have_no_fault(site, night, looked_at):
    page = looked_at
    width = page.viewport_size["width"]
    access = night[0][0 if width == 320 else 1]
    open_registration(page, site.url, access)
    look(page, "offered")
    for path in ("/suivi/offre", "/suivi/offre/refuser", "/suivi/nuits/2026-11-23"):
        page.goto(site.url + path)
        look(page)
    page.goto(site.url + "/suivi/offre")
    go_on(page)
    look(page, "confirmed")
    page.goto(site.url + "/suivi/rendez-vous/annuler")
    look(page)
    open_registration(page, site.url, night[1][0])
    look(page, "waiting")
    for path in (
        "/suivi/nuits/2026-11-23",
        "/suivi/nuits/2026-11-23/preuve",
        "/suivi/nuits",
        "/suivi/accuse",
        "/suivi/corriger",
        "/suivi/corriger/lieux",
        "/suivi/corriger/document",
        "/suivi/corriger/dates",
        "/suivi/corriger/contact",
        "/suivi/corriger/disponibilites",
        "/suivi/desinscription",
        "/nuits",
        "/nuits/2026-11-23",
    ):
        page.goto(site.url + path)
        look(page)


def test_the_agents_desk_has_no_fault(site, night, looked_at):
    page = looked_at
    page.goto(site.url + "/agents")
    go_on(page)
    look(page, "error")
    sign_in(page, site.url)
    page.goto(site.url + "/agents/creneaux?semaine=2026-11-30")
    look(page)
    page.goto(site.url + "/agents/appels")
    look(page)
    page.goto(site.url + "/agents/controleurs")
    look(page)
    page.goto(site.url + "/agents/corrections")
    look(page)
    go_on(page)
    look(page, "error")
    page.goto(site.url + "/agents/creneaux/publier")
    look(page)
    go_on(page)
    look(page, "error")
    page.select_option("#site", "grenoble")
    fill_date(page, "jour", "8", "12", "2026")
    page.fill("#de", "9 h")
    page.fill("#a", "11 h")
    page.check("input[name=motifs][value=aes]")
    go_on(page)
    look(page, "preview")


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_both_colour_schemes_have_enough_contrast(site, night, looked_at, scheme):
    looked_at.emulate_media(color_scheme=scheme)
    for path in ("/", "/nuits/2026-11-23", "/acces"):
        looked_at.goto(site.url + path)
        assert faults(looked_at) == []


def test_text_at_twice_its_size_stays_inside_the_page(site, looked_at):
    for path in ("/", "/regles", "/acces", "/inscription"):
        looked_at.goto(site.url + path)
        looked_at.evaluate("document.documentElement.style.fontSize = '200%'")
        assert fits(looked_at), path


def test_the_check_catches_planted_faults(looked_at):
    """A check that never finds anything shows nothing."""
    planted = Path(__file__).with_name("planted_faults.html")
    looked_at.goto(planted.as_uri())
    found = {fault.partition(":")[0] for fault in faults(looked_at)}
    assert {
        "html-has-lang",
        "image-alt",
        "label",
        "button-name",
        "color-contrast",
        "link-name",
        "list",
    } <= found

"""What the list of pages does not vary: dark, forced colours, enlarged text, keyboard,
paper, writing from right to left; and proof that the checks catch what is planted.
"""

from pathlib import Path

import pytest

from service.words.i18n import LANGUAGES, RIGHT_TO_LEFT
from tests.browser.every_page import VISITS
from tests.browser.furnished import People, furnish
from tests.browser.journeys import (
    Person,
    fill_until_check,
    open_registration,
    register,
)
from tests.browser.live_site import LiveSite
from tests.browser.looking import faults, measured
from tests.browser.test_every_page import enter

RING = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const shown = node.matches(".choice input") ? node.nextElementSibling : node;
  const style = getComputedStyle(shown);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const box = shown.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return [ring && inside, node.outerHTML.slice(0, 100)];
}"""
MOST_STOPS = 70
USUAL = [visit for visit in VISITS if visit.state == "normal" and not visit.act]
WHO = sorted({visit.who for visit in USUAL})
LOOKS = ("/", "/stats", "/motifs/changement-statut", "/aide", "/nuits/2026-11-23")
OWN_LOOKS = ("/suivi", "/suivi/accuse", "/suivi/corriger/dates")


@pytest.fixture(scope="module")
def people(site: LiveSite) -> People:
    return furnish(site)


@pytest.mark.parametrize("media", ["dark", "forced colours"])
def test_another_way_of_showing_colours_has_no_fault(site, people, looked_at, media):
    page = looked_at
    if media == "dark":
        page.emulate_media(color_scheme="dark")
    else:
        page.emulate_media(forced_colors="active")
    open_registration(page, site.url, people.waiting[0])
    found = {}
    for path in (*LOOKS, *OWN_LOOKS):
        page.goto(site.url + path)
        found[path] = [
            fault
            for fault in faults(page)
            # There the person's own colours are in force; axe compares ours.
            if media == "dark" or not fault.startswith("color-contrast")
        ]
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.timeout(900)  # many pages, one after the other
@pytest.mark.parametrize("who", WHO)
def test_text_at_twice_its_size_stays_inside_the_page(site, people, looked_at, who):
    page = looked_at
    enter(page, site, people, who)
    found = {}
    for visit in USUAL:
        if visit.who == who and not visit.bare:
            page.goto(site.url + people.filled(visit.opened))
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            found[visit.opened] = measured(page)
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.timeout(900)  # many pages, one after the other
@pytest.mark.parametrize("who", WHO)
def test_every_stop_of_the_keyboard_shows_where_one_is(site, people, phone, who):
    enter(phone, site, people, who)
    wrong = []
    for visit in USUAL:
        if visit.who != who or visit.bare:
            continue
        phone.goto(site.url + people.filled(visit.opened))
        stops = set()
        for _ in range(MOST_STOPS):
            phone.keyboard.press("Tab")
            told = phone.evaluate(RING)
            if told is None:
                break
            if not told[0]:
                wrong.append(f"{visit.opened}: {told[1]}")
            stops.add(told[1])
        assert len(stops) > 5, visit.opened
    assert wrong == []


def test_the_acknowledgement_prints_without_what_surrounds_it(site, looked_at):
    number = f"99200000{looked_at.viewport_size['width'] % 100:02d}"
    register(looked_at, site.url, Person(number=number))
    looked_at.emulate_media(media="print")
    assert looked_at.locator("article.receipt").is_visible()
    assert not looked_at.locator(".site-header").is_visible()


def test_long_names_and_codes_stay_inside_the_page(site, looked_at):
    number = f"99200010{looked_at.viewport_size['width'] % 100:02d}"
    person = Person(number=number, family_name="A" * 100, given_names="B" * 100)
    fill_until_check(looked_at, site.url, person)
    assert measured(looked_at) == []
    assert faults(looked_at) == []


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT & set(LANGUAGES)))
def test_a_page_from_right_to_left_is_turned_and_numbers_are_not(
    site, people, looked_at, language
):
    page = looked_at
    page.context.add_cookies([{"name": "langue", "value": language, "url": site.url}])
    page.goto(site.url + "/motifs/aes")
    width = page.viewport_size["width"]
    mark = page.locator(".brand svg").bounding_box()
    assert mark["x"] > width / 2
    arrow = page.locator(".back .flip").first
    assert "-1" in arrow.evaluate("node => getComputedStyle(node).transform")
    phone = page.locator(".phone").first
    assert phone.evaluate("node => getComputedStyle(node).direction") == "ltr"
    page.goto(site.url + "/acces")
    code = page.locator("#code")
    assert code.evaluate("node => getComputedStyle(node).direction") == "ltr"
    label = page.locator("label[for=code]").bounding_box()
    assert label["x"] + label["width"] > width / 2


def test_the_checks_catch_planted_faults(looked_at):
    """A check that never finds anything shows nothing."""
    looked_at.set_viewport_size({"width": 320, "height": 800})
    planted = Path(__file__).with_name("planted_faults.html")
    looked_at.goto(planted.as_uri())
    seen_by_axe = {fault.partition(":")[0] for fault in faults(looked_at)}
    told = [fault.partition(":")[0].strip() for fault in measured(looked_at)]
    assert {
        "html-has-lang",
        "image-alt",
        "label",
        "button-name",
        "color-contrast",
        "link-name",
        "list",
    } <= seen_by_axe
    assert {"scrolls sideways", "sticks out", "text is cut", "not one title"} <= set(
        told
    )
    assert sum(one.startswith("target of") for one in told) == 2
    looked_at.locator("text=No ring").focus()
    assert looked_at.evaluate(RING)[0] is False

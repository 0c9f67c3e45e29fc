"""The whole registration in a real browser, without JavaScript."""

import re

import pytest

from tests.browser.journeys import (
    Person,
    fill_date,
    fill_until_check,
    follow,
    go_on,
    heading,
    register,
)
from tests.browser.live_site import LiveSite


def registrations(site: LiveSite) -> int:
    return site.count("registration")


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_a_newcomer_registers_and_comes_back(site, request, width):
    page = request.getfixturevalue(width)
    number = {"phone": "9910000001", "desktop": "9910000002"}[width]
    reference, code = register(page, site.url, Person(number=number))

    assert heading(page) == "Votre inscription est enregistrée"
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", reference)
    receipt = page.locator("article.receipt").inner_text()
    assert "Ce n’est ni un titre de séjour, ni un récépissé" in receipt
    assert code.replace(" ", "") not in receipt.replace(" ", "")

    page.context.clear_cookies()
    page.goto(site.url + "/acces")
    page.fill("#reference", reference.lower().replace("-", " "))
    page.fill("#code", code.upper())
    go_on(page)
    assert heading(page) == "Vous êtes dans la liste"
    assert "Ce soir" in page.locator(".tonight__when").inner_text()


def test_the_personal_link_opens_by_its_button_and_not_before(site, phone):
    access = site.register(11)
    phone.goto(f"{site.url}/acces/{access.reference}/{access.secret}")
    names = {cookie["name"] for cookie in phone.context.cookies()}
    assert names == {"tdr-jeton"}
    go_on(phone)
    assert phone.url == f"{site.url}/suivi"
    assert access.secret not in phone.content()


def test_nothing_is_lost_on_an_error_or_on_the_way_back(site, phone):
    phone.goto(site.url + "/inscription")
    go_on(phone)
    assert "Une réponse est à compléter" in phone.locator(".error-summary").inner_text()
    phone.check("input[name=motif][value=renouvellement-titre]")
    go_on(phone)
    phone.check("input[name=sites][value=grenoble]")
    phone.check("input[name=sites][value=vienne]")
    go_on(phone)
    follow(phone, "text=Retour")
    assert phone.is_checked("input[name=sites][value=grenoble]")
    assert phone.is_checked("input[name=sites][value=vienne]")
    go_on(phone)
    phone.select_option("#document", "cst")
    go_on(phone)
    fill_date(phone, "fin", "31", "2", "2027")
    go_on(phone)
    assert phone.input_value("#fin-jour") == "31"
    assert phone.input_value("#fin-annee") == "2027"
    assert phone.title().startswith("Erreur")
    fill_date(phone, "fin", "28", "2", "2027")
    go_on(phone)
    phone.fill("#nom", "SPÉCIMEN")
    follow(phone, "text=Je n’ai pas de numéro étranger")
    assert phone.input_value("#nom") == "SPÉCIMEN"
    assert phone.locator("#piece-pays").is_visible()


def test_an_answer_is_changed_from_the_last_page_and_back_there(site, phone):
    fill_until_check(phone, site.url, Person(number="9910000003"))
    changes = phone.locator(".summary__act a")
    follow(phone, changes.filter(has_text="fin de validité").first)
    fill_date(phone, "fin", "5", "12", "2026")
    go_on(phone)
    assert heading(phone) == "Vérifiez vos réponses"
    assert "5 décembre 2026" in phone.locator(".summary").inner_text().replace(
        "\u00a0", " "
    )


def test_sending_twice_makes_one_registration(site, phone):
    before = registrations(site)
    fill_until_check(phone, site.url, Person(number="9910000004"))
    check_page = phone.url
    follow(phone, "text=Confirmer mon inscription")
    first = phone.locator(".facts--codes dd").first.inner_text()
    phone.go_back()
    if phone.url == check_page and phone.locator("text=Confirmer mon").count():
        follow(phone, "text=Confirmer mon inscription")
        assert phone.locator(".facts--codes dd").first.inner_text() == first
    assert registrations(site) == before + 1


def test_two_people_in_two_tabs_never_mix(site, phone):
    other = phone.context.new_page()
    fill_until_check(phone, site.url, Person(number="9910000005", family_name="ALPHA"))
    fill_until_check(other, site.url, Person(number="9910000006", family_name="BETA"))
    phone.reload()
    assert "ALPHA" in phone.locator(".summary").inner_text()
    assert "BETA" not in phone.locator(".summary").inner_text()
    assert "BETA" in other.locator(".summary").inner_text()


def test_a_known_person_gets_the_same_page(site, phone):
    person = Person(number="9910000007")
    register(phone, site.url, person)
    first = phone.locator("main").inner_text()
    phone.context.clear_cookies()
    register(phone, site.url, person)
    second = phone.locator("main").inner_text()
    codes = re.compile(
        r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{1,4}|([a-z2-7]{4} ?){8}|http\S+"
    )
    assert codes.sub("", first) == codes.sub("", second)

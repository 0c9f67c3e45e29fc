"""The agent at the desk and a person in urgency, by keyboard, at both widths."""

import os
from pathlib import Path

import pytest

from tests.browser.journeys import (
    fill_date,
    fits,
    follow,
    go_on,
    heading,
    open_registration,
    sign_in,
)
from tests.browser.looking import flawless

SHOTS = os.environ.get("TDR_SHOTS")


def said(page):
    return page.locator("main").inner_text().replace("\u00a0", " ").replace("’", "'")


def shot(page, name):
    if SHOTS:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def fill_intake(page, number, name="SPÉCIMEN"):
    page.fill("#nom", name)
    page.fill("#prenoms", "Noor")
    fill_date(page, "naissance", "2", "2", "1994")
    page.fill("#numero", number)
    page.select_option("#motif", "renouvellement-titre")
    page.check("input[name=sites][value=grenoble]")
    page.select_option("#document", "cst")
    fill_date(page, "fin", "4", "12", "2026")
    page.select_option("#vu", "card")


def test_an_agent_registers_somebody_without_a_mouse(site, desktop):
    page = desktop
    sign_in(page, site.url)
    assert heading(page) == "Ce qui attend"
    page.goto(site.url + "/agents/inscrire?canal=paper")
    assert page.is_checked("#canal-paper")
    fill_intake(page, "9900000801")
    # the key registers: no button has to be reached
    follow(page, "#nom", key="Enter")

    assert heading(page) == "L'inscription est enregistrée".replace("'", "’")
    assert "La date est vérifiée." in said(page)
    codes = page.locator(".facts--codes dd")
    reference = codes.nth(0).inner_text().replace("-", "")
    assert len(codes.nth(1).inner_text()) > 20
    follow(page, "text=Ouvrir le dossier")
    assert reference[:4] in said(page)
    assert "papier" in said(page)
    assert fits(page)


def test_a_mistake_keeps_everything_that_was_typed(site, phone):
    page = phone
    sign_in(page, site.url)
    page.goto(site.url + "/agents/inscrire")
    fill_intake(page, "12AB34567")
    go_on(page)
    assert "celui de la carte" in said(page)
    assert page.input_value("#nom") == "SPÉCIMEN"
    assert page.input_value("#fin-annee") == "2026"
    page.select_option("#personnes", "3")
    page.fill("#numero", "9900000802")
    follow(page, "text=Écrire leurs noms")
    assert page.input_value("#numero") == "9900000802"
    page.fill("#proche-0-nom", "SPÉCIMEN")
    page.fill("#proche-0-naissance-annee", "2018")
    page.fill("#proche-1-nom", "SPÉCIMEN")
    page.fill("#proche-1-naissance-annee", "2020")
    follow(page, "#nom", key="Enter")
    assert "enregistrée" in heading(page)


def test_an_urgency_is_claimed_and_answered(site, phone, desktop):
    access = site.register(811)
    open_registration(phone, site.url, access)
    follow(phone, "text=Signaler une urgence")
    go_on(phone)
    assert "Choisissez ce que vous risquez de perdre." in said(phone)
    phone.check("input[name=raison][value=job]")
    phone.check("input[name=preuves][value=employer]")
    fill_date(phone, "arrive", "30", "11", "2026")
    go_on(phone)
    assert "Votre demande est notée" in said(phone)

    sign_in(desktop, site.url)
    follow(desktop, "text=demande d’urgence sans réponse")
    follow(desktop, desktop.locator("main table a").first)
    desktop.check("input[name=raison][value=no-date-in-law]")
    go_on(desktop)
    assert "La réponse est partie." in said(desktop)

    phone.goto(site.url + "/suivi")
    follow(phone, "text=La réponse à votre demande d’urgence")
    assert "aucune date écrite dans la loi" in said(phone)
    assert "votre accusé d'inscription prouve votre demande" in said(phone)


@pytest.fixture(scope="module")
def furnished(site):
    """A file, a claim without answer, and a holder called."""
    return site.register(820)


def test_no_page_of_the_desk_has_a_fault(site, furnished, looked_at):
    page = looked_at
    sign_in(page, site.url)
    for name, path in (
        ("desk", "/agents/accueil"),
        ("file", f"/agents/dossiers/{furnished.reference}"),
        ("intake", "/agents/inscrire"),
        ("checks", "/agents/verifications"),
        ("claims", "/agents/demandes"),
        ("day", "/agents/journee"),
        ("pairs", "/agents/doublons"),
        ("papers", "/agents/papiers"),
        ("ready", "/agents/titres-prets"),
        ("called", "/agents/personnes-appelees"),
        ("public-urgency", "/urgence"),
    ):
        page.goto(site.url + path)
        flawless(page, name)
        shot(page, name)
    page.goto(site.url + "/agents/inscrire")
    go_on(page)
    flawless(page, "intake with errors")
    shot(page, "intake-errors")


def test_no_page_of_the_applicant_has_a_fault(site, furnished, looked_at):
    page = looked_at
    open_registration(page, site.url, furnished)
    flawless(page, "follow-up with the standing of the date")
    shot(page, "follow-up")
    page.goto(site.url + "/suivi/urgence")
    flawless(page, "urgency")
    shot(page, "urgency")
    go_on(page)
    flawless(page, "urgency, error")
    page.goto(site.url + "/suivi/corriger/disponibilites")
    page.select_option("#personnes", "3" if page.viewport_size["width"] < 400 else "4")
    go_on(page)
    flawless(page, "family")
    go_on(page)
    flawless(page, "family, error")
    shot(page, "family-error")

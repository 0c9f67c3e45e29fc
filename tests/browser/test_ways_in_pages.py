"""Coming back without a link: by code, on paper, at a guichet; no script, 320 px."""

import pytest

from service.domain.contact import Contact
from service.usecases.commands import AmendRegistration
from service.usecases.message.send_messages import send_messages
from service.usecases.person.access_code import queue_codes
from service.usecases.person.amend_registration import amend_registration
from tests.browser.journeys import (
    fits,
    follow,
    go_on,
    heading,
    open_registration,
    sign_in,
)


def said(page, selector="main"):
    return page.locator(selector).inner_text().replace("\u00a0", " ")


def last_to(site, address):
    """What the worker sent last to an address."""
    site.run(queue_codes(ports=site.world.ports))
    site.run(send_messages(ports=site.world.ports))
    return site.world.mailbox.to(address)[-1].text


def line_with(text, part):
    return next(line for line in text.splitlines() if part in line)


def ask_for_code(page, site, reference):
    page.goto(site.url + "/acces")
    follow(page, "text=Recevoir un code")
    page.fill("#reference", reference)
    follow(page, "main .button")


def test_a_code_opens_the_registration_on_a_small_telephone(site, phone):
    access = site.register(1)
    ask_for_code(phone, site, access.reference)
    assert heading(phone) == "Écrire le code"
    assert fits(phone)
    last_to(site, "p1@example.org")
    text = next(
        mail.text
        for mail in site.world.mailbox.to("p1@example.org")
        if "code" in mail.subject
    )
    [code] = [line for line in text.splitlines() if line.replace(" ", "").isdecimal()]

    phone.fill("#code", "0000 0000")
    follow(phone, "main .button")
    assert "Ce code ne convient pas" in said(phone)
    phone.fill("#code", code)
    follow(phone, "main .button")

    assert heading(phone) == "Vous êtes dans la liste"
    assert access.reference[:4] in said(phone)


def test_the_pages_say_the_same_for_somebody_and_for_nobody(site, phone):
    access = site.register(2)
    pages = []
    for reference in (access.reference, "00000000Q"):
        ask_for_code(phone, site, reference)
        first = said(phone)
        phone.fill("#code", "1234 5678")
        follow(phone, "main .button")
        pages.append((phone.url, first, said(phone)))

    assert pages[0] == pages[1]


def test_a_number_instead_of_a_reference_leads_to_the_same_page(site, phone):
    site.register(3)
    phone.goto(site.url + "/acces/code")
    follow(phone, phone.locator("button[name=autrement]"))
    assert phone.locator("#piece").is_visible()
    assert fits(phone)
    follow(phone, phone.locator("button[name=autrement]"))
    phone.fill("#numero", "99 0000 0003")
    follow(phone, "main .button")

    assert heading(phone) == "Écrire le code"
    last_to(site, "p3@example.org")
    texts = [mail.text for mail in site.world.mailbox.to("p3@example.org")]
    assert any("15 minutes" in text.replace("\u00a0", " ") for text in texts)


def test_nothing_typed_is_asked_again_and_nothing_is_lost(site, phone):
    phone.goto(site.url + "/acces/code")
    follow(phone, "main .button")
    assert "Écrivez votre référence" in said(phone)
    assert phone.title().startswith("Erreur")
    phone.fill("#numero", "12")
    follow(phone, "main .button")
    assert phone.locator("#numero").input_value() == "12"


def test_an_agent_hands_a_paper_code_that_opens_at_any_computer(site, desktop, phone):
    nobody = Contact.parse(email=None, phone=None, language="fr")
    access = site.register(4, contact=nobody, is_proved=False)
    sign_in(desktop, site.url)
    desktop.goto(site.url + "/agents/code-papier")
    desktop.fill("#reference", access.reference)
    follow(desktop, "main .button")
    assert "Regardez d’abord un document" in said(desktop)
    desktop.check("#document-vu")
    follow(desktop, "main .button")
    assert heading(desktop) == "Code papier à remettre"
    code = desktop.locator(".facts--codes dd").nth(1).inner_text()

    phone.goto(site.url + "/acces")
    phone.fill("#reference", access.reference.lower())
    phone.fill("#code", code.lower().replace("-", " "))
    follow(phone, "main .button")

    assert heading(phone) == "Vous êtes dans la liste"


def test_one_tap_stops_a_change_of_contact_and_looking_does_not(site, phone):
    access = site.register(5)
    thief = Contact.parse(email="thief@example.org", phone=None, language="fr")
    command = AmendRegistration(access=access, contact=thief)
    site.run(amend_registration(command, ports=site.world.ports))
    last_to(site, "p5@example.org")
    texts = "\n".join(mail.text for mail in site.world.mailbox.to("p5@example.org"))
    link = line_with(texts, "/garder")

    phone.goto(link)
    assert heading(phone) == "Garder mes coordonnées"
    assert site.view(access).new_contact_from is not None
    follow(phone, "main .button")

    assert heading(phone) == "Vos coordonnées restent les mêmes"
    assert fits(phone)
    phone.goto(link)
    follow(phone, "main .button")
    assert heading(phone) == "Ce lien ne sert plus"
    last_to(site, "p5@example.org")
    text = next(
        mail.text
        for mail in site.world.mailbox.to("p5@example.org")
        if "arrêté" in mail.subject
    )
    phone.goto(line_with(text, "/a/"))
    go_on(phone)
    assert heading(phone) == "Vous êtes dans la liste"


@pytest.fixture(scope="module")
def after_a_night(site):
    """Somebody who typed only, somebody repeated, and a night behind both."""
    site.publish()
    first = site.register(6)
    repeated = site.register(6, is_proved=False)
    typed = site.register(7, is_proved=False)
    reader = site.register(8, is_proved=False)
    site.hold_night()
    return first, repeated, typed, reader


def test_a_screen_alone_shows_no_news_and_the_same_to_everybody(
    site, phone, after_a_night
):
    _, repeated, typed, _ = after_a_night
    pages = []
    for access in (repeated, typed):
        open_registration(phone, site.url, access)
        pages.append(said(phone).replace(access.reference[:4], ""))
        assert fits(phone)

    assert heading(phone) == "Ouvrez votre suivi avec le message que vous avez reçu"
    without = [
        page.split("\n", 1)[1]
        for page in (pages[0], pages[1])  # the line above names the reference
    ]
    assert without[0] == without[1]


def test_the_link_of_the_message_opens_the_news_for_good(site, phone, after_a_night):
    reader = after_a_night[3]
    site.run(send_messages(ports=site.world.ports))
    texts = [mail.text for mail in site.world.mailbox.to("p8@example.org")]

    phone.goto(line_with(texts[0], "/a/"))
    go_on(phone)
    assert heading(phone) in {"Une place est pour vous", "Vous êtes dans la liste"}
    open_registration(phone, site.url, reader)
    assert heading(phone) in {"Une place est pour vous", "Vous êtes dans la liste"}


def test_an_agent_cancels_a_slot_after_reading_what_it_does(
    site, desktop, after_a_night
):
    first = after_a_night[0]
    offer = site.view(first).offer
    assert offer is not None
    sign_in(desktop, site.url)
    desktop.goto(f"{site.url}/agents/creneaux?semaine={offer.starts_at.date()}")
    desktop.locator("summary").first.click()
    follow(desktop, desktop.locator("a", has_text="Annuler").first)
    assert heading(desktop) == "Annuler un créneau"
    assert "servi en premier" in said(desktop)
    before = len(site.world.mailbox.sent)
    desktop.check("input[name=raison][value=closed]")
    go_on(desktop)

    assert "Un autre agent confirme" in said(desktop)
    site.run(send_messages(ports=site.world.ports))
    told = [mail.subject for mail in site.world.mailbox.sent[before:]]
    assert any("annule" in subject for subject in told)

"""After a night: the answer first, the reason, and every way to answer an offer."""

import json

import pytest

from tests.browser.journeys import follow, go_on, heading, open_registration, sign_in


@pytest.fixture(scope="module", autouse=True)
def night(site):
    """Eleven people, six places, one night; returns (served, waiting)."""
    people = [site.register(number) for number in range(1, 12)]
    site.publish()
    site.hold_night()
    served = [one for one in people if site.view(one).offer]
    waiting = [one for one in people if not site.view(one).offer]
    assert (len(served), len(waiting)) == (6, 5)
    return served, waiting


def said(page, selector="main"):
    return page.locator(selector).inner_text().replace("\u00a0", " ")


def test_a_place_is_confirmed_and_becomes_an_appointment(site, night, phone):
    open_registration(phone, site.url, night[0][0])
    assert heading(phone) == "Une place est pour vous"
    go_on(phone)
    assert "Répondre vite ne donne aucun avantage" in said(phone)
    assert "algorithmique" in said(phone, ".algorithm")
    follow(phone, "text=Confirmer ce rendez-vous")
    assert heading(phone) == "Votre rendez-vous est confirmé"
    assert "lundi 30 novembre" in said(phone).lower()
    assert site.view(night[0][0]).state == "served"


def test_declining_asks_first_and_keeps_seniority(site, night, phone):
    access = night[0][1]
    open_registration(phone, site.url, access)
    go_on(phone)
    follow(phone, "text=Je ne peux pas venir ce jour-là")
    assert site.view(access).offer.state == "awaiting"
    assert "toute votre ancienneté" in said(phone)
    go_on(phone)
    assert heading(phone) == "Vous êtes dans la liste"
    assert "Vous laissez passer ce tirage" in said(phone, ".tonight")
    assert site.view(access).offer.state == "declined"


def test_an_appointment_is_given_back_in_two_steps(site, night, phone):
    access = night[0][2]
    open_registration(phone, site.url, access)
    go_on(phone)
    follow(phone, "text=Confirmer ce rendez-vous")
    follow(phone, "text=Rendre cette place")
    assert site.view(access).offer.state == "confirmed"
    go_on(phone)
    assert site.view(access).offer.state == "cancelled"


def test_who_waits_reads_the_answer_then_the_reason(site, night, phone):
    open_registration(phone, site.url, night[1][0])
    assert heading(phone) == "Vous êtes dans la liste"
    page = said(phone)
    assert page.index("Vous participez") < page.index("pas encore de place")
    assert "6 places étaient à attribuer" in page
    follow(phone, "text=Voir le calcul en détail")
    assert heading(phone) == "Pourquoi vous n’avez pas encore de place"
    page = said(phone)
    for told in (
        "Votre inscription reste entière",
        "le rang",
        "Votre pseudonyme de la nuit",
        "Votre numéro de tirage",
        "Une urgence signalée n’y entre pas",
        "R. 311-3-1-2",
    ):
        assert told in page, told


def test_the_sheet_names_the_line_that_the_transcript_holds(site, night, phone):
    entry = site.view(night[1][1]).nights[0]
    open_registration(phone, site.url, night[1][1])
    phone.goto(f"{site.url}/suivi/nuits/{entry.held_on}")
    shown = said(phone, ".facts").replace(" ", "")
    assert entry.label in shown
    assert entry.ticket in shown
    answer = phone.request.get(f"{site.url}/v1/nights/isere/{entry.held_on}/transcript")
    assert entry.label in json.loads(answer.body())["nonces"]


def test_the_public_page_of_a_night_says_that_its_beacon_is_weaker(site, night, phone):
    phone.goto(site.url + "/nuits")
    follow(phone, "text=23 novembre 2026")
    page = said(phone)
    assert "Cette balise est plus faible qu’une balise publique" in page
    assert "6 inscriptions ont reçu une proposition" in page


def test_a_correction_keeps_seniority(site, night, phone):
    access = night[1][2]
    before = site.view(access).waiting_since_on
    open_registration(phone, site.url, access)
    follow(
        phone, phone.get_by_role("link", name="Corriger une information", exact=True)
    )
    changes = phone.locator(".summary__act a")
    follow(phone, changes.filter(has_text="lieux possibles"))
    phone.check("input[name=sites][value=vienne]")
    go_on(phone)
    assert "Votre correction est enregistrée" in said(phone)
    assert set(site.view(access).sites) == {"grenoble", "vienne"}
    assert site.view(access).waiting_since_on == before


def test_leaving_asks_first(site, night, phone):
    access = night[1][3]
    open_registration(phone, site.url, access)
    follow(phone, "text=Retirer mon inscription")
    assert site.view(access).state == "live"
    go_on(phone)
    assert heading(phone) == "Votre inscription est retirée"
    assert site.view(access).state == "withdrawn"


def test_a_form_shown_for_one_person_never_acts_on_another(site, night, phone):
    one, other = night[0][3], night[0][4]
    open_registration(phone, site.url, one)
    phone.goto(site.url + "/suivi/offre")
    second = phone.context.new_page()
    open_registration(second, site.url, other)
    follow(phone, "text=Confirmer ce rendez-vous")
    assert "Une autre inscription est ouverte" in heading(phone)
    assert site.view(one).offer.state == "awaiting"
    assert site.view(other).offer.state == "awaiting"


def test_an_agent_publishes_a_day_after_seeing_it(site, desktop):
    sign_in(desktop, site.url)
    for link in ("Places", "Publier"):
        follow(desktop, desktop.get_by_role("link", name=link, exact=True))
    assert heading(desktop) == "Publier des places"
    desktop.select_option("#site", "vienne")
    for part, typed in (("jour", "3"), ("mois", "12"), ("annee", "2026")):
        desktop.fill(f"#jour-{part}", typed)
    desktop.fill("#de", "9h30")
    desktop.fill("#a", "11 h")
    desktop.fill("#guichets", "2")
    desktop.check("input[name=motifs][value=premiere-demande]")
    go_on(desktop)
    before = site.count("place")
    assert heading(desktop) == "Cela ferait 8 places"
    assert site.count("place") == before
    go_on(desktop)
    assert site.count("place") == before + 8
    assert "8 places publiées" in said(desktop)
    desktop.locator("summary").filter(has_text="Vienne").click()
    follow(desktop, "text=Retirer les 2 libres >> nth=0")
    assert "2 places retirées" in said(desktop)


def test_publishing_a_second_time_asks_again(site, desktop):
    sign_in(desktop, site.url)
    pressed_again = desktop.context.new_page()
    for page in (desktop, pressed_again):
        page.goto(site.url + "/agents/creneaux/publier")
        page.select_option("#site", "la-tour-du-pin")
        for part, typed in (("jour", "4"), ("mois", "12"), ("annee", "2026")):
            page.fill(f"#jour-{part}", typed)
        page.fill("#de", "9 h")
        page.fill("#a", "10 h")
        page.check("input[name=motifs][value=recepisse]")
        go_on(page)
    before = site.count("place")
    go_on(desktop)
    assert site.count("place") == before + 3
    go_on(pressed_again)
    assert "ont été publiées entre-temps" in said(pressed_again)
    assert site.count("place") == before + 3

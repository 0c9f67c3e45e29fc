"""A helper walks the whole way with people: two factors, a file, a list, an answer."""

import re
from pathlib import Path

import openpyxl
import pyotp

from service.usecases.message.send_messages import send_messages
from tests.browser.journeys import fits, follow, go_on, heading, sign_in_helper
from tests.helping import add_second_agent, open_help

CSV = (
    "\ufeffNom de famille;Prénoms;Date de naissance;Numéro étranger;Motif;Lieux;"
    "Document actuel;Fin de validité;Courriel de la personne;"
    "Téléphone de la personne\r\n"
    "DIALLO;Awa;04/05/1990;9910000001;renouvellement-titre;grenoble;"
    "Carte de séjour temporaire (un an au plus);04/12/2026;awa@example.org;\r\n"
    "BENALI;Karim;1988;9910000002;renouvellement-titre;Grenoble;;;;0639980001\r\n"
    "SILVA;Ana;31/02/1990;12;autre chose;grenoble;;;lead@passages.example;\r\n"
)


def opened_help(site):
    """An organisation of this site, made once for the file of tests."""
    if not hasattr(site, "help"):
        second = site.run(add_second_agent(site.world))
        site.help = site.run(open_help(site.world, second=second))
    return site.help


def sign_in(page, site):
    sign_in_helper(page, site, opened_help(site))
    assert "Personnes accompagnées" in heading(page)


def send_file(page, site, tmp_path: Path, text=CSV, name="personnes.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    page.goto(f"{site.url}/accompagnants/lot")
    page.set_input_files("#fichier", file)
    go_on(page)


def test_a_file_is_tried_then_confirmed_and_the_person_stops_it(
    site, phone, tmp_path, browser
):
    page = phone
    sign_in(page, site)
    before = site.count("registration")

    send_file(page, site, tmp_path)

    assert heading(page) == "2 personnes peuvent être inscrites"
    shown = page.locator("main").inner_text()
    assert "lead@passages.example" not in shown  # what was typed is not repeated
    faults = page.locator("table").first.inner_text()
    assert "Date de naissance" in faults
    assert "Numéro étranger" in faults
    assert site.count("registration") == before
    assert fits(page)
    go_on(page)
    assert "Cochez la case" in page.locator(".error-summary").inner_text()
    page.check("#accord")
    go_on(page)

    assert heading(page) == "2 personnes sont inscrites"
    assert site.count("registration") == before + 2
    references = page.locator("td .code").all_inner_texts()
    assert fits(page)

    send_file(page, site, tmp_path)
    assert "0 personne" in heading(page)
    assert site.count("registration") == before + 2

    page.goto(f"{site.url}/accompagnants/personnes?nom=dia")
    assert page.locator("tbody tr").count() == 1
    follow(page, "text=DIALLO")
    assert "DIALLO" in heading(page)
    follow(page, "text=Corriger lieux, jours")
    page.check("#jours")
    go_on(page)
    assert "La correction est enregistrée" in page.locator("main").inner_text()

    revoke_from_the_message(site, browser, "awa@example.org")

    page.goto(f"{site.url}/accompagnants/personnes")
    text = page.locator("main").inner_text()
    assert "DIALLO" not in text
    assert "retiré par la personne" in text
    gone = references[0].replace("-", "")
    answer = page.goto(f"{site.url}/accompagnants/personnes/{gone}")
    assert answer is not None
    assert answer.status == 404


def test_what_looks_like_a_slip_is_registered_only_once_it_was_checked(
    site, phone, tmp_path
):
    sign_in(phone, site)
    before = site.count("registration")
    sound, card = CSV.splitlines()[1:3]
    doubtful = card.replace("9910000002", "12AB34567").replace("BENALI", "MOREAU")
    sound = sound.replace("9910000001", "9910000007").replace("DIALLO", "TRAORE")
    sound = sound.replace("awa@", "adama@")
    text = "\r\n".join([CSV.splitlines()[0], sound, doubtful])
    send_file(phone, site, tmp_path, text, "a-verifier.csv")
    assert heading(phone) == "2 personnes peuvent être inscrites"
    asked = phone.locator("#verifie").inner_text()
    assert "MOREAU" in asked
    assert "TRAORE" not in asked
    assert "…0007" in phone.locator("main").inner_text()
    assert fits(phone)

    phone.check("#accord")
    go_on(phone)
    assert heading(phone) == "1 personne est inscrite"
    assert "1 ligne à vérifier" in phone.locator("main").inner_text()
    assert site.count("registration") == before + 1

    send_file(phone, site, tmp_path, text, "verifie.csv")
    phone.check("#accord")
    go_on(phone)
    assert "Vérifiez une ligne au moins" in phone.locator(".error-summary").inner_text()
    phone.check("#accord")
    phone.check("#verifie input")
    go_on(phone)
    assert heading(phone) == "1 personne est inscrite"
    assert site.count("registration") == before + 2


def revoke_from_the_message(site, browser, address):
    """The person opens the message and presses its one button."""
    site.run(send_messages(ports=site.world.ports))
    [mail] = [
        one for one in site.world.mailbox.to(address) if "agit pour vous" in one.subject
    ]
    link = re.search(r"https?://\S+/mandats", mail.text)
    assert link is not None
    context = browser.new_context(
        viewport={"width": 320, "height": 800},
        java_script_enabled=False,
        locale="fr-FR",
    )
    page = context.new_page()
    page.goto(link.group())
    assert "Maison des Passages" in page.locator("main").inner_text()
    page.reload()  # opening it changes nothing
    follow(page, "text=Retirer ce mandat")
    assert "n’agit plus pour vous" in page.locator("main").inner_text()
    assert "Votre inscription a été faite" in page.locator("main").inner_text()
    assert fits(page)
    context.close()


def test_an_agent_vets_invites_and_reads_the_signals(site, desktop):
    page = desktop
    opened_help(site)
    page.goto(f"{site.url}/agents")
    page.fill("#identifiant", "agent")
    page.fill("#mot-de-passe", "secret")
    go_on(page)
    page.goto(f"{site.url}/agents/organisations/ajouter")
    page.fill("#nom", "Université Exemple")
    page.select_option("#sorte", "universite")
    page.fill("#contact", "04 76 00 00 00")
    go_on(page)
    assert "un autre agent décide" in page.locator("main").inner_text()
    address = page.url.partition("?")[0]
    page.goto(f"{site.url}/agents/organisations/signaux")
    assert "Maison des Passages" in page.locator("table").first.inner_text()
    follow(page, "text=Quitter")

    page.goto(f"{site.url}/agents")
    page.fill("#identifiant", "second")
    page.fill("#mot-de-passe", "secret")
    go_on(page)
    page.goto(address)
    follow(page, "text=Accepter cette organisation")
    page.fill("#nom", "Noor Spécimen")
    page.fill("#identifiant", "noor@universite.example")
    go_on(page)
    invitation = page.locator("p.code").inner_text()
    page.goto(invitation)
    assert page.locator("img.qr__image").evaluate("one => one.naturalWidth") > 0
    page.fill("#mot-de-passe", "une longue phrase facile")
    page.fill("#encore", "une longue phrase facile")
    secret = page.locator(".qr .code").inner_text().replace(" ", "")
    page.fill("#code", pyotp.TOTP(secret).at(site.world.clock.now()))
    go_on(page)
    assert heading(page) == "Vos codes de secours"
    assert page.locator(".states-list .code").count() == 10
    answer = page.goto(invitation)
    assert answer is not None
    assert answer.status == 404


def test_the_template_is_a_workbook_that_comes_back_as_it_was(site, desktop, tmp_path):
    page = desktop
    sign_in(page, site)
    page.goto(f"{site.url}/accompagnants/lot")
    with page.expect_download() as waiting:
        page.click("text=Modèle XLSX")
    path = tmp_path / "modele.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Personnes", "Explications", "Listes"]
    sheet = book["Personnes"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for name, value in {
        "Nom de famille": "PETRENKO",
        "Date de naissance": "01/02/1980",
        "Numéro étranger": "9910000009",
        "Motif": "renouvellement-titre",
        "Lieux": "grenoble",
    }.items():
        sheet.cell(2, heads[name], value)
    book.save(path)

    page.set_input_files("#fichier", path)
    go_on(page)

    assert heading(page) == "1 personne peut être inscrite"


def test_a_file_that_another_site_sends_is_refused(site, phone):
    page = phone
    sign_in(page, site)
    file = {"name": "x.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    before = site.count("helper_batch")

    for fields in ({"fichier": file}, {"fichier": file, "jeton": "x" * 43}):
        answer = page.request.post(
            f"{site.url}/accompagnants/lot/fichier", multipart=fields
        )
        assert answer.status == 403

    assert site.count("helper_batch") == before


def test_the_public_list_names_the_organisation(site, phone):
    opened_help(site)
    phone.goto(f"{site.url}/aide")
    assert "Maison des Passages" in phone.locator("main").inner_text()


def test_a_signed_out_helper_is_asked_to_sign_in_again(site, phone):
    page = phone
    opened_help(site)
    for path in ("personnes", "lot", "inscrire", "equipe"):
        answer = page.goto(f"{site.url}/accompagnants/{path}")
        assert answer is not None
        assert answer.status == 401
        assert heading(page) == "Espace des accompagnants"

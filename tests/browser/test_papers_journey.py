"""Papers in a browser: kept by their person, checked by anybody, shown at a desk."""

import io

import pytest
from pypdf import PdfReader

from service.usecases.paper.issue_paper import issue_acknowledgement, issue_convocation
from tests.browser.journeys import (
    fill_date,
    fits,
    follow,
    go_on,
    heading,
    open_registration,
    sign_in,
)

axe_playwright = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing"
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def look(page):
    """No fault that a machine sees, one title, nothing sideways."""
    found = axe_playwright.Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:90]) for one in found] == []
    assert fits(page)
    assert page.locator("h1").count() == 1


def downloaded(page, url):
    answer = page.request.get(url)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    return answer


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def confirmed(site, page, number):
    """Somebody whose place is confirmed, their registration open in this browser."""
    site.publish()
    access = site.register(number)
    site.hold_night()
    site.next_noon()
    open_registration(page, site.url, access)
    page.goto(site.url + "/suivi/offre")
    follow(page, "text=Confirmer ce rendez-vous")
    return access


def paper_of(site, access, issue=issue_acknowledgement):
    return site.run(issue(access, ports=site.world.ports))


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_an_accuse_is_kept_and_checked_without_javascript(site, request, width):
    page = request.getfixturevalue(width)
    access = site.register({"phone": 41, "desktop": 42}[width])
    open_registration(page, site.url, access)
    page.goto(site.url + "/suivi/accuse")

    answer = downloaded(page, site.url + "/suivi/accuse.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert "attachment" in answer.headers["content-disposition"]
    whole = text_of(answer.body())
    discreet = text_of(downloaded(page, site.url + "/suivi/accuse-discret.pdf").body())
    paper = paper_of(site, access)
    assert paper.token not in whole
    assert f"99{41 if width == 'phone' else 42:08d}" in whole
    assert "Renouvellement" in whole
    assert "Renouvellement" not in discreet
    assert access.secret not in whole

    page.context.clear_cookies()
    page.goto(paper.check_url)
    assert heading(page) == "Cet accusé est authentique"
    shown = page.locator("main").inner_text()
    assert "Diallo" not in shown
    assert access.reference not in shown
    page.fill("#nom", "awa diallo")
    fill_date(page, "naissance", "4", "5", "1990")
    go_on(page)
    assert "Le nom et la date de naissance sont ceux du document" in (
        page.locator("main").inner_text()
    )
    page.fill("#nom", "Camara")
    fill_date(page, "naissance", "4", "5", "1990")
    go_on(page)
    assert "ne sont pas ceux du document" in page.locator("main").inner_text()


def test_a_typed_code_is_checked_and_a_wrong_one_is_told(site, phone):
    access = site.register(43)
    code = paper_of(site, access).code
    page = phone
    page.goto(site.url + "/verifier-un-accuse")
    page.fill("#code", code[:-1] + ("0" if code[-1] != "0" else "1"))
    go_on(page)
    assert page.title().startswith("Erreur")
    assert page.locator("#code").input_value() != ""
    page.fill("#code", f" {code[:4].lower()}-{code[4:8]} {code[8:]}")
    go_on(page)
    assert heading(page) == "Cet accusé est authentique"
    page.goto(site.url + "/verifier-un-accuse")
    page.fill("#code", "7ZK4-M2QD-X9B8")
    go_on(page)
    assert heading(page) == "Ce code n’est pas connu ici"


def test_nobody_gets_a_paper_of_a_registration_that_is_not_open(site, phone):
    for path in ("accuse.pdf", "accuse-discret.pdf", "convocation.pdf"):
        assert phone.request.get(f"{site.url}/suivi/{path}").status == 401
    assert phone.request.get(f"{site.url}/suivi/rendez-vous.ics").status == 401


def test_a_convocation_is_kept_put_in_a_calendar_and_presented(site, phone):
    page = phone
    access = confirmed(site, page, 44)
    assert page.locator("text=Voir ma convocation").count() == 1
    page.goto(site.url + "/suivi/convocation")
    assert heading(page) == "Votre convocation"
    assert "fauteuil roulant" in page.locator("main").inner_text()
    pdf = downloaded(page, site.url + "/suivi/convocation.pdf").body()
    assert "12 place de Verdun" in text_of(pdf)
    answer = downloaded(page, site.url + "/suivi/rendez-vous.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "METHOD:PUBLISH" in answer.text()

    paper = paper_of(site, access, issue_convocation)
    page.goto(paper.check_url)
    assert heading(page) == "Cette convocation est authentique"
    assert "Verdun" not in page.locator("main").inner_text()
    sign_in(page, site.url)
    page.goto(site.url + "/agents/convocations")
    page.fill("#code", paper.check_url)
    go_on(page)
    assert "authentique" in heading(page)
    shown = page.locator("dl.summary").inner_text()
    assert "Diallo" in shown
    assert "9900000044" in shown
    follow(page, "text=Ouvrir le dossier")
    assert page.url.endswith(f"/agents/dossiers/{access.reference}")
    assert "Diallo" in page.locator("main").inner_text()

    open_registration(page, site.url, access)
    page.goto(site.url + "/suivi/rendez-vous/annuler")
    go_on(page)
    assert (
        "METHOD:CANCEL" in page.request.get(site.url + "/suivi/rendez-vous.ics").text()
    )
    assert page.request.get(site.url + "/suivi/convocation.pdf").status == 404
    page.goto(site.url + "/suivi/convocation")
    assert page.url.endswith("/suivi")
    page.goto(site.url + "/agents/convocations")
    page.fill("#code", paper.code)
    go_on(page)
    assert "n’est plus à cette personne" in heading(page)


def test_every_page_of_papers_has_no_fault(site, looked_at):
    page = looked_at
    number = 45 if page.viewport_size["width"] == 320 else 46
    access = confirmed(site, page, number)
    page.goto(site.url + "/suivi")
    look(page)
    page.goto(site.url + "/suivi/convocation")
    look(page)
    page.goto(site.url + "/suivi/accuse")
    look(page)
    page.goto(paper_of(site, access).check_url)
    look(page)
    page.fill("#nom", "Camara")
    go_on(page)
    look(page)
    page.goto(site.url + "/v/nothing")
    look(page)
    sign_in(page, site.url)
    page.goto(site.url + "/agents/convocations")
    look(page)
    page.fill("#code", "x")
    go_on(page)
    look(page)
    page.fill("#code", paper_of(site, access, issue_convocation).code)
    go_on(page)
    look(page)


def test_the_form_is_one_sheet_from_the_page_too(site, browser, looked_at):
    page = looked_at
    page.goto(site.url + "/formulaire")
    look(page)
    for language in ("fr", "en", "ar"):
        context = browser.new_context(java_script_enabled=False)
        printing = context.new_page()
        printing.goto(f"{site.url}/formulaire?langue={language}")
        sheets = PdfReader(io.BytesIO(printing.pdf(prefer_css_page_size=True))).pages
        assert len(sheets) == 1, language
        said = "".join(sheets[0].extract_text().split())
        assert "Demanderunrendez-vous,surpapier" in said
        assert "12placedeVerdun" in said
        assert "Imprimez" not in said
        answer = printing.request.get(f"{site.url}/formulaire/{language}.pdf")
        assert len(PdfReader(io.BytesIO(answer.body())).pages) == 1
        context.close()
    assert page.request.get(site.url + "/formulaire/xx.pdf").status == 404

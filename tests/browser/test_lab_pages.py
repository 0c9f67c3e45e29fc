"""The lab as a policymaker meets it: a telephone, a desk, a projector, no mouse."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from simulation.comparison import compare
from simulation.lab.app import create_app
from simulation.report.page import html
from simulation.report.validation import validation_page
from simulation.scenarios.loader import load
from simulation.scenarios.scaling import scaled
from simulation.validation.row import Row, said
from tests.browser.journeys import fits, follow

axe_playwright = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing"
)

RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        "best-practice",
    ]
}
ASKED = (
    "scenario=salle-attente-aleatoire&seeds=5&demand.factor=0.5"
    "&rule=waiting-room&rule=ours"
)


@pytest.fixture(scope="module")
def lab() -> Iterator[str]:
    """The lab behind a real socket, in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(
            uvicorn.Config(create_app(workers=1), log_level="error", lifespan="on")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=30)


def look(page, name=""):
    """The page has no fault, one title, and never scrolls sideways."""
    found = axe_playwright.Axe().run(page, options=RULES).response["violations"]
    faults = [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        for node in fault["nodes"]
    ]
    assert faults == [], f"{page.url} {name}"
    assert fits(page), f"{page.url} {name} scrolls sideways"
    assert page.locator("h1").count() == 1


def finished(page, lab, query=ASKED):
    page.goto(f"{lab}/compare?{query}")
    page.wait_for_selector("#state:has-text('5 r')", timeout=90_000)
    page.wait_for_selector("#waits", timeout=90_000)
    page.wait_for_selector("#link", timeout=90_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_lab_has_a_fault(lab, looked_at, scheme):
    looked_at.emulate_media(color_scheme=scheme)
    for path in ("/", "/?language=en", "/frontier", "/compare?scenario=nowhere"):
        looked_at.goto(lab + path)
        look(looked_at, path)
    finished(looked_at, lab)
    for fold in looked_at.locator("summary").all():
        fold.click()
    look(looked_at, "results, unfolded")


def test_a_comparison_needs_no_script_and_no_mouse(lab, phone):
    phone.goto(lab)
    phone.select_option("#scenario", "salle-attente-aleatoire")
    follow(phone, phone.get_by_role("button", name="Prendre ce scénario"), key="Enter")
    assert "Salle d'attente" in phone.locator("#results").inner_text()
    phone.goto(f"{lab}/?{ASKED}")
    launch = phone.get_by_role("button", name="Lancer la comparaison")
    follow(phone, launch, key="Enter")
    phone.wait_for_selector("#link", timeout=90_000)

    shared = phone.input_value("#link")
    first = phone.locator("#capture_share tbody").inner_text()
    phone.goto(shared)
    assert phone.locator("#capture_share tbody").inner_text() == first
    assert fits(phone)


def test_a_slider_and_its_number_say_the_same(lab, looked_at):
    looked_at.goto(lab)
    number, slider = looked_at.locator("#k3"), looked_at.locator("#k3 + input")

    slider.focus()
    slider.press("ArrowRight")
    assert number.input_value() == slider.input_value()
    number.fill("7")
    assert slider.input_value() == "7"
    assert looked_at.locator("input[type=range]").count() == 23
    assert looked_at.locator("input[type=range]:visible").count() == 12


def test_on_a_projector_everything_is_larger_and_the_forms_are_away(lab, looked_at):
    looked_at.set_viewport_size({"width": 1920, "height": 1080})
    finished(looked_at, lab)
    before = looked_at.locator("h1").bounding_box()["height"]

    looked_at.get_by_text("Agrandir pour une projection").click()

    assert looked_at.locator("h1").bounding_box()["height"] > 1.2 * before
    assert not looked_at.locator("#seeds").is_visible()
    assert fits(looked_at)


def test_every_chart_stands_in_its_table(lab, desktop):
    """A mark never says more than the row it stands in."""
    finished(desktop, lab)

    for figure in desktop.locator("figure").all():
        assert figure.locator("table, svg[role=img] title").count() >= 1
    marks = desktop.locator("#capture_share tbody tr")
    assert marks.count() == 2
    for row in marks.all():
        assert "%" in row.locator("td.num").first.inner_text()


def test_colour_is_never_the_only_sign_of_our_rule(lab, desktop):
    finished(desktop, lab)

    ours = desktop.locator("#capture_share tr.ours")
    assert "Tour de rôle" in ours.inner_text()
    assert ours.locator("path.pt").count() == 1
    assert desktop.locator("#capture_share tr:not(.ours) path.pt").count() == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_report_and_the_validation_page_have_no_fault(
    looked_at, tmp_path: Path, language
):
    scene = scaled(load("S06"), 0.3)
    found = compare(scene, ("first-click", "ours"), (1, 2, 3, 4, 5))
    row = Row(
        number="V3",
        fact=said("a fact", "un fait"),
        kind="predicted",
        target=said("1"),
        found=said("2"),
        holds=False,
    )
    report, validation = tmp_path / "report.html", tmp_path / "validation.html"
    report.write_text(html(found, language, ["python", "-m"]), "utf-8")
    validation.write_text(validation_page([row], 3, language), "utf-8")

    for file in (report, validation):
        looked_at.goto(file.as_uri())
        for fold in looked_at.locator("summary").all():
            fold.click()
        look(looked_at, file.name)

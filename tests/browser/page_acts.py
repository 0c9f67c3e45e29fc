"""What is done on a page before it is looked at, in words of no language."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from tests.browser.journeys import fill_date, follow, go_on

if TYPE_CHECKING:
    from playwright.sync_api import Page

Look = Callable[["Page", str], None]
"""Looks at the page that is open; the text says where, for the message of a failure."""


def send(page: "Page") -> None:
    """Press the button of an empty form."""
    go_on(page)


def send_form(number: int) -> "Callable[[Page], None]":
    """Press the button of the form of that number on the page, all of them empty."""

    def press(page: "Page") -> None:
        unfold = "all => all.forEach(one => { one.open = true; })"
        page.locator("main details").evaluate_all(unfold)
        follow(page, page.locator("main form").nth(number - 1).locator("button").last)

    return press


def untick_and_send(page: "Page") -> None:
    for box in page.locator("main input[type=checkbox]:checked").all():
        box.uncheck()
    go_on(page)


def impossible_date(page: "Page") -> None:
    fill_date(page, "fin", "31", "2", "2027")
    go_on(page)


def preview_a_day(page: "Page") -> None:
    page.select_option("#site", "grenoble")
    fill_date(page, "jour", "8", "12", "2026")
    page.fill("#de", "9 h")
    page.fill("#a", "11 h")
    page.check("input[name=motifs][value=aes]")
    go_on(page)


def first_row(page: "Page") -> None:
    follow(page, page.locator("main tbody th a").first)


def cancel_a_slot(page: "Page") -> None:
    page.locator("main details summary").first.click()
    follow(page, page.locator("main a[href$='/annuler']").first)


CSV = (
    "Nom de famille;Date de naissance;Numéro étranger;Motif;Lieux\r\n"
    "Essai;1990;9920000001;renouvellement-titre;grenoble\r\n"
    "Essai;demain;12;autre;ailleurs\r\n"
)


def send_a_file(page: "Page") -> None:
    page.set_input_files(
        "#fichier",
        {"name": "essai.csv", "mimeType": "text/csv", "buffer": CSV.encode()},
    )
    go_on(page)


def send_a_file_without_consent(page: "Page") -> None:
    send_a_file(page)
    go_on(page)


def correct_the_first_row(page: "Page") -> None:
    first_row(page)
    follow(page, page.locator("main a[href$='/corriger']"))
    page.wait_for_url("**/corriger")  # a page that has only begun has no body yet


def correct_wrongly(page: "Page") -> None:
    correct_the_first_row(page)
    untick_and_send(page)


ACTS: Final[Mapping[str, Callable[["Page"], None]]] = {
    "send": send,
    "send form 1": send_form(1),
    "send form 2": send_form(2),
    "untick and send": untick_and_send,
    "impossible date": impossible_date,
    "preview a day": preview_a_day,
    "first row": first_row,
    "cancel a slot": cancel_a_slot,
    "send a file": send_a_file,
    "send a file and no consent": send_a_file_without_consent,
    "correct the first row": correct_the_first_row,
    "correct the first row wrongly": correct_wrongly,
}


def walk_registration(page: "Page", url: str, number: str, look: Look) -> set[str]:
    """Walk every step of a registration; returns the steps that were looked at.

    Each step is sent empty first, so that its errors are looked at too.
    """
    seen: set[str] = set()

    def step(name: str, *, can_be_empty: bool = False) -> None:
        assert page.url.rpartition("/")[2].partition("?")[0] == name
        look(page, name)
        seen.add(name)
        if not can_be_empty:
            go_on(page)
            look(page, f"{name}, error")

    page.goto(url + "/inscription")
    step("motif")
    page.check("input[name=motif][value=renouvellement-titre]")
    go_on(page)
    step("lieux")
    page.check("input[name=sites][value=grenoble]")
    go_on(page)
    step("document")
    page.select_option("#document", "cst")
    go_on(page)
    step("dates")
    fill_date(page, "fin", "4", "12", "2026")
    go_on(page)
    _identity(page, number, step, look)
    _contact(page, step, look)
    step("disponibilites", can_be_empty=True)
    fill_date(page, "absence-0", "31", "2", "2027")
    go_on(page)
    look(page, "disponibilites, error")
    fill_date(page, "absence-0", "24", "12", "2026")
    page.select_option("#personnes", "2")
    go_on(page)
    step("famille")
    page.fill("#proche-0-nom", "SPÉCIMEN")
    fill_date(page, "proche-0-naissance", "2", "2", "2019")
    go_on(page)
    step("verification", can_be_empty=True)
    go_on(page)
    look(page, "acknowledgement, just registered")
    return seen


def _identity(
    page: "Page", number: str, step: Callable[[str], None], look: Look
) -> None:
    step("identite")
    page.fill("#numero", "12AB34567")
    go_on(page)
    look(page, "identite, doubtful number")
    follow(page, page.locator("main button[name=autrement][value=piece]"))
    look(page, "identite, other document")
    go_on(page)
    look(page, "identite, other document, error")
    follow(page, page.locator("main button[name=autrement][value=numero]"))
    page.fill("#nom", "SPÉCIMEN")
    fill_date(page, "naissance", "2", "2", "1994")
    page.fill("#numero", number)
    go_on(page)


def _contact(page: "Page", step: Callable[..., None], look: Look) -> None:
    step("contact", can_be_empty=True)
    page.fill("#courriel", "noor")
    page.fill("#telephone", "06")
    go_on(page)
    look(page, "contact, error")
    page.fill("#courriel", "")
    page.fill("#telephone", "")
    go_on(page)

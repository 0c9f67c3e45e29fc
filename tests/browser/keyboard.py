"""A page used without a mouse: what cannot be reached by Tab is not there."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

FURTHEST: Final = 90
"""Stops of one page; the longest has fewer."""

_RING: Final = """node => {
  const shown = node.matches('.choice input') ? node.nextElementSibling : node;
  return getComputedStyle(shown).outlineStyle;
}"""


def ring_is_visible(page: "Page") -> bool:
    """Whether the focused control, or the card it stands for, shows the ring."""
    return page.locator(":focus").first.evaluate(_RING) != "none"


def reach(page: "Page", what: str) -> None:
    """Press Tab until the focus is there, and shown."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.locator(what).and_(page.locator(":focus")).count():
            assert ring_is_visible(page), what
            return
    raise AssertionError(f"the keyboard never reaches {what}")


def enter(page: "Page") -> None:
    """Press Enter where the focus is, and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def go(page: "Page", what: str) -> None:
    """Reach a link or a button and press it."""
    reach(page, what)
    enter(page)


def type_date(page: "Page", name: str, day: str, month: str, year: str) -> None:
    for part, typed in (("jour", day), ("mois", month), ("annee", year)):
        reach(page, f"#{name}-{part}")
        page.keyboard.type(typed)


def choose(page: "Page", what: str, value: str) -> None:
    """Reach a list of choices and go down it until one is chosen."""
    reach(page, what)
    for _ in range(FURTHEST):
        if page.input_value(what) == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{what} has no {value}")


def register(page: "Page", url: str, number: str) -> None:
    """Register from the first page to the accusé, in whatever language it speaks."""
    page.goto(url + "/")
    go(page, "a.button[href='/inscription']")
    reach(page, "input[name=motif]")
    page.keyboard.press("Space")
    go(page, "main button.button")
    reach(page, "#sites")
    page.keyboard.press("Space")
    enter(page)
    choose(page, "#document", "cst")
    go(page, "main button.button")
    type_date(page, "fin", "4", "12", "2026")
    enter(page)
    reach(page, "#nom")
    page.keyboard.type("CLAVIER")
    type_date(page, "naissance", "2", "2", "1994")
    reach(page, "#numero")
    page.keyboard.type(number)
    enter(page)
    reach(page, "#courriel")
    page.keyboard.type(f"p{number}@example.org")
    enter(page)
    go(page, "main button.button")
    assert page.url.endswith("/verification")
    go(page, "main form .button")
    assert page.url.endswith("/suivi/accuse")

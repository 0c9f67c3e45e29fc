"""Ways through the pages, written as a person would walk them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.usecases.commands import Access
from tests.agents import begin
from tests.helping import PASSWORD, Help

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.live_site import LiveSite


@dataclass(frozen=True)
class Person:
    """Somebody invented."""

    number: str = "9900000001"
    family_name: str = "SPÉCIMEN"
    given_names: str = "Noor"
    email: str = "noor@example.org"
    ends: tuple[str, str, str] = ("4", "12", "2026")


def follow(page: "Page", target: "str | Locator", *, key: str | None = None) -> None:
    """Click something, or press a key on it, and wait for the page it leads to.

    Nothing else waits for it: on a slow machine a test would read the page before, or
    the empty one between the two.
    """
    found = page.locator(target).first if isinstance(target, str) else target
    with page.expect_navigation():
        if key:
            found.press(key)
        else:
            found.click()


def go_on(page: "Page") -> None:
    """Press the one filled button."""
    follow(page, "main .button:not(.button--quiet)")


def fill_date(page: "Page", name: str, day: str, month: str, year: str) -> None:
    page.fill(f"#{name}-jour", day)
    page.fill(f"#{name}-mois", month)
    page.fill(f"#{name}-annee", year)


def fill_until_check(page: "Page", url: str, person: Person) -> None:
    """Answer every step up to the last page, which is shown."""
    page.goto(url + "/")
    follow(page, "text=Commencer mon inscription")
    page.check("input[name=motif][value=renouvellement-titre]")
    go_on(page)
    page.check("input[name=sites][value=grenoble]")
    go_on(page)
    page.select_option("#document", "cst")
    go_on(page)
    fill_date(page, "fin", *person.ends)
    go_on(page)
    page.fill("#nom", person.family_name)
    page.fill("#prenoms", person.given_names)
    fill_date(page, "naissance", "2", "2", "1994")
    page.fill("#numero", person.number)
    go_on(page)
    page.fill("#courriel", person.email)
    go_on(page)
    page.check("input[name=jours][value='2']")
    go_on(page)


def register(page: "Page", url: str, person: Person) -> tuple[str, str]:
    """Register and return reference and personal code, as read on the page."""
    fill_until_check(page, url, person)
    follow(page, "text=Confirmer mon inscription")
    codes = page.locator(".facts--codes dd")
    return codes.nth(0).inner_text(), codes.nth(1).inner_text()


def open_registration(page: "Page", url: str, access: Access) -> None:
    """Follow the personal link and press its button."""
    page.goto(f"{url}/acces/{access.reference}/{access.secret}")
    go_on(page)


def sign_in(page: "Page", url: str) -> None:
    """Sign in as the agent of the test's prefecture."""
    page.goto(f"{url}/agents")
    page.fill("#identifiant", "agent")
    page.fill("#mot-de-passe", "secret")
    go_on(page)


def begin_enrolment(page: "Page", site: "LiveSite") -> None:
    """Have typed the right password, in a prefecture that asks for a code."""
    token = site.run(begin(site.world)).token
    page.context.add_cookies(
        [{"name": "tdr-protection", "value": token, "url": site.url}]
    )


def sign_in_helper(page: "Page", site: "LiveSite", help_: Help) -> None:
    """Sign in with password and a code that was not used yet."""
    site.world.clock.advance(seconds=60)
    page.goto(f"{site.url}/accompagnants")
    page.fill("#identifiant", help_.helper.login)
    page.fill("#mot-de-passe", PASSWORD)
    page.fill("#code", help_.code())
    go_on(page)


def heading(page: "Page") -> str:
    """The one title of the page, with ordinary spaces."""
    return page.locator("h1").inner_text().replace("\u00a0", " ").replace("\n", " ")


def fits(page: "Page") -> bool:
    """Whether nothing makes the page scroll sideways."""
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return bool(widths[0] <= widths[1])

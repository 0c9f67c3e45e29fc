"""An agent adds a code application by keyboard, and signs in with a code since."""

import pyotp
import pytest

from service.usecases.operator.agent_accounts import forget_phone
from tests.browser.journeys import heading
from tests.browser.keyboard import enter, go, reach
from tests.browser.looking import faults, measured, spoken


@pytest.fixture(autouse=True)
def real_prefecture(site):
    site.ask_agents_for_a_code()
    site.run(forget_phone("agent", by="operator:test", ports=site.world.ports))


def sign_in(page, site, code=""):
    page.goto(f"{site.url}/agents")
    assert wrong_with(page) == []
    typed = {"#identifiant": "agent", "#mot-de-passe": "secret", "#code": code}
    for field, value in typed.items():
        reach(page, field)
        page.keyboard.type(value)
    enter(page)


def wrong_with(page):
    return [*measured(page), *spoken(page, "fr", is_error=False), *faults(page)]


def test_from_the_first_password_to_the_second_code(site, looked_at):
    page = looked_at
    sign_in(page, site)
    assert heading(page) == "Protéger votre compte"
    assert wrong_with(page) == []
    secret = page.locator(".qr .code").inner_text().replace("\u00a0", "")
    app = pyotp.TOTP("".join(secret.split()))
    drawn = "image => image.complete && image.naturalWidth > 0"
    assert page.locator(".qr__image").evaluate(drawn)

    reach(page, "#code")
    page.keyboard.type(app.at(site.world.clock.now()))
    enter(page)

    assert heading(page) == "Vos codes de secours"
    assert wrong_with(page) == []
    recovery = page.locator("main li.code").all_inner_texts()
    assert len(set(recovery)) == 10
    go(page, "main a.button")
    assert page.url.endswith("/agents/accueil")

    page.context.clear_cookies()
    sign_in(page, site)
    assert "Une réponse est à compléter" in page.locator(".error-summary").inner_text()
    site.world.clock.advance(seconds=60)
    sign_in(page, site, app.at(site.world.clock.now()))
    assert page.url.endswith("/agents/accueil")

    page.context.clear_cookies()
    sign_in(page, site, recovery[0])
    assert page.url.endswith("/agents/accueil")

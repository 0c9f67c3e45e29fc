"""An agent always sees in which group, and on which page, they are."""

import pytest

from service.web.pages.agent.sections import SECTIONS, where
from tests.architecture.test_every_page_is_looked_at import routes


def titles(path: str) -> tuple[str | None, str | None]:
    section, tab = where(path)
    return section and section.title, tab and tab.title


def test_every_page_of_an_agent_stands_in_a_group() -> None:
    """All but the one that comes before the session."""
    of_agents = {
        route.removeprefix("GET ")
        for route in routes()
        if route.startswith("GET /agents/")
    }

    assert len(of_agents) > 20
    astray = {path for path in of_agents if where(path) == (None, None)}
    assert astray == {"/agents/protection", "/agents/protection/code.svg"}


def test_no_page_stands_twice() -> None:
    addresses = [tab.address for section in SECTIONS for tab in section.tabs]

    assert len(addresses) == len(set(addresses))
    assert all(where(address)[1] for address in addresses)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/agents/accueil", ("Aujourd'hui", "Ce qui attend")),
        ("/agents/accueil/reference", ("Aujourd'hui", "Ce qui attend")),
        ("/agents/creneaux", ("Places", "Semaine")),
        ("/agents/creneaux/publier", ("Places", "Publier")),
        ("/agents/creneaux/apercu", ("Places", "Publier")),
        ("/agents/creneaux/gre-1/annuler", ("Places", "Semaine")),
        ("/agents/dossiers/2K7QX9M4P", ("Dossiers", "Inscrire")),
        ("/agents/listes/titres-prets", ("Listes", "Titres prêts")),
        ("/agents/organisations/signaux", ("Réglages", "Organisations")),
        ("/agents", (None, None)),
        ("/agentsecret/accueil", (None, None)),
    ],
)
def test_the_longest_address_says_which_page_it_is(
    path: str, found: tuple[str | None, str | None]
) -> None:
    assert titles(path) == found

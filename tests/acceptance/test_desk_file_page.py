"""The file that an agent opens, as its page shows it."""

import pytest

from service.usecases.night.open_slots import open_slots
from tests.acceptance.test_desk_pages import Desk, desk, world
from tests.nights import hold_night
from tests.world import World

__all__ = ["desk", "world"]

pytestmark = pytest.mark.anyio


async def test_the_page_of_a_file_shows_the_place_that_the_message_told_of(
    desk: Desk, world: World
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(is_proved=False)
    await hold_night(world)

    await desk.sign_in()  # the night took longer than a session without a click
    page = await desk.get(f"/agents/dossiers/{access.reference}")

    assert "Place du" in page
    assert "/agents/journee?jour=2026-11-30" in page
    assert "Je ne sais pas" not in page
    assert "Dans la liste." not in page
    assert "n'a pas encore ouvert le lien" in page


async def test_the_page_of_a_repetition_links_to_the_first_registration(
    desk: Desk, world: World
) -> None:
    first = await world.register(1)
    again = await world.register(1, is_proved=False)

    page = await desk.get(f"/agents/dossiers/{again.reference}")

    assert "Cette référence répète une inscription" in page
    assert f'href="/agents/dossiers/{first.reference}"' in page
    assert "Noter ce que j'ai lu" not in page

"""A page costs the same questions for one as for many (`product.md`, BLM#4224)."""

from datetime import timedelta

import pytest

from service.domain.checks import CheckedFacts, SeenDocument
from service.domain.permits import DocumentFacts
from service.usecases.commands import Access
from service.usecases.desk.check_dates import check_dates
from service.usecases.desk.compare_registrations import ask_both, close_newer
from service.usecases.desk.list_checks import checks_to_certify
from service.usecases.desk.reopen_pair import closed_pairs
from service.usecases.person.view_registration import view_registration
from tests.asked import statements
from tests.helping import add_second_agent
from tests.integration.test_date_checks import IN_TEN_DAYS
from tests.integration.test_near_matches import named
from tests.nights import hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

IN_A_YEAR = TONIGHT + timedelta(days=365)


async def follow_up(world: World, access: Access) -> int:
    with statements(world) as asked:
        view = await view_registration(access, ports=world.ports)
    assert view.state == "live"
    return len(asked)


async def test_following_up_asks_no_more_after_many_nights(world: World) -> None:
    access = await world.register()
    for number in range(2, 8):
        await world.register(number)
    await hold_night(world)
    after_one = await follow_up(world, access)
    for _ in range(5):
        world.clock.advance(hours=12)
        await hold_night(world)

    assert await follow_up(world, access) == after_one
    assert after_one <= 20


async def test_dates_to_certify_are_listed_by_the_same_questions(world: World) -> None:
    counts = []
    for number in (1, 2, 3, 4):
        far = DocumentFacts(held_document="cst", permit_expires_on=IN_A_YEAR)
        access = await world.register(number, facts=far)
        card = DocumentFacts(held_document="cst", permit_expires_on=IN_TEN_DAYS)
        facts = CheckedFacts(document=card, ordered_by=None)
        await check_dates(
            world.agent, access.reference, facts, SeenDocument.CARD, ports=world.ports
        )
        with statements(world) as asked:
            found = await checks_to_certify(world.agent, ports=world.ports)
        assert len(found) == number
        counts.append(len(asked))

    assert len(set(counts)) == 1


async def test_closed_pairs_are_listed_by_the_same_questions(world: World) -> None:
    other = await add_second_agent(world)
    counts = []
    for number in (1, 2, 3):
        family = f"DIALLO{'ABC'[number - 1] * 3}"
        first = named(world, family, "AWA", f"880000001{number}")
        again = named(world, family, "AWA", f"990000002{number}")
        one = await world.register(10 + number, identity=first)
        world.clock.advance(days=1)
        two = await world.register(20 + number, identity=again)
        pair = (one.reference, two.reference)
        await ask_both(world.agent, pair, ports=world.ports)
        world.clock.advance(days=8)
        await close_newer(other, pair, ports=world.ports)
        with statements(world) as asked:
            found = await closed_pairs(world.agent, ports=world.ports)
        assert len(found) == number
        counts.append(len(asked))

    assert len(set(counts)) == 1

"""Two registrations that may be one person's: asked in the open, never merged alone."""

from dataclasses import replace
from typing import cast

import pytest
from sqlalchemy import QueuePool

from service.domain.contact import Contact
from service.domain.errors import AlreadyDecidedError, SecondAgentRequiredError
from service.domain.identity import AgdrefNumber, Identity, Names
from service.usecases.commands import Access
from service.usecases.desk.compare_registrations import (
    Pair,
    ask_both,
    close_newer,
    list_pairs,
    object_to,
    say_different,
)
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.person.view_registration import view_registration
from tests.helping import add_second_agent
from tests.world import World

pytestmark = pytest.mark.anyio


def named(world: World, family: str, given: str, number: str) -> Identity:
    return Identity(
        proof=AgdrefNumber(number),
        names=Names(family, given),
        birth_date=world.person().identity.birth_date,
    )


async def pair(world: World) -> tuple[Access, Access, tuple[str, str]]:
    """The same person twice: the second time with another number and spelling."""
    older = await world.register(1)
    world.clock.advance(days=1)
    newer = await world.register(2, identity=named(world, "DIALO", "AWA", "8800000002"))
    return older, newer, (older.reference, newer.reference)


async def pairs_of(world: World) -> list[Pair]:
    return list(await list_pairs(world.agent, ports=world.ports))


async def test_near_matches_are_proposed_and_nothing_happens_by_itself(
    world: World,
) -> None:
    older, newer, _ = await pair(world)

    [found] = await pairs_of(world)

    assert (found.older.reference, found.newer.reference) == (
        older.reference,
        newer.reference,
    )
    assert found.likeness == "other-spelling"
    for access in (older, newer):
        view = await view_registration(access, ports=world.ports)
        assert (view.state, view.takes_part_next) == ("live", True)
        assert not view.doors.may_be_repeated


async def test_names_are_compared_while_no_transaction_is_open(world: World) -> None:
    """Thousands take seconds: PostgreSQL would end a transaction left idle so long."""
    await pair(world)
    pool = cast("QueuePool", world.engine.pool)
    sealer = world.ports.sealer
    open_meanwhile: list[int] = []

    class Watching:
        def seal(self, plain: bytes, *, place: str) -> bytes:
            return sealer.seal(plain, place=place)

        def unseal(self, sealed: bytes, *, place: str) -> bytes:
            open_meanwhile.append(pool.checkedout())
            return sealer.unseal(sealed, place=place)

    ports = replace(world.ports, sealer=Watching())

    assert len(await list_pairs(world.agent, ports=ports)) == 1
    assert set(open_meanwhile) == {0}


async def test_siblings_and_people_of_one_helper_are_never_proposed(
    world: World,
) -> None:
    shared = Contact.parse(email="asso@example.org", phone=None, language="fr")
    await world.register(1, contact=shared)
    await world.register(
        2, identity=named(world, "Diallo", "Fatou", "9900000002"), contact=shared
    )
    await world.register(
        3, identity=named(world, "Sow", "Omar", "8800000003"), contact=shared
    )

    assert await pairs_of(world) == []


async def test_the_same_person_for_another_motif_is_no_duplicate(world: World) -> None:
    await world.register(1)
    await world.register(
        2,
        identity=named(world, "DIALLO", "Awa", "8800000002"),
        motif="naturalisation",
    )

    assert await pairs_of(world) == []


async def test_two_people_are_never_proposed_again(world: World) -> None:
    _, _, references = await pair(world)

    await say_different(world.agent, references, ports=world.ports)

    assert await pairs_of(world) == []
    with pytest.raises(AlreadyDecidedError):
        await ask_both(world.agent, references, ports=world.ports)


async def test_both_are_asked_and_seven_days_and_another_agent_close_the_newer(
    world: World,
) -> None:
    older, newer, references = await pair(world)
    other = await add_second_agent(world)
    await ask_both(world.agent, references, ports=world.ports)
    await ask_both(world.agent, references, ports=world.ports)
    await send_messages(ports=world.ports)
    for number in (1, 2):
        subjects = [m.subject for m in world.mailbox.to(f"p{number}@example.org")]
        assert subjects.count("Avez-vous deux inscriptions\u00a0?") == 1
    view = await view_registration(newer, ports=world.ports)
    assert (view.doors.may_be_repeated, view.takes_part_next) == (True, True)

    with pytest.raises(AlreadyDecidedError):
        await close_newer(other, references, ports=world.ports)
    world.clock.advance(days=7)
    with pytest.raises(SecondAgentRequiredError):
        await close_newer(world.agent, references, ports=world.ports)
    kept = await close_newer(other, references, ports=world.ports)

    assert kept == older.reference
    assert (await view_registration(older, ports=world.ports)).state == "live"
    assert (await view_registration(newer, ports=world.ports)).state == "lapsed"
    assert await pairs_of(world) == []


async def test_one_objection_stops_it_and_another_agent_decides(world: World) -> None:
    _, newer, references = await pair(world)
    other = await add_second_agent(world)
    await ask_both(world.agent, references, ports=world.ports)

    await object_to(newer, ports=world.ports)
    await object_to(newer, ports=world.ports)
    world.clock.advance(days=8)

    with pytest.raises(AlreadyDecidedError):
        await close_newer(other, references, ports=world.ports)
    with pytest.raises(SecondAgentRequiredError):
        await say_different(world.agent, references, ports=world.ports)
    assert (await pairs_of(world))[0].has_objection
    await say_different(other, references, ports=world.ports)
    assert await pairs_of(world) == []


async def test_who_objects_says_so_of_every_pair_that_was_asked_about(
    world: World,
) -> None:
    older, newer, references = await pair(world)
    third = await world.register(
        3, identity=named(world, "DIALLO", "AWA", "7700000003")
    )
    with_third = (older.reference, third.reference)
    other = await add_second_agent(world)
    await ask_both(world.agent, references, ports=world.ports)
    await object_to(older, ports=world.ports)
    world.clock.advance(minutes=1)
    await ask_both(world.agent, with_third, ports=world.ports)

    await object_to(older, ports=world.ports)
    world.clock.advance(days=8)

    for asked in (references, with_third):
        with pytest.raises(AlreadyDecidedError):
            await close_newer(other, asked, ports=world.ports)
    for access in (newer, third):
        assert (await view_registration(access, ports=world.ports)).state == "live"


async def test_nobody_objects_without_a_question_or_closes_a_chosen_pair(
    world: World,
) -> None:
    older = await world.register(1)
    stranger = await world.register(
        2, identity=named(world, "Sow", "Omar", "8800000002")
    )
    chosen = (older.reference, stranger.reference)

    with pytest.raises(UnknownResourceError):
        await object_to(older, ports=world.ports)
    for act in (ask_both, say_different, close_newer):
        with pytest.raises(UnknownResourceError):
            await act(world.agent, chosen, ports=world.ports)
        with pytest.raises(UnknownResourceError):
            await act(world.agent, (chosen[0], chosen[0]), ports=world.ports)

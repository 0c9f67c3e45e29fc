"""Getting back in: by link, by code, on paper; nobody else, and nobody is told."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from service.adapters.postgres import access_tables as a
from service.adapters.postgres import tables as t
from service.domain.contact import Contact
from service.domain.identity import AgdrefNumber
from service.domain.sending import MOST_ANYONES
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.person.access import open_by_link
from service.usecases.person.access_code import (
    MOST_TRIES,
    Asked,
    ask_for_code,
    open_with_code,
    queue_codes,
)
from service.usecases.person.change_contact import keep_contact
from service.usecases.person.forget_access import forget_access
from service.usecases.person.paper_code import issue_paper_code, paper_code_from
from service.usecases.person.view_registration import view_registration
from tests.asked import statements
from tests.helping import rows
from tests.ways_in import ISERE, asked, code_in, link_in, sent
from tests.world import World

pytestmark = pytest.mark.anyio

# --- a code


async def test_a_code_by_reference_opens_the_registration_once(world: World) -> None:
    access = await world.register()
    request = await ask_for_code(asked(access), ports=world.ports)
    code = await code_in(world)

    opened = await open_with_code(request, code, ports=world.ports)

    view = await view_registration(opened, ports=world.ports)
    assert view.reference == access.reference
    with pytest.raises(UnknownResourceError):
        await open_with_code(request, code, ports=world.ports)
    world.clock.advance(hours=4, minutes=1)
    with pytest.raises(UnknownResourceError):
        await view_registration(opened, ports=world.ports)


async def test_a_code_by_identity_goes_to_the_newest_registration(
    world: World,
) -> None:
    await world.register(motif="aes")
    world.clock.advance(hours=1)
    newest = await world.register()
    identity = world.person().identity
    request = await ask_for_code(
        Asked(prefecture=ISERE, identity=identity), ports=world.ports
    )

    opened = await open_with_code(request, await code_in(world), ports=world.ports)

    assert opened.reference == newest.reference


async def test_the_reference_of_a_repeated_registration_leads_to_the_first(
    world: World,
) -> None:
    first = await world.register()
    trace = await world.register(is_proved=False)
    request = await ask_for_code(asked(trace), ports=world.ports)

    opened = await open_with_code(request, await code_in(world), ports=world.ports)

    assert opened.reference == first.reference


async def test_a_code_ends_after_fifteen_minutes(world: World) -> None:
    request = await ask_for_code(asked(await world.register()), ports=world.ports)
    code = await code_in(world)

    world.clock.advance(minutes=15)

    with pytest.raises(UnknownResourceError):
        await open_with_code(request, code, ports=world.ports)


async def test_five_wrong_tries_end_a_code_and_a_simultaneous_sixth_too(
    world: World,
) -> None:
    request = await ask_for_code(asked(await world.register()), ports=world.ports)
    code = await code_in(world)
    wrong = "0000 0000" if code != "0000 0000" else "0000 0001"

    await asyncio.gather(
        *(
            open_with_code(request, wrong, ports=world.ports)
            for _ in range(2 * MOST_TRIES)
        ),
        return_exceptions=True,
    )

    with pytest.raises(UnknownResourceError):
        await open_with_code(request, code, ports=world.ports)
    async with world.engine.connect() as connection:
        tries = (await connection.execute(select(a.access_code.c.tries))).scalar_one()
    assert tries == MOST_TRIES


async def test_a_strangers_guesses_never_use_up_the_persons_tries(
    world: World,
) -> None:
    access = await world.register()
    mine = await ask_for_code(asked(access), ports=world.ports)
    code = await code_in(world)
    for _ in range(3):
        theirs = await ask_for_code(asked(access), ports=world.ports)
        for guess in range(MOST_TRIES):
            with pytest.raises(UnknownResourceError):
                await open_with_code(theirs, f"{guess:08d}", ports=world.ports)
        with pytest.raises(UnknownResourceError):
            await open_with_code(theirs, code, ports=world.ports)  # another browser

    assert (await open_with_code(mine, code, ports=world.ports)).reference == (
        access.reference
    )


async def test_who_is_flooded_gets_three_codes_a_day_and_in_by_their_link(
    world: World,
) -> None:
    access = await world.register()
    for _ in range(40):
        await ask_for_code(asked(access), ports=world.ports)
        world.clock.advance(minutes=1)
        await queue_codes(ports=world.ports)
        await send_messages(ports=world.ports)

    texts = await sent(world, "Votre code pour ouvrir votre inscription")

    assert len(texts) == 3
    async with world.engine.connect() as connection:
        rows = await connection.execute(
            select(func.count())
            .select_from(t.outbox)
            .where(t.outbox.c.kind == "access_code")
        )
    assert rows.scalar_one() == 3  # the flood makes no work for the sender
    opened = await open_by_link(link_in(texts[0]), ports=world.ports)
    assert opened.reference == access.reference


async def asked_for(world: World, ask: Asked) -> list[str]:
    """What one request asks of the database, in order."""
    with statements(world) as said:
        await ask_for_code(ask, ports=world.ports)
    return said


async def test_asking_for_a_stranger_does_the_same_work_as_for_a_person(
    world: World,
) -> None:
    access = await world.register()
    known = await asked_for(world, asked(access))
    stranger = replace(world.person().identity, proof=AgdrefNumber("9912345678"))

    assert await asked_for(world, Asked(prefecture=ISERE, reference="0")) == known
    assert (
        await asked_for(world, Asked(prefecture=ISERE, reference="00000000Q")) == known
    )
    assert await asked_for(
        world, Asked(prefecture=ISERE, identity=stranger)
    ) == await asked_for(
        world, Asked(prefecture=ISERE, identity=world.person().identity)
    )


async def test_a_code_for_nobody_is_refused_like_a_wrong_one(world: World) -> None:
    request = await ask_for_code(
        Asked(prefecture=ISERE, reference="00000000Q"), ports=world.ports
    )
    await queue_codes(ports=world.ports)
    await send_messages(ports=world.ports)

    assert world.mailbox.sent == []
    for guess in range(MOST_TRIES + 1):
        with pytest.raises(UnknownResourceError):
            await open_with_code(request, f"{guess:08d}", ports=world.ports)


async def test_no_code_and_no_secret_lies_in_the_database(world: World) -> None:
    request = await ask_for_code(asked(await world.register()), ports=world.ports)
    code = (await code_in(world)).replace(" ", "")

    async with world.engine.connect() as connection:
        rows = (await connection.execute(select(a.access_code))).all()
    dump = repr(rows).encode()

    assert code.encode() not in dump
    assert request.encode() not in dump
    assert rows[0].sealed_code is None  # erased once it was sent


async def test_what_ended_is_forgotten(world: World) -> None:
    access = await world.register()
    await ask_for_code(asked(access), ports=world.ports)
    await code_in(world)
    world.clock.advance(days=32)

    assert await forget_access(ports=world.ports) >= 3

    async with world.engine.connect() as connection:
        for table in (a.access_code, a.access_link):
            count = await connection.execute(select(func.count()).select_from(table))
            assert count.scalar_one() == 0


async def test_a_flood_of_requests_leaves_a_few_rows_after_a_quarter_of_an_hour(
    world: World,
) -> None:
    """For somebody and for nobody alike: fifty rows now, no disk filled later."""
    access = await world.register()
    nobody = Asked(prefecture=ISERE, reference="22222222W")
    for _ in range(25):
        await ask_for_code(asked(access), ports=world.ports)
        await ask_for_code(nobody, ports=world.ports)
    assert await rows(world, a.access_code) == 50
    code = await code_in(world)
    assert code

    world.clock.advance(minutes=16)
    await forget_access(ports=world.ports)

    assert await rows(world, a.access_code) == MOST_ANYONES
    later = await ask_for_code(asked(access), ports=world.ports)
    assert await queue_codes(ports=world.ports) == 1
    assert len(await sent(world, "Votre code pour ouvrir votre inscription")) == (
        MOST_ANYONES
    )
    with pytest.raises(UnknownResourceError):
        await open_with_code(later, code, ports=world.ports)


# --- on paper


async def test_a_paper_code_opens_at_any_computer_however_it_is_typed(
    world: World,
) -> None:
    nobody = Contact.parse(email=None, phone=None, language="fr")
    access = await world.register(contact=nobody, is_proved=False)
    code = await issue_paper_code(world.agent, access.reference, ports=world.ports)
    typed = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")

    for way in (code, typed, code.replace("-", "")):
        view = await view_registration(replace(access, secret=way), ports=world.ports)
        assert view.reference == access.reference


async def test_the_last_paper_code_is_the_only_one(world: World) -> None:
    access = await world.register()
    first = await issue_paper_code(world.agent, access.reference, ports=world.ports)
    second = await issue_paper_code(world.agent, access.reference, ports=world.ports)

    assert first != second
    with pytest.raises(UnknownResourceError):
        await view_registration(replace(access, secret=first), ports=world.ports)
    assert await view_registration(replace(access, secret=second), ports=world.ports)
    world.clock.advance(days=366)
    with pytest.raises(UnknownResourceError):
        await view_registration(replace(access, secret=second), ports=world.ports)


async def test_the_recorded_contact_learns_of_a_paper_code_and_closes_it(
    world: World,
) -> None:
    access = await world.register()
    code = await issue_paper_code(world.agent, access.reference, ports=world.ports)
    [told] = await sent(world, "Un code papier a été remis au guichet")

    await keep_contact(link_in(told, "/garder"), ports=world.ports)

    with pytest.raises(UnknownResourceError):
        await view_registration(replace(access, secret=code), ports=world.ports)


async def test_an_agent_of_another_prefecture_issues_nothing(world: World) -> None:
    access = await world.register()
    elsewhere = replace(world.agent, prefecture="rhone")

    with pytest.raises(UnknownResourceError):
        await issue_paper_code(elsewhere, access.reference, ports=world.ports)


def test_a_paper_code_is_what_luck_makes_it() -> None:
    assert paper_code_from(b"\x00" * 10) == "0000-0000-0000-0000"
    assert paper_code_from(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    with pytest.raises(ValueError, match="10 random bytes"):
        paper_code_from(b"\x00" * 9)

"""Whom no message reaches gets a letter: who is listed, what it says, who sees."""

from dataclasses import replace

import pytest

from service.domain.contact import Contact
from service.usecases.desk.call_holders import call_holders
from service.usecases.desk.ready_permits import mark_collected, say_ready
from service.usecases.errors import UnknownResourceError
from service.usecases.message.send_messages import send_messages
from service.usecases.paper.notice_letters import (
    called_letter,
    list_untold,
    notice_code,
    ready_letter,
)
from tests.world import World

pytestmark = pytest.mark.anyio

HEADING = "numero;nom;naissance;document;fin;motif;lieu;courriel;langue\n"
LINE = "99000000{n:02d};Diallo;04/05/1990;cst;03/12/2026;renouvellement-titre;grenoble"
NOBODY = Contact.parse(email=None, phone=None, language="ar")


async def called(world: World, *mails: str) -> None:
    lines = [LINE.format(n=n) + f";{mail};ar" for n, mail in enumerate(mails, 1)]
    text = HEADING + "\n".join(lines)
    listed = await call_holders(world.agent, text, dry_run=False, ports=world.ports)
    assert listed.count("created") == len(mails)
    await send_messages(ports=world.ports)


async def test_a_called_holder_without_contact_is_listed_and_gets_a_letter(
    world: World,
) -> None:
    await called(world, "", "p2@example.org")

    [one] = await list_untold(world.agent, ports=world.ports)
    letter, language = await called_letter(
        world.agent, one.reference, ports=world.ports
    )

    assert one.name == "Diallo"
    assert (letter.reference, language) == (one.reference, "ar")
    assert [site.code for site in letter.sites] == ["grenoble"]
    assert letter.phone == "0476603400"
    assert await world.ports.press.called_letter(letter, language=language)


async def test_who_was_told_by_message_has_no_letter_for_anybody_to_print(
    world: World,
) -> None:
    await called(world, "", "p2@example.org")
    reached = await world.register(3)

    with pytest.raises(UnknownResourceError):
        await called_letter(world.agent, reached.reference, ports=world.ports)
    assert len(await list_untold(world.agent, ports=world.ports)) == 1


async def test_an_agent_of_another_prefecture_sees_none_of_them(world: World) -> None:
    await called(world, "")
    [one] = await list_untold(world.agent, ports=world.ports)
    elsewhere = replace(world.agent, prefecture="elsewhere")

    assert await list_untold(elsewhere, ports=world.ports) == []
    with pytest.raises(UnknownResourceError):
        await called_letter(elsewhere, one.reference, ports=world.ports)


async def test_a_ready_permit_has_a_letter_until_it_is_handed_over(
    world: World,
) -> None:
    await say_ready(
        world.agent,
        world.person().identity,
        NOBODY,
        site="grenoble",
        collect_at=None,
        ports=world.ports,
    )
    async with world.ports.open_uow() as uow:
        [ready] = await uow.doors.lists.ready("isere")

    letter, language = await ready_letter(world.agent, ready.id, ports=world.ports)
    assert letter.code == notice_code(ready.id)
    assert letter.holder.family_name == "Diallo"
    assert (letter.site_address, language) == (
        "12 place de Verdun, 38000 Grenoble",
        "ar",
    )
    assert await world.ports.press.ready_letter(letter, language=language)

    await mark_collected(world.agent, ready.id, ports=world.ports)
    with pytest.raises(UnknownResourceError):
        await ready_letter(world.agent, ready.id, ports=world.ports)

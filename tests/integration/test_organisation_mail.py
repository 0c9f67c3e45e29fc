"""Organisations are written to: an invitation, ceilings that changed and why."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from service.adapters.postgres import organisation_tables as o
from service.adapters.postgres import tables as t
from service.domain.errors import DomainError
from service.domain.mandate import Ceilings
from service.usecases.errors import UnknownResourceError
from service.usecases.helper.change_ceilings import change_ceilings, history_of
from service.usecases.helper.helper_accounts import (
    invite_helper,
    invite_lead,
    view_invitation,
)
from service.usecases.helper.organisation_mail import (
    GIVE_UP_AFTER,
    send_organisation_mail,
)
from service.usecases.helper.organisations import organisation_for
from tests.helping import Help, open_help
from tests.world import World

pytestmark = pytest.mark.anyio

LEAD = "lead@passages.example"
CONTACT = "contact@passages.example"


@pytest.fixture
async def help_(world: World) -> Help:
    opened = await open_help(world)
    await send_organisation_mail(ports=world.ports)
    return opened


def invitation_in(text: str) -> str:
    found = re.search(r"/accompagnants/invitation/(\S+)", text)
    assert found is not None
    return found[1]


async def test_an_invitation_is_brought_by_a_message_and_opens(
    world: World, help_: Help
) -> None:
    [first] = world.mailbox.to(LEAD)
    assert "Maison des Passages vous invite" in first.text

    await invite_helper(
        help_.helper, name="Ada", login="Ada@passages.example", ports=world.ports
    )
    await send_organisation_mail(ports=world.ports)
    await send_organisation_mail(ports=world.ports)

    [mail] = world.mailbox.to("ada@passages.example")
    opened = await view_invitation(invitation_in(mail.text), ports=world.ports)
    assert (opened.name, opened.organisation) == ("Ada", "Maison des Passages")


async def test_what_waits_is_sealed_and_what_left_is_forgotten(
    world: World, help_: Help
) -> None:
    token = await invite_helper(
        help_.helper, name="Ada", login="ada@passages.example", ports=world.ports
    )
    async with world.engine.connect() as connection:
        waiting = (
            await connection.execute(
                select(o.organisation_mail.c.sealed).where(
                    o.organisation_mail.c.settled_at.is_(None)
                )
            )
        ).scalar_one()
    assert token.encode() not in waiting
    assert b"ada@" not in waiting

    await send_organisation_mail(ports=world.ports)

    async with world.engine.connect() as connection:
        kept = await connection.execute(select(o.organisation_mail.c.sealed))
        assert set(kept.scalars()) == {None}


async def test_a_ceiling_changes_with_a_reason_and_everybody_concerned_is_told(
    world: World, help_: Help
) -> None:
    told = await change_ceilings(
        world.agent,
        help_.organisation_id,
        Ceilings(live=40, per_day=10),
        reason="  Deux salariées de moins\tcet hiver ",
        ports=world.ports,
    )
    await send_organisation_mail(ports=world.ports)

    assert told == 2
    for address in (LEAD, CONTACT):
        mail = world.mailbox.to(address)[-1]
        assert mail.subject == "Plafonds changés : Maison des Passages"
        assert "à la fois : 40 (avant : 300)" in mail.text
        assert "Raison donnée : Deux salariées de moins cet hiver" in mail.text
    seen = await organisation_for(world.agent, help_.organisation_id, ports=world.ports)
    assert seen.organisation.ceilings == Ceilings(live=40, per_day=10)
    history = await history_of(world.agent, help_.organisation_id, ports=world.ports)
    [change] = history.changes
    assert (change.before, change.after) == (
        Ceilings(live=300, per_day=100),
        Ceilings(live=40, per_day=10),
    )
    assert history.names == {world.agent.id: "Agent"}
    assert {one.outcome for one in history.mail} == {"sent"}
    async with world.engine.connect() as connection:
        actions = await connection.execute(select(t.audit.c.action))
        assert "organisation-ceilings" in set(actions.scalars())


async def test_a_lower_ceiling_lets_nobody_more_in_and_sends_nobody_away(
    world: World, help_: Help
) -> None:
    await help_.register(1)
    await change_ceilings(
        world.agent,
        help_.organisation_id,
        Ceilings(live=1, per_day=100),
        reason="Essai",
        ports=world.ports,
    )

    with pytest.raises(DomainError) as refused:
        await help_.register(2)

    assert refused.value.code == "ceiling-reached"
    seen = await organisation_for(world.agent, help_.organisation_id, ports=world.ports)
    assert seen.counts.live == 1


async def test_no_reason_no_change_and_the_same_ceilings_tell_nobody(
    world: World, help_: Help
) -> None:
    for reason in ("", "   ", "x" * 401, "a\x00b"):
        with pytest.raises(DomainError) as refused:
            await change_ceilings(
                world.agent,
                help_.organisation_id,
                Ceilings(live=40, per_day=10),
                reason=reason,
                ports=world.ports,
            )
        assert refused.value.field == "reason"

    same = await change_ceilings(
        world.agent,
        help_.organisation_id,
        Ceilings(live=300, per_day=100),
        reason="Rien",
        ports=world.ports,
    )

    assert same == 0
    history = await history_of(world.agent, help_.organisation_id, ports=world.ports)
    assert history.changes == []
    async with world.engine.begin() as connection:
        with pytest.raises(IntegrityError, match="changes"):
            await connection.execute(
                insert(o.ceiling_change).values(
                    id=help_.organisation_id,
                    organisation_id=help_.organisation_id,
                    changed_by=world.agent.id,
                    changed_at=world.clock.now(),
                    live_before=3,
                    per_day_before=3,
                    live=3,
                    per_day=3,
                    reason="x",
                )
            )


async def test_an_agent_of_elsewhere_changes_nothing(world: World, help_: Help) -> None:
    stranger = replace(world.agent, prefecture="rhone")

    with pytest.raises(UnknownResourceError):
        await change_ceilings(
            stranger,
            help_.organisation_id,
            Ceilings(live=40, per_day=10),
            reason="Non",
            ports=world.ports,
        )
    with pytest.raises(UnknownResourceError):
        await history_of(stranger, help_.organisation_id, ports=world.ports)


async def test_a_server_that_is_away_is_tried_again_and_a_dead_address_is_shown(
    world: World, help_: Help
) -> None:
    world.mailbox.delaying.add("ada@passages.example")
    world.mailbox.refusing.add("bob@passages.example")
    for name in ("ada", "bob"):
        await invite_lead(
            world.agent,
            help_.organisation_id,
            name=name,
            login=f"{name}@passages.example",
            ports=world.ports,
        )

    assert await send_organisation_mail(ports=world.ports) == 2
    assert await send_organisation_mail(ports=world.ports) == 0  # not yet
    history = await history_of(world.agent, help_.organisation_id, ports=world.ports)
    assert sorted(str(one.outcome) for one in history.mail[:2]) == ["None", "refused"]

    world.mailbox.delaying.clear()
    world.clock.advance(minutes=3)
    assert await send_organisation_mail(ports=world.ports) == 1
    assert len(world.mailbox.to("ada@passages.example")) == 1


async def test_nobody_is_tried_for_ever(world: World, help_: Help) -> None:
    world.mailbox.delaying.add("ada@passages.example")
    await invite_helper(
        help_.helper, name="Ada", login="ada@passages.example", ports=world.ports
    )

    tries = 0
    for _ in range(GIVE_UP_AFTER + 3):
        tries += await send_organisation_mail(ports=world.ports)
        world.clock.advance(hours=2)

    history = await history_of(world.agent, help_.organisation_id, ports=world.ports)
    assert tries == GIVE_UP_AFTER
    assert history.mail[0].outcome == "given-up"


async def test_a_message_nobody_can_read_keeps_nobody_else_waiting(
    world: World, help_: Help
) -> None:
    """Sealed with a key that is lost, say: it is tried like one that cannot leave."""
    await invite_helper(
        help_.helper, name="Ada", login="ada@passages.example", ports=world.ports
    )
    async with world.engine.begin() as connection:
        await connection.execute(
            update(o.organisation_mail)
            .where(o.organisation_mail.c.settled_at.is_(None))
            .values(sealed=b"\x01" + bytes(60))
        )
    world.clock.advance(seconds=1)
    await invite_helper(
        help_.helper, name="Bob", login="bob@passages.example", ports=world.ports
    )

    await send_organisation_mail(ports=world.ports)

    assert len(world.mailbox.to("bob@passages.example")) == 1
    for _ in range(GIVE_UP_AFTER):
        world.clock.advance(hours=2)
        await send_organisation_mail(ports=world.ports)
    history = await history_of(world.agent, help_.organisation_id, ports=world.ports)
    assert sorted(str(one.outcome) for one in history.mail[:2]) == ["given-up", "sent"]

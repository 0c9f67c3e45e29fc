"""An agent does for a person what the person could do: known, named, told; no more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from service.adapters.postgres import tables as t
from service.domain.availability import Availability
from service.domain.birth_date import BirthDate
from service.domain.claims import ClaimGround, Evidence
from service.domain.companions import Companion
from service.domain.contact import Contact
from service.domain.desk_acts import IdentityNotShownError, Shown
from service.domain.errors import OfferNotOpenError, SecondAgentRequiredError
from service.domain.identity import Names
from service.domain.permits import DocumentFacts
from service.usecases.commands import Access, AmendRegistration
from service.usecases.desk.act_for import (
    PersonThere,
    acknowledgement_for,
    amend_for,
    claim_for,
    confirm_for,
    convocation_for,
    decline_for,
    give_back_for,
    note_not_reached,
    withdraw_for,
)
from service.usecases.errors import UnknownResourceError
from service.usecases.helper.mandates import my_mandates
from service.usecases.message.send_messages import send_messages
from service.usecases.night.open_slots import open_slots
from service.usecases.person.paper_code import issue_paper_code
from service.usecases.person.urgency_claims import MakeClaim, claims_to_answer
from service.usecases.person.view_registration import view_registration
from service.usecases.ports import Ports
from service.usecases.views import RegistrationView
from tests.helping import kinds
from tests.integration.test_offers import free_places, offered
from tests.nights import hold_night
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio

BORN = BirthDate(1990, 5, 4)
PHONE = "+33612345678"
BY_PHONE = Contact.parse(email=None, phone=PHONE, language="fr")


def there(access: Access, shown: Shown = Shown.DOCUMENT, **more: object) -> PersonThere:
    given: dict[str, object] = {"birth_date": BORN, **more}
    return PersonThere(reference=access.reference, shown=shown, **given)  # type: ignore[arg-type]


def bare(access: Access, **changes: object) -> AmendRegistration:
    changed = Access(reference=access.reference, secret="")
    return AmendRegistration(access=changed, **changes)  # type: ignore[arg-type]


async def events(world: World, *actions: str) -> list[tuple[str, str, object]]:
    """Who did what, of the audit chain."""
    async with world.engine.connect() as connection:
        rows = await connection.execute(select(t.audit).order_by(t.audit.c.id))
        return [
            (row.actor, row.action, row.detail.get("act"))
            for row in rows
            if row.action in actions
        ]


async def view(world: World, access: Access):
    return await view_registration(access, ports=world.ports)


def state_of_offer(found: RegistrationView) -> str:
    assert found.offer is not None
    return found.offer.state


# --- the acts


async def test_an_agent_confirms_for_a_person_and_the_person_is_told(
    world: World,
) -> None:
    access = await offered(world)

    await confirm_for(world.agent, there(access), ports=world.ports)
    await send_messages(ports=world.ports)

    assert (await view(world, access)).state == "served"
    assert world.mailbox.to("p1@example.org")[-1].subject == (
        "Votre rendez-vous est confirmé"
    )
    assert await events(world, "acted-for") == [("agent", "acted-for", "confirmed")]


async def test_what_an_agent_declines_goes_to_a_later_night_and_is_told(
    world: World,
) -> None:
    access = await offered(world)
    free = await free_places(world)

    await decline_for(world.agent, there(access), ports=world.ports)
    await send_messages(ports=world.ports)

    after = await view(world, access)
    assert (after.state, state_of_offer(after)) == ("live", "declined")
    assert await free_places(world) == free + 1
    told = world.mailbox.to("p1@example.org")[-1]
    assert told.subject == "Un agent a agi pour vous"
    assert "Une proposition a été déclinée." in told.text
    log = await my_mandates(access, ports=world.ports)
    assert [one.act for one in log.done_at_desk] == ["declined"]


async def test_a_confirmed_place_is_given_back_at_the_desk(world: World) -> None:
    access = await offered(world)
    await confirm_for(world.agent, there(access), ports=world.ports)

    await give_back_for(world.agent, there(access), ports=world.ports)

    after = await view(world, access)
    assert (after.state, state_of_offer(after)) == ("live", "cancelled")
    assert (await kinds(world, access.reference))[-1] == "acted_at_desk"
    assert await events(world, "acted-for") == [
        ("agent", "acted-for", "confirmed"),
        ("agent", "acted-for", "cancelled"),
    ]


async def test_places_days_and_the_names_of_a_family_are_completed_at_the_desk(
    world: World,
) -> None:
    """Whoever sent no names keeps their places: an agent completes the names."""
    access = await world.register(people=2)
    child = Companion(names=Names("Diallo", "Fatou"), birth_date=BirthDate(2020, 1, 2))
    before = await view(world, access)

    await amend_for(
        world.agent,
        there(access),
        bare(
            access,
            availability=Availability(weekdays_excluded=frozenset({5})),
            companions=(child,),
        ),
        ports=world.ports,
    )

    after = await view(world, access)
    assert after.availability.weekdays_excluded == {5}
    assert [one.given_names for one in after.doors.companions] == ["Fatou"]
    assert (after.waiting_since_on, after.band, after.end_of_right_on) == (
        before.waiting_since_on,
        before.band,
        before.end_of_right_on,
    )
    assert [one.act for one in after.doors.done_at_desk] == ["corrected"]


async def test_a_contact_changed_at_the_desk_waits_three_days_and_tells_the_old_one(
    world: World,
) -> None:
    access = await world.register()
    await amend_for(
        world.agent, there(access), bare(access, contact=BY_PHONE), ports=world.ports
    )
    await send_messages(ports=world.ports)

    after = await view(world, access)
    assert (after.masked_email, after.masked_phone) == ("p…@example.org", None)
    assert after.new_contact_from == world.clock.now() + timedelta(hours=72)
    assert world.mailbox.to("p1@example.org")[-1].subject.startswith(
        "Vos coordonnées vont changer"
    )


async def test_who_gave_no_contact_is_reached_from_then_on(world: World) -> None:
    nobody = Contact.parse(email=None, phone=None, language="fr")
    access = await world.register(contact=nobody)

    await amend_for(
        world.agent, there(access), bare(access, contact=BY_PHONE), ports=world.ports
    )

    after = await view(world, access)
    assert (after.masked_phone, after.new_contact_from) == ("…78", None)


async def test_an_urgency_is_signalled_at_the_desk_and_changes_nothing_by_itself(
    world: World,
) -> None:
    access = await world.register()
    before = await view(world, access)

    await claim_for(
        world.agent,
        there(access),
        MakeClaim(
            access=access,
            ground=ClaimGround.JOB,
            evidence=(Evidence.EMPLOYER,),
            happens_on=None,
        ),
        ports=world.ports,
    )

    [claim] = await claims_to_answer(world.agent, ports=world.ports)
    assert claim.reference == access.reference
    after = await view(world, access)
    assert (after.band, after.end_of_right_on) == (before.band, before.end_of_right_on)
    assert (await kinds(world, access.reference))[-1] == "acted_at_desk"


async def test_a_registration_is_ended_at_the_desk_and_its_person_told(
    world: World,
) -> None:
    access = await world.register()

    await withdraw_for(world.agent, there(access), ports=world.ports)

    assert (await view(world, access)).state == "withdrawn"
    assert (await kinds(world, access.reference))[-1] == "withdrawn"
    assert await events(world, "acted-for") == [("agent", "acted-for", "withdrawn")]


# --- who the person is


async def acts_refused(
    world: World, who: PersonThere, error: type[Exception], ports: Ports
) -> None:
    access = Access(reference=who.reference, secret="")
    claim = MakeClaim(
        access=access,
        ground=ClaimGround.JOB,
        evidence=(Evidence.NONE,),
        happens_on=None,
    )
    agent = world.agent
    for act in (
        confirm_for(agent, who, ports=ports),
        decline_for(agent, who, ports=ports),
        give_back_for(agent, who, ports=ports),
        withdraw_for(agent, who, ports=ports),
        amend_for(agent, who, bare(access, people=3), ports=ports),
        amend_for(agent, who, bare(access, contact=BY_PHONE), ports=ports),
        claim_for(agent, who, claim, ports=ports),
    ):
        with pytest.raises(error):
            await act


async def test_no_act_is_done_for_who_did_not_show_who_they_are(world: World) -> None:
    """Another birth date, none, a number we do not hold, a code of somebody else."""
    access = await offered(world)
    other = await world.register(2)
    before, told = await view(world, access), await kinds(world, access.reference)
    wrong = (
        there(access, birth_date=BirthDate(1990, 5, 5)),
        there(access, birth_date=BirthDate(1990)),
        there(access, birth_date=None),
        there(access, Shown.CALLED),
        there(access, Shown.CODE, code=other.secret),
        there(access, Shown.CODE, code=""),
    )

    for who in wrong:
        await acts_refused(world, who, IdentityNotShownError, world.ports)

    assert await view(world, access) == before
    assert await kinds(world, access.reference) == told
    assert await events(world, "acted-for") == []
    tried = await events(world, "identity-not-shown")
    assert len(tried) == len(wrong) * 7
    assert {actor for actor, _, _ in tried} == {"agent"}


async def test_the_registration_of_another_prefecture_is_nowhere(world: World) -> None:
    access = await offered(world)
    elsewhere = replace(world.agent, prefecture="rhone")

    world.agent = elsewhere
    await acts_refused(world, there(access), UnknownResourceError, world.ports)
    for looked_at in (acknowledgement_for, convocation_for, note_not_reached):
        with pytest.raises(UnknownResourceError):
            await looked_at(elsewhere, access.reference, ports=world.ports)


async def test_a_repetition_is_not_acted_upon(world: World) -> None:
    """The news and the place are the first one's; this may be a stranger's."""
    await world.register(1)
    again = await world.register(1, is_proved=False)

    await acts_refused(world, there(again), UnknownResourceError, world.ports)
    with pytest.raises(UnknownResourceError):
        await acknowledgement_for(world.agent, again.reference, ports=world.ports)


async def test_a_person_called_at_their_own_number_is_known_by_their_birth_date(
    world: World,
) -> None:
    access = await world.register(contact=BY_PHONE)

    await withdraw_for(world.agent, there(access, Shown.CALLED), ports=world.ports)

    assert (await view(world, access)).state == "withdrawn"


async def test_a_paper_code_and_the_code_of_the_accuse_are_enough(
    world: World,
) -> None:
    access = await world.register()
    paper = await issue_paper_code(world.agent, access.reference, ports=world.ports)

    for code in (paper, access.secret):
        who = there(access, Shown.CODE, code=code, birth_date=None)
        await amend_for(world.agent, who, bare(access, people=2), ports=world.ports)

    assert (await view(world, access)).people == 2


async def test_a_code_that_a_screen_alone_showed_is_nobodys_proof(
    world: World,
) -> None:
    """ADR 0017: it was given to whoever filled in the form."""
    access = await world.register(is_proved=False)
    who = there(access, Shown.CODE, code=access.secret, birth_date=None)

    with pytest.raises(IdentityNotShownError):
        await withdraw_for(world.agent, who, ports=world.ports)


async def test_a_birth_date_known_to_the_year_is_compared_to_the_year(
    world: World,
) -> None:
    person = world.person()
    identity = replace(person.identity, birth_date=BirthDate(1990))
    access = await world.register(identity=identity)

    with pytest.raises(IdentityNotShownError):
        await withdraw_for(
            world.agent, there(access, birth_date=BirthDate(1991)), ports=world.ports
        )
    await withdraw_for(
        world.agent, there(access, birth_date=BirthDate(1990, 1, 1)), ports=world.ports
    )


# --- what no agent can do


async def test_no_act_of_an_agent_brings_a_date(world: World) -> None:
    access = await world.register(
        facts=DocumentFacts(
            held_document="cst", permit_expires_on=TONIGHT + timedelta(days=200)
        )
    )
    near = DocumentFacts(
        held_document="cst", permit_expires_on=TONIGHT + timedelta(days=5)
    )
    before = await view(world, access)

    with pytest.raises(SecondAgentRequiredError):
        await amend_for(
            world.agent, there(access), bare(access, facts=near), ports=world.ports
        )

    assert await view(world, access) == before


async def test_an_agent_confirms_only_what_the_draw_gave(world: World) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register()

    with pytest.raises(OfferNotOpenError):
        await confirm_for(world.agent, there(access), ports=world.ports)

    assert (await view(world, access)).offer is None
    assert await events(world, "acted-for") == []  # what was refused left nothing


async def test_a_document_at_the_desk_opens_the_news_like_a_paper_code(
    world: World,
) -> None:
    await open_slots(world.agent, world.plan(), ports=world.ports)
    access = await world.register(is_proved=False)
    await hold_night(world)
    assert (await view(world, access)).needs_proof

    await confirm_for(world.agent, there(access), ports=world.ports)

    after = await view(world, access)
    assert (after.needs_proof, state_of_offer(after)) == (False, "confirmed")

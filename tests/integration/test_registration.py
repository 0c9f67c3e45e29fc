"""One person, one registration; the same answer whoever asks."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from service.adapters.postgres import tables as t
from service.domain.availability import Availability
from service.domain.birth_date import BirthDate
from service.domain.contact import Contact
from service.domain.errors import (
    BirthDateInFutureError,
    DomainError,
    MissingSiteError,
    MotifNotAtSiteError,
    MotifNotInDrawError,
    NoDayLeftError,
    RegistrationNotLiveError,
    UnknownMotifError,
    UnknownPrefectureError,
    UnknownSiteError,
)
from service.domain.permits import DocumentFacts
from service.usecases.commands import AmendRegistration
from service.usecases.errors import (
    IdempotencyKeyInFlightError,
    IdempotencyKeyReusedError,
    UnknownResourceError,
)
from service.usecases.message.send_messages import send_messages
from service.usecases.night.freeze_night import freeze_night
from service.usecases.person.access import open_by_link
from service.usecases.person.amend_registration import amend_registration
from service.usecases.person.register_applicant import register_applicant
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.words.i18n import typeset
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


async def count(world: World, state: str) -> int:
    async with world.engine.connect() as connection:
        found = await connection.execute(
            select(func.count())
            .select_from(t.registration)
            .where(t.registration.c.state == state)
        )
    return found.scalar_one()


async def test_a_person_registers_at_noon_and_takes_part_tonight(world: World) -> None:
    access = await world.register()

    view = await view_registration(access, ports=world.ports)

    assert view.state == "live"
    assert view.takes_part_next
    assert (view.first_night_on, view.next_night_on) == (TONIGHT, TONIGHT)
    assert (view.band, view.band_reason) == (0, "ends_very_soon")
    assert view.family_name == "Diallo"
    assert view.masked_email == "p…@example.org"


async def test_someone_who_registers_after_the_freeze_joins_the_next_night(
    world: World,
) -> None:
    world.clock.advance(hours=9)
    async with world.ports.open_uow() as uow:
        [night] = await uow.nights.unfinished()
    assert await freeze_night(night, ports=world.ports)

    view = await view_registration(await world.register(), ports=world.ports)

    assert view.first_night_on == TONIGHT + timedelta(days=1)


async def test_who_registers_while_the_worker_is_away_enters_no_night_of_the_past(
    world: World,
) -> None:
    """Found by ``test_promises_to_people``: the missed night could never freeze."""
    early = await world.register(1)
    world.clock.advance(days=2)
    late = await world.register(2)

    first, second = [
        (await view_registration(one, ports=world.ports)).first_night_on
        for one in (early, late)
    ]
    assert (first, second) == (TONIGHT, TONIGHT + timedelta(days=2))
    async with world.ports.open_uow() as uow:
        missed = (await uow.nights.unfinished())[0]
    assert missed.held_on == TONIGHT
    assert await freeze_night(missed, ports=world.ports)
    async with world.ports.open_uow() as uow:
        assert len(await uow.nights.entries(missed.id)) == 1
        planned = [
            one.held_on for one in await uow.nights.unfinished() if one != missed
        ]
    assert TONIGHT + timedelta(days=2) in planned
    assert len(planned) == 2  # the missed one, frozen now, and today's: no third


async def test_a_wrong_secret_and_an_unknown_reference_look_alike(world: World) -> None:
    access = await world.register()
    refusals = []

    for attempt in (
        replace(access, secret="a" * 32),
        replace(access, reference="00000000Q"),
        replace(access, reference="not a reference"),
        replace(access, reference="😀" * 9),
    ):
        with pytest.raises(UnknownResourceError) as refused:
            await view_registration(attempt, ports=world.ports)
        refusals.append(str(refused.value))

    assert len(set(refusals)) == 1


async def test_a_secret_is_read_with_spaces_and_capitals(world: World) -> None:
    access = await world.register()
    spoken = " ".join(access.secret.upper()[i : i + 4] for i in range(0, 32, 4))

    view = await view_registration(replace(access, secret=spoken), ports=world.ports)

    assert view.reference == access.reference


async def test_registering_twice_changes_nothing_and_answers_alike(
    world: World,
) -> None:
    first = await world.register()
    await send_messages(ports=world.ports)

    second = await world.register(
        contact=Contact.parse(email="thief@example.org", phone=None, language="fr")
    )
    await send_messages(ports=world.ports)

    assert await count(world, "live") == 1
    before, after = [
        await view_registration(access, ports=world.ports) for access in (first, second)
    ]
    assert (before.state, before.first_night_on, before.band) == (
        after.state,
        after.first_night_on,
        after.band,
    )
    assert after.takes_part_next
    assert not after.needs_proof
    assert world.mailbox.to("thief@example.org") == []
    subjects = [mail.subject for mail in world.mailbox.to("p1@example.org")]
    assert subjects == [
        "Votre inscription est enregistrée",
        typeset("Votre inscription existe déjà : rien ne change"),
    ]


async def test_a_thousand_probes_send_one_message_a_day_to_their_victim(
    world: World,
) -> None:
    await world.register()
    for _ in range(5):
        await world.register()

    await send_messages(ports=world.ports)

    assert len(world.mailbox.to("p1@example.org")) == 2


async def test_one_hundred_simultaneous_registrations_make_one(world: World) -> None:
    answers = await asyncio.gather(
        *(
            register_applicant(
                world.person(), idempotency_key=f"tab-{number}", ports=world.ports
            )
            for number in range(100)
        )
    )

    assert len({answer.reference for answer in answers}) == 100
    assert await count(world, "live") == 1


async def test_what_is_kept_of_a_request_is_no_bare_digest_of_what_was_said(
    world: World,
) -> None:
    """Names and ten digits are guessed in hours; with a key outside, never."""
    for key in ("one", "two"):
        await register_applicant(world.person(), idempotency_key=key, ports=world.ports)

    async with world.engine.connect() as connection:
        found = await connection.execute(select(t.answer.c.body_sha256))
        digests = list(found.scalars())
    assert len(set(digests)) == 2  # not even that both said the same can be seen


async def test_the_same_key_brings_the_same_answer(world: World) -> None:
    first, again = [
        await register_applicant(
            world.person(), idempotency_key="one", ports=world.ports
        )
        for _ in range(2)
    ]

    assert (first.reference, first.secret) == (again.reference, again.secret)
    assert await count(world, "live") == 1


async def test_a_key_used_for_someone_else_is_refused(world: World) -> None:
    await register_applicant(world.person(1), idempotency_key="one", ports=world.ports)

    with pytest.raises(IdempotencyKeyReusedError):
        await register_applicant(
            world.person(2), idempotency_key="one", ports=world.ports
        )

    assert await count(world, "live") == 1


async def test_a_double_click_is_in_flight_or_answered_alike(world: World) -> None:
    answers = await asyncio.gather(
        *(
            register_applicant(world.person(), idempotency_key="one", ports=world.ports)
            for _ in range(8)
        ),
        return_exceptions=True,
    )

    given = [answer for answer in answers if not isinstance(answer, BaseException)]
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert len({answer.secret for answer in given}) == 1
    assert all(isinstance(error, IdempotencyKeyInFlightError) for error in refused)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"prefecture": "atlantis"}, UnknownPrefectureError, "prefecture"),
        ({"motif": "tourisme"}, UnknownMotifError, "motif"),
        ({"sites": ("paris",)}, UnknownSiteError, "sites"),
        ({"sites": ()}, MissingSiteError, "sites"),
        ({"sites": ("vienne",), "motif": "aes"}, MotifNotAtSiteError, "sites"),
        ({"motif": "remise-titre"}, MotifNotInDrawError, "motif"),
    ],
)
async def test_what_nobody_receives_for_is_refused_by_name(
    world: World,
    changes: dict[str, object],
    refusal: type[DomainError],
    field: str,
) -> None:
    with pytest.raises(refusal) as refused:
        await world.register(**changes)

    assert refused.value.field == field
    assert await count(world, "live") == 0


async def test_nobody_is_born_tomorrow(world: World) -> None:
    unborn = replace(world.person().identity, birth_date=BirthDate(2026, 11, 24))

    with pytest.raises(BirthDateInFutureError) as refused:
        await world.register(identity=unborn)

    assert refused.value.field == "identity.birth_date"


async def test_a_correction_keeps_seniority_and_moves_the_band(world: World) -> None:
    access = await world.register()
    world.clock.advance(days=3)

    view = await amend_registration(
        AmendRegistration(
            access=access,
            facts=DocumentFacts(
                held_document="cst",
                permit_expires_on=TONIGHT + timedelta(days=300),
            ),
            availability=Availability(weekdays_excluded=frozenset({3})),
        ),
        ports=world.ports,
    )

    assert view.waiting_since_on == TONIGHT
    assert view.band == 3
    assert view.availability.weekdays_excluded == {3}


async def test_a_changed_contact_is_told_to_the_old_one_and_waits_three_days(
    world: World,
) -> None:
    access = await world.register()
    new = Contact.parse(email="new@example.org", phone=None, language="fr")

    await amend_registration(
        AmendRegistration(access=access, contact=new), ports=world.ports
    )
    await send_messages(ports=world.ports)
    await world.register()  # someone probes: the truth goes to the contact in force
    await send_messages(ports=world.ports)
    assert world.mailbox.to("new@example.org") == []
    assert len(world.mailbox.to("p1@example.org")) == 3

    world.clock.advance(hours=73)
    await world.register()
    await send_messages(ports=world.ports)

    assert len(world.mailbox.to("new@example.org")) == 1


async def test_who_withdraws_can_register_again(world: World) -> None:
    access = await world.register()

    await withdraw_registration(access, ports=world.ports)
    await withdraw_registration(access, ports=world.ports)
    again = await view_registration(await world.register(), ports=world.ports)

    assert again.state == "live"
    assert (await view_registration(access, ports=world.ports)).state == "withdrawn"
    with pytest.raises(RegistrationNotLiveError):
        await amend_registration(
            AmendRegistration(access=access, people=2), ports=world.ports
        )


async def test_a_personal_link_opens_the_page_until_it_expires(world: World) -> None:
    await world.register()
    await send_messages(ports=world.ports)
    text = world.mailbox.to("p1@example.org")[0].text
    link = next(line for line in text.splitlines() if "/a/" in line)
    secret = link.rpartition("/")[2]
    access = await open_by_link(secret, ports=world.ports)

    assert (await view_registration(access, ports=world.ports)).state == "live"

    world.clock.advance(days=31)
    with pytest.raises(UnknownResourceError):
        await open_by_link(secret, ports=world.ports)
    with pytest.raises(UnknownResourceError):
        await view_registration(access, ports=world.ports)


async def test_the_database_holds_no_number_and_no_name_in_clear(world: World) -> None:
    await world.register()

    async with world.engine.connect() as connection:
        rows = await connection.execute(select(t.registration))
        dump = b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for row in rows
            for value in row
        )

    for secret in (b"9900000001", b"Diallo", b"Awa", b"example.org", b"1990"):
        assert secret not in dump


async def test_through_whatever_door_a_working_day_is_left(world: World) -> None:
    access = await world.register(1)
    never = Availability(weekdays_excluded=frozenset({1, 2, 3, 4, 5}))

    with pytest.raises(NoDayLeftError):
        await world.register(2, availability=never)
    with pytest.raises(NoDayLeftError):
        await amend_registration(
            AmendRegistration(access=access, availability=never), ports=world.ports
        )

"""Helpers sign in with two factors; nobody guesses, nobody replays."""

import asyncio

import pyotp
import pytest
from sqlalchemy import select

from service.adapters.passwords import Argon2Passwords
from service.adapters.postgres import mandate_tables as m
from service.domain.help_errors import InvalidOrganisationError, WeakPasswordError
from service.usecases.errors import (
    HelperRequiredError,
    HelperSignInError,
    LeadRequiredError,
    OrganisationSuspendedError,
    UnknownResourceError,
)
from service.usecases.helper.helper_accounts import (
    close_helper,
    enrol,
    helper_of,
    invite_helper,
    sign_in_helper,
    sign_out_helper,
    view_invitation,
)
from service.usecases.helper.helper_batch import (
    BatchLine,
    confirm_batch,
    forget_batches,
    keep_batch,
    open_batch,
    try_batch,
)
from service.usecases.helper.organisations import (
    resume_organisation,
    suspend_organisation,
)
from service.usecases.helper.watch_organisations import watch_organisations
from tests.helping import ALL_SCOPES, PASSWORD, open_help, rows
from tests.world import World

pytestmark = pytest.mark.anyio


async def test_three_things_open_a_session_and_it_ends_by_itself(world: World) -> None:
    help_ = await open_help(world)

    token = await help_.sign_in()

    assert (await helper_of(token, ports=world.ports)).helper.id == help_.helper.id
    world.clock.advance(minutes=16)
    with pytest.raises(HelperRequiredError):
        await helper_of(token, ports=world.ports)


async def test_whatever_does_not_fit_is_told_alike(world: World) -> None:
    help_ = await open_help(world)
    world.clock.advance(seconds=60)
    said = set()

    for login, password, code in (
        ("nobody@passages.example", PASSWORD, help_.code()),
        (help_.helper.login, "wrong", help_.code()),
        (help_.helper.login, PASSWORD, "000000"),
        (help_.helper.login, PASSWORD, "😀" * 6),
    ):
        with pytest.raises(HelperSignInError) as refused:
            await sign_in_helper(login, password, code, ports=world.ports)
        said.add(str(refused.value))

    assert len(said) == 1


async def test_a_code_is_not_taken_twice_within_its_step(world: World) -> None:
    help_ = await open_help(world)
    await help_.sign_in()
    used = help_.code()

    with pytest.raises(HelperSignInError):
        await sign_in_helper(help_.helper.login, PASSWORD, used, ports=world.ports)
    world.clock.advance(seconds=30)
    with pytest.raises(HelperSignInError):  # still within the tolerance of the step
        await sign_in_helper(help_.helper.login, PASSWORD, used, ports=world.ports)

    await sign_in_helper(help_.helper.login, PASSWORD, help_.code(), ports=world.ports)


async def test_of_two_who_send_one_code_at_once_one_enters(world: World) -> None:
    help_ = await open_help(world)
    world.clock.advance(seconds=60)

    async def attempt() -> bool:
        try:
            await sign_in_helper(
                help_.helper.login, PASSWORD, help_.code(), ports=world.ports
            )
        except HelperSignInError:
            return False
        return True

    entered = await asyncio.gather(*(attempt() for _ in range(4)))

    assert sum(entered) == 1


async def test_a_recovery_code_works_once_ever(world: World) -> None:
    help_ = await open_help(world)
    code = help_.recovery[0].upper()

    token = await sign_in_helper(help_.helper.login, PASSWORD, code, ports=world.ports)

    assert (await helper_of(token, ports=world.ports)).recovery_left == 9
    with pytest.raises(HelperSignInError):
        await sign_in_helper(help_.helper.login, PASSWORD, code, ports=world.ports)


async def test_after_five_wrong_codes_even_the_right_one_waits(world: World) -> None:
    help_ = await open_help(world)
    world.clock.advance(seconds=60)
    for _ in range(5):
        with pytest.raises(HelperSignInError):
            await sign_in_helper(
                help_.helper.login, PASSWORD, "000000", ports=world.ports
            )

    with pytest.raises(HelperSignInError):
        await sign_in_helper(
            help_.helper.login, PASSWORD, help_.code(), ports=world.ports
        )
    world.clock.advance(minutes=16)

    assert await help_.sign_in()


async def test_a_stranger_with_the_login_alone_does_not_lock_its_owner_out(
    world: World,
) -> None:
    help_ = await open_help(world)
    for _ in range(19):
        with pytest.raises(HelperSignInError):
            await sign_in_helper(
                help_.helper.login, "guess", "000000", ports=world.ports
            )

    assert await help_.sign_in()


async def test_secrets_are_stored_sealed_or_hashed(world: World) -> None:
    help_ = await open_help(world)
    async with world.engine.connect() as connection:
        stored = (await connection.execute(select(m.helper))).mappings().one()
        codes = (await connection.execute(select(m.helper_recovery))).all()

    assert help_.secret.encode() not in stored["sealed_totp"]
    assert all(
        code.encode() not in row.code_sha256 for row in codes for code in help_.recovery
    )
    hashed = Argon2Passwords().hash(PASSWORD)
    assert hashed.startswith("$argon2id$")
    assert Argon2Passwords().matches(hashed, PASSWORD)


async def test_the_lead_invites_and_closes_and_nobody_else_does(world: World) -> None:
    help_ = await open_help(world)
    ports = world.ports
    token = await invite_helper(
        help_.helper, name="Karim", login="Karim@passages.example", ports=ports
    )
    invitation = await view_invitation(token, ports=ports)
    with pytest.raises(WeakPasswordError):
        await enrol(token, password="short", code="000000", ports=ports)
    with pytest.raises(HelperSignInError):
        await enrol(token, password=PASSWORD, code="000000", ports=ports)
    code = pyotp.TOTP(invitation.totp_secret).at(world.clock.now())
    await enrol(token, password=PASSWORD, code=code, ports=ports)
    with pytest.raises(UnknownResourceError):
        await enrol(token, password=PASSWORD, code=code, ports=ports)
    world.clock.advance(seconds=60)
    code = pyotp.TOTP(invitation.totp_secret).at(world.clock.now())
    session = await sign_in_helper(invitation.login, PASSWORD, code, ports=ports)
    colleague = (await helper_of(session, ports=ports)).helper

    with pytest.raises(LeadRequiredError):
        await invite_helper(
            colleague, name="X", login="x@passages.example", ports=ports
        )
    with pytest.raises(InvalidOrganisationError):
        await invite_helper(help_.helper, name="X", login=invitation.login, ports=ports)
    await close_helper(help_.helper, colleague.id, ports=ports)

    with pytest.raises(HelperRequiredError):
        await helper_of(session, ports=ports)


async def test_an_invitation_ends_after_a_week(world: World) -> None:
    help_ = await open_help(world)
    token = await invite_helper(
        help_.helper, name="Karim", login="k@passages.example", ports=world.ports
    )
    world.clock.advance(days=7, seconds=1)

    with pytest.raises(UnknownResourceError):
        await view_invitation(token, ports=world.ports)


async def test_a_suspension_ends_sessions_and_another_agent_lifts_it(
    world: World,
) -> None:
    help_ = await open_help(world)
    token = await help_.sign_in()

    await suspend_organisation(
        world.agent, help_.organisation_id, reason="doute", ports=world.ports
    )

    with pytest.raises(HelperRequiredError):
        await helper_of(token, ports=world.ports)
    with pytest.raises(OrganisationSuspendedError):
        await help_.sign_in()
    await resume_organisation(
        help_.second_agent, help_.organisation_id, ports=world.ports
    )
    again = await help_.sign_in()
    await sign_out_helper(again, ports=world.ports)
    with pytest.raises(HelperRequiredError):
        await helper_of(again, ports=world.ports)


async def test_a_file_is_sealed_while_it_waits_and_forgotten_once_confirmed(
    world: World,
) -> None:
    help_ = await open_help(world)
    ports = world.ports
    batch = await keep_batch(help_.helper, [(2, {"nom": "DIALLO"})], ports=ports)
    async with world.engine.connect() as connection:
        sealed = (await connection.execute(select(m.helper_batch.c.sealed))).scalar()
    assert b"DIALLO" not in (sealed or b"")
    assert await open_batch(help_.helper, batch, ports=ports) == [
        (2, {"nom": "DIALLO"})
    ]
    lines = [BatchLine(number=2, command=world.person(1))]

    first = await confirm_batch(
        help_.helper,
        batch,
        lines,
        scopes=ALL_SCOPES,
        ends_on=help_.half_a_year,
        ports=ports,
    )
    again = await confirm_batch(
        help_.helper,
        batch,
        lines,
        scopes=ALL_SCOPES,
        ends_on=help_.half_a_year,
        ports=ports,
    )

    assert first[0].reference == again[0].reference
    assert await rows(world, m.mandate) == 1
    assert (await try_batch(help_.helper, lines, ports=ports)).already_followed == {2}
    with pytest.raises(UnknownResourceError):
        await open_batch(help_.helper, batch, ports=ports)


async def test_a_file_nobody_confirmed_is_forgotten(world: World) -> None:
    help_ = await open_help(world)
    batch = await keep_batch(help_.helper, [(2, {"nom": "X"})], ports=world.ports)
    world.clock.advance(hours=2, seconds=1)

    with pytest.raises(UnknownResourceError):
        await open_batch(help_.helper, batch, ports=world.ports)
    assert await forget_batches(ports=world.ports) == 1
    assert await rows(world, m.helper_batch) == 0


async def test_the_report_counts_and_never_blocks(world: World) -> None:
    help_ = await open_help(world)
    await open_help(
        world, second=help_.second_agent, name="Autre", login="x@autre.example"
    )
    shared = world.person(1).contact
    for number in range(1, 6):
        await help_.register(number, contact=shared)

    found = {
        one.organisation.name: one
        for one in (
            await watch_organisations(world.agent, ports=world.ports)
        ).organisations
    }

    ours = found["Maison des Passages"]
    assert ours.traces.mandates == 5
    assert ours.traces.shared_contacts == 1
    assert ours.traces.repeated_names == 1  # the test's people share one name
    assert {*ours.unusual} == {"shared-contact", "repeated-name"}
    assert found["Autre"].unusual == ()
    await help_.register(6)

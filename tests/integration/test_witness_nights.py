"""Witnesses: told before the round, never waited for, named in public."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from service.adapters.postgres import evidence_tables as e
from service.adapters.postgres import tables as t
from service.adapters.signer import Ed25519Signer, is_valid_signature
from service.adapters.witness.feed import feed
from service.adapters.witness.mirror import FileMirror
from service.checks import verify_file
from service.domain.errors import InvalidEmailAddressError, MissingNameError
from service.draw.canonical import canonical_bytes
from service.draw.commitment import SIGNED_PREFIX, Commitment
from service.usecases.errors import UnknownResourceError, WitnessDelayedError
from service.usecases.night.advance_nights import advance_nights
from service.usecases.night.auditors import subscribe_auditor
from service.usecases.night.end_subscription import end_subscription
from service.usecases.night.published_keys import list_keys, was_in_use
from service.usecases.night.tell_witnesses import GIVE_UP_AFTER, tell_witnesses
from service.usecases.night.view_nights import list_nights, transcript_of, view_night
from service.usecases.ports.evidence import Witness
from service.usecases.records import SignedStatement
from service.usecases.views import NightView
from service.web.app import create_app
from service.worker.jobs import do_what_is_due
from tests.helping import add_second_agent
from tests.nights import freeze_hour
from tests.standing import Standing
from tests.world import TONIGHT, World

pytestmark = pytest.mark.anyio


@dataclass
class Friend:
    """A witness that can be away, or broken."""

    key: str = "friend"
    name: str = "Une association"
    fails_with: Exception | None = None
    kept: list[SignedStatement] = field(default_factory=list)

    async def deliver(self, statement: SignedStatement) -> None:
        if self.fails_with is not None:
            raise self.fails_with
        self.kept.append(statement)


def with_witnesses(world: World, *witnesses: Witness) -> None:
    world.ports = replace(world.ports, witnesses=witnesses)


async def commit(world: World) -> None:
    await freeze_hour(world)
    await advance_nights(ports=world.ports)


async def end(world: World, auditor: UUID) -> None:
    """Two agents end a subscription."""
    second = await add_second_agent(world)
    for agent in (world.agent, second):
        await end_subscription(agent, auditor, ports=world.ports)


async def reveal(world: World) -> None:
    world.clock.advance(minutes=16)
    await advance_nights(ports=world.ports)


async def tonight(world: World) -> NightView:
    return await view_night("isere", TONIGHT, ports=world.ports)


async def test_a_witness_has_the_signed_commitment_before_the_round_exists(
    world: World,
) -> None:
    friend = Friend()
    with_witnesses(world, friend)
    await commit(world)
    world.clock.advance(minutes=1)
    await tell_witnesses(ports=world.ports)

    [statement] = friend.kept
    night = await tonight(world)
    [shown] = night.witnesses
    told = json.loads(statement.document)
    commitment = Commitment.from_json(told["commitment"])

    assert canonical_bytes(told) == statement.document
    assert commitment.digest().hex() == night.commitment_sha256
    assert is_valid_signature(
        bytes.fromhex(told["signature"]["key"]),
        SIGNED_PREFIX + commitment.digest(),
        bytes.fromhex(told["signature"]["value"]),
    )
    assert shown.name == "Une association"
    assert shown.is_in_time
    assert shown.document_sha256 == sha256(statement.document).hexdigest()
    assert night.beacon_due_at is not None
    assert shown.delivered_at is not None
    assert shown.delivered_at < night.beacon_due_at


async def test_the_feed_the_mirror_and_the_letter_hold_the_same_bytes(
    world: World, tmp_path: Path
) -> None:
    friend = Friend()
    with_witnesses(world, friend, FileMirror(tmp_path))
    await subscribe_auditor(
        world.agent, name="Une revue", email="a@revue.example", ports=world.ports
    )
    await commit(world)
    await tell_witnesses(ports=world.ports)

    document = friend.kept[0].document
    [mail] = world.mailbox.to("a@revue.example")
    fed = feed(
        [await tonight(world)], name="Isère", address="https://x/f", root="https://x"
    )

    assert (tmp_path / "isere" / f"{TONIGHT}.commitment.json").read_bytes() == document
    assert document.decode() in mail.text
    genesis, period = str((await tonight(world)).beacon_chain).split("/")[2:4]
    assert (
        f"calculez-la : pour le tour n de cette balise, {genesis} + n × {period} s"
        in (mail.text.replace("\n", " "))
    )
    assert document.decode().replace('"', "&quot;") in fed


async def test_a_witness_who_is_away_stops_no_night_and_is_told_later(
    world: World,
) -> None:
    friend = Friend(fails_with=WitnessDelayedError("away"))
    broken = Friend(key="broken", name="Une panne", fails_with=RuntimeError("bug"))
    with_witnesses(world, friend, broken)
    await commit(world)
    await tell_witnesses(ports=world.ports)
    await reveal(world)
    drawn = await tonight(world)
    friend.fails_with = None
    await tell_witnesses(ports=world.ports)
    told = await tonight(world)

    assert drawn.state == "notified"
    assert {(one.name, one.delivered_at) for one in drawn.witnesses} == {
        ("Une association", None),
        ("Une panne", None),
    }
    [late] = [one for one in told.witnesses if one.name == "Une association"]
    assert late.delivered_at == world.clock.now()
    assert not late.is_in_time
    assert (late.attempts, len(friend.kept)) == (2, 1)


async def test_a_witness_who_never_answers_is_given_up_in_the_end(
    world: World,
) -> None:
    friend = Friend(fails_with=WitnessDelayedError("away"))
    with_witnesses(world, friend)
    await commit(world)
    for _ in range(GIVE_UP_AFTER + 5):
        await tell_witnesses(ports=world.ports)
        world.clock.advance(hours=1, minutes=1)

    [shown] = (await tonight(world)).witnesses
    assert shown.attempts == GIVE_UP_AFTER
    assert shown.delivered_at is None


async def test_each_witness_is_told_once_however_many_workers_run(
    world: World,
) -> None:
    friend = Friend()
    with_witnesses(world, friend)
    await commit(world)

    await tell_witnesses(ports=world.ports)
    await tell_witnesses(ports=world.ports)

    assert len(friend.kept) == 1


async def test_the_worker_tells_witnesses_in_the_round_that_commits(
    world: World,
) -> None:
    friend = Friend()
    with_witnesses(world, friend)
    world.clock.move_to(datetime(2026, 11, 23, 19, 0, tzinfo=UTC))

    await do_what_is_due(ports=world.ports)

    assert [one.held_on for one in friend.kept] == [TONIGHT]


async def test_an_auditor_is_written_to_until_the_subscription_ends(
    world: World,
) -> None:
    auditor = await subscribe_auditor(
        world.agent, name=" La  Ligue ", email="ligue@example.org", ports=world.ports
    )
    await commit(world)
    await tell_witnesses(ports=world.ports)
    await end(world, auditor)
    await reveal(world)
    world.clock.advance(days=1)
    await commit(world)
    await tell_witnesses(ports=world.ports)

    second, first = await list_nights("isere", ports=world.ports)
    subjects = [mail.subject for mail in world.mailbox.to("ligue@example.org")]
    assert subjects == [
        f"Engagement du tirage du {TONIGHT} (isere)",
        "On a demandé la fin de vos envois (isere)",
    ]
    assert [one.name for one in first.witnesses] == ["La Ligue"]
    assert second.witnesses == ()


async def test_who_left_between_commitment_and_letter_is_not_written_to(
    world: World,
) -> None:
    auditor = await subscribe_auditor(
        world.agent, name="La Ligue", email="ligue@example.org", ports=world.ports
    )
    await commit(world)
    await end(world, auditor)
    told = len(world.mailbox.sent)
    await tell_witnesses(ports=world.ports)
    world.clock.advance(days=1)

    assert await tell_witnesses(ports=world.ports) == 0
    assert len(world.mailbox.sent) == told


async def test_an_auditors_address_is_sealed_and_then_erased(world: World) -> None:
    auditor = await subscribe_auditor(
        world.agent, name="La Ligue", email="ligue@example.org", ports=world.ports
    )
    async with world.engine.connect() as connection:
        kept = (await connection.execute(select(e.auditor_subscription))).one()
        audit = (await connection.execute(select(t.audit.c.detail))).scalars().all()
    assert b"ligue" not in kept.sealed_email
    assert "ligue@" not in json.dumps(audit)

    await end(world, auditor)
    async with world.engine.connect() as connection:
        left = (await connection.execute(select(e.auditor_subscription))).one()
    assert left.sealed_email is None
    with pytest.raises(UnknownResourceError):
        await end_subscription(world.agent, auditor, ports=world.ports)


async def test_another_prefectures_agent_ends_no_subscription(world: World) -> None:
    auditor = await subscribe_auditor(
        world.agent, name="La Ligue", email="ligue@example.org", ports=world.ports
    )

    with pytest.raises(UnknownResourceError):
        await end_subscription(
            replace(world.agent, prefecture="rhone"), auditor, ports=world.ports
        )


@pytest.mark.parametrize(
    ("name", "email", "refusal"),
    [
        ("", "a@example.org", MissingNameError),
        ("a\x00b", "a@example.org", MissingNameError),
        ("x" * 121, "a@example.org", MissingNameError),
        ("La Ligue", "nowhere", InvalidEmailAddressError),
    ],
)
async def test_an_auditor_without_name_or_address_is_refused(
    world: World, name: str, email: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await subscribe_auditor(world.agent, name=name, email=email, ports=world.ports)


async def test_the_key_is_published_before_its_first_night(world: World) -> None:
    [key] = await list_keys(ports=world.ports)

    assert key.key == world.ports.signer.public_key.hex()
    assert (key.valid_from, key.valid_to) == (None, None)


async def test_after_a_rotation_old_nights_still_verify_and_the_list_says_why(
    world: World,
) -> None:
    await commit(world)
    await reveal(world)
    world.ports = replace(world.ports, signer=Ed25519Signer(b"n" * 32))
    announced = await list_keys(ports=world.ports)
    world.clock.advance(days=1)
    await commit(world)
    await reveal(world)

    old, new = await list_keys(ports=world.ports)
    nights = sorted(
        await list_nights("isere", ports=world.ports), key=lambda one: one.held_on
    )
    async with world.ports.open_uow() as uow:
        known = await uow.keys.all()

    assert [one.valid_from is None for one in announced] == [False, True]
    assert old.valid_to == new.valid_from
    assert new.valid_to is None
    for night, key in zip(nights, (old, new), strict=True):
        assert night.signature is not None
        assert night.committed_at is not None
        assert night.signature["key"] == key.key
        assert was_in_use(known, bytes.fromhex(key.key), night.committed_at)
        stored = (await transcript_of("isere", night.held_on, ports=world.ports)).text
        assert verify_file(stored)[2] == 0
    first = nights[0].committed_at or datetime.now(UTC)
    assert not was_in_use(known, bytes.fromhex(new.key), first)
    assert not was_in_use(
        known, bytes.fromhex(old.key), world.clock.now() + timedelta(days=1)
    )


async def test_two_keys_are_never_in_use_at_once(world: World) -> None:
    statement = text(
        "INSERT INTO signing_key (public_key, valid_from) VALUES (:key, now())"
    )
    async with world.engine.begin() as connection:
        await connection.execute(statement, {"key": b"a" * 32})
    with pytest.raises(IntegrityError):
        async with world.engine.begin() as connection:
            await connection.execute(statement, {"key": b"b" * 32})


async def test_anybody_reads_feed_keys_witnesses_and_open_data_over_http(
    world: World,
) -> None:
    friend = Friend()
    with_witnesses(world, friend)
    for number in range(12):
        await world.register(number)
    await commit(world)
    await tell_witnesses(ports=world.ports)
    await reveal(world)
    app = create_app(Standing(world.ports))
    transport = httpx.ASGITransport(app=app)

    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost"
    ) as client:
        fed = await client.get("/v1/feed/isere")
        keys = await client.get("/v1/keys")
        table = await client.get("/v1/open-data/isere")
        night = await client.get(f"/v1/nights/isere/{TONIGHT}")
        nowhere = await client.get("/v1/feed/nowhere")

    assert fed.headers["content-type"].startswith("application/atom+xml")
    assert friend.kept[0].commitment_sha256 in fed.text
    assert [one["key"] for one in keys.json()["keys"]] == [
        world.ports.signer.public_key.hex()
    ]
    assert table.text.splitlines()[1].startswith(f"isere,{TONIGHT},0,0,12,0,0,0,")
    assert [one["name"] for one in night.json()["witnesses"]] == ["Une association"]
    assert night.json()["publishes"] == "full"
    assert nowhere.status_code in (404, 422)

"""A prefecture is opened and changed without losing anybody; accounts end at once."""

import asyncio
import hashlib
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from service import prefecture_file
from service.adapters.postgres import tables as t
from service.adapters.postgres.audit_check import check_chain
from service.domain.help_errors import WeakPasswordError
from service.domain.operator_errors import (
    AnotherPrefectureError,
    ClosedAgentError,
    InvalidAgentNameError,
    InvalidLoginError,
    LoginTakenError,
    OperatorError,
    PrefectureNotKnownError,
    RulesetDayTakenError,
    RulesetFixedError,
    RulesetNotInForceError,
    RulesetTooEarlyError,
    UnknownAgentError,
)
from service.domain.ruleset import DEFAULT_RULESET, NightClock
from service.domain.stated_prefecture import Change, Difference, StatedPrefecture
from service.draw.canonical import canonical_bytes
from service.prefecture_file import load_prefecture_file
from service.usecases.desk.agents import MOST_WRONG, agent_of, sign_in
from service.usecases.errors import AgentRequiredError, AgentSignInError
from service.usecases.night.plan_nights import plan_nights
from service.usecases.operator.agent_accounts import (
    NewAgent,
    add_agent,
    change_password,
    close_agent,
    list_agents,
)
from service.usecases.operator.set_prefecture import set_prefecture
from tests.world import TONIGHT, QuickPasswords, World

pytestmark = pytest.mark.anyio

BY = "operator:root"
EXAMPLE = load_prefecture_file(
    Path(prefecture_file.__file__).with_name("prefecture.example.toml")
)
LATER = replace(
    DEFAULT_RULESET, version="later", effective_on=TONIGHT + timedelta(days=2)
)
STRONG = "quatre pommes vertes"


async def put(
    world: World, stated: StatedPrefecture, *, is_dry_run: bool = False
) -> list[Difference]:
    found = await set_prefecture(
        stated, by=BY, is_another=True, is_dry_run=is_dry_run, ports=world.ports
    )
    return list(found)


def brief(found: list[Difference]) -> list[tuple[Change, str]]:
    return [(one.change, one.place) for one in found]


async def acts(world: World, by: str = BY) -> list[tuple[str, dict[str, str]]]:
    async with world.engine.connect() as connection:
        rows = await connection.execute(
            select(t.audit.c.action, t.audit.c.detail)
            .where(t.audit.c.actor == by)
            .order_by(t.audit.c.id)
        )
    return [(row.action, row.detail) for row in rows]


async def test_a_prefecture_opens_with_its_first_night(world: World) -> None:
    found = await put(world, EXAMPLE)
    await plan_nights(ports=world.ports)

    assert brief(found) == [
        (Change.ADDED, "prefecture"),
        (Change.ADDED, "sites.centre"),
        (Change.ADDED, "sites.nord"),
        (Change.ADDED, "ruleset.2026-11-01"),
    ]
    async with world.ports.open_uow() as uow:
        assert await uow.nights.by_date("exemple", TONIGHT)
        sites = await uow.directory.sites("exemple")
    assert [site.motifs for site in sites] == [
        tuple(sorted(site.motifs)) for site in EXAMPLE.sites
    ]
    assert [action for action, _ in await acts(world)] == [
        "prefecture-added",
        "site-added",
        "site-added",
        "ruleset-added",
    ]
    assert (await check_chain(world.engine)).broken_at is None


async def test_a_mistyped_code_does_not_take_the_pages_over(world: World) -> None:
    with pytest.raises(AnotherPrefectureError, match="isere; give --another"):
        await set_prefecture(EXAMPLE, by=BY, ports=world.ports)

    async with world.ports.open_uow() as uow:
        assert await uow.directory.prefectures() == ["isere"]


async def test_setting_twice_is_the_same_as_once(world: World) -> None:
    await put(world, EXAMPLE)
    before = await acts(world)

    assert await put(world, EXAMPLE) == []
    assert await acts(world) == before


async def test_two_operators_at_once_open_it_once(world: World) -> None:
    first, second = await asyncio.gather(put(world, EXAMPLE), put(world, EXAMPLE))

    assert sorted(map(len, (first, second))) == [0, 4]


async def test_a_dry_run_tells_and_writes_nothing(world: World) -> None:
    told = await put(world, EXAMPLE, is_dry_run=True)

    assert len(told) == 4
    async with world.engine.connect() as connection:
        count = await connection.execute(
            select(func.count())
            .select_from(t.prefecture)
            .where(t.prefecture.c.code == "exemple")
        )
    assert count.scalar_one() == 0
    assert await acts(world) == []


async def test_what_changed_is_changed_and_on_record(world: World) -> None:
    await put(world, EXAMPLE)
    centre, nord = EXAMPLE.sites
    moved = replace(centre, address="9 rue Neuve", motifs=centre.motifs - {"recepisse"})

    found = await put(
        world, replace(EXAMPLE, sites=(moved, nord), publishes="reduced", phone=None)
    )

    assert brief(found) == [
        (Change.CHANGED, "publishes"),
        (Change.KEPT, "phone"),
        (Change.CHANGED, "sites.centre.address"),
        (Change.CHANGED, "sites.centre.motifs"),
    ]
    async with world.ports.open_uow() as uow:
        assert await uow.directory.publishes("exemple") == "reduced"
        assert await uow.directory.prefecture_phone("exemple") == EXAMPLE.phone
        stored = (await uow.directory.sites("exemple"))[0]
    assert stored.address == "9 rue Neuve"
    assert "recepisse" not in stored.motifs
    assert (
        "site-changed",
        {
            "place": "sites.centre.address",
            "before": centre.address,
            "after": "9 rue Neuve",
        },
    ) in await acts(world)


async def test_a_site_where_people_wait_does_not_vanish(world: World) -> None:
    await put(world, EXAMPLE)
    await world.register(prefecture="exemple", sites=("nord", "centre"))

    (told,) = await put(world, replace(EXAMPLE, sites=EXAMPLE.sites[:1]))

    assert (told.change, told.place, told.waiting) == (Change.KEPT, "sites.nord", 1)
    async with world.ports.open_uow() as uow:
        assert len(await uow.directory.sites("exemple")) == 2


async def test_a_motif_that_people_wait_for_stays_at_its_site(world: World) -> None:
    await put(world, EXAMPLE)
    await world.register(prefecture="exemple", sites=("nord",))
    centre, nord = EXAMPLE.sites
    without = replace(nord, motifs=frozenset({"recepisse"}))

    found = await put(world, replace(EXAMPLE, sites=(centre, without)))

    assert brief(found) == [(Change.KEPT, "sites.nord.motifs.renouvellement-titre")]
    assert found[0].waiting == 1
    async with world.ports.open_uow() as uow:
        assert set((await uow.directory.sites("exemple"))[1].motifs) == nord.motifs


async def test_the_first_ruleset_is_in_force_at_once(world: World) -> None:
    with pytest.raises(RulesetNotInForceError):
        await put(world, replace(EXAMPLE, ruleset=LATER))


async def test_a_rule_that_a_night_may_have_used_never_changes(world: World) -> None:
    await put(world, EXAMPLE)
    await plan_nights(ports=world.ports)
    other = replace(EXAMPLE.ruleset, clock=NightClock(beacon_delay_min=20))

    with pytest.raises(RulesetFixedError):
        await put(world, replace(EXAMPLE, ruleset=other))
    async with world.ports.open_uow() as uow:
        assert await uow.directory.ruleset_on("exemple", TONIGHT) == EXAMPLE.ruleset


@pytest.mark.parametrize("days", [-30, 0, 1])
async def test_no_planned_night_meets_a_rule_that_came_after_it(
    world: World, days: int
) -> None:
    await put(world, EXAMPLE)
    await plan_nights(ports=world.ports)
    soon = replace(LATER, effective_on=TONIGHT + timedelta(days=days))

    with pytest.raises(RulesetTooEarlyError, match="2026-11-25 or later"):
        await put(world, replace(EXAMPLE, ruleset=soon))


async def test_a_new_rule_gets_a_later_day_and_the_old_nights_keep_theirs(
    world: World,
) -> None:
    await put(world, EXAMPLE)
    await plan_nights(ports=world.ports)

    found = await put(world, replace(EXAMPLE, ruleset=LATER))

    assert brief(found) == [(Change.ADDED, "ruleset.later")]
    async with world.ports.open_uow() as uow:
        eve = LATER.effective_on - timedelta(days=1)
        assert await uow.directory.ruleset_on("exemple", eve) == EXAMPLE.ruleset
        assert await uow.directory.ruleset_on("exemple", LATER.effective_on) == LATER
    assert brief(await put(world, EXAMPLE)) == [(Change.KEPT, "ruleset.later")]


async def test_a_rule_that_is_not_in_force_yet_can_still_be_corrected(
    world: World,
) -> None:
    await put(world, EXAMPLE)
    mistaken = replace(LATER, effective_on=date(2027, 12, 1))
    await put(world, replace(EXAMPLE, ruleset=mistaken))

    with pytest.raises(RulesetDayTakenError):
        await put(world, replace(EXAMPLE, ruleset=replace(mistaken, version="another")))
    found = await put(world, replace(EXAMPLE, ruleset=LATER))

    assert brief(found) == [(Change.CHANGED, "ruleset.later")]
    action, detail = (await acts(world))[-1]
    assert action == "ruleset-changed"
    assert (
        detail["sha256"] == hashlib.sha256(canonical_bytes(LATER.to_json())).hexdigest()
    )
    async with world.ports.open_uow() as uow:
        assert await uow.directory.ruleset_on("exemple", LATER.effective_on) == LATER


# --- agents


def awa(**changes: str) -> NewAgent:
    typed = {
        "login": " Awa.B ",
        "prefecture": "isere",
        "name": "Awa B.",
        "password": STRONG,
    }
    return NewAgent(**(typed | changes))


async def test_an_agent_added_by_the_operator_signs_in(world: World) -> None:
    account = await add_agent(awa(), by=BY, ports=world.ports)

    opened = await sign_in("awa.b", STRONG, ports=world.ports)

    assert (await agent_of(opened.token, ports=world.ports)).name == "Awa B."
    assert account.login == "awa.b"
    assert await acts(world) == [("agent-added", {"agent": "awa.b"})]
    assert STRONG not in repr(awa())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"login": "a"}, InvalidLoginError),
        ({"login": "deux mots"}, InvalidLoginError),
        ({"login": "operator"}, InvalidLoginError),
        ({"login": "operator:root"}, InvalidLoginError),
        ({"name": "  "}, InvalidAgentNameError),
        ({"name": "A\x07"}, InvalidAgentNameError),
        ({"prefecture": "nowhere"}, PrefectureNotKnownError),
        ({"login": "agent"}, LoginTakenError),
        ({"password": "court"}, WeakPasswordError),
        ({"password": "motdepasse123"}, WeakPasswordError),
        ({"login": "jeanne.dupont", "password": "Jeanne.Dupont"}, WeakPasswordError),
    ],
)
async def test_what_does_not_do_is_refused_by_name_and_nobody_is_added(
    world: World, changes: dict[str, str], refusal: type[OperatorError]
) -> None:
    with pytest.raises(refusal):
        await add_agent(awa(**changes), by=BY, ports=world.ports)

    assert len(await list_agents(None, ports=world.ports)) == 1
    assert await acts(world) == []


async def test_a_closed_agent_is_out_at_once_and_for_good(world: World) -> None:
    opened = await sign_in("agent", "secret", ports=world.ports)

    assert await close_agent("AGENT", by=BY, ports=world.ports)
    assert not await close_agent("agent", by=BY, ports=world.ports)

    with pytest.raises(AgentRequiredError):
        await agent_of(opened.token, ports=world.ports)
    with pytest.raises(AgentSignInError):
        await sign_in("agent", "secret", ports=world.ports)
    with pytest.raises(ClosedAgentError):
        await change_password("agent", STRONG, by=BY, ports=world.ports)
    with pytest.raises(LoginTakenError):
        await add_agent(awa(login="agent"), by=BY, ports=world.ports)
    assert await acts(world) == [("agent-closed", {"agent": "agent"})]
    assert [one.active for one in await list_agents("isere", ports=world.ports)] == [
        False
    ]


async def test_a_new_password_ends_sessions_and_opens_a_paused_door(
    world: World,
) -> None:
    opened = await sign_in("agent", "secret", ports=world.ports)
    for _ in range(MOST_WRONG):
        with pytest.raises(AgentSignInError):
            await sign_in("agent", "guess", ports=world.ports)

    await change_password("agent", STRONG, by=BY, ports=world.ports)

    with pytest.raises(AgentRequiredError):
        await agent_of(opened.token, ports=world.ports)
    with pytest.raises(AgentSignInError):
        await sign_in("agent", "secret", ports=world.ports)
    assert await sign_in("agent", STRONG, ports=world.ports)
    assert await acts(world) == [("agent-password", {"agent": "agent"})]


class HeldPasswords(QuickPasswords):
    """Looks at a password until it is let go."""

    def __init__(self) -> None:
        self.looking, self.go_on = threading.Event(), threading.Event()

    def matches(self, stored: str, password: str) -> bool:
        self.looking.set()
        assert self.go_on.wait(10)
        return super().matches(stored, password)


async def test_a_password_changed_while_the_old_one_is_looked_at_opens_nothing(
    world: World,
) -> None:
    held = HeldPasswords()
    trying = asyncio.create_task(
        sign_in("agent", "secret", ports=replace(world.ports, passwords=held))
    )
    await asyncio.to_thread(held.looking.wait, 10)
    await change_password("agent", STRONG, by=BY, ports=world.ports)
    held.go_on.set()

    with pytest.raises(AgentSignInError):
        await trying


@pytest.mark.parametrize("login", ["nobody", ""])
async def test_nobody_is_closed_by_mistake(world: World, login: str) -> None:
    with pytest.raises(UnknownAgentError):
        await close_agent(login, by=BY, ports=world.ports)
    with pytest.raises(UnknownAgentError):
        await change_password(login, STRONG, by=BY, ports=world.ports)

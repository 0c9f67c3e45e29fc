"""What the operator's commands do, and how they say it."""

import os
import pwd
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from service.bootstrap import build
from service.domain.stated_prefecture import Change, Difference, StatedPrefecture
from service.settings import Settings
from service.usecases.operator.agent_accounts import (
    NewAgent,
    add_agent,
    change_password,
    close_agent,
    forget_phone,
    list_agents,
)
from service.usecases.operator.set_prefecture import set_prefecture
from service.usecases.ports import Ports
from service.usecases.records.operator import AccountRecord

_WIDTH: Final = 8


def operator() -> str:
    """Return who acts, for the audit chain: the system account, not what it claims.

    The environment is not asked: it says what one likes.
    """
    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:  # a container without a list of accounts
        name = str(number)
    return f"operator:{name}"


async def set_from(
    settings: Settings, stated: StatedPrefecture, *, is_another: bool, is_dry_run: bool
) -> Sequence[Difference]:
    """See `set_prefecture`; the worker is rung, so that the first night is planned."""
    async with _ports(settings) as ports:
        found = await set_prefecture(
            stated,
            by=operator(),
            is_another=is_another,
            is_dry_run=is_dry_run,
            ports=ports,
        )
        if not is_dry_run:
            await ports.ring()
        return found


async def add_account(
    settings: Settings, *, login: str, prefecture: str, name: str, password: str
) -> AccountRecord:
    """See `add_agent`."""
    new = NewAgent(login=login, prefecture=prefecture, name=name, password=password)
    async with _ports(settings) as ports:
        return await add_agent(new, by=operator(), ports=ports)


async def close_account(settings: Settings, login: str) -> bool:
    """See `close_agent`."""
    async with _ports(settings) as ports:
        return await close_agent(login, by=operator(), ports=ports)


async def give_password(settings: Settings, login: str, password: str) -> None:
    """See `change_password`."""
    async with _ports(settings) as ports:
        await change_password(login, password, by=operator(), ports=ports)


async def forget_phone_of(settings: Settings, login: str) -> bool:
    """See `forget_phone`."""
    async with _ports(settings) as ports:
        return await forget_phone(login, by=operator(), ports=ports)


async def accounts_of(
    settings: Settings, prefecture: str | None
) -> Sequence[AccountRecord]:
    """See `list_agents`."""
    async with _ports(settings) as ports:
        return await list_agents(prefecture, ports=ports)


def said_of(
    prefecture: str, found: Sequence[Difference], *, is_dry_run: bool
) -> Iterator[str]:
    """Put differences in words, one a line, and what was done with them."""
    for one in found:
        yield f"{one.change:{_WIDTH}}{one.place}{_why(one)}"
    count = sum(one.change is not Change.KEPT for one in found)
    if not count:
        yield f"{prefecture}: nothing to change"
    else:
        verb = "would be written" if is_dry_run else "written, in one transaction"
        yield f"{prefecture}: {count} {verb}"


def _why(one: Difference) -> str:
    if one.change is Change.ADDED:
        return f": {one.after}"
    if one.change is Change.CHANGED:
        return f": {one.before!r} -> {one.after!r}"
    people = f"; {one.waiting} people wait there" if one.waiting else ""
    if one.place.startswith("ruleset."):
        return f": a later rule than the file's, {one.before}; it stays"
    return f": not in the file, and nothing is deleted{people}"


@asynccontextmanager
async def _ports(settings: Settings) -> AsyncGenerator[Ports]:
    container = build(settings, pool_size=1)
    try:
        yield container.ports
    finally:
        await container.close()

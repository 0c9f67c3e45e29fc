"""A flood of false registrations: who is checked when, and who is held up."""

import numpy as np

from simulation.engine.arrays import Ints, no_numbers, numbers, where
from simulation.engine.calendar import in_turn
from simulation.engine.world import World

SENDERS = 2_000_000_000
"""Where the false registrations' addresses begin in the streams of luck."""


def false_entries(world: World) -> Ints:
    """Return the day on which each false registration may enter the pool."""
    if world.scenario.agents.registration_flood is None or not world.rule.is_draw:
        return no_numbers()
    return _entries(world)[1]


def hold_up(world: World) -> None:
    """Let true registrations wait for their check behind the false ones.

    People who already waited on day 0 were checked before. Where nobody checks,
    nobody is held up.
    """
    flood = world.scenario.agents.registration_flood
    if flood is None or not world.rule.is_draw:
        return
    enters, _ = _entries(world)
    since = world.needs.registers - flood.from_day
    late = enters - world.needs.registers
    meant = (since >= 0) & (since < flood.days)
    world.log.nights_delayed = float(late[meant].mean()) if meant.any() else 0.0
    world.log.people_delayed = int(np.count_nonzero(late))
    world.registered[:] = enters


def _entries(world: World) -> tuple[Ints, Ints]:
    """Return the day of entry of each need's registration, and of each false one."""
    flood = world.scenario.agents.registration_flood
    assert flood is not None  # noqa: S101
    registers = world.needs.registers
    false = np.repeat(flood.from_day + numbers(flood.days), flood.per_day)
    if not world.rule.identity_check:
        return registers, false
    new = where(world.needs.arrival > 0)
    day = np.concatenate([registers[new], false])
    sender = np.concatenate([new, SENDERS + numbers(len(false))])
    turn = np.lexsort((world.luck.uniform("turn at the check", sender), day))
    checked = np.empty(len(day), dtype=np.int64)
    checked[turn] = in_turn(day[turn], flood.checks_per_day)
    enters = registers.copy()
    enters[new] = checked[: len(new)]
    return enters, checked[len(new) :]

"""Who can win anything tonight: the others need not enter the draw.

A registration that suits no place left is passed over by every pass of the rule
(spec, section 4), and shares of a quota are counted on places, not on people. So
leaving it out changes nobody's answer; a test holds that. It only saves time.
"""

from collections.abc import Sequence

import numpy as np

from service.domain.bands import band_of
from service.domain.board import lay_out
from service.domain.ruleset import Ruleset
from service.domain.slots import OpenSlot
from simulation.engine.arrays import NEVER, Bools, Ints
from simulation.engine.calendar import day_of
from simulation.engine.world import World


def within_reach(
    world: World,
    ruleset: Ruleset,
    slots: Sequence[OpenSlot],
    people: Ints,
    ends: Ints,
) -> Bools:
    """Say which people could be given at least one of tonight's places.

    Args:
        world: The run, on the evening of the night.
        ruleset: The parameters in force.
        slots: One for each pool and day, named ``p<pool>-<day>``.
        people: Those who take part.
        ends: The end of right that the rule believes, for each of them.
    """
    latest = _latest_days(world, ruleset, slots)
    bands = _bands(world, ruleset, ends)
    held = np.isin(bands, ruleset.hold.bands)
    short = np.isin(bands, ruleset.notice.short_bands)
    short |= world.needs.short_notice[people]
    notice = np.where(short, ruleset.notice.short_days, ruleset.notice.usual_days)
    last = latest[world.pool_of[people], held.astype(np.int64)]
    reach: Bools = last >= world.today + notice
    return reach


def _latest_days(world: World, ruleset: Ruleset, slots: Sequence[OpenSlot]) -> Ints:
    """Return, by pool, the last day with an open place, and with any place."""
    latest: Ints = np.full((world.places.pools, 2), -1, dtype=np.int64)
    board = lay_out(slots, day_of(world.scenario.start, world.today), ruleset)
    for seat in board.seats:
        if seat.places:
            pool, day = (int(part) for part in seat.slot.split("/")[0][1:].split("-"))
            latest[pool, 1] = max(latest[pool, 1], day)
            if not seat.is_held:
                latest[pool, 0] = max(latest[pool, 0], day)
    return latest


def _bands(world: World, ruleset: Ruleset, ends: Ints) -> Ints:
    """Return each person's band tonight, from the domain's own rule."""
    tonight = day_of(world.scenario.start, world.today)
    different, which = np.unique(ends, return_inverse=True)
    bands = [
        band_of(
            None if end >= NEVER else day_of(world.scenario.start, end),
            tonight,
            ruleset,
        ).number
        for end in different.tolist()
    ]
    found: Ints = np.array(bands, dtype=np.int64)[which]
    return found

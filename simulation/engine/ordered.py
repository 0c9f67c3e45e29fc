"""Nights of the rules that ours is compared with: a list, a lottery, a deadline."""

from dataclasses import dataclass

import numpy as np

from service.domain.ruleset import Ruleset
from simulation.engine.arrays import NEVER, Bools, Floats, Ints, no_numbers
from simulation.engine.impostors import ADDRESS, CLAIMED_DAYS, Impostors
from simulation.engine.world import World


@dataclass(frozen=True, slots=True)
class Awards:
    """Who won which place: needs below n, impostors from n on."""

    who: Ints
    place: Ints

    @classmethod
    def none(cls) -> "Awards":
        """Return the awards of a night without any."""
        return cls(no_numbers(), no_numbers())


def believed(world: World, people: Ints) -> Ints:
    """Return the end of right that the rule believes: read, or only declared.

    Someone found out is placed as if there were no date.
    """
    declared = world.needs.declared[people]
    liars = declared != world.needs.expiry[people]
    if not world.rule.dates_verified or not liars.any():
        return declared
    found_out = world.scenario.agents.false_expiry
    share = found_out.found_out if found_out else 1.0
    caught = liars & (world.luck.uniform("date checked", people) < share)
    return np.where(caught, NEVER, declared)


def pool_of_impostors(world: World, present: Ints) -> Ints:
    """Return the pool whose places each impostor asks for: motif by motif."""
    if world.scenario.capacity.pooled:
        return np.zeros(len(present), dtype=np.int64)
    pool: Ints = present % len(world.scenario.demand.motifs)
    return pool


def ordered_night(
    world: World, ruleset: Ruleset, people: Ints, impostors: Impostors, present: Ints
) -> Awards:
    """Give the places of each pool in the order of the rule, nearest day first."""
    who = np.concatenate([people, len(world.needs) + present])
    pool = np.concatenate([world.pool_of[people], pool_of_impostors(world, present)])
    short = np.concatenate(
        [world.needs.short_notice[people], np.ones(len(present), dtype=np.bool_)]
    )
    order = np.lexsort(
        (_lots(world, people, present), _keys(world, people, impostors, present))
    )
    who, pool, short = who[order], pool[order], short[order]
    awards = [
        _one_pool(world, ruleset, who[pool == each], short[pool == each], each)
        for each in range(world.places.pools)
    ]
    return Awards(
        np.concatenate([each.who for each in awards]),
        np.concatenate([each.place for each in awards]),
    )


def _lots(world: World, people: Ints, present: Ints) -> Floats:
    """Return the night's lots; an insider may have made some win (``insider.py``)."""
    lots = world.luck.uniform(
        "lot", np.concatenate([people, ADDRESS + present]), world.today
    )
    if len(world.favoured):
        lots[: len(people)][np.isin(people, world.favoured)] = -1.0
    return lots


def _keys(world: World, people: Ints, impostors: Impostors, present: Ints) -> Ints:
    """Return the rule's first criterion, smaller first; the lot decides equals."""
    if world.rule.order == "lottery":
        return np.zeros(len(people) + len(present), dtype=np.int64)
    if world.rule.order == "arrival":
        again = impostors.enters_from[present]
        return np.concatenate([world.registered[people], again])
    claims = impostors.urgent[present] & (not world.rule.dates_verified)
    false = np.where(claims, world.today + CLAIMED_DAYS, NEVER)
    return np.concatenate([believed(world, people), false])


def _one_pool(
    world: World, ruleset: Ruleset, who: Ints, short: Bools, pool: int
) -> Awards:
    """Near places to those who can come at short notice, the others in order."""
    places = world.free_places(pool, notice=ruleset.notice.short_days)
    ahead = world.places.day[places] - world.today
    near = places[ahead < ruleset.notice.usual_days]
    far = places[ahead >= ruleset.notice.usual_days]
    quick = np.flatnonzero(short)[: len(near)]
    rest = np.delete(who, quick)[: len(far)]
    return Awards(
        np.concatenate([who[quick], rest]),
        np.concatenate([near[: len(quick)], far[: len(rest)]]),
    )

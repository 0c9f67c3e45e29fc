"""One night: the pool, the order, the places given.

``published`` order calls the service's own freeze and draw, the functions that
the worker runs; the other orders are the rules it is compared with.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, time

import numpy as np

from service.domain.availability import Availability
from service.domain.ruleset import Ruleset
from service.domain.slots import OpenSlot
from service.draw import draw
from service.draw.freeze import Candidate, freeze
from simulation.engine.arrays import (
    NEVER,
    Bools,
    Floats,
    Ints,
    no_numbers,
    numbers,
    where,
)
from simulation.engine.calendar import day_of
from simulation.engine.impostors import ADDRESS, Impostors
from simulation.engine.reach import within_reach
from simulation.engine.world import FREE, UNPUBLISHED, World

SITE = "grenoble"
WORTH_SIFTING = 300
"""People from which leaving out who can win nothing saves more than it costs."""

_USUAL = Availability()
_SHORT = Availability(short_notice=True)


@dataclass(slots=True)
class Desk:
    """What stays the same from night to night: labels and lines already written."""

    ruleset: Ruleset
    everybody: bool = False
    labels: dict[str, int] = field(default_factory=dict[str, int])
    lines: dict[int, Candidate] = field(default_factory=dict[int, Candidate])
    false_lines: dict[int, Candidate] = field(default_factory=dict[int, Candidate])
    written: dict[int, int] = field(default_factory=dict[int, int])
    end: Ints | None = None


@dataclass(frozen=True, slots=True)
class Awards:
    """Who won which place: needs below n, impostors from n on."""

    who: Ints
    place: Ints


def night(world: World, desk: Desk, impostors: Impostors) -> Awards:
    """Draw one night; places go to a later night when nobody takes them."""
    world.publish()
    people = world.waiting()
    people = people[world.registered[people] <= world.today]
    present = impostors.present(world.today)
    world.log.nights += 1
    world.log.fakes_in_pool.append(len(present))
    if world.rule.order == "published":
        return _published(world, desk, people, impostors, present)
    return _ordered(world, desk, people, impostors, present)


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


def _published(
    world: World, desk: Desk, people: Ints, impostors: Impostors, present: Ints
) -> Awards:
    cells = _cells(world)
    if not cells or len(people) + len(present) == 0:
        return _nobody()
    tonight = day_of(world.scenario.start, world.today)
    slots = [_slot(world, key, cell) for key, cell in cells.items()]
    if desk.end is None:
        desk.end = believed(world, numbers(len(world.needs)))
    if not desk.everybody and len(people) > WORTH_SIFTING:
        ends = desk.end[people]
        people = people[within_reach(world, desk.ruleset, slots, people, ends)]
    lines = _lines(world, desk, people)
    lines += [_false_line(world, desk, impostors, each) for each in present.tolist()]
    pool = freeze("laboratory", tonight, desk.ruleset, slots, lines)
    digest = world.luck.bytes32("commitment", world.today)
    outcome = draw(pool, digest, world.luck.bytes32("beacon", world.today))
    who: list[int] = []
    place: list[int] = []
    taken: dict[str, int] = {}
    for award in outcome.allocations:
        slot = award.slot.removesuffix("/held")
        seat = taken.get(slot, 0)
        taken[slot] = seat + 1
        who.append(desk.labels[award.label])
        place.append(cells[slot].free[seat])
    return Awards(np.array(who, dtype=np.int64), np.array(place, dtype=np.int64))


def _nobody() -> Awards:
    none = no_numbers()
    return Awards(none, none)


@dataclass(slots=True)
class _Cell:
    """The places of one pool and day: those still free, and how many were shown."""

    free: list[int] = field(default_factory=list[int])
    published: int = 0


def _cells(world: World) -> dict[str, _Cell]:
    """Group the places by pool and day: the slots of the draw.

    Full slots are there too, empty: the held share of a day is counted on all
    the places published for it.
    """
    first = int(np.searchsorted(world.places.day, world.today + 1))
    shown = first + where(world.place_state[first:] != UNPUBLISHED)
    cells: dict[str, _Cell] = {}
    for place, pool, day, state in zip(
        shown.tolist(),
        world.places.pool[shown].tolist(),
        world.places.day[shown].tolist(),
        world.place_state[shown].tolist(),
        strict=True,
    ):
        cell = cells.setdefault(f"p{pool}-{day}", _Cell())
        cell.published += 1
        if state == FREE:
            cell.free.append(place)
    return cells


def _slot(world: World, key: str, cell: _Cell) -> OpenSlot:
    pool, number = (int(part) for part in key[1:].split("-"))
    starts_at = datetime.combine(day_of(world.scenario.start, number), time(9))
    return OpenSlot(
        slot=key,
        site=f"{SITE}-{pool}",
        starts_at=starts_at,
        minutes=20,
        motifs=_motifs_of(world, pool),
        places=len(cell.free),
        published=cell.published,
    )


def _motifs_of(world: World, pool: int) -> frozenset[str]:
    motifs = world.scenario.demand.motifs
    if world.scenario.capacity.pooled:
        return frozenset(each.slug for each in motifs)
    return frozenset({motifs[pool].slug})


def _lines(world: World, desk: Desk, people: Ints) -> list[Candidate]:
    """Return the people's lines; a missed appointment starts the wait again."""
    written, since = desk.written, world.registered[people].tolist()
    return [
        desk.lines[person]
        if written.get(person) == registered
        else _write(world, desk, person, registered)
        for person, registered in zip(people.tolist(), since, strict=True)
    ]


def _write(world: World, desk: Desk, person: int, registered: int) -> Candidate:
    start = world.scenario.start
    end = NEVER if desk.end is None else int(desk.end[person])
    line = Candidate(
        label=_label(world, desk, f"need/{person}", person),
        motif=world.scenario.demand.motifs[int(world.needs.motif[person])].slug,
        sites=_site(world, person),
        end_of_right_on=None if end >= NEVER else day_of(start, end),
        registered_on=day_of(start, registered),
        availability=_SHORT if world.needs.short_notice[person] else _USUAL,
        people=1,
    )
    desk.lines[person] = line
    desk.written[person] = registered
    return line


def _site(world: World, person: int) -> frozenset[str]:
    return frozenset({f"{SITE}-{int(world.pool_of[person])}"})


def _false_line(
    world: World, desk: Desk, impostors: Impostors, number: int
) -> Candidate:
    """An invented person claims a first request, or an urgency nobody checks."""
    end: date | None = None
    if impostors.urgent[number] and not world.rule.dates_verified:
        end = day_of(world.scenario.start, world.today + 7)
    elif number in desk.false_lines:
        return desk.false_lines[number]
    motif = number % len(world.scenario.demand.motifs)
    pool = 0 if world.scenario.capacity.pooled else motif
    line = Candidate(
        label=_label(world, desk, f"impostor/{number}", len(world.needs) + number),
        motif=world.scenario.demand.motifs[motif].slug,
        sites=frozenset({f"{SITE}-{pool}"}),
        end_of_right_on=end,
        registered_on=world.scenario.start,
        availability=_SHORT,
        people=1,
    )
    desk.false_lines[number] = line
    return line


def _label(world: World, desk: Desk, text: str, number: int) -> str:
    label = hashlib.sha256(f"{world.luck.seed}/label/{text}".encode()).hexdigest()
    desk.labels[label] = number
    return label


def _ordered(
    world: World, desk: Desk, people: Ints, impostors: Impostors, present: Ints
) -> Awards:
    """Give the places of each pool in the order of the rule, nearest day first."""
    n = len(world.needs)
    motifs = len(world.scenario.demand.motifs)
    false_pool = 0 * present if world.scenario.capacity.pooled else present % motifs
    who = np.concatenate([people, n + present])
    pool = np.concatenate([world.pool_of[people], false_pool])
    short = np.concatenate(
        [world.needs.short_notice[people], np.ones(len(present), dtype=np.bool_)]
    )
    order = np.lexsort(
        (_lots(world, people, present), _keys(world, people, impostors, present))
    )
    who, pool, short = who[order], pool[order], short[order]
    awards = [
        _one_pool(world, desk.ruleset, who[pool == each], short[pool == each], each)
        for each in range(world.places.pools)
    ]
    return Awards(
        np.concatenate([each.who for each in awards]),
        np.concatenate([each.place for each in awards]),
    )


def _lots(world: World, people: Ints, present: Ints) -> Floats:
    return world.luck.uniform(
        "lot", np.concatenate([people, ADDRESS + present]), world.today
    )


def _keys(world: World, people: Ints, impostors: Impostors, present: Ints) -> Ints:
    """Return the rule's first criterion, smaller first; the lot decides equals."""
    if world.rule.order == "lottery":
        return np.zeros(len(people) + len(present), dtype=np.int64)
    if world.rule.order == "arrival":
        first = np.zeros(len(present), dtype=np.int64)
        return np.concatenate([world.registered[people], first])
    claims = impostors.urgent[present] & (not world.rule.dates_verified)
    false = np.where(claims, world.today + 7, NEVER)
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

"""One night: the pool, the order, the places given.

``published`` order calls the service's own freeze and draw, the functions that
the worker runs; the other orders are the rules it is compared with.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from service.domain.availability import Availability
from service.domain.ruleset import Ruleset
from service.domain.ruleset_parts import NUMBER_OF_BANDS
from service.draw import draw
from service.draw.freeze import Candidate, freeze
from service.draw.model import Pool
from service.draw.outcome import Outcome
from service.draw.tickets import tickets_for
from simulation.engine.arrays import NEVER, Ints, numbers
from simulation.engine.calendar import day_of
from simulation.engine.cells import Cells, Tonight
from simulation.engine.clicks import among
from simulation.engine.impostors import CLAIMED_DAYS, Impostors
from simulation.engine.ordered import (
    Awards,
    believed,
    ordered_night,
    pool_of_impostors,
)
from simulation.engine.reach import Bands, Crowd, within_reach
from simulation.engine.world import World

_USUAL = Availability()
_SHORT = Availability(short_notice=True)


@dataclass(slots=True)
class Book:
    """What stays the same from night to night: labels, and lines already written.

    Attributes:
        cells: The slots of the run.
        bands: The bands of the ruleset under test.
        end: The end of right that the rule believes, for each need.
        labels: By number, needs first, then impostors.
        number: The number behind each label.
        lines: The last line written for a number, with its end and day.
    """

    cells: Cells
    bands: Bands
    end: Ints
    labels: list[str]
    number: dict[str, int]
    lines: dict[int, tuple[tuple[int, int], Candidate]] = field(
        default_factory=dict[int, tuple[tuple[int, int], Candidate]]
    )
    last: tuple[Pool, bytes, bytes, Outcome] | None = None


@dataclass(slots=True)
class Desk:
    """Where the nights of one run are held.

    Attributes:
        ruleset: The published parameters under test.
        everybody: Also give the draw those who are sure to go unserved.
        renamed: Under which exchange of labels, see :func:`exchanged`; 0 is none.
        book: Opened on the first night.
    """

    ruleset: Ruleset
    everybody: bool = False
    renamed: int = 0
    book: Book | None = None

    def opened(self, world: World, impostors: int) -> Book:
        """Return the book of the run, with a label for everyone who may take part."""
        if self.book is None:
            end = believed(world, numbers(len(world.needs)))
            labels = _labels(world.luck.seed, len(end), impostors)
            owners: list[int] = exchanged(world, end, self.renamed).tolist()
            labels[: len(end)] = [labels[owner] for owner in owners]
            self.book = Book(
                cells=Cells.of(world),
                bands=Bands(world, self.ruleset, end),
                end=end,
                labels=labels,
                number={label: number for number, label in enumerate(labels)},
            )
        return self.book


def night(world: World, desk: Desk, impostors: Impostors) -> Awards:
    """Draw one night; places go to a later night when nobody takes them."""
    world.publish()
    people = world.everybody_waiting()
    people = people[world.registered[people] <= world.today]
    present = impostors.present(world.today)
    world.log.nights += 1
    world.log.fakes_in_pool.append(len(present))
    if world.rule.order == "published":
        return _published(world, desk, people, impostors, present)
    return ordered_night(world, desk.ruleset, people, impostors, present)


def _published(
    world: World, desk: Desk, people: Ints, impostors: Impostors, present: Ints
) -> Awards:
    book = desk.opened(world, len(impostors))
    tonight = book.cells.tonight(world)
    who = np.concatenate([people, len(world.needs) + present])
    if len(who) == 0 or len(tonight.cell) == 0:
        return Awards.none()
    crowd = _crowd(world, book, people, impostors, present)
    digest = world.luck.bytes32("commitment", world.today)
    beacon = world.luck.bytes32("beacon", world.today)

    def tickets(some: Ints) -> list[bytes]:
        numbers_: list[int] = who[some].tolist()
        labels = [book.labels[each] for each in numbers_]
        return list(tickets_for(labels, digest, beacon).values())

    everybody = who, crowd
    if not desk.everybody:
        near = within_reach(world, book.bands, tonight, crowd, tickets)
        who, crowd = who[near], crowd.of(near)
    lines = _lines(world, book, who, crowd)
    evening = day_of(world.scenario.start, world.today)
    pool = freeze("laboratory", evening, desk.ruleset, tonight.slots, lines)
    outcome = draw(pool, digest, beacon)
    book.last = (pool, digest, beacon, outcome)
    _note_quotas(world, outcome)
    given = [(award.label, award.slot) for award in outcome.allocations]
    awards = _awards(world, book, tonight, given)
    _note_lot(world, book, everybody, awards)
    return awards


def _note_quotas(world: World, outcome: Outcome) -> None:
    """Count the places that each quota gave, tonight and in all."""
    tonight = dict(Counter(award.through for award in outcome.allocations))
    world.log.nights_through.append((world.today, tonight))
    for quota, places in tonight.items():
        world.log.through[quota] = world.log.through.get(quota, 0) + places


def _note_lot(
    world: World,
    book: Book,
    everybody: tuple[Ints, Crowd],
    awards: Awards,
) -> None:
    """Count the places for which somebody of the same band and pool was left over."""
    who, crowd = everybody
    band = book.bands.of(crowd.end - world.today)
    group = crowd.pool * NUMBER_OF_BANDS + band
    size = world.places.pools * NUMBER_OF_BANDS
    won = np.bincount(group[among(who, np.sort(awards.who))], minlength=size)
    there = np.bincount(group, minlength=size)
    world.log.drawn += len(awards.who)
    world.log.by_lot += int(won[there > won].sum())


def replays(desk: Desk) -> bool | None:
    """Say whether the run's last night, drawn again, gives the same result."""
    if desk.book is None or desk.book.last is None:
        return None
    pool, digest, beacon, outcome = desk.book.last
    return draw(pool, digest, beacon) == outcome


def _crowd(
    world: World, book: Book, people: Ints, impostors: Impostors, present: Ints
) -> Crowd:
    """Everybody as the rule sees them.

    An invented person claims a first request, or an urgency that nobody checks.
    """
    urgent = impostors.urgent[present] & (not world.rule.dates_verified)
    ends = np.where(urgent, world.today + CLAIMED_DAYS, NEVER)
    pools = pool_of_impostors(world, present)
    return Crowd(
        pool=np.concatenate([world.pool_of[people], pools]),
        short=np.concatenate(
            [world.needs.short_notice[people], np.ones(len(present), dtype=np.bool_)]
        ),
        end=np.concatenate([book.end[people], ends]),
        registered=np.concatenate(
            [world.registered[people], impostors.enters_from[present]]
        ),
    )


def _awards(
    world: World, book: Book, tonight: Tonight, given: list[tuple[str, str]]
) -> Awards:
    """Seat people in the free places of their slot, in the order of the result."""
    free: dict[str, list[int]] = {}
    who: list[int] = []
    place: list[int] = []
    for label, name in given:
        slot = name.removesuffix("/held")
        if slot not in free:
            cell = book.cells.number[slot]
            free[slot] = book.cells.free_of(world, cell).tolist()[::-1]
        who.append(book.number[label])
        place.append(free[slot].pop())
    return Awards(np.array(who, dtype=np.int64), np.array(place, dtype=np.int64))


def _labels(seed: int, needs: int, impostors: int) -> list[str]:
    """Return a label for each need, then for each impostor."""
    names = [f"need/{number}" for number in range(needs)]
    names += [f"impostor/{number}" for number in range(impostors)]
    return [
        hashlib.sha256(f"{seed}/label/{name}".encode()).hexdigest() for name in names
    ]


def exchanged(world: World, end: Ints, times: int) -> Ints:
    """Return whose label each need carries, once those of equals are exchanged.

    Equals are people whom the rule cannot tell apart: one motif, one end of right as
    it is believed, one day of registration, one notice. Each night then has the same
    lines and the same tickets, and only who stands behind which label differs.

    Args:
        world: The run.
        end: The end of right that the rule believes, for each need.
        times: Which exchange; 0 is none.
    """
    here = numbers(len(end))
    if times == 0:
        return here
    needs = world.needs
    alike = (needs.short_notice, needs.registers, end, needs.motif)
    luck = world.luck.uniform("exchange of labels", here, times)
    owner = np.empty_like(here)
    owner[np.lexsort((here, *alike))] = np.lexsort((luck, *alike))
    return owner


def _lines(world: World, book: Book, who: Ints, crowd: Crowd) -> list[Candidate]:
    """Return the lines of the pool; a missed appointment starts the wait again."""
    lines: list[Candidate] = []
    for number, end, registered in zip(
        who.tolist(), crowd.end.tolist(), crowd.registered.tolist(), strict=True
    ):
        known = book.lines.get(number)
        if known is None or known[0] != (end, registered):
            line = _write(world, book, number, end, registered)
            known = book.lines[number] = ((end, registered), line)
        lines.append(known[1])
    return lines


def _write(
    world: World, book: Book, number: int, end: int, registered: int
) -> Candidate:
    start, n = world.scenario.start, len(world.needs)
    motifs = world.scenario.demand.motifs
    is_need = number < n
    motif = int(world.needs.motif[number]) if is_need else (number - n) % len(motifs)
    pool = 0 if world.scenario.capacity.pooled else motif
    short = not is_need or bool(world.needs.short_notice[number])
    end_on: date | None = None if end >= NEVER else day_of(start, end)
    return Candidate(
        label=book.labels[number],
        motif=motifs[motif].slug,
        sites=book.cells.sites[pool],
        end_of_right_on=end_on,
        registered_on=day_of(start, registered),
        availability=_SHORT if short else _USUAL,
        people=1,
    )

"""Replay published nights, as they were and under another ruleset.

A transcript holds no date of a permit: bands are frozen in it, and labels change
every night. So each night is replayed by itself, with its own randomness, and
only what the pool still tells can be changed: the size of the protected shares,
and whether places are held. Band edges and notice cannot; the lab's scenarios can.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from service.domain.ruleset import Ruleset
from service.domain.slots import HELD_SUFFIX
from service.draw import draw
from service.draw.canonical import RefusedInputError, parse_strict
from service.draw.commitment import Commitment
from service.draw.model import Pool, Quota, SuitableSlots
from service.draw.outcome import Outcome
from simulation.errors import LaboratoryError


@dataclass(frozen=True, slots=True)
class Recorded:
    """A published night: its pool, its luck, its result."""

    name: str
    pool: Pool
    digest: bytes
    randomness: bytes
    result: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one draw of one night gave."""

    served: int
    in_time: int
    unserved: int
    by_band: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NightTwice:
    """One night as it was, and under the other ruleset, with the same tickets."""

    name: str
    replays: bool
    before: Tally
    after: Tally


def files_of(path: Path) -> list[Path]:
    """Return the transcript, or every ``.json`` file of a folder.

    Raises:
        LaboratoryError: Nothing is there.
    """
    if not path.exists():
        raise LaboratoryError(f"--history {path}: no such file or folder")
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise LaboratoryError(f"--history {path}: no .json file in this folder")
    return files


def nights(path: Path) -> Iterator[Recorded]:
    """Read the transcripts of a file, or of every ``.json`` file of a folder.

    Raises:
        LaboratoryError: Not a full transcript; the text names the file and place.
    """
    for file in files_of(path):
        yield read_night(file)


def read_night(file: Path) -> Recorded:
    """Read one full transcript, as the service publishes it.

    Raises:
        LaboratoryError: It is reduced, or not a transcript; the text says which.
    """
    try:
        read = parse_strict(file.read_bytes())
        found = cast("dict[str, object]", read) if isinstance(read, dict) else {}
        if "pool" not in found:
            raise LaboratoryError(
                f"{file.name}: no pool here; a full transcript is needed, not a "
                "reduced one (ask the prefecture, or use the night's page)"
            )
        pool = Pool.from_json(found["pool"])
        beacon = cast("Mapping[str, object]", found["beacon"])
        return Recorded(
            name=pool.draw,
            pool=pool,
            digest=Commitment.from_json(found["commitment"]).digest(),
            randomness=bytes.fromhex(str(beacon["randomness"])),
            result=found["result"],
        )
    except RefusedInputError as error:
        raise LaboratoryError(f"{file.name}: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise LaboratoryError(f"{file.name}: not a transcript ({error})") from error


def twice(night: Recorded, ruleset: Ruleset) -> NightTwice:
    """Replay a night as it was, then under another ruleset."""
    first = draw(night.pool, night.digest, night.randomness)
    second = draw(under(night.pool, ruleset), night.digest, night.randomness)
    return NightTwice(
        name=night.name,
        replays=first.to_json() == night.result,
        before=_tally(night.pool, first),
        after=_tally(night.pool, second),
    )


def under(pool: Pool, ruleset: Ruleset) -> Pool:
    """Return the pool with the ruleset's shares; all else as it was frozen.

    A ruleset that holds nothing opens the held places to all whom the slot suits.
    """
    total = sum(
        slot.places for slot in pool.slots if not slot.slot.endswith(HELD_SUFFIX)
    )
    percents = {rule.quota: rule.percent for rule in ruleset.quotas}
    quotas = tuple(
        Quota(each.quota, total * percents.get(each.quota, 0) // 100)
        for each in pool.quotas
    )
    changed = replace(pool, quotas=quotas, ruleset=ruleset.to_json())
    return changed if ruleset.hold.percent else _nothing_held(changed)


def _nothing_held(pool: Pool) -> Pool:
    """Let held places suit everyone whom the open places of that slot suit."""
    held = {slot.slot for slot in pool.slots if slot.slot.endswith(HELD_SUFFIX)}
    order = {slot.slot: number for number, slot in enumerate(pool.slots)}

    def widened(names: tuple[str, ...]) -> tuple[str, ...]:
        twins = {f"{name}{HELD_SUFFIX}" for name in names} & held
        return tuple(sorted({*names, *twins}, key=order.__getitem__))

    classes = {
        name: SuitableSlots(widened(kind.in_time), widened(kind.late))
        for name, kind in pool.classes.items()
    }
    return replace(pool, classes=classes)


def _tally(pool: Pool, outcome: Outcome) -> Tally:
    bands = {entry.label: entry.band for entry in pool.entries}
    return Tally(
        served=len(outcome.allocations),
        in_time=sum(given.tier == "in_time" for given in outcome.allocations),
        unserved=len(outcome.unserved),
        by_band=dict(Counter(bands[given.label] for given in outcome.allocations)),
    )

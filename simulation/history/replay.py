"""Replay published nights, as they were and under another ruleset.

A transcript holds no date of a permit, and labels change every night. So each night
is replayed by itself, with its own randomness, and only what its pool still tells can
be changed (:mod:`simulation.history.fields` has the list); the rest is refused.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from service.domain.ruleset import Ruleset
from service.draw import draw
from service.draw.canonical import RefusedInputError, parse_strict
from service.draw.commitment import Commitment
from service.draw.model import Pool
from service.draw.outcome import Outcome
from simulation.errors import LaboratoryError
from simulation.history.fields import Difference
from simulation.history.rebuild import recorded_ruleset, under


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
    """One night as it was, and under the other ruleset, with the same tickets.

    Attributes:
        replays: Whether the published result follows from pool and randomness.
        differences: Where the rulesets differ, and what was done with each.
        left: Held places of which the pool does not tell whom else they suit.
    """

    name: str
    replays: bool
    before: Tally
    after: Tally
    differences: tuple[Difference, ...]
    left: int


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
    """Replay a night as it was, then under another ruleset.

    Raises:
        LaboratoryError: The ruleset moves what this night cannot tell.
    """
    _refuse_other_freeze(night.pool)
    rebuilt = under(night.pool, ruleset)
    first = draw(night.pool, night.digest, night.randomness)
    second = draw(rebuilt.pool, night.digest, night.randomness)
    return NightTwice(
        name=night.name,
        replays=first.to_json() == night.result,
        before=_tally(night.pool, first),
        after=_tally(rebuilt.pool, second),
        differences=rebuilt.differences,
        left=rebuilt.left,
    )


def _refuse_other_freeze(pool: Pool) -> None:
    """Refuse a night that its own ruleset does not give back to the last byte."""
    if under(pool, recorded_ruleset(pool)).pool != pool:
        raise LaboratoryError(
            f"{pool.draw}: this pool is not what this version makes of its "
            "own ruleset; replay it with the version that published it"
        )


def _tally(pool: Pool, outcome: Outcome) -> Tally:
    bands = {entry.label: entry.band for entry in pool.entries}
    return Tally(
        served=len(outcome.allocations),
        in_time=sum(given.tier == "in_time" for given in outcome.allocations),
        unserved=len(outcome.unserved),
        by_band=dict(Counter(bands[given.label] for given in outcome.allocations)),
    )

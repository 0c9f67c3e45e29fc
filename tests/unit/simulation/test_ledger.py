"""A measurement that was cut goes on; one of other code begins anew."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulation.bench.ledger import Done, Ledger
from simulation.bench.probe import Piece, Spent, spent
from simulation.errors import LaboratoryError
from simulation.sweep.code import (
    PLAYS,
    SPEAKS,
    digest_of,
    engine_digest,
    engine_sources,
)
from tests.unit.simulation.pieces import doubled

NAMES = ("one", "two", "three")
PIECES: list[Piece] = [(doubled, (each,)) for each in (1, 2, 3)]


class CutError(Exception):
    """Whoever measured was killed."""


def cut_after(pieces: int, file: Path, code: str = "a") -> None:
    told: list[int] = []

    def one_more() -> None:
        told.append(1)
        if len(told) == pieces:
            raise CutError

    with pytest.raises(CutError):
        measured(file, code, one_more)


def measured(file: Path, code: str, on_done: Callable[[], None] | None = None) -> Spent:
    ledger = Ledger.opened(file, code)
    return spent(PIECES, on_done=on_done, names=NAMES, ledger=ledger)


def test_a_cut_measurement_goes_on_and_counts_both_sittings(tmp_path: Path) -> None:
    file = tmp_path / "bench.jsonl"
    cut_after(2, file)
    before = Ledger.opened(file, "a")

    found = measured(file, "a")
    lines = file.read_text("utf-8").splitlines()

    assert set(before.done) == {"one", "two"}
    assert before.wall_s > 0
    assert len(lines) == 3, "what was measured is not measured again"
    assert found.sittings == 2
    assert found.wall_s > before.wall_s
    assert found.cpu_s > max(each.cpu_s for each in before.done.values())
    assert found.results == (None, None, 6)


def test_what_was_measured_of_other_code_is_measured_again(tmp_path: Path) -> None:
    file = tmp_path / "bench.jsonl"
    cut_after(2, file, code="older")

    found = measured(file, "a")

    assert found.results == (2, 4, 6)
    assert found.sittings == 1
    assert len(file.read_text("utf-8").splitlines()) == 5


def test_a_line_that_was_cut_costs_its_piece_only(tmp_path: Path) -> None:
    file = tmp_path / "bench.jsonl"
    cut_after(2, file)
    file.write_text(file.read_text("utf-8")[:-20], "utf-8")

    assert set(Ledger.opened(file, "a").done) == {"one"}
    assert measured(file, "a").results == (None, 4, 6)


def test_a_file_of_something_else_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes\n", "utf-8")

    with pytest.raises(LaboratoryError, match="give --out another name"):
        Ledger.opened(file, "a")


def test_without_a_file_nothing_is_kept() -> None:
    Ledger.opened(None, "a").keep("one", Done("1", 0.1, 1.0), 0.1)

    assert Ledger.opened(None, "a").sitting == 1


def test_the_code_of_a_run_is_all_that_a_run_reads() -> None:
    """A module that a run begins to need must be counted, or be said to be no part.

    What makes a scenario of a file is no part: all that it makes is in the key.
    """
    no_part = {
        "service", "simulation", "simulation.errors", "simulation.names",
        "simulation.numbers", "simulation.references", "simulation.scenarios",
        "simulation.scenarios.changes", "simulation.scenarios.expected",
        "simulation.scenarios.loader", "simulation.scenarios.reading",
        "simulation.sweep", "simulation.sweep.code",
    }  # fmt: skip
    script = "import sys, simulation.sweep.jobs; print(*sys.modules, sep='\\n')"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    read = {
        name
        for name in said.stdout.split()
        if name.partition(".")[0] in {"service", "simulation"}
    }
    paths = {name: f"{name.replace('.', '/')}" for name in read - no_part}
    missing = {
        name
        for name, path in paths.items()
        if not f"{path}.py".startswith(PLAYS) and not f"{path}/".startswith(PLAYS)
    }

    assert len(read) > 30
    assert missing == set()


def test_no_module_that_decides_a_digit_reads_one_that_only_speaks() -> None:
    """What is left out of the digest can change nothing of a run."""
    silent = [
        f"{each.removesuffix('.py').strip('/').replace('/', '.')}" for each in SPEAKS
    ]

    for name, text in engine_sources():
        for module in silent:
            assert f"from {module}" not in text.decode(), name


def test_one_letter_of_the_engine_makes_another_digest() -> None:
    one = [("engine/run.py", b"a"), ("engine/luck.py", b"b")]

    assert digest_of(one) == digest_of(reversed(one))
    assert digest_of(one) != digest_of([one[0], ("engine/luck.py", b"c")])
    assert digest_of(one) != digest_of([one[0], ("engine/lock.py", b"b")])
    assert len(engine_digest()) == 64

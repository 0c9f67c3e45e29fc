"""The file mirror: whole files, never written over."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from service.adapters.witness.mirror import FileMirror
from service.usecases.errors import WitnessDelayedError
from service.usecases.records import SignedStatement

pytestmark = pytest.mark.anyio

STATEMENT = SignedStatement(
    prefecture="isere",
    held_on=date(2026, 11, 23),
    document=b'{"commitment":{}}',
    commitment_sha256="ab" * 32,
    committed_at=datetime(2026, 11, 23, 19, tzinfo=UTC),
    beacon_chain="drand/x",
    beacon_round=7,
    beacon_due_at=datetime(2026, 11, 23, 19, 15, tzinfo=UTC),
)
KEPT = Path("isere") / "2026-11-23.commitment.json"


async def test_the_mirror_keeps_the_very_bytes(tmp_path: Path) -> None:
    await FileMirror(tmp_path / "away").deliver(STATEMENT)

    assert (tmp_path / "away" / KEPT).read_bytes() == STATEMENT.document
    assert [path.name for path in (tmp_path / "away" / "isere").iterdir()] == [
        KEPT.name
    ]


async def test_handing_it_over_twice_is_the_same_as_once(tmp_path: Path) -> None:
    mirror = FileMirror(tmp_path)
    await mirror.deliver(STATEMENT)
    before = (tmp_path / KEPT).stat().st_mtime_ns
    await mirror.deliver(STATEMENT)

    assert (tmp_path / KEPT).stat().st_mtime_ns == before


async def test_a_commitment_that_is_kept_is_never_replaced(tmp_path: Path) -> None:
    mirror = FileMirror(tmp_path)
    await mirror.deliver(STATEMENT)

    with pytest.raises(WitnessDelayedError, match="another commitment"):
        await mirror.deliver(replace(STATEMENT, document=b"another"))

    assert (tmp_path / KEPT).read_bytes() == STATEMENT.document
    assert len(list((tmp_path / "isere").iterdir())) == 1


async def test_a_mirror_that_cannot_be_written_asks_for_another_try(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("not a directory")

    with pytest.raises(WitnessDelayedError):
        await FileMirror(tmp_path / "file").deliver(STATEMENT)

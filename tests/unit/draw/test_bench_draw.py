"""The bench measures what it says, on pools that the draw accepts."""

import json

import pytest

from service import bench_draw
from service.bench_draw import Size, invented_input, plain, run, table
from service.draw.replay import replay

SMALL = Size(200, 20, 12, 6, target=2.0)


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(bench_draw, "LEAST_S", 0.01)


def test_an_invented_pool_is_drawn_and_the_plain_script_makes_the_same_tickets():
    text = invented_input(SMALL)

    result = json.loads(replay(text))

    assert len(result["tickets"]) == 200
    assert {k: v.hex() for k, v in plain(text).items()} == result["tickets"]
    assert result["allocations"]
    assert result["unserved"]


def test_the_same_seed_invents_the_same_pool():
    assert invented_input(SMALL) == invented_input(SMALL)
    assert invented_input(SMALL, seed=2) != invented_input(SMALL)


def test_a_row_says_times_ratio_and_peak():
    (row,) = run([SMALL], repeat=2)

    assert (row.registrations, row.places, row.target) == (200, 20, 2.0)
    assert row.ratio == row.replay_s / row.plain_s > 0
    assert 5 < row.peak_mib < 500
    assert table([row]).count("\n") == 3
    assert "| 200 × 20 |" in table([row])


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_prints_a_table_or_json(as_json, capsys, monkeypatch):
    monkeypatch.setattr(bench_draw, "SIZES", (SMALL, Size(300, 1, 1, 1, 2.0)))
    arguments = ["--repeat", "1", "--largest", "200"] + ["--json"] * as_json

    assert bench_draw.main(arguments) == 0

    printed = capsys.readouterr().out
    if as_json:
        assert [row["registrations"] for row in json.loads(printed)] == [200]
    else:
        assert printed.startswith("| pool |")

"""Open data: no small cell leaves, and no one disappears from the sums."""

import csv
import io
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.usecases.public.open_data import COLUMNS, LEAST, merged, open_data_csv
from service.usecases.views import BandCell
from tests.night_views import a_night

BANDS = st.lists(st.integers(0, 40), max_size=6).flatmap(
    lambda sizes: st.tuples(
        *(
            st.tuples(st.just(band), st.just(people), st.integers(0, people))
            for band, people in enumerate(sizes)
            if people
        )
    )
)


@given(BANDS)
def test_no_cell_is_small_unless_the_whole_night_is(
    bands: tuple[tuple[int, int, int], ...],
) -> None:
    cells = merged(bands)

    assert len(cells) <= 1 or all(cell.people >= LEAST for cell in cells)


@given(BANDS)
def test_merging_keeps_every_person_and_every_place(
    bands: tuple[tuple[int, int, int], ...],
) -> None:
    cells = merged(bands)

    assert sum(cell.people for cell in cells) == sum(people for _, people, _ in bands)
    assert sum(cell.served for cell in cells) == sum(served for _, _, served in bands)


@given(BANDS, st.randoms(use_true_random=False))
def test_cells_are_spans_of_urgency_in_order_whatever_the_order_of_input(
    bands: tuple[tuple[int, int, int], ...], luck: object
) -> None:
    shuffled = list(bands)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    cells = merged(shuffled)

    assert cells == merged(bands)
    assert all(cell.first <= cell.last for cell in cells)
    assert all(a.last < b.first for a, b in pairwise(cells))


def test_large_bands_stay_as_they_are() -> None:
    assert merged([(0, 11, 5), (1, 30, 2)]) == (
        BandCell(first=0, last=0, people=11, served=5),
        BandCell(first=1, last=1, people=30, served=2),
    )


def test_a_small_band_is_counted_with_its_neighbour() -> None:
    assert merged([(0, 3, 3), (1, 30, 2), (3, 10, 0)]) == (
        BandCell(first=0, last=3, people=43, served=5),
    )
    assert merged([(0, 3, 3), (1, 30, 2), (2, 12, 1), (3, 4, 0)]) == (
        BandCell(first=0, last=1, people=33, served=5),
        BandCell(first=2, last=3, people=16, served=1),
    )


def test_every_column_has_a_meaning_and_every_line_every_column() -> None:
    night = replace(a_night(), cells=merged([(0, 12, 5), (1, 30, 2)]))
    table = list(csv.DictReader(io.StringIO(open_data_csv([night, a_night()]))))

    assert all(column.meaning for column in COLUMNS)
    assert [row["inscriptions"] for row in table] == ["12", "30"]
    assert table[0].keys() == {column.name for column in COLUMNS}
    assert all(None not in row.values() for row in table)

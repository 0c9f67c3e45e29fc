"""A person's own file holds every column kept of them, or a reason stands for it."""

from collections import Counter

from sqlalchemy import Column, MetaData, Text

from service.adapters.postgres.own_columns import SECTIONS, decided, personal_columns
from tests.unit.adapters.test_retention import copied, schema

__all__ = ["schema"]


def test_every_personal_column_is_given_or_withheld_for_a_reason(
    schema: MetaData,
) -> None:
    missing = personal_columns(schema) - set(decided())
    assert sorted(missing) == [], "name it in service/adapters/postgres/own_columns.py"


def test_nothing_is_decided_twice_nor_of_a_column_that_is_gone(
    schema: MetaData,
) -> None:
    twice = [name for name, times in Counter(decided()).items() if times > 1]
    assert twice == []
    assert set(decided()) <= personal_columns(schema)


def test_a_new_column_of_a_registration_is_missed(schema: MetaData) -> None:
    changed = copied(schema)
    changed.tables["registration"].append_column(Column("nickname", Text))

    assert personal_columns(changed) - set(decided()) == {"registration.nickname"}


def test_no_two_parts_nor_two_values_share_a_name() -> None:
    assert len({one.name for one in SECTIONS}) == len(SECTIONS)
    for one in SECTIONS:
        names = [*one.columns.values(), *(str(more.name) for more in one.more)]
        assert len(set(names)) == len(names)

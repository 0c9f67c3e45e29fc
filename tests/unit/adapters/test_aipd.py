"""The impact assessment names each personal column, and no term that is not applied."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, LargeBinary, MetaData, Table

from service.adapters import postgres
from service.adapters.postgres import retention
from service.adapters.postgres.own_columns import personal_columns
from tests.unit.adapters.test_retention import copied, schema

__all__ = ["schema"]

WRITTEN = (Path(postgres.__path__[0]) / "AIPD.md").read_text(encoding="utf-8")

ROW = re.compile(r"^\| (`.*) \|$", re.MULTILINE)


def rows() -> Iterator[tuple[list[str], list[str]]]:
    """Yield the columns that a line names, and what it says of them."""
    for line in ROW.findall(WRITTEN):
        columns, *said = line.split(" | ")
        yield re.findall(r"`([a-z_.0-9]+)`", columns), said


def named() -> Counter[str]:
    return Counter(one for columns, _ in rows() for one in columns)


def term_of(column: str) -> str:
    """Return how the term of a column begins, from the list that erases it."""
    table, name = column.split(".")
    emptied = {one.name: set(gone) for one, gone in retention.EMPTIED.items()}
    if name in emptied.get(table, ()) or table in {x.name for x in retention.DELETED}:
        return "Trois mois"
    if table == "ready_permit" and name in retention.READY:
        return "Remise"
    if name in retention.KEPT.get(table, "").split():
        return "Gardé"
    return "Ailleurs"


def test_each_personal_column_is_named_once(schema: MetaData) -> None:
    missing = personal_columns(schema) - set(named())
    assert sorted(missing) == [], "name it in service/adapters/postgres/AIPD.md"
    assert sorted(set(named()) - personal_columns(schema)) == []
    assert [one for one, times in named().items() if times > 1] == []


def test_each_line_says_purpose_basis_term_and_readers() -> None:
    for columns, said in rows():
        assert len(said) == 4, columns
        assert all(one.strip() for one in said), columns
        assert said[1] in {"mission", "sécurité"}, columns


def test_the_terms_are_those_the_program_applies() -> None:
    for columns, (_, _, term, _) in rows():
        for column in columns:
            assert term.startswith(term_of(column)), column


def test_a_new_sealed_column_is_missed(schema: MetaData) -> None:
    changed = copied(schema)
    Table("notepad", changed, Column("sealed_note", LargeBinary))

    assert personal_columns(changed) - set(named()) == {"notepad.sealed_note"}

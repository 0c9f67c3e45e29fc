"""No column that says something of a person is forgotten by the job that forgets."""

import pkgutil
from importlib import import_module

import pytest
from sqlalchemy import Column, ForeignKey, LargeBinary, MetaData, Table, Text, Uuid

from service.adapters import postgres
from service.adapters.postgres.retention import is_of_a_person, stale, unnamed
from service.adapters.postgres.tables import metadata


@pytest.fixture(scope="module")
def schema() -> MetaData:
    for module in pkgutil.iter_modules(postgres.__path__):
        if module.name.endswith("tables"):
            import_module(f"{postgres.__name__}.{module.name}")
    return metadata


def copied(schema: MetaData) -> MetaData:
    made = MetaData()
    for table in schema.tables.values():
        table.to_metadata(made)
    return made


def test_every_column_of_a_person_has_a_fate(schema: MetaData) -> None:
    assert unnamed(schema) == [], "name it in service/adapters/postgres/retention.py"


def test_no_fate_outlives_its_column(schema: MetaData) -> None:
    assert stale(schema) == []


def test_a_new_column_of_a_registration_is_missed(schema: MetaData) -> None:
    changed = copied(schema)
    changed.tables["registration"].append_column(Column("nickname", Text))

    assert unnamed(changed) == ["registration.nickname"]


def test_a_new_table_about_a_registration_is_missed_column_by_column(
    schema: MetaData,
) -> None:
    changed = copied(schema)
    Table(
        "letter_sent",
        changed,
        Column("registration_id", Uuid, ForeignKey("registration.id")),
        Column("street", Text),
    )

    assert unnamed(changed) == ["letter_sent.registration_id", "letter_sent.street"]


def test_what_hangs_on_an_offer_is_a_persons_too(schema: MetaData) -> None:
    assert is_of_a_person(schema.tables["visit"])
    assert is_of_a_person(schema.tables["ready_permit"])
    assert not is_of_a_person(schema.tables["slot"])


def test_a_sealed_column_anywhere_is_missed(schema: MetaData) -> None:
    changed = copied(schema)
    Table("notepad", changed, Column("sealed_note", LargeBinary), Column("at", Text))

    assert unnamed(changed) == ["notepad.sealed_note"]


def test_a_fate_without_a_column_is_told(schema: MetaData) -> None:
    changed = copied(schema)
    changed.remove(changed.tables["companions"])

    assert stale(changed) == ["companions.registration_id", "companions.sealed"]

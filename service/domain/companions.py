"""A family: the people who are received together with the one who registers.

They have no ticket of their own and are nobody's duplicates: one registration, one
group in the draw, one convocation that names them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self, cast

from service.domain.birth_date import BirthDate
from service.domain.errors import (
    BirthDateInFutureError,
    CompanionsMismatchError,
    MalformedRecordError,
)
from service.domain.names import Names
from service.domain.records import record, text, text_or_none


@dataclass(frozen=True, slots=True, repr=False)
class Companion:
    """One person received together with whoever registers, most often a child."""

    names: Names
    birth_date: BirthDate

    def to_json(self) -> dict[str, object]:
        """Return the record that ``from_json`` reads back; personal data."""
        return {
            "family_name": self.names.family_name,
            "given_names": self.names.given_names,
            "birth_date": self.birth_date.text,
        }

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read back a record.

        Raises:
            DomainError: Not such a record; its class and field say why.
        """
        found = record(value, "family_name", "given_names", "birth_date")
        return cls(
            Names(text(found["family_name"]), text_or_none(found["given_names"])),
            BirthDate.parse(text(found["birth_date"])),
        )

    def __repr__(self) -> str:
        return "Companion(…)"


def refuse_mismatch(people: int, companions: Sequence[Companion]) -> None:
    """Check that a family is named whole, or not at all.

    Whoever sends no names at all keeps the right to be received with ``people``
    people: an agent completes the names.

    Raises:
        CompanionsMismatchError: Some are named, and not exactly ``people`` less one.
    """
    if companions and len(companions) != people - 1:
        raise CompanionsMismatchError("companions")


def refuse_unborn(companions: Sequence[Companion], today: date) -> None:
    """Refuse a birth date to come.

    Raises:
        BirthDateInFutureError: At ``companions.N.birth_date``.
    """
    for at, companion in enumerate(companions):
        try:
            companion.birth_date.refuse_future(today)
        except BirthDateInFutureError:
            raise BirthDateInFutureError(f"companions.{at}.birth_date") from None


def companions_from_json(value: object) -> tuple[Companion, ...]:
    """Read back what ``companions_to_json`` wrote.

    Raises:
        DomainError: Not such a list.
    """
    if not isinstance(value, list):
        raise MalformedRecordError
    return tuple(Companion.from_json(one) for one in cast("list[object]", value))


def companions_to_json(companions: Sequence[Companion]) -> list[dict[str, object]]:
    """Return the list that ``companions_from_json`` reads back; personal data."""
    return [companion.to_json() for companion in companions]

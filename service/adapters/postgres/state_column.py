"""Columns that hold a state: text in the database, the domain's own word in Python."""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

from service.domain.night import NightState
from service.domain.offer import OfferState
from service.domain.registration import RegistrationState


class StateText(TypeDecorator[StrEnum]):
    """Parse what is read: a word that the domain does not know never gets further.

    Raises:
        ValueError: A row holds such a word (a CHECK of the table forbids it).
    """

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ANN401 (SQLAlchemy's own signature)
        """Return plain text: the driver knows no enumeration."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> StrEnum | None:  # noqa: ANN401 (SQLAlchemy's own signature)
        """Return the domain's word."""
        return None if value is None else self.words(value)


REGISTRATION: Final = StateText(RegistrationState)
NIGHT: Final = StateText(NightState)
OFFER: Final = StateText(OfferState)

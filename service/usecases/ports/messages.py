"""What messages need from the world: a carrier of texts, and a memory of what left."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Protocol

from service.usecases.records import Mail, TextMessage
from service.usecases.views import RegistrationView


class Mailer(Protocol):
    """Hands a message over to the outside."""

    async def send(self, mail: Mail) -> None:
        """Return once the message is handed over.

        Raises:
            MailRefusedError: The address will never work.
            MailDelayedError: Worth another try later.
        """
        ...


class TextSender(Protocol):
    """Hands a text over to whoever brings it to a telephone."""

    async def send(self, message: TextMessage) -> None:
        """Return once the text is handed over.

        Raises:
            TextRefusedError: The number will never take it.
            TextDelayedError: Worth another try later.
        """
        ...


WriteCalendar = Callable[[RegistrationView], bytes]
"""From a view with an appointment, a calendar file (RFC 5545)."""


class Deliveries(Protocol):
    """What became of each message on each way, and how many went to a person."""

    async def count_in(
        self, applicant_key: bytes, on: date, *, limit: int, anyones: bool
    ) -> bool:
        """Count one more message to a person that day; False when it is full.

        Several senders at once never count more than ``limit``: the row decides.
        """
        ...

    async def counted(self, row_id: int, on: date) -> None:
        """Note that a row of the outbox counts for that day."""
        ...

    async def hold(self, row_id: int, until: datetime) -> None:
        """Let a row wait without counting a try."""
        ...

    async def outcomes(self, row_id: int) -> Mapping[str, str]:
        """Return what became of a row so far: way → ``sent`` or ``refused``."""
        ...

    async def add(self, row_id: int, way: str, outcome: str, at: datetime) -> None:
        """Note what became of a row on one way; noting it twice is the same as once."""
        ...

    async def forget(self, before: date) -> int:
        """Erase the daily counts of older days; returns how many."""
        ...

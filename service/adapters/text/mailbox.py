"""The demonstration's texts: they end in its mailbox page, beside the e-mails.

Only the composition root of a demonstration builds this, and it refuses to be built
for production. The address ends in ``.invalid``, which no server ever resolves (RFC
6761 § 6.4): a text can only reach the demonstration's own sink.
"""

from service.usecases.errors import (
    MailDelayedError,
    MailRefusedError,
    TextDelayedError,
    TextRefusedError,
)
from service.usecases.ports.messages import Mailer
from service.usecases.records import Mail, TextMessage

NOWHERE = "sms.invalid"
"""What stands behind the number; ``service.mailbox`` knows it too (a test compares)."""


class NotForProductionError(Exception):
    """The mailbox of texts delivers nothing to anyone."""


class MailboxTexts:
    """See `service.usecases.ports.messages.TextSender`.

    Raises:
        NotForProductionError: It was asked for where people wait for real messages.
    """

    def __init__(self, mailer: Mailer, *, for_production: bool) -> None:
        if for_production:
            raise NotForProductionError
        self._mailer = mailer

    async def send(self, message: TextMessage) -> None:
        """Put one text into the mailbox."""
        mail = Mail(
            message_id=message.message_id,
            to=f"{message.to}@{NOWHERE}",
            language="",
            subject="SMS",
            text=message.text,
        )
        try:
            await self._mailer.send(mail)
        except MailRefusedError:
            raise TextRefusedError from None
        except MailDelayedError as error:
            raise TextDelayedError(str(error)) from None

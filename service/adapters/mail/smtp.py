"""Messages leave by SMTP; what a refusal means is decided here, once."""

from email.message import EmailMessage
from email.utils import formatdate

import aiosmtplib

from service.usecases.errors import MailDelayedError, MailRefusedError
from service.usecases.records import Mail

_PERMANENT = range(500, 600)


class SmtpMailer:
    """See `service.usecases.ports.Mailer`."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        sender: str,
        timeout_s: float,
        start_tls: bool,
        login: str = "",
        password: str = "",
    ) -> None:
        self._host = host
        self._port = port
        self._sender = sender
        self._timeout_s = timeout_s
        self._start_tls = start_tls
        self._login = login
        self._password = password

    async def send(self, mail: Mail) -> None:
        """Hand one message over; the error says no address and no text."""
        try:
            await aiosmtplib.send(
                self._message(mail),
                hostname=self._host,
                port=self._port,
                timeout=self._timeout_s,
                start_tls=self._start_tls,
                username=self._login or None,
                password=self._password or None,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(refusal.code in _PERMANENT for refusal in error.recipients):
                raise MailRefusedError from None
            raise MailDelayedError("recipient-delayed") from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDelayedError(type(error).__name__) from None

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = formatdate(usegmt=True)
        domain = self._sender.rpartition("@")[2].rstrip(">") or "localhost"
        message["Message-ID"] = f"<{mail.message_id}@{domain}>"
        if mail.language:
            message["Content-Language"] = mail.language
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        for file in mail.attachments:
            kind, _, subtype = file.media_type.partition("/")
            message.add_attachment(
                file.content, maintype=kind, subtype=subtype, filename=file.name
            )
        return message

"""The demonstration's mailbox: messages end in files that a page can list.

A sink for the demonstration alone; it delivers nothing to anyone and refuses to
start in the production profile.
"""

import argparse
import asyncio
import contextlib
import signal
import socket
import sys
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from service.settings import Profile, Settings, SettingsError, load_settings

TEXTS: Final = "sms.invalid"
"""What stands behind a number: texts lie beside the e-mails, and leave for nowhere."""

CAPACITY: Final = 10_000
"""Messages kept; the oldest gives way.

A night of the demonstration sends about three thousand: whoever registered this
morning still finds their first message and the place that was offered last night.
"""

_LONGEST_MESSAGE_BYTES = 1_000_000
_NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as it lies in the mailbox."""

    id: str
    to: str
    subject: str
    received_at: datetime
    text: str
    files: tuple[str, ...] = ()

    @property
    def number(self) -> str | None:
        """Return the telephone that a text went to; None for an e-mail."""
        name, _, place = self.to.rpartition("@")
        return name if place == TEXTS else None


def read_mailbox(home: Path) -> list[Mail]:
    """Every message in the mailbox under ``home``, the latest first.

    Reads files and nothing else; a message that disappears meanwhile is left out.
    """
    folder = _folder(home)
    names = sorted((path.name for path in folder.glob("*.eml")), reverse=True)
    mails = (read_mail(home, name.removesuffix(".eml")) for name in names)
    return [mail for mail in mails if mail is not None]


def read_mail(home: Path, mail_id: str) -> Mail | None:
    """One message by its id, or None when there is none of that id."""
    if not mail_id.replace("-", "").isdecimal():
        return None  # never a path of the asker's choice
    try:
        raw = (_folder(home) / f"{mail_id}.eml").read_bytes()
    except FileNotFoundError:
        return None
    message = BytesParser(policy=policy.default).parsebytes(raw)
    return Mail(
        id=mail_id,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        received_at=_received_at(mail_id),
        text=_text_of(message),
        files=tuple(part.get_filename() or "?" for part in message.iter_attachments()),
    )


def _text_of(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain",))
    content = body.get_content() if body is not None else ""
    return content if isinstance(content, str) else ""


def _received_at(mail_id: str) -> datetime:
    moment_ns = int(mail_id.partition("-")[0])
    return datetime.fromtimestamp(moment_ns / _NS_PER_S, tz=UTC)


def _folder(home: Path) -> Path:
    return home / "mailbox"


class FileMailbox:
    """Puts each received message into one file; knows only what aiosmtpd asks."""

    def __init__(self, home: Path, *, capacity: int = CAPACITY) -> None:
        self._folder = _folder(home)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._capacity = capacity
        self._kept = deque(sorted(self._folder.glob("*.eml")))
        self._count = 0

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the message and say so, as an SMTP server does."""
        content = envelope.content or b""
        self.keep(content if isinstance(content, bytes) else content.encode())
        return "250 Message kept in the demonstration's mailbox"

    def keep(self, content: bytes) -> None:
        """Write one message whole, then let the oldest ones go."""
        self._count += 1
        path = self._folder / f"{time.time_ns():020d}-{self._count:06d}.eml"
        half_written = path.with_suffix(".new")
        half_written.write_bytes(content)
        half_written.replace(path)
        self._kept.append(path)
        while len(self._kept) > self._capacity:
            self._kept.popleft().unlink(missing_ok=True)


async def serve(listener: socket.socket, mailbox: FileMailbox) -> None:
    """Receive messages until asked to end."""
    loop = asyncio.get_running_loop()
    wanted = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, wanted.set)

    def protocol() -> SMTP:
        return SMTP(
            mailbox,
            hostname="localhost",
            ident="Tour de role",
            enable_SMTPUTF8=True,
            data_size_limit=_LONGEST_MESSAGE_BYTES,
            loop=loop,
        )

    server = await loop.create_server(protocol, sock=listener)
    await wanted.wait()
    server.close()


def _listener(arguments: argparse.Namespace, settings: Settings) -> socket.socket:
    if arguments.fd is not None:
        return socket.socket(fileno=arguments.fd)
    return socket.create_server((settings.smtp_host, settings.smtp_port))


def main() -> int:
    """Run the sink; on ``--fd`` the listening socket is the supervisor's."""
    parser = argparse.ArgumentParser(prog="python -m service.mailbox")
    parser.add_argument("--fd", type=int, help="an open listening socket")
    arguments = parser.parse_args()
    try:
        settings = load_settings()
        if settings.profile is Profile.PRODUCTION:
            message = "the mailbox is for the demonstration: production sends for real"
            raise SettingsError(message)
        with contextlib.closing(_listener(arguments, settings)) as listener:
            asyncio.run(serve(listener, FileMailbox(settings.home)))
    except (SettingsError, OSError) as error:
        sys.stderr.write(f"mailbox: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

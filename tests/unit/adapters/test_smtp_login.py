"""A mail server that asks who sends is told; a wrong password only delays the mail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from service.adapters.mail.smtp import SmtpMailer
from service.usecases.errors import MailDelayedError
from service.usecases.records import Mail

pytestmark = [
    pytest.mark.anyio,
    # the test's server speaks in clear, on this machine; settings refuse it elsewhere
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

MAIL = Mail(
    to="noor@example.org",
    subject="Bonjour",
    text="Texte",
    message_id="1",
    language="fr",
)


class Kept(Message):
    """Keeps what arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.subjects: list[str] = []

    def handle_message(self, message) -> None:
        self.subjects.append(message["Subject"])


def knows(_server, _session, _envelope, _kind, told) -> AuthResult:
    is_known = isinstance(told, LoginPassword) and told == LoginPassword(b"rdv", b"m0t")
    return AuthResult(success=is_known, handled=False)  # let the server answer


@asynccontextmanager
async def server(kept: Kept) -> AsyncIterator[int]:
    def protocol() -> SMTP:
        return SMTP(
            kept, authenticator=knows, auth_required=True, auth_require_tls=False
        )

    loop = asyncio.get_running_loop()
    async with await loop.create_server(protocol, "127.0.0.1", 0) as running:
        yield running.sockets[0].getsockname()[1]


def mailer(port: int, password: str) -> SmtpMailer:
    return SmtpMailer(
        host="127.0.0.1",
        port=port,
        sender="Tour de rôle <no@example.org>",
        timeout_s=5,
        start_tls=False,
        login="rdv",
        password=password,
    )


async def test_the_server_is_told_who_sends() -> None:
    kept = Kept()
    async with server(kept) as port:
        await mailer(port, "m0t").send(MAIL)

    assert kept.subjects == ["Bonjour"]


async def test_a_wrong_password_delays_and_is_not_told() -> None:
    kept = Kept()
    async with server(kept) as port:
        with pytest.raises(MailDelayedError) as told:
            await mailer(port, "secret-faux").send(MAIL)

    assert str(told.value) == "SMTPAuthenticationError"
    assert kept.subjects == []

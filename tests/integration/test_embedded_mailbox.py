"""The demonstration's mailbox keeps what the service sends."""

import asyncio
import socket
import subprocess
import sys
from email.message import EmailMessage

import aiosmtplib
import pytest

from service.adapters.text.mailbox import NOWHERE
from service.mailbox import TEXTS, FileMailbox, read_mail, read_mailbox


def message(subject="Votre rendez-vous", text="Bonjour, à bientôt. مرحبا\n"):
    letter = EmailMessage()
    letter["From"] = "prefecture@example.org"
    letter["To"] = "amina.b@example.org"
    letter["Subject"] = subject
    letter.set_content(text)
    return letter


@pytest.fixture
def mailbox_process(monkeypatch, tmp_path):
    """The sink as the supervisor starts it, on a socket that already listens."""
    listener = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setenv("TDR_HOME", str(tmp_path))
    process = subprocess.Popen(
        [sys.executable, "-m", "service.mailbox", "--fd", str(listener.fileno())],
        pass_fds=(listener.fileno(),),
    )
    with listener:
        yield listener.getsockname()[1]
    process.terminate()
    assert process.wait(10) == 0


def test_a_message_sent_by_smtp_can_be_read(mailbox_process, tmp_path):
    asyncio.run(aiosmtplib.send(message(), hostname="127.0.0.1", port=mailbox_process))

    (mail,) = read_mailbox(tmp_path)

    assert mail.to == "amina.b@example.org"
    assert mail.subject == "Votre rendez-vous"
    assert mail.text.strip() == "Bonjour, à bientôt. مرحبا"
    assert read_mail(tmp_path, mail.id) == mail


def test_the_latest_message_comes_first_and_the_oldest_gives_way(tmp_path):
    mailbox = FileMailbox(tmp_path, capacity=3)
    for number in range(5):
        mailbox.keep(message(subject=f"number {number}").as_bytes())

    subjects = [mail.subject for mail in read_mailbox(tmp_path)]

    assert subjects == ["number 4", "number 3", "number 2"]


def test_a_mailbox_opened_again_still_knows_its_limit(tmp_path):
    FileMailbox(tmp_path, capacity=2).keep(message(subject="old").as_bytes())
    again = FileMailbox(tmp_path, capacity=2)
    again.keep(message(subject="newer").as_bytes())
    again.keep(message(subject="newest").as_bytes())

    assert [mail.subject for mail in read_mailbox(tmp_path)] == ["newest", "newer"]


@pytest.mark.parametrize("mail_id", ["", "../secrets/signing_key", "1/2", "x", "12"])
def test_an_id_is_never_a_path(tmp_path, mail_id):
    (tmp_path / "mailbox").mkdir()

    assert read_mail(tmp_path, mail_id) is None


def test_an_empty_home_has_an_empty_mailbox(tmp_path):
    assert read_mailbox(tmp_path) == []


def test_production_has_no_mailbox(monkeypatch):
    key = "ab" * 32
    for name, value in {
        "TDR_PROFILE": "production",
        "TDR_DATABASE_URL": "postgresql://db.example/tdr",
        "TDR_REDIS_URL": "redis://cache.example",
        "TDR_PUBLIC_URL": "https://rdv.example",
        **dict.fromkeys(
            ("TDR_APPLICANT_KEY", "TDR_SEALING_KEY", "TDR_SIGNING_KEY"), key
        ),
    }.items():
        monkeypatch.setenv(name, value)

    outcome = subprocess.run(
        [sys.executable, "-m", "service.mailbox"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert outcome.returncode == 1
    assert "production sends for real" in outcome.stderr


def test_a_text_lies_beside_the_mails_with_its_number(tmp_path):
    text = EmailMessage()
    text["From"] = "prefecture@example.org"
    text["To"] = f"+33639980000@{NOWHERE}"
    text["Subject"] = "SMS"
    text.set_content("Une place pour vous")
    FileMailbox(tmp_path).keep(text.as_bytes())

    (kept,) = read_mailbox(tmp_path)

    assert TEXTS == NOWHERE
    assert kept.number == "+33639980000"
    assert kept.text.strip() == "Une place pour vous"


def test_a_file_that_goes_with_a_mail_is_named(tmp_path):
    letter = message()
    letter.add_attachment(
        b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="rdv.ics"
    )
    FileMailbox(tmp_path).keep(letter.as_bytes())

    (kept,) = read_mailbox(tmp_path)

    assert kept.files == ("rdv.ics",)
    assert kept.number is None
    assert kept.text.strip().startswith("Bonjour")

"""Anybody checks a scanned paper offline, with the keys that were published."""

from datetime import UTC, date, datetime

from typer.testing import CliRunner

from service.adapters.signer import Ed25519Signer
from service.cli import app
from service.domain.paper_code import PaperCode
from service.domain.paper_token import (
    AcknowledgementFacts,
    ConvocationFacts,
    signed_bytes,
    token_of,
)
from service.paper_check import check_scanned

OURS = Ed25519Signer(b"e" * 32)
OTHER = Ed25519Signer(b"o" * 32)
CODE = PaperCode("7ZK4M2QDX9B8")
FACTS = AcknowledgementFacts(
    code=CODE,
    prefecture="isere",
    received_at=datetime(2026, 11, 9, 1, 14, tzinfo=UTC),
    issued_on=date(2026, 11, 20),
    first_night_on=date(2026, 11, 9),
    nights=11,
    last_night_on=date(2026, 11, 19),
)
TOKEN = token_of(FACTS, OURS.sign(signed_bytes(FACTS)))


def test_a_paper_of_ours_is_read_with_the_key_that_signed_it() -> None:
    keys = [OTHER.public_key, OURS.public_key]
    lines, code = check_scanned(f"https://rdv.example.org/v/{TOKEN}\n", keys)

    assert code == 0
    assert lines[0] == f"ok   signature: by key {OURS.public_key.hex()}"
    assert "     received: 2026-11-09 01:14 UTC" in lines
    assert "     nights: 11" in lines


def test_another_key_and_a_changed_fact_do_not_hold() -> None:
    assert check_scanned(TOKEN, [OTHER.public_key])[1] == 1
    assert check_scanned(TOKEN, [])[1] == 1
    forged = TOKEN.replace(".11.", ".12.")
    assert check_scanned(forged, [OURS.public_key])[1] == 1


def test_what_is_no_paper_is_told_from_a_forged_one() -> None:
    for text in ("", "https://rdv.example.org/v/", "1.A.x", "a" * 5_000):
        assert check_scanned(text, [OURS.public_key])[1] == 2


def test_a_convocation_says_neither_day_nor_place() -> None:
    day = date(2026, 11, 24)
    facts = ConvocationFacts(code=CODE, prefecture="isere", issued_on=day)
    token = token_of(facts, OURS.sign(signed_bytes(facts)))

    lines, code = check_scanned(token, [OURS.public_key])

    assert code == 0
    assert lines[1:] == [
        "     a convocation",
        "     code: 7ZK4-M2QD-X9B8",
        "     prefecture: isere",
        "     issued: 2026-11-24",
    ]


def test_the_command_line_checks_a_paper() -> None:
    run = CliRunner()
    good = run.invoke(app, ["paper", TOKEN, "--key", OURS.public_key.hex()])
    bad = run.invoke(app, ["paper", TOKEN, "--key", OTHER.public_key.hex()])
    nonsense = run.invoke(app, ["paper", TOKEN, "--key", "xyz"])

    assert (good.exit_code, bad.exit_code, nonsense.exit_code) == (0, 1, 2)
    assert "no residence document" in good.output

"""A newcomer's evening: start, register, publish, draw, confirm, replay, verify."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from service.adapters.embedded.process import free_port
from service.demo import AGENT_LOGIN, AGENT_PASSWORD
from service.domain.night import paris_date
from service.mailbox import read_mailbox
from service.supervisor.home import read_running
from tests.processes import ROOT, Program, living_in, wait_for_nobody, wait_until

MOTIF = "protection-temporaire"
"""A motif for which the demonstration has neither people nor places."""


class WholeProgram:
    """The program that a newcomer starts, in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            "TDR_HOME": str(home),
            "TDR_PORT": str(free_port()),
            "TDR_DEMONSTRATION_PEOPLE": "300",
            "TDR_LAB_PORT": str(free_port()),
        }
        self.program = Program(
            *("-m", "service.cli", "up"), environment=self.environment
        )
        line = self.program.wait_for_line("ready: ", within_s=60)
        self.http = httpx.Client(base_url=line.removeprefix("ready: "), timeout=20)

    def stop(self) -> None:
        self.http.close()
        self.program.stop()
        wait_for_nobody(self.home)

    def command(
        self, *words: str, given: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        inherited = {n: v for n, v in os.environ.items() if not n.startswith("TDR_")}
        return subprocess.run(
            [sys.executable, "-m", "service.cli", *words],
            input=given,
            capture_output=True,
            cwd=ROOT,
            timeout=90,
            env=inherited | self.environment,
            check=False,
        )

    def sql(self, statement: str, *values: str | list[str]) -> list[tuple[Any, ...]]:
        running = read_running(self.home)
        assert running is not None
        with psycopg.connect(running.database_url, autocommit=True) as connection:
            cursor = connection.execute(statement, values)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def register(self) -> dict[str, str]:
        answer = self.http.post(
            "/v1/registrations",
            json=person(),
            headers={"Idempotency-Key": str(uuid4())},
        )
        assert answer.status_code == 202, answer.text
        return answer.json()

    def follow(self, known: dict[str, str]) -> dict[str, Any]:
        answer = self.http.get(
            f"/v1/registrations/{known['reference']}", headers=bearer(known)
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def link_of(self, known: dict[str, str]) -> dict[str, str]:
        """Return what the first message opens: the screen alone shows no result."""
        address = person()["contact"]["email"]

        def arrived() -> str | None:
            texts = (m.text for m in read_mailbox(self.home) if m.to == address)
            lines = (line for text in texts for line in text.splitlines())
            return next((line for line in lines if "/a/" in line), None)

        link = wait_until(arrived, within_s=90, what="the first message")
        return {**known, "secret": link.rpartition("/")[2]}

    def publish(self, day: date) -> None:
        session = self.http.post(
            "/v1/agent/session",
            json={"login": AGENT_LOGIN, "password": AGENT_PASSWORD},
        )
        assert session.is_success, session.text
        published = self.http.post(
            "/v1/agent/slots",
            headers={
                "Authorization": f"Bearer {session.json()['token']}",
                "Idempotency-Key": f"open-{day}",
            },
            json={
                "site": "grenoble",
                "day": day.isoformat(),
                "opens": "09:00",
                "closes": "10:00",
                "minutes": 20,
                "guichets": 1,
                "motifs": [MOTIF],
            },
        )
        assert published.is_success, published.text


def person() -> dict[str, Any]:
    ends = date.today() + timedelta(days=9)  # noqa: DTZ011 - any day will do
    return {
        "prefecture": "isere",
        "motif": MOTIF,
        "sites": ["grenoble"],
        "identity": {
            "agdref_number": "7700000001",
            "family_name": "Kovalenko",
            "given_names": "Olena",
            "birth_date": "1991-02-03",
        },
        "contact": {"email": "olena@example.org", "language": "fr"},
        "permit_expires_on": ends.isoformat(),
        "held_document": "temporary_protection",
        "availability": {
            "weekdays_excluded": [],
            "dates_excluded": [],
            "short_notice": True,
        },
        "people": 1,
    }


def bearer(known: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {known['secret']}"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeProgram]:
    started = WholeProgram(tmp_path_factory.mktemp("whole") / "home")
    yield started
    started.stop()


def next_night(whole: WholeProgram) -> str:
    return whole.http.get("/v1/prefectures/isere").json()["next_night_on"]


@pytest.mark.timeout(240)
def test_a_newcomer_registers_publishes_draws_confirms_and_checks(
    whole: WholeProgram, tmp_path: Path
) -> None:
    known = whole.register()
    night = next_night(whole)
    whole.publish(date.fromisoformat(night) + timedelta(days=4))

    refused = whole.command("night", "--prefecture", "isere", "--date", night)
    drawn = whole.command("night", "--prefecture", "isere", "--date", night, "--early")
    alone = whole.follow(known)
    proof = whole.link_of(known)
    view = whole.follow(proof)

    if whole.sql("SELECT freeze_at > now() + '1 min' FROM night ORDER BY held_on")[0][
        0
    ]:
        assert refused.returncode == 2
    assert drawn.returncode == 0, drawn.stderr
    assert (alone["offer"], alone["nights"]) == (None, [])
    assert view["offer"]["state"] == "awaiting"
    assert [past["result"] for past in view["nights"]] == ["served"]

    confirmed = whole.http.post(
        f"/v1/registrations/{known['reference']}/offer/confirm", headers=bearer(known)
    )
    assert confirmed.status_code == 200, confirmed.text
    assert whole.follow(known)["state"] == "served"

    transcript = whole.http.get(f"/v1/nights/isere/{night}/transcript")
    assert transcript.status_code == 200
    checked = whole.command("verify", "-", given=transcript.content)
    assert checked.returncode == 0, checked.stdout
    again = whole.command("replay", "-", given=replay_input(transcript.json()))
    downloaded = whole.command("replay", "-", given=transcript.content)
    assert (downloaded.returncode, downloaded.stdout) == (0, again.stdout)
    assert again.returncode == 0
    assert json.loads(again.stdout) == transcript.json()["result"]

    twice = whole.command("night", "--prefecture", "isere", "--date", night, "--json")
    assert twice.returncode == 0
    assert json.loads(twice.stdout)["state"] in {"published", "notified"}
    same = whole.http.get(f"/v1/nights/isere/{night}/transcript")
    assert same.content == transcript.content
    out = tmp_path / "night.json"
    for _ in range(2):
        wrote = whole.command("transcript", "isere", night, "--full", "--out", str(out))
    assert wrote.returncode == 2  # the second time: nothing is written over
    assert out.read_bytes() == transcript.content
    assert out.stat().st_mode & 0o077 == 0
    unstopped = ("--date", night, "--prefecture", "isere", "--reason", "Pour voir.")
    refused = whole.command("night", "annul", *unstopped)
    assert refused.returncode == 2
    assert "No check stopped this night" in refused.stderr.decode()

    wait_until(
        lambda: {"registered", "confirmed"} <= sent_to(whole, known),
        within_s=60,
        what="welcome and confirmation sent",
    )


def replay_input(transcript: dict[str, Any]) -> bytes:
    commitment = json.dumps(
        transcript["commitment"], sort_keys=True, separators=(",", ":")
    )
    return json.dumps(
        {
            "pool": transcript["pool"],
            "commitment_sha256": sha256(commitment.encode()).hexdigest(),
            "randomness": transcript["beacon"]["randomness"],
        }
    ).encode()


def sent_to(whole: WholeProgram, known: dict[str, str]) -> set[str]:
    rows = whole.sql(
        "SELECT kind FROM outbox "
        "JOIN registration ON registration_id = registration.id "
        "WHERE outcome = 'sent' AND reference = %s",
        known["reference"],
    )
    return {kind for (kind,) in rows}


@pytest.mark.timeout(400)
def test_the_worker_is_killed_at_each_state_and_the_night_is_still_published(
    whole: WholeProgram,
) -> None:
    """The supervisor restarts it each time; nothing is drawn twice."""
    night = next_night(whole)
    seen: set[str] = set()

    whole.sql(
        "UPDATE night SET freeze_at = now(), brought_forward = true WHERE held_on = %s",
        night,
    )
    kill_worker(whole)  # its restart finds the night that is due
    while "notified" not in seen:
        state = wait_until(
            lambda: new_state(whole, night, seen), within_s=150, what="the next state"
        )
        seen.add(state)
        if state != "notified":
            kill_worker(whole)

    behind = ["drawn", "published", "notified"]
    nights = "SELECT count(*) FROM night WHERE state = ANY(%s)"
    assert whole.sql("SELECT count(*) FROM draw") == whole.sql(nights, behind)
    transcript = whole.http.get(f"/v1/nights/isere/{night}/transcript")
    assert whole.command("verify", "-", given=transcript.content).returncode == 0
    unsent = (
        "SELECT count(*) FROM outbox WHERE done_at IS NULL AND night_id IS NOT NULL"
    )
    wait_until(
        lambda: whole.sql(unsent)[0][0] == 0,
        within_s=150,
        what="every message of both nights sent, once the worker is left alone",
    )


def new_state(whole: WholeProgram, night: str, seen: set[str]) -> str | None:
    [(state,)] = whole.sql("SELECT state FROM night WHERE held_on = %s", night)
    return state if state not in seen else None


def kill_worker(whole: WholeProgram) -> None:
    for pid in worker_pids(whole.home):
        os.kill(pid, signal.SIGKILL)


def worker_pids(home: Path) -> list[int]:
    return [pid for pid in living_in(home) if b"service.worker" in command_of(pid)]


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""  # ended meanwhile


def test_a_night_that_nobody_planned_is_one_clear_line(whole: WholeProgram) -> None:
    for prefecture, day in (("atlantis", "2026-11-23"), ("isere", "2031-01-01")):
        said = whole.command("night", "--prefecture", prefecture, "--date", day)

        assert said.returncode == 2
        assert said.stdout == b""
        assert b"no night is planned" in said.stderr.splitlines()[-1]
    assert b"without --date it is the one of 20" in said.stderr.splitlines()[-1]


@pytest.mark.parametrize("word", ["replay", "verify"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[" * 90_000, b'{"a":1,'])
def test_any_file_at_all_ends_in_one_clear_line(
    whole: WholeProgram, word: str, content: bytes
) -> None:
    said = whole.command(word, "-", given=content)

    assert said.returncode == 2
    assert said.stdout == b""
    assert len(said.stderr.splitlines()) == 1


def test_the_night_of_today_is_a_date_in_paris(whole: WholeProgram) -> None:
    assert date.fromisoformat(next_night(whole)) >= paris_date(datetime.now(UTC))

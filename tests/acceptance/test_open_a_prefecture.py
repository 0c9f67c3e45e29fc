"""From an empty PostgreSQL to a published day, by the commands of service/README.md."""

import os
import pty
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import FileIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pyotp
import pytest
from psycopg import sql
from typer.testing import CliRunner

from service.bootstrap import build
from service.cli import app
from service.domain.night import paris_date
from service.settings import load_settings
from service.supervisor.prepare import ONE_ACCOUNT
from service.watching import audit
from service.web.app import create_app
from tests.acceptance.test_desk_pages import plain
from tests.conftest import named, run_on
from tests.processes import ROOT
from tests.unit.test_settings import PRODUCTION

pytestmark = pytest.mark.anyio

README = ROOT / "service/README.md"
EXAMPLE = ROOT / "service/prefecture.example.toml"
PASSWORD = "quatre pommes vertes"
SECRET = "deux-comptes"
HOST = "https://rdv.example"

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def empty(postgres_server: str) -> Iterator[str]:
    """The address of a database without a single table."""
    name = f"empty_{secrets.token_hex(8)}"
    run_on(postgres_server, sql.SQL("CREATE DATABASE {}"), name)
    yield named(postgres_server, name)
    run_on(postgres_server, sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


@pytest.fixture
def tourderole(
    empty: str, valkey: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """The program with the settings of a production, here and in its processes."""
    for name in [name for name in os.environ if name.startswith("TDR_")]:
        monkeypatch.delenv(name)
    own = {
        "TDR_HOME": str(tmp_path),
        "TDR_DATABASE_URL": empty,
        "TDR_REDIS_URL": valkey,
        "TDR_PUBLIC_URL": HOST,
    }
    for name, value in (PRODUCTION | own).items():
        monkeypatch.setenv(name, value)

    def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "service.cli", *words],
            input=given,
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=60,
            check=False,
        )

    return run


def commands_of_the_readme() -> list[list[str]]:
    """The words after ``python3 run.py`` of each step, as an operator copies them."""
    chapter = README.read_text(encoding="utf-8").partition("## Open a prefecture")[2]
    return [
        line.split(" #")[0].split()
        for line in re.findall(r"^ +python3 run\.py ?(.*)$", chapter, re.MULTILINE)
    ]


@pytest.fixture
def two_accounts(postgres_server: str) -> Iterator[dict[str, str]]:
    """The addresses of the two accounts that the README's own SQL makes, by name."""
    for statement in sql_of_the_readme():
        run_on(postgres_server, sql.SQL(statement))
    server = urlsplit(named(postgres_server, "tdr"))
    yield {
        who: server._replace(
            netloc=f"{who}:{SECRET}@{server.hostname}:{server.port}"
        ).geturl()
        for who in ("tdr_owner", "tdr")
    }
    for statement in ("DATABASE tdr WITH (FORCE)", "ROLE tdr", "ROLE tdr_owner"):
        run_on(postgres_server, sql.SQL(f"DROP {statement}"))


def sql_of_the_readme() -> list[str]:
    chapter = README.read_text(encoding="utf-8").partition("## Open a prefecture")[2]
    lines = re.findall(r"^ +(CREATE .*)$", chapter, re.MULTILINE)
    return [
        one.strip().replace("…", SECRET)
        for line in lines
        for one in line.split(";")
        if one.strip()
    ]


async def test_an_empty_postgresql_becomes_a_prefecture_with_places(
    tourderole: Command, empty: str
) -> None:
    migrated = await becomes_a_prefecture(tourderole, empty)

    assert ONE_ACCOUNT in migrated.stderr


async def test_so_it_does_when_the_program_owns_nothing(
    tourderole: Command,
    two_accounts: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TDR_DATABASE_URL", two_accounts["tdr"])

    def once_as_owner(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        if words == ("migrate",):
            monkeypatch.setenv("TDR_OWNER_DATABASE_URL", two_accounts["tdr_owner"])
        done = tourderole(*words, given=given)
        monkeypatch.delenv("TDR_OWNER_DATABASE_URL", raising=False)
        return done

    migrated = await becomes_a_prefecture(once_as_owner, two_accounts["tdr"])

    assert "warning" not in migrated.stderr
    with (
        psycopg.connect(two_accounts["tdr"]) as insider,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        insider.execute("DELETE FROM audit")
    lines, code = await audit(load_settings(), None)
    assert code == 0, lines


async def becomes_a_prefecture(
    tourderole: Command, database: str
) -> subprocess.CompletedProcess[str]:
    """Give the README's commands in turn, publish a day; returns the first command."""
    migrate, dry_run, put, add, up = commands_of_the_readme()
    assert up == []  # the program itself: here its pages, without processes around

    migrated = tourderole(*migrate)
    assert migrated.returncode == 0, migrated.stderr
    for words in (dry_run, put):
        done = tourderole(*[str(EXAMPLE) if w == "ici.toml" else w for w in words])
        assert done.returncode == 0, (words, done.stderr)
    assert "4 written, in one transaction" in done.stdout
    added = tourderole(*add, "--password-stdin", given=f"{PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    assert PASSWORD not in added.stdout + added.stderr

    await publish_a_day(login=add[2])

    listed = tourderole("agent", "list")
    assert "two factors" in listed.stdout
    forgotten = tourderole("agent", "forget-phone", add[2])
    assert forgotten.stdout.startswith("forgotten; sessions are over")

    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT count(*) FROM place").fetchone()
        actors = connection.execute("SELECT DISTINCT actor FROM audit").fetchall()
    assert row == (6,)
    assert add[2] in {actor for (actor,) in actors}
    assert any(actor.startswith("operator:") for (actor,) in actors)
    return migrated


async def publish_a_day(login: str) -> None:
    """Sign in and publish two hours, through the pages, as a browser without script."""
    container = build(load_settings(), pool_size=2)
    transport = httpx.ASGITransport(app=create_app(container))
    try:
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
            page = await client.get("/agents")
            token = value_of("jeton", page.text)
            day = paris_date(container.ports.clock.now()) + timedelta(days=7)
            form: dict[str, Any] = {
                "jeton": token,
                "site": "centre",
                "jour-jour": str(day.day),
                "jour-mois": str(day.month),
                "jour-annee": str(day.year),
                "de": "9 h",
                "a": "11 h",
                "duree": "20",
                "guichets": "1",
                "motifs": "renouvellement-titre",
            }
            await come_in(client, token, login)
            form["jeton"] = value_of(
                "jeton", (await client.get("/agents/accueil")).text
            )
            shown = await client.post("/agents/creneaux/apercu", data=form)
            assert "Cela ferait 6 places" in plain(shown.text)
            done = await client.post(
                "/agents/creneaux/publier", data=form | {"deja": "0"}
            )
            assert "publie=6" in done.headers["location"]
            again = await client.post(
                "/agents/creneaux/publier", data=form | {"deja": "0"}
            )
            assert "Rien n'a été ajouté" in plain(again.text)
    finally:
        await container.close()


async def come_in(client: httpx.AsyncClient, token: str, login: str) -> None:
    """The first sign-in enrols a second factor; from then on a code is asked for."""
    typed = {"jeton": token, "identifiant": login, "mot-de-passe": PASSWORD}
    opened = await client.post("/agents", data=typed)
    assert opened.headers["location"] == "/agents/protection"
    assert (await client.get("/agents/accueil")).status_code == 401

    shown = (await client.get("/agents/protection")).text
    drawing = await client.get("/agents/protection/code.svg")
    assert drawing.headers["content-type"] == "image/svg+xml"
    key = re.search(r'<br><strong class="code">([A-Z2-7 ]+)</strong>', plain(shown))
    assert key is not None
    code = pyotp.TOTP(key[1].replace(" ", "")).now()
    enrolled = await client.post(
        "/agents/protection",
        data={"jeton": value_of("jeton", shown), "code": code},
    )
    recovery = re.findall(r'<li class="code">([a-z2-7 ]+)</li>', plain(enrolled.text))
    assert len(set(recovery)) == 10
    assert (await client.get("/agents/accueil")).status_code == 200

    await client.post("/agents/sortie", data={"jeton": token})
    refused = await client.post("/agents", data=typed | {"code": code})
    assert refused.status_code == 422  # that code has served
    again = await client.post("/agents", data=typed | {"code": recovery[0]})
    assert again.headers["location"] == "/agents/accueil"


def value_of(name: str, page: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_what_is_wrong_is_one_line_a_fault(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('code = "X"\n', encoding="utf-8")

    refused = CliRunner().invoke(app, ["prefecture", "set", str(wrong)])

    assert refused.exit_code == 2
    assert [line.split(": ")[1] for line in refused.stderr.splitlines()] == [
        *("code", "name", "publishes", "sites", "ruleset", "ruleset.effective_on"),
    ]


def test_without_a_terminal_no_password_is_made_up() -> None:
    words = ["agent", "add", "awa", "--prefecture", "x", "--name", "Awa"]

    silent = CliRunner().invoke(app, words)

    assert silent.exit_code == 2
    assert "--password-stdin" in silent.stderr


@pytest.mark.usefixtures("tourderole")
def test_a_terminal_asks_twice_and_shows_nothing_that_is_typed() -> None:
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "service.cli", "agent", "password", "awa"],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    ) as asking:
        os.close(terminal)
        assert asking.stderr is not None
        for _ in range(2):
            while asking.stderr.read(1) not in {b":", b""}:
                pass
            asking.stderr.read(1)  # the space: from here on nothing is shown
            os.write(keyboard, b"awa-awa\n")
        said = asking.stderr.read().decode()
    with open(keyboard, "rb", buffering=0) as typed:
        shown = read_of(typed)

    assert asking.returncode == 2
    assert "twelve characters" in said
    assert said.strip().count("\n") == 0
    assert b"awa" not in shown
    assert "awa-awa" not in said


def read_of(terminal: FileIO) -> bytes:
    """What a terminal showed; it is gone once the program is."""
    try:
        return terminal.read(1_000) or b""
    except OSError:
        return b""

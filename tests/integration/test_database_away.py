"""A command whose database is gone says one line, and what to do."""

import logging

import pytest
import structlog
from typer.testing import CliRunner

from service.adapters.embedded.process import free_port
from service.cli import app
from tests.unit.test_settings import PRODUCTION, set_all

NIGHT = ["--prefecture", "38", "--date", "2030-01-07"]
COMMANDS = (
    ["tick"],
    ["forget", "--dry-run"],
    ["watch"],
    ["audit"],
    ["resume", *NIGHT, "--found", "a loose cable, mended"],
    ["night", *NIGHT],
    ["agent", "list"],
    ["agent", "close", "nobody"],
)


@pytest.fixture(autouse=True)
def logging_as_before():
    """A command sets up logging for its process; this one goes on with other tests."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_without_its_database_says_one_line(
    command: list[str], tmp_path, monkeypatch
) -> None:
    gone = free_port()
    away = {
        "TDR_HOME": str(tmp_path),
        "TDR_DATABASE_URL": f"postgresql://tdr:away@127.0.0.1:{gone}/tdr",
        "TDR_REDIS_URL": f"redis://127.0.0.1:{gone}",
    }
    set_all(monkeypatch, PRODUCTION | away)

    said = CliRunner().invoke(app, command)

    assert said.exit_code == 2, said.output
    assert said.output.splitlines()[-1] == (
        "the database does not answer, or is full: look at it, then give the same "
        "command again"
    )
    assert "away@" not in said.output

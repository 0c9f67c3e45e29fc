"""JSON on standard output, or in a file."""

import json
from pathlib import Path

import typer

from simulation.plain import plain


def print_json(found: object) -> None:
    """Print data; equal data gives equal bytes."""
    typer.echo(_text(found))


def write_json(file: Path, found: object) -> None:
    """Write data to a file, with the folders it needs; equal data, equal bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{_text(found)}\n", "utf-8")


def _text(found: object) -> str:
    return json.dumps(plain(found), ensure_ascii=False, indent=2, sort_keys=True)

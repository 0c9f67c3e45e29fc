"""JSON on standard output."""

import json

import typer

from simulation.plain import plain


def print_json(found: object) -> None:
    """Print data; equal data gives equal bytes."""
    typer.echo(json.dumps(plain(found), ensure_ascii=False, indent=2, sort_keys=True))

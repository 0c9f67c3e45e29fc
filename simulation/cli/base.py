"""The command line that all commands stand on."""

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The laboratory: real attacks replayed against rules.",
)

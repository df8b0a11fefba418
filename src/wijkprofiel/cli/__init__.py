"""The command line: thin, and the only place where an error becomes an exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from wijkprofiel import __version__
from wijkprofiel.cli import commands
from wijkprofiel.cli.examples import examples
from wijkprofiel.cli.language import Language
from wijkprofiel.cli.report import print_error
from wijkprofiel.cli.session import Session
from wijkprofiel.errors import WijkprofielError

app = typer.Typer(
    name="wijkprofiel",
    no_args_is_help=True,
    # Plain help starts in a third of the time of rich help, and a bug shows its own traceback.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
commands.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wijkprofiel {__version__}")
        raise typer.Exit


@app.callback(epilog=examples("build"))
def options(
    context: typer.Context,
    project: Annotated[
        Path | None,
        typer.Option(
            "--project",
            metavar="DIR",
            help="Folder with wijkprofiel.yaml; default: the nearest one upwards from here.",
        ),
    ] = None,
    language: Language = None,
    _: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Health profiles per wijk: from CBS and RIVM figures to accessible documents.

    Results go to stdout, progress and problems to stderr.

    Exit codes: 0 ok, 1 some areas or checks failed, 2 usage or config, 3 supplier unreachable.
    """
    context.obj = Session(project, language)


def main() -> None:
    """Run the command line; a bug shows its traceback, a mistake a sentence."""
    try:
        app()
    except WijkprofielError as failure:
        print_error(failure)
        sys.exit(failure.exit_code)

"""``wijkprofiel dialogue``: material for a wijkdialoog, and its results back into the profile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wijkprofiel.cli import report, whereto
from wijkprofiel.errors import ConfigError

if TYPE_CHECKING:
    from wijkprofiel.cli.session import Session


def dialogue(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Profile, code or name.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            parser=whereto.local,
            help="Folder to write in; default: output.",
        ),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            "--results",
            metavar="FILE",
            parser=whereto.local,
            help="The filled-in YAML, or a table of votes (.csv, .xlsx): add it to the profile.",
        ),
    ] = None,
) -> None:
    """Make the material for a wijkdialoog, or put its results into the area's profile.

    Makes a YAML to fill in (with what is known already), a form to print, a voting sheet (A3) and a
    table for the votes. A file that was filled in is left as it is. Paper that does not say what
    the figures say is kept in <output>/_rejected.

    With --results nothing in configs/profiles/NAME.yaml is lost or overwritten: lists grow, empty
    keys are filled, and where the two differ nothing is written and both lines are told.
    """
    from wijkprofiel.build.dialogue import make_material, take_results

    session: Session = context.obj
    if results is None:
        made = make_material(session.config, session.dataset, name, session.folder(output))
        report.print_findings(made.findings)
        for path in (*made.written, *made.kept):
            typer.echo(str(path))
        for path in made.kept:
            typer.echo(f"{path} was filled in or changed: left as it is", err=True)
        return
    if session.project is None:
        raise ConfigError(
            "there is no project folder here, and the package keeps its own profiles",
            "make one: wijkprofiel init DIR --gemeente GM....",
            where="--results",
        )
    taken = take_results(session.config, session.dataset, name, results)
    typer.echo(str(taken.path))
    told = ", ".join(taken.added)
    typer.echo(f"added: {told}" if told else "nothing new: it all stood there", err=True)

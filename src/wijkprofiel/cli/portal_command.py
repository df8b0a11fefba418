"""``wijkprofiel portal``: the web pages of areas, and the page that leads to all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wijkprofiel.cli import report, whereto
from wijkprofiel.cli.session import Session
from wijkprofiel.errors import ConfigError


def portal(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Profile, CBS code, or name of a wijk, buurt or gemeente."
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All profiles and wijken of the project.")
    ] = False,
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
) -> None:
    """Make index.html: all areas of a folder, to search in and to find on a map.

    It shows everything that was built in the folder, with links to each file. With names their
    web pages are built first. The folder works as it is, on a web server and from a disk.
    """
    from wijkprofiel.build import portal as portals
    from wijkprofiel.build.plan import Order
    from wijkprofiel.build.pool import cores
    from wijkprofiel.build.run import build
    from wijkprofiel.build.scores import all_names
    from wijkprofiel.cli import progress

    session: Session = context.obj
    if names and every:
        raise ConfigError("name areas or use --all, not both", where="portal")
    config, folder, code = session.config, session.folder(output), 0
    chosen = all_names(config, session.dataset) if every else names
    if chosen:
        order = Order((portals.page_spec(config).id,), (portals.PAGE,), portal=True)
        watch, jobs = progress.watch(), cores()
        result = build(config, session.dataset, chosen, folder, order, watch, jobs=jobs)
        report.print_recap(result)
        code = result.exit_code
        if not result.documents:
            raise typer.Exit(code)
    typer.echo(str(portals.write(config, session.dataset, folder)))
    raise typer.Exit(code)

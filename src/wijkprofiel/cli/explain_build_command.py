"""``wijkprofiel explain-build``: why a document would be made again, or would not."""

from __future__ import annotations

from typing import Annotated

import typer

from wijkprofiel.cli import report, whereto
from wijkprofiel.cli.session import Session


def explain_build(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Profile, code or name.")],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", metavar="KIND", help="Document type, file format or 'all'; may be repeated."
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder or URL with what was built."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Tell why a build would make each document of an area again, or would not.

    Compares what reaches a document now with what reached it when it was made. Nothing is made.
    """
    from dataclasses import asdict

    from wijkprofiel.build.plan import Order
    from wijkprofiel.build.why import explain

    session: Session = context.obj
    order = Order.of(formats or (), session.config, as_before=True)
    target = whereto.target(output, session)
    found = list(explain(session.config, session.dataset, names, target, order))
    if as_json:
        report.print_json([asdict(area) for area in found])
        return
    for area in found:
        for told in area.project:
            typer.echo(f"{area.slug}: since it was built {told}")
        for document in area.documents:
            state = "would be made again" if document.kinds else "is what it should be"
            typer.echo(f"{document.file}  {state}")
            for told in document.told:
                typer.echo(f"  {told}")

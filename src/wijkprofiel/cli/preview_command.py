"""``wijkprofiel preview``: the documents of one area in a browser, made anew at every change."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Annotated

import typer

from wijkprofiel.cli import report

if TYPE_CHECKING:
    from wijkprofiel.cli.session import Session
    from wijkprofiel.preview import Studio


def preview(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Profile, code or name.")],
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="KIND", help="Document type or file format; repeatable."),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port; 0: a free one.")
    ] = 8765,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Make the documents once, tell how, and stop.")
    ] = False,
) -> None:
    """Show the documents of an area in the browser, and again whenever a file changes.

    Watches configs, templates and data of the project. A mistake is shown with its file and line
    while the last good version stays. Writes nothing; only this machine can see it. Stop: Ctrl-C.
    """
    from wijkprofiel import preview as previews

    session: Session = context.obj
    studio = previews.Studio(session.config, session.dataset, name, tuple(formats or ()))
    if once:
        previews.once(studio)
        _tell(studio)
        raise typer.Exit(1 if _wrong(studio) else 0)
    try:
        with previews.running(studio, port, _tell) as url:
            typer.echo(url)
            if open_:
                typer.launch(url)
            threading.Event().wait()
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)


def _tell(studio: Studio) -> None:
    """Print what was made on stdout, what is wrong and what was found on stderr."""
    for paper in studio.papers.values():
        state = "not as it should be" if paper.problems else f"{len(paper.content)} bytes"
        typer.echo(f"{paper.name}: {state}")
        report.print_findings(paper.findings)
    for problem in _wrong(studio):
        typer.echo(f"error: {problem}", err=True)


def _wrong(studio: Studio) -> list[object]:
    papers = studio.papers.values()
    return list(dict.fromkeys([*studio.problems, *(p for paper in papers for p in paper.problems)]))

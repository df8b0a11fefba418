"""``wijkprofiel refresh``: what a schedule runs, and what it leaves for the scheduler."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wijkprofiel.cli import logs, report, whereto
from wijkprofiel.errors import ConfigError, WijkprofielError

if TYPE_CHECKING:
    from wijkprofiel.build.refresh import Outcome
    from wijkprofiel.cli.session import Session


def refresh(  # noqa: PLR0913, PLR0917  # every option of a command is an argument
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Areas; default: the project's profiles and all its wijken."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", metavar="KIND", help="Document type, file format or 'all'; may be repeated."
        ),
    ] = None,
    site: Annotated[
        Path | None,
        typer.Option(
            "--site",
            metavar="DIR",
            parser=whereto.local,
            help="Folder that is published; default: site.",
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="DIR",
            parser=whereto.local,
            help="What an analyst reads; default: report.",
        ),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no supplier.")] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes; default: one per core.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Bring a site up to date: fetch, doctor, build what changed, verify, portal, diff, replace.

    The site is replaced as a whole, when something in it changed and everything in it was
    verified; else it stays as it is. An area that fails stays as it was. A newer edition in which
    areas, topics or years are gone is not taken. The report is never published: summary.md,
    outcome.json, outcome.env (for a scheduler), the change report, and what was rejected.

    Exit codes: 0 all is well, 1 an area or table stayed as it was, or the doctor found an error in
    the sources, 2 usage or config, 3 a supplier cannot be reached and what is pinned was used.
    After any of them the site is a whole one.
    """
    from wijkprofiel.cli import refresh_report

    session: Session = context.obj
    here = session.project or Path.cwd()
    place, folder = (site or here / "site").absolute(), (to or here / "report").absolute()
    if place.is_relative_to(folder) or folder.is_relative_to(place):
        raise ConfigError("the report may not be published: give it another folder", where="--site")
    refresh_report.clear(folder)
    try:
        done = _refreshed(session, place, folder, names, formats, offline=offline, jobs=jobs)
    except WijkprofielError as failure:
        refresh_report.write_failure(folder, failure)
        raise
    told = refresh_report.write(folder, done)
    if as_json:
        report.print_json(told)
    else:
        typer.echo(str(place))
    raise typer.Exit(done.exit_code)


def _refreshed(  # noqa: PLR0913  # the options of the command
    session: Session,
    place: Path,
    folder: Path,
    names: list[str] | None,
    formats: list[str] | None,
    *,
    offline: bool,
    jobs: int | None,
) -> Outcome:
    from wijkprofiel.build import refresh as refreshing
    from wijkprofiel.build.plan import Order
    from wijkprofiel.build.pool import cores
    from wijkprofiel.cli import progress

    call = refreshing.Call(
        site=place,
        report=folder,
        names=tuple(names or ()),
        order=Order.of(formats or (), session.config),
        day=dt.datetime.now().astimezone().date(),
        offline=offline,
        jobs=jobs or cores(),
        watch=progress.watch(as_json=logs.on()),
        tell=_tell,
    )
    return refreshing.refresh(session.config, call)


def _tell(event: str, text: str, level: str = "info", **facts: Any) -> None:
    """Tell of one step: as an event, or in words (of findings only those that need a fix)."""
    if logs.on():
        logs.log(event, level, **({} if event == "finding" else {"text": text}), **facts)
    elif event != "finding":
        typer.echo(text if level == "info" else f"{level}: {text}", err=True)
    elif level != "info":
        typer.echo(f"{level}: {text}", err=True)

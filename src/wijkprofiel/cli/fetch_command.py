"""``wijkprofiel fetch``: the options, and what the terminal shows of it."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wijkprofiel.cli import logs, report
from wijkprofiel.cli.session import Session
from wijkprofiel.errors import ConfigError

if TYPE_CHECKING:
    from wijkprofiel.sources.fetch import Outcome, Report, Step
    from wijkprofiel.sources.fetch.changes import Changes


def fetch(  # noqa: PLR0913, PLR0917  # every option of a command is an argument
    context: typer.Context,
    tables: Annotated[
        list[str] | None,
        typer.Option(
            "--table", metavar="ID", help="Source table or edition; may be repeated. Default: all."
        ),
    ] = None,
    gemeenten: Annotated[
        list[str] | None,
        typer.Option(
            "--gemeente", metavar="CODE", help="May be repeated. Default: those of the project."
        ),
    ] = None,
    country: Annotated[bool, typer.Option("--all", help="The whole country.")] = False,
    file: Annotated[
        str, typer.Option("--file", metavar="FILE|URL", help="Workbook to take one table from.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be asked; ask nothing.")
    ] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Only check that all is there; ask nothing.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Look for newer editions, and say what they change.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Let a newer edition replace what is there.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Fetch figures and outlines of CBS, RIVM and PDOK into the project's data folder.

    What is there already is kept, and wijkprofiel.lock pins it. A fetch that was broken off goes
    on where it was. When a service cannot be reached, what is there stays as it was (exit 3).
    """
    from wijkprofiel.sources import fetch as fetching

    _one_of(country=country, gemeenten=gemeenten, offline=offline, update=update)
    config = context.obj.config
    targets = fetching.targets(config, tables or (), gemeenten or (), country=country or bool(file))
    if file:
        targets = fetching.of_workbook(targets, file)
    if dry_run:
        _print_steps(fetching.dry_run(config, targets, update=update), as_json=as_json)
        return
    if offline:
        done = fetching.offline(config, targets)
    else:
        day = dt.datetime.now().astimezone().date()
        agree = _Agreement(yes=yes)
        done = fetching.fetch(fetching.Call(config, day, update, agree.ask, _say), targets)
    _print_report(done, context.obj, as_json=as_json)


class _Agreement:
    """Says yes or no to a replacement: by option, or by asking the person at the keyboard."""

    def __init__(self, *, yes: bool) -> None:
        self._yes = yes

    def ask(self, name: str, changes: Changes) -> bool:
        """Show what changes, and return whether the snapshot may be replaced."""
        from wijkprofiel.sources.fetch.changes import lines

        for line in lines(changes):
            typer.echo(line, err=True)
        if self._yes or not sys.stdin.isatty():
            return self._yes
        return typer.confirm(f"replace {name}?", err=True)


def _one_of(*, country: bool, gemeenten: list[str] | None, offline: bool, update: bool) -> None:
    if country and gemeenten:
        raise ConfigError("use --gemeente or --all, not both", where="fetch")
    if offline and update:
        raise ConfigError("use --offline or --update, not both", where="fetch")


def _say(text: str) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r\x1b[K{text}", err=True, nl=False)
    else:
        typer.echo(text, err=True)


def _print_steps(steps: list[Step], *, as_json: bool) -> None:
    if as_json:
        report.print_json([_step_row(step) for step in steps])
        return
    for step in steps:
        half = f", {step.finished} files finished" if step.finished else ""
        typer.echo(f"{step.target.name}: {step.state}{half} ({step.target.scope_text})")
        for address in step.addresses:
            typer.echo(f"  {address}")


def _step_row(step: Step) -> Mapping[str, Any]:
    return {
        "source": step.target.source.id,
        "table": step.target.edition.table,
        "gemeenten": list(step.target.gemeenten),
        "state": step.state,
        "finished": step.finished,
        "addresses": list(step.addresses),
    }


def _print_report(done: Report, session: Session, *, as_json: bool) -> None:
    from wijkprofiel.sources.fetch.changes import lines

    if sys.stderr.isatty():
        typer.echo("", err=True)
    for outcome in done.outcomes if logs.on() else ():
        logs.log("table", table=outcome.target.name, status=outcome.status,
                 modified=outcome.modified, files=len(outcome.files))  # fmt: skip
    if as_json:
        rows = [_outcome_row(outcome) for outcome in done.outcomes]
        report.print_json({"tables": rows, "notes": list(done.notes), "lock": str(done.lock)})
        return
    for outcome in done.outcomes:
        stamp = f", edition of {outcome.modified}" if outcome.modified else ""
        files = f", {len(outcome.files)} files" if outcome.files else ""
        typer.echo(f"{outcome.target.name}: {outcome.status}{files}{stamp}")
        if outcome.changes is not None and outcome.status == "replaced":
            for line in lines(outcome.changes):
                typer.echo(f"  {line}")
        for note in outcome.notes:
            typer.echo(f"note: {outcome.target.name}: {note}", err=True)
    for note in done.notes:
        typer.echo(f"note: {note}", err=True)
    if done.lock.is_file():
        typer.echo(f"pinned in {_short(done, session)}", err=True)


def _short(done: Report, session: Session) -> str:
    project = session.project
    return str(done.lock.relative_to(project) if project is not None else done.lock)


def _outcome_row(outcome: Outcome) -> Mapping[str, Any]:
    return {
        "source": outcome.target.source.id,
        "table": outcome.target.edition.table,
        "gemeenten": list(outcome.target.gemeenten),
        "status": outcome.status,
        "modified": outcome.modified,
        "files": list(outcome.files),
        "changes": asdict(outcome.changes) if outcome.changes is not None else None,
        "notes": list(outcome.notes),
    }

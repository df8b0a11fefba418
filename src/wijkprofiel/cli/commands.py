"""The commands; each hands its work to a module with a name of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from wijkprofiel.cli import logs, report, whereto
from wijkprofiel.cli.build_command import build
from wijkprofiel.cli.compare_command import compare
from wijkprofiel.cli.dialogue_command import dialogue
from wijkprofiel.cli.diff_command import diff
from wijkprofiel.cli.doctor_command import doctor
from wijkprofiel.cli.examples import examples
from wijkprofiel.cli.explain_build_command import explain_build
from wijkprofiel.cli.explain_command import explain
from wijkprofiel.cli.fetch_command import fetch
from wijkprofiel.cli.language import COMMANDS, speaking
from wijkprofiel.cli.listing import SHELVES, columns, rows
from wijkprofiel.cli.portal_command import portal
from wijkprofiel.cli.preview_command import preview
from wijkprofiel.cli.refresh_command import refresh
from wijkprofiel.cli.session import Session
from wijkprofiel.cli.suggest_command import suggest
from wijkprofiel.cli.verify_command import verify
from wijkprofiel.errors import ConfigError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="Profile, CBS code, or name of a wijk, buurt or gemeente."),
]


def list_(
    context: typer.Context,
    shelf: Annotated[
        str, typer.Argument(metavar="WHAT", help=f"What to list: {', '.join(SHELVES)}.")
    ] = SHELVES[0],
    as_json: AsJson = False,
) -> None:
    """List the areas that can be built, or what the configs hold.

    A buurt can be built too, by its code or name.
    """
    found = rows(shelf, context.obj)
    if as_json:
        report.print_json(found)
        return
    head = columns(shelf)
    report.print_table("", [*head], ([str(row[name]) for name in head] for row in found))


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Profile, code or name.")],
    as_json: AsJson = False,
) -> None:
    """Show scores and verdicts of one area as a table."""
    from wijkprofiel.build import attack, scores
    from wijkprofiel.build.make import make_profile
    from wijkprofiel.build.plan import Order, plan
    from wijkprofiel.cli.table import print_profile

    session: Session = context.obj
    task = plan(session.config, session.dataset, [name], Order())[0]
    profile = make_profile(session.config, session.dataset, task)
    told = list(scores.rows(profile))
    attack.refuse_rows(told, task.slug, session.config, session.dataset)
    if as_json:
        report.print_json(told)
    else:
        print_profile(profile, session.config)


def check(
    context: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="A warning fails too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check configs, data and the coverage of every profile: all findings at once."""
    from wijkprofiel.cli.checks import exit_code, gather, strict_reason

    findings, failure = gather(context.obj)
    if as_json:
        report.print_json([report.finding_row(finding) for finding in findings])
    else:
        report.print_by_severity(findings)
    if strict and (reason := strict_reason(findings)):
        typer.echo(reason, err=True)
    raise typer.Exit(exit_code(findings, failure, strict=strict))


def score(
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            parser=whereto.local,
            help="File to write: .csv, .xlsx, .parquet or .zip (data package).",
        ),
    ],
    names: Names = None,
    every: Annotated[
        bool, typer.Option("--all", help="All profiles and wijken of the project.")
    ] = False,
) -> None:
    """Write figures, scores, verdicts, statuses and sources of areas in one long table."""
    from wijkprofiel.build import attack
    from wijkprofiel.build.data_files import package_of
    from wijkprofiel.build.scores import all_names, score_table, writer

    session: Session = context.obj
    if bool(names) == every:
        raise ConfigError("name one or more areas, or use --all", where="score")
    write = writer(
        output,
        session.config.project.edition.date,
        lambda name, made: attack.refuse_export(name, made, session.config, session.dataset),
        lambda table: package_of(table, session.config, session.dataset),
    )
    chosen = all_names(session.config, session.dataset) if every else names or []
    table, failures = score_table(session.config, session.dataset, chosen, report.print_progress)
    write(table)
    typer.echo(str(output))
    for failure in failures:
        report.print_error(failure)
    raise typer.Exit(1 if failures else 0)


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", parser=whereto.local, help="New folder to make.")
    ],
    gemeente: Annotated[
        str | None, typer.Option("--gemeente", metavar="CODE", help="CBS code, such as GM1234.")
    ] = None,
    date: Annotated[
        dt.datetime | None,
        typer.Option(
            "--date", formats=["%Y-%m-%d"], metavar="DATE", help="Edition date; default: today."
        ),
    ] = None,
    ci: Annotated[
        list[str] | None,
        typer.Option("--ci", metavar="KIND", help="Files for a schedule: github, gitlab."),
    ] = None,
) -> None:
    """Make a project folder for a gemeente; an existing folder is left alone.

    With --ci it gets the files that refresh its site every night. A folder that is a project
    already gets only those, and no file that is there is overwritten.
    """
    from wijkprofiel.cli import schedule, starter

    day = (date or dt.datetime.now().astimezone()).date()
    schedule.require(ci or ())
    advice = []
    if not (ci and schedule.is_project(folder)):
        if gemeente is None:
            raise ConfigError("say which gemeente", "add --gemeente GM....", where="init")
        advice.append(starter.start(folder, gemeente, day).advice)
    if ci:
        added = schedule.add(folder, ci, day)
        advice += [f"left as it is: {folder / path}" for path in added.left]
        advice.append(f"for every night: read {folder / 'programma/README.md'}")
    typer.echo(str(folder))
    typer.echo("\n".join(advice), err=True)


def register(app: typer.Typer) -> None:
    """Put the commands on the app, in the order of the help text."""
    commands: dict[str, Callable[..., None]] = {
        "build": build,
        "verify": verify,
        "diff": diff,
        "portal": portal,
        "preview": preview,
        "list": list_,
        "show": show,
        "explain": explain,
        "explain-build": explain_build,
        "compare": compare,
        "suggest": suggest,
        "dialogue": dialogue,
        "check": check,
        "score": score,
        "init": init,
        "refresh": refresh,
        "fetch": fetch,
        "doctor": doctor,
    }
    for name, command in commands.items():
        spoken = speaking(command) if name in COMMANDS else command
        told = logs.logged(spoken) if name in logs.COMMANDS else spoken
        app.command(name, epilog=examples(name))(told)

"""``wijkprofiel doctor``: what is wrong with the sources, as a table or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from wijkprofiel.cli import logs, report

if TYPE_CHECKING:
    from wijkprofiel.cli.session import Session

HEAD = ("severity", "where", "what", "fix")


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Hold the sources in the data folder against the configs: each trouble with its fix.

    Keys that were renamed or are gone, areas and years that are missing, units that moved, figures
    that differ between editions. Exit code 1 when there is an error or a warning.
    """
    from wijkprofiel.model import Severity
    from wijkprofiel.sources.doctor import examine

    session: Session = context.obj
    findings = examine(session.config)
    logs.log_findings(findings)
    if as_json:
        report.print_json([report.finding_row(finding) for finding in findings])
    else:
        rows = ([f.severity.value, f.where, f"{f.message} [{f.code}]", f.hint] for f in findings)
        report.print_table("", HEAD, rows)
    wrong = [f for f in findings if f.severity is not Severity.INFO]
    typer.echo(f"{len(wrong)} of {len(findings)} findings need a fix", err=True)
    raise typer.Exit(1 if wrong else 0)

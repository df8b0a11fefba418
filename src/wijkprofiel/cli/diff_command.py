"""``wijkprofiel diff``: what changed between two builds, and why, before it is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wijkprofiel.cli import logs, report, whereto

if TYPE_CHECKING:
    from wijkprofiel.build.changes import Report
    from wijkprofiel.cli.session import Session
    from wijkprofiel.wording import Words

_FIRST = 10
"""Unexplained changes that the terminal shows."""


def diff(
    context: typer.Context,
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD", parser=whereto.local, help="Output folder of the build before."
        ),
    ],
    new: Annotated[
        Path,
        typer.Argument(metavar="NEW", parser=whereto.local, help="Output folder of this build."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            parser=whereto.local,
            help="Write the report (HTML, CSV) here.",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 1 when a change is unexplained.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Tell what changed between two builds, and why: data, method, boundary or correction.

    Compares what was published, as printed, by the manifests of both: areas that are new, gone or
    renamed, verdicts, figures, scores and documents. A change that nothing explains comes first.
    Writes DIR/verschillen.html and DIR/verschillen.csv. OLD and NEW may be one area's folder.
    """
    from wijkprofiel.build import changes
    from wijkprofiel.build.changes import export
    from wijkprofiel.build.changes.write import write
    from wijkprofiel.documents.desk import words_of

    session: Session = context.obj
    words = words_of(session.config)
    found = changes.report(old, new, words)
    if logs.on():
        logs.log("compared", areas=found.compared, changes=len(found.changes),
                 unexplained=len(found.unexplained))  # fmt: skip
    paths = write(found, session.config, words, output) if output is not None else ()
    if as_json:
        report.print_json(export.told(found, words) | {"written": [str(path) for path in paths]})
    else:
        _print(found, words)
        for path in paths:
            typer.echo(str(path))
    raise typer.Exit(1 if strict and found.unexplained else 0)


def _print(found: Report, words: Words) -> None:
    from wijkprofiel.build.changes import export

    typer.echo(words("changes.summary.areas", compared=found.compared, new=len(found.added),
                     gone=len(found.gone)))  # fmt: skip
    if not found.changes:
        typer.echo(words("changes.summary.nothing"))
        return
    counted = found.counts
    rows = [
        [
            words(f"changes.cause.{cause.value}"),
            *(str(sum(change.kind is kind for change in changes)) for kind in counted),
        ]
        for cause, changes in found.by_cause.items()
    ]
    head = [words("changes.summary.cause"),
            *(f"{words(f'changes.kind.{kind.value}')} #" for kind in counted)]  # fmt: skip
    report.print_table("", head, rows)
    typer.echo(words("changes.summary.turned", number=len(found.turned)))
    for change in found.unexplained[:_FIRST]:
        told = export.row(change, words)
        typer.echo(words("changes.summary.line", **told))
    if len(found.unexplained) > _FIRST:
        typer.echo(words("changes.summary.more", number=len(found.unexplained) - _FIRST))

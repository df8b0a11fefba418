"""``wijkprofiel compare``: several areas side by side in one document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wijkprofiel.cli import report, whereto

if TYPE_CHECKING:
    from wijkprofiel.build.comparison import Compared
    from wijkprofiel.cli.session import Session


def compare(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Two or more areas (profile, code or name), or one set by name."
        ),
    ] = None,
    gemeente: Annotated[
        str | None,
        typer.Option("--gemeente", metavar="CODE", help="All wijken of this gemeente, by name."),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="Title on the first page.")
    ] = None,
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
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Lay several areas side by side: agreements, differences, and each other's approach.

    Writes <output>/vergelijking-<name>/vergelijking-<name>.pdf and a manifest.json. Areas keep the
    order they are named in (of a gemeente: alphabetical); nobody is ranked. A set is a file in
    configs/comparisons. An area that fails is left out, and the document says so. A document that
    does not say what its areas' figures say is kept in <output>/_rejected.
    """
    from wijkprofiel.build import comparison

    session: Session = context.obj
    config, dataset = session.config, session.dataset
    choice = comparison.choose(config, dataset, names or [], gemeente, title)
    folder = session.folder(output)
    made = comparison.compare(config, dataset, choice, folder, report.print_progress)
    if as_json:
        report.print_json({"comparisons": [_row(one) for one in made]})
    else:
        _print(made)
    raise typer.Exit(max((one.exit_code for one in made), default=0))


def _print(made: Iterable[Compared]) -> None:
    from wijkprofiel.model import Severity

    for one in made:
        report.print_findings(f for f in one.findings if f.severity is not Severity.INFO)
        for path in one.documents:
            typer.echo(str(path))
        for slug, failure in one.failures.items():
            typer.echo(f"{slug}: left out", err=True)
            report.print_error(failure)


def _row(one: Compared) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "written": [str(path) for path in one.written],
        "findings": [report.finding_row(finding) for finding in one.findings],
        "left_out": {
            slug: [str(problem) for problem in failure.problems]
            for slug, failure in one.failures.items()
        },
    }

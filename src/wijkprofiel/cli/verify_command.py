"""``wijkprofiel verify``: may what was built be published?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wijkprofiel.cli import report, whereto

if TYPE_CHECKING:
    from wijkprofiel.build.verify.shelf import Checked
    from wijkprofiel.cli.session import Session


def verify(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Profile, CBS code, name of an area, or folder; default: all that is there.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            parser=whereto.local,
            help="Folder of a build; default: output.",
        ),
    ] = None,
    accessibility: Annotated[
        bool,
        typer.Option("--accessibility", help="Ask the installed accessibility checkers too."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")] = False,
) -> None:
    """Read finished documents back and compare them with their profiles, made anew.

    Every word, figure, drawing, sign, tag and link must be that of the area; nothing may be cut
    off, lie over something else or be too pale; every file must be the one that its manifest names.
    Any problem ends with exit code 1: what has one is not published.
    """
    from wijkprofiel.build.verify import listeners, shelf

    session: Session = context.obj
    folder = session.folder(output)
    listeners.require(wanted=accessibility)
    checked = shelf.check(
        session.config, session.dataset, folder, names or (), report.print_progress
    )
    found = [listeners.heard(one) if accessibility else one for one in checked]
    if as_json:
        report.print_json({"areas": [_row(checked) for checked in found]})
    else:
        _print(found)
    raise typer.Exit(0 if all(checked.sound for checked in found) else 1)


def _print(found: list[Checked]) -> None:
    for checked in found:
        report.print_findings(checked.findings, err=False)
    wrong = [checked.slug for checked in found if not checked.sound]
    files = sum(len(checked.files) for checked in found)
    typer.echo(f"{len(found) - len(wrong)} of {len(found)} areas may be published ({files} files)")
    if wrong:
        typer.echo(f"not to be published: {', '.join(wrong)}", err=True)


def _row(checked: Checked) -> dict[str, Any]:
    return {
        "slug": checked.slug,
        "folder": str(checked.folder),
        "files": [path.name for path in checked.files],
        "sound": checked.sound,
        "findings": [dict(report.finding_row(finding)) for finding in checked.findings],
    }

"""What the terminal shows: problems, progress and findings on stderr, results on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from wijkprofiel.cli import logs
from wijkprofiel.errors import WijkprofielError

if TYPE_CHECKING:
    from wijkprofiel.build.run import BuildResult
    from wijkprofiel.model import Finding

_PLACES = 3
"""Places that are named when several areas have the same finding."""


def print_error(failure: WijkprofielError) -> None:
    """Print every problem of an error, and what it means, on stderr."""
    if logs.on():
        logs.log_error(failure)
        return
    if len(failure.problems) == 1:
        typer.echo(f"error: {failure.problems[0]}", err=True)
        return
    for problem in failure.problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"error: {failure.message}", err=True)


def print_progress(slug: str, done: int, total: int) -> None:
    """Print which area is being made, when there are more of them."""
    if logs.on():
        logs.log("area", area=slug, done=done + 1, total=total)
        return
    if total == 1:
        return
    if not sys.stderr.isatty():
        typer.echo(f"[{done + 1}/{total}] {slug}", err=True)
        return
    last = done + 1 == total
    # \r goes back to the start of the line, \x1b[K clears what was there
    typer.echo(f"\r\x1b[K[{done + 1}/{total}] {slug}", err=True, nl=last)


def print_json(rows: Any) -> None:
    """Print ``rows`` as JSON on stdout."""
    typer.echo(json.dumps(rows, indent=2, ensure_ascii=False, allow_nan=False))


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table on stdout: drawn in a terminal, in plain columns where another program reads.

    Args:
        title: line above it, may be empty.
        head: column names; a name that ends in " #" is a column of numbers.
        rows: cells, as many as ``head`` has names.
    """
    numeric = [name.endswith(" #") for name in head]
    names = [name.removesuffix(" #") for name in head]
    cells = [list(row) for row in rows]
    if sys.stdout.isatty():
        _draw(title, names, numeric, cells)
        return
    if title:
        typer.echo(title)
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    for row in (names, *cells):
        sized = zip(row, widths, numeric, strict=True)
        padded = (f"{text:>{w}}" if number else f"{text:<{w}}" for text, w, number in sized)
        typer.echo("  ".join(padded).rstrip())


def _draw(title: str, names: list[str], numeric: list[bool], cells: list[list[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=title or None,
        box=SIMPLE_HEAD,
        title_justify="left",
        pad_edge=False,
        show_edge=False,
        padding=(0, 1, 0, 0),
    )
    for name, number, column in zip(names, numeric, zip(names, *cells, strict=True), strict=True):
        # A narrow terminal wraps between words, never within one.
        longest = max(len(word) for cell in column for word in cell.split() or [""])
        table.add_column(name, justify="right" if number else "left", min_width=longest)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


def print_findings(findings: Iterable[Finding], *, err: bool = True) -> None:
    """Print findings, the same one about several areas on one line."""
    findings = tuple(findings)
    logs.log_findings(findings)
    if err and logs.on():
        return
    for finding, places in _alike(findings).items():
        typer.echo(_finding_line(finding, places), err=err)


def print_by_severity(findings: Iterable[Finding]) -> None:
    """Print on stdout how many findings there are, then those of each severity, worst first."""
    from wijkprofiel.model import Severity

    alike = _alike(findings)
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    groups = {s: [(f, where) for f, where in alike.items() if f.severity is s] for s in order}
    typer.echo(", ".join(_count(len(group), s.value) for s, group in groups.items()))
    for group in filter(None, groups.values()):
        typer.echo()
        for finding, places in group:
            typer.echo(_finding_line(finding, places))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 or word == "info" else f"{number} {word}s"


def _alike(findings: Iterable[Finding]) -> dict[Finding, list[str]]:
    alike: dict[Finding, list[str]] = {}
    for finding in findings:
        places = alike.setdefault(replace(finding, where=""), [])
        if finding.where not in places:
            places.append(finding.where)
    return alike


def _finding_line(finding: Finding, places: Sequence[str]) -> str:
    shown = [place for place in places if place]
    where = ", ".join(shown[:_PLACES])
    if len(shown) > _PLACES:
        where += f" and {len(shown) - _PLACES} more"
    line = f"{finding.severity.value}: {where}{'  ' if where else ''}{finding.message}"
    line += f" [{finding.code}]"
    return f"{line}\n  hint: {finding.hint}" if finding.hint else line


def finding_row(finding: Finding) -> Mapping[str, str]:
    """Return a finding for JSON."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": finding.where,
        "message": finding.message,
        "hint": finding.hint,
    }


def print_recap(result: BuildResult) -> None:
    """Print the paths of the documents on stdout; failures, warnings and the count on stderr."""
    from wijkprofiel.model import Severity

    for area in result.areas:
        found = [f for f in area.findings if f.severity is not Severity.INFO]
        print_findings(found)
    for path in result.documents:
        typer.echo(str(path))
    for area in result.failures:
        if area.error is not None:
            typer.echo(f"{area.slug}: not built", err=True)
            print_error(area.error)
    if len(result.areas) > 1 or result.failures or not result.written:
        built = len(result.areas) - len(result.failures)
        current = sum(1 for area in result.areas if area.error is None and not area.why)
        told = f"{built} of {len(result.areas)} areas built"
        typer.echo(told + (f", {current} of them unchanged" if current else ""), err=True)


def recap_row(result: BuildResult) -> Mapping[str, Any]:
    """Return the outcome of a build for JSON."""
    return {
        "areas": [
            {
                "slug": area.slug,
                "written": [str(path) for path in area.written],
                "kept": [str(path) for path in area.kept],
                "why": {name: list(kinds) for name, kinds in area.why.items()},
                "findings": [finding_row(finding) for finding in area.findings],
                "problems": [str(p) for p in area.error.problems] if area.error else [],
            }
            for area in result.areas
        ]
    }

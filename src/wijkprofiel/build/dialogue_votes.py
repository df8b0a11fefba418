"""Votes of a wijkdialoog from a table: a theme and its number of stickers on each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from wijkprofiel.errors import DataError, Problem, did_you_mean
from wijkprofiel.model import Framework
from wijkprofiel.sources import delimited, workbook
from wijkprofiel.sources.grid import Grid

SUFFIXES = (".csv", ".xlsx")


def read(path: Path, framework: Framework) -> dict[str, int]:
    """Return the votes per theme, by its id.

    The first column holds a theme, by id or title; the second a whole number. A first row whose
    second cell holds no number is a header. A theme without a number has no votes counted.

    Args:
        path: a CSV or xlsx.
        framework: its domains are the themes.

    Raises:
        DataError: every cell that is not right, at once.
    """
    themes = {domain.id: domain.id for domain in framework.domains}
    themes |= {domain.title.casefold(): domain.id for domain in framework.domains}
    grid = _grid(path, tuple(domain.title for domain in framework.domains))
    votes: dict[str, int] = {}
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for row, told in _rows(grid):
        name, counted = told
        theme = themes.get(name.casefold())
        if theme is None:
            near = did_you_mean(name.casefold(), themes)
            known = ", ".join(domain.title for domain in framework.domains)
            problems.append(Problem(grid.at(row, 0), f"'{name}' is no theme{near}: {known}"))
        elif theme in first:
            message = f"'{name}' stands there twice (first at {first[theme]})"
            problems.append(Problem(grid.at(row, 0), message, "add them up"))
        elif counted and not (counted.isascii() and counted.isdigit()):
            message = f"'{counted}' is not a number of votes"
            problems.append(Problem(grid.at(row, 1), message, "a whole number, 0 or more"))
        elif counted:
            votes[theme] = int(counted)
        if theme is not None:
            first.setdefault(theme, grid.at(row, 0))
    if not problems and not votes:
        problems.append(Problem(grid.where, "no votes stand in it", "theme,votes on each row"))
    if problems:
        raise DataError.of(problems, "nothing written")
    return votes


def table(framework: Framework, votes: Mapping[str, int]) -> str:
    """Return the table to fill in: a row for each theme, with what was counted before."""
    rows = (f"{domain.title};{votes.get(domain.id, '')}\n" for domain in framework.domains)
    return "".join(rows)


def _grid(path: Path, titles: tuple[str, ...]) -> Grid:
    data = path.read_bytes()
    if path.suffix.lower() == ".xlsx":
        return workbook.read(data, "", str(path))
    return delimited.read(data, titles, str(path), encoding=None, separator=None)


def _rows(grid: Grid) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the rows that say something, without a header."""
    for row in range(len(grid.rows)):
        name, counted = grid.text(row, 0), grid.text(row, 1)
        header = row == 0 and counted and not any(sign.isdigit() for sign in counted)
        if (name or counted) and not header:
            yield row, (name, counted)

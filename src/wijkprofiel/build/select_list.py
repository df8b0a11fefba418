"""A list of areas in a file: one on each line, or a table with a column of codes or names."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkprofiel.errors import ConfigError

CODES = (
    "code", "gwbcode10", "gwbcode", "cbscode", "statcode", "areacode", "regiocode", "gebiedscode",
    "wijkenenbuurten", "regios", "buurtcode", "wijkcode",
)  # fmt: skip
"""Heads of a column with codes: our own, and those of CBS, PDOK and lists that people make.

Capitals, spaces and signs do not count. The first of these that a table has is taken, before any
column of names: a buurt has the code of its wijk beside its own.
"""
NAMES = ("slug", "name", "area", "naam", "statnaam", "regio", "gebied", "buurtnaam", "wijknaam",
         "gemeentecode", "gemeentenaam")  # fmt: skip
"""Heads of a column with names, and last those of whole gemeenten: beside a wijk it is where."""
REMARK = "#"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list.

    Attributes:
        line: its number in the file.
        area: what stands in the column of areas; empty where the row names none.
    """

    line: int
    area: str


def rows(path: Path) -> Iterator[Row]:
    """Yield each row in which anything stands; ``#`` begins a remark.

    Raises:
        ConfigError: the file cannot be read.
    """
    lines = [line if not line.lstrip().startswith(REMARK) else "" for line in _read(path)]
    first = next((line for line in lines if line.strip()), "")
    reader = csv.reader(lines, delimiter=max(";\t,", key=first.count))
    column = None
    for row in reader:
        cells = [cell.partition(REMARK)[0].strip() for cell in row]
        if not any(cells):
            continue
        if column is None:
            column = _column(cells)
            if column is not None:
                continue
            column = 0
        yield Row(reader.line_num, cells[column] if column < len(cells) else "")


def _read(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        why = failure.strerror if isinstance(failure, OSError) else "it is not UTF-8 text"
        hint = "give a text file with an area on each line, or a CSV"
        raise ConfigError(f"cannot be read: {why}", hint, where=str(path)) from failure


def _column(cells: Sequence[str]) -> int | None:
    """The place of the areas under these heads, None where they are no heads."""
    heads = ["".join(filter(str.isalnum, cell.casefold())) for cell in cells]
    return next((heads.index(name) for name in (*CODES, *NAMES) if name in heads), None)

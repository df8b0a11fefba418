"""Cells of one sheet or CSV, and how to name them to a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

Cell = object
Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a workbook knows of its cells beside their values.

    Attributes:
        percent: cells that are shown as a percentage: 0.45 reads "45%".
        broken: cells with an Excel error or a formula that was never computed, and which.
        hidden_rows, hidden_columns: from 0.
        merged: first and last cell of every merged range.
    """

    percent: frozenset[Place] = frozenset()
    broken: dict[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[Place, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a sheet.

    Attributes:
        where: ``file`` of a CSV, ``file!sheet`` of a workbook.
        rows: all rows from the first, header included; a CSV holds only text.
        separator: what parts the cells of a CSV.
    """

    where: str
    rows: Sequence[Sequence[Cell]]
    marks: Marks = Marks()
    separator: str = ""

    def at(self, row: int, column: int | None = None) -> str:
        """Return the place of a cell as people name it: ``file!sheet:B3``, ``file:B3``."""
        return f"{self.where}:{letters(column) if column is not None else ''}{row + 1}"

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, empty where the row is shorter."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        """Return a cell as text: a whole number without decimals, spaces around taken off."""
        return text_of(self.cell(row, column))

    def blank(self, row: int) -> bool:
        """Return whether a row holds nothing at all."""
        return all(text_of(cell) == "" for cell in self.rows[row])


def text_of(cell: Cell) -> str:
    r"""Return a cell as a person reads it.

    >>> text_of(2024.0), text_of(" Noord\u00a0"), text_of(None)
    ('2024', 'Noord', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return " ".join(str(cell).split())


def letters(column: int) -> str:
    """Return the letters of a column from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def place_of(reference: str) -> Place:
    """Return row and column, from 0, of a reference as Excel writes it.

    >>> place_of("A1"), place_of("AB12")
    ((0, 0), (11, 27))
    """
    column = 0
    digits = ""
    for sign in reference:
        if sign.isdigit():
            digits += sign
        else:
            column = column * 26 + ord(sign.upper()) - ord("A") + 1
    return int(digits) - 1, column - 1

"""A GGD's own table, CSV or xlsx, long (a row per figure) or wide (a column per topic).

Kept small: one named sheet, one header row, CBS codes. Names instead of codes, "<5", percentages
as fractions and Swing exports come with the reader of own figures.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem, did_you_mean
from wijkprofiel.model.computed import Status
from wijkprofiel.model.declared import Indicator
from wijkprofiel.sources.sidecar import Layout
from wijkprofiel.tables import INDICATOR_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

Cell = object
_EMPTY = {"", ".", "-", "x"}
_PERIOD = re.compile(r"^\d{4}$")
_MOST = 50
"""Problems told of one file; a file with more has one cause."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of a sheet, and how to name them to a person.

    Attributes:
        where: ``file`` of a CSV, ``file!sheet`` of a workbook.
        rows: all rows from the first, header included.
        sheet: whether cells are named ``B3`` (a workbook) or by line (a CSV).
        merged: ranges of merged cells, as (first, last) of (row, column) from 0.
    """

    where: str
    rows: Sequence[Sequence[Cell]]
    sheet: bool
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    def at(self, row: int, column: int | None = None) -> str:
        """Return the place of a cell: ``file!sheet:B3`` or ``file:3``."""
        letters = _letters(column) if self.sheet and column is not None else ""
        return f"{self.where}:{letters}{row + 1}"


def read(
    data: bytes,
    layout: Layout | None,
    *,
    source: str,
    indicators: Mapping[str, Indicator],
    known_areas: Collection[str],
    where: str,
) -> pd.DataFrame:
    """Return the figures of one table as an IndicatorTable.

    Args:
        data: a CSV (UTF-8 or Windows-1252) or an xlsx.
        layout: which columns hold what.
        source: id of the source table.
        indicators: by id.
        known_areas: CBS codes that exist; empty: every code is taken.
        where: the file it came from, for errors.

    Returns:
        One row per area, topic and period, in the order of the file. An empty cell, a point, a
        hyphen or an x is unknown.

    Raises:
        DataError: merged header, missing column, empty table, text where a number stands, an area
            or topic that does not exist, doubled rows; all at once, each with its cell.
    """
    import pandas as pd

    if layout is None:
        raise DataError("its sidecar has no 'layout'", "say which columns hold what", where=where)
    grid = _workbook(data, layout, where) if data[:2] == b"PK" else _csv(data, layout, where)
    columns = _header(grid, layout)
    problems: list[Problem] = []
    found = list(_figures(grid, layout, columns, problems))
    if not found and not problems:
        problems.append(Problem(grid.where, "the table has no rows below its header"))
    problems += _strange(found, grid, indicators, known_areas)
    problems += _doubled(found, grid)
    problems += _impossible(found, grid, indicators)
    if problems:
        raise DataError.of(problems[:_MOST], "nothing read")
    table = pd.DataFrame([row.figure for row in found])
    return table.assign(source=source)[list(INDICATOR_COLUMNS)]


@dataclass(frozen=True, slots=True)
class _Found:
    row: int
    figure: dict[str, object]


def _workbook(data: bytes, layout: Layout, where: str) -> Grid:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, zipfile.BadZipFile) as broken:
        raise DataError(f"is no workbook: {broken}", where=where) from broken
    names = book.sheet_names
    name = layout.sheet or (names[0] if len(names) == 1 else "")
    if name not in names:
        what = f"has no sheet '{name}'{did_you_mean(name, names)}" if name else "has several sheets"
        raise DataError(what, "sheets: " + ", ".join(names), where=where)
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    return Grid(f"{where}!{name}", rows, sheet=True, merged=tuple(sheet.merged_cell_ranges or ()))


def _csv(data: bytes, layout: Layout, where: str) -> Grid:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return Grid(where, list(csv.reader(io.StringIO(text), delimiter=layout.separator)), sheet=False)


def _header(grid: Grid, layout: Layout) -> dict[str, int]:
    """Return column name → number, for a header whose columns are all there.

    Raises:
        DataError: the row is not there, is merged or doubled, or lacks a column.
    """
    row = layout.header - 1
    if row >= len(grid.rows):
        hint = f"row {layout.header} should be its header"
        raise DataError("the table is empty", hint, where=grid.where)
    for (top, left), (bottom, right) in grid.merged:
        if top <= row <= bottom:
            raise DataError(
                f"the header is merged ({_letters(left)}{top + 1}:{_letters(right)}{bottom + 1})",
                "give every column one name of its own in one row",
                where=grid.at(row, left),
            )
    names = [str(cell).strip() for cell in grid.rows[row]]
    problems = [
        Problem(grid.at(row, i), f"the column '{name}' stands there twice")
        for i, name in enumerate(names)
        if name and name in names[:i]
    ]
    wanted = [layout.area, layout.lower, layout.upper, layout.n]
    wanted += [layout.indicator, layout.value] if layout.indicator else layout.topics.values()
    wanted += [] if _PERIOD.match(layout.period) else [layout.period]
    problems += [
        Problem(
            grid.at(row),
            f"has no column '{name}'{did_you_mean(name, names)}",
            "it has " + ", ".join(n for n in names if n),
        )
        for name in wanted
        if name and name not in names
    ]
    if problems:
        raise DataError.of(problems, "nothing read")
    return {name: i for i, name in enumerate(names) if name}


def _figures(
    grid: Grid, layout: Layout, columns: Mapping[str, int], problems: list[Problem]
) -> Iterator[_Found]:
    written = {text: name for name, text in layout.topics.items()}
    for number, row in enumerate(grid.rows[layout.header :], layout.header):
        if all(str(cell).strip() == "" for cell in row):
            continue
        cells = _Row(grid, layout, columns, number, row, problems)
        if layout.indicator:
            topic = cells.text(layout.indicator)
            yield cells.figure(written.get(topic, topic), layout.value)
        else:
            for name, column in layout.topics.items():
                yield cells.figure(name, column)


@dataclass(frozen=True, slots=True)
class _Row:
    grid: Grid
    layout: Layout
    columns: Mapping[str, int]
    number: int
    row: Sequence[Cell]
    problems: list[Problem]

    def text(self, column: str) -> str:
        at = self.columns[column]
        cell = self.row[at] if at < len(self.row) else ""
        whole = isinstance(cell, float) and cell.is_integer()
        return str(int(cell) if whole and isinstance(cell, float) else cell).strip()

    def number_in(self, column: str) -> float:
        """Return the number in a column, NaN for none; anything else is a problem."""
        if not column:
            return float("nan")
        text = self.text(column)
        if text.lower() in _EMPTY:
            return float("nan")
        try:
            return float(text if self.grid.sheet else text.replace(self.layout.decimal, "."))
        except ValueError:
            place = self.grid.at(self.number, self.columns[column])
            self.problems.append(Problem(place, f"{column}: {text!r} is no number"))
            return float("nan")

    def figure(self, indicator: str, column: str) -> _Found:
        layout = self.layout
        value = self.number_in(column)
        period = layout.period if _PERIOD.match(layout.period) else self.text(layout.period)[:4]
        figure = {
            "area": self.text(layout.area),
            "indicator": indicator,
            "period": period,
            "value": value,
            "lower": self.number_in(layout.lower),
            "upper": self.number_in(layout.upper),
            "n": self.number_in(layout.n),
            "status": (Status.UNKNOWN if value != value else Status.OK).value,  # noqa: PLR0124 - NaN
        }
        return _Found(self.number, figure)


def _strange(
    found: Sequence[_Found],
    grid: Grid,
    indicators: Mapping[str, Indicator],
    known_areas: Collection[str],
) -> list[Problem]:
    problems: dict[tuple[str, object], Problem] = {}
    for row in found:
        area, topic = str(row.figure["area"]), str(row.figure["indicator"])
        period = str(row.figure["period"])
        place = grid.at(row.row)
        if known_areas and area not in known_areas:
            guess = did_you_mean(area, known_areas)
            message = f"'{area}' is no area of this division{guess}"
            problems.setdefault(("area", area), Problem(place, message))
        if topic not in indicators:
            guess = did_you_mean(topic, indicators)
            message = f"'{topic}' is no indicator{guess}"
            problems.setdefault(("topic", topic), Problem(place, message))
        if not _PERIOD.match(period):
            problems.setdefault(("period", period), Problem(place, f"'{period}' is no year"))
    return list(problems.values())


def _doubled(found: Sequence[_Found], grid: Grid) -> list[Problem]:
    first: dict[tuple[object, ...], int] = {}
    problems: list[Problem] = []
    for row in found:
        key = tuple(row.figure[name] for name in ("area", "indicator", "period"))
        if key in first:
            what = ", ".join(map(str, key))
            message = f"{what} stands there twice, first in row {first[key] + 1}"
            problems.append(Problem(grid.at(row.row), message, "keep one of the two"))
        first.setdefault(key, row.row)
    return problems


def _impossible(
    found: Sequence[_Found], grid: Grid, indicators: Mapping[str, Indicator]
) -> list[Problem]:
    problems: list[Problem] = []
    for row in found:
        topic = indicators.get(str(row.figure["indicator"]))
        value = row.figure["value"]
        if topic is None or topic.unit != "percent" or not isinstance(value, float):
            continue
        if value < 0 or value > 100:
            message = f"{topic.id}: {value:g} is no percentage (0 to 100)"
            problems.append(Problem(grid.at(row.row), message))
    return problems


def _letters(column: int) -> str:
    """Return the letters of a column from 0.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

"""A table of CBS as a workbook: a row per land, gemeente, wijk and buurt, a column per topic.

Headers may end in a space, codes too; a lone point is a figure that is unknown or kept secret; a
number may be text, in some years with a decimal comma.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem, did_you_mean
from wijkprofiel.model.computed import Level
from wijkprofiel.model.declared import Indicator, SourceTable, Workbook
from wijkprofiel.sources import cells
from wijkprofiel.sources.grid import letters
from wijkprofiel.sources.names import is_land, level_of, parent_of, plain_name
from wijkprofiel.tables import AREA_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

_NONE = -99990
"""Any number at or below this stands for 'no figure'."""
_MOST = 50

Row = dict[str, object]


def read_figures(
    data: bytes,
    table: SourceTable,
    edition: str,
    indicators: Mapping[str, Indicator],
    where: str,
) -> pd.DataFrame:
    """Return the figures of a workbook as an IndicatorTable.

    Args:
        data: the xlsx.
        table: the source, with its ``workbook``.
        edition: table id of the edition; it holds one period.
        indicators: by id; those of ``workbook.topics`` are read.
        where: the file it came from, for errors.

    Raises:
        DataError: no workbook, a column is missing, or a cell is no number; all at once, each
            with its cell.
    """
    declared = next((e for e in table.editions if e.table == edition), None)
    if declared is None or len(declared.periods) != 1:
        raise DataError(f"'{edition}' is no edition with one period", where=where)
    book = _described(table, where)
    header, rows, place = _grid(data, book, where)
    columns = _columns(book, header, indicators, place)
    gathered = cells.LongTable(table.id, place)
    land = [(code, row) for code, row in _areas(rows, header, book, place) if is_land(code)]
    keys = [(code, declared.periods[0]) for code, _ in land]
    plain = [{key: _plain(row[key]) for key in columns.values()} for _, row in land]
    gathered.add(cells.VALUE, keys, plain, columns)
    return gathered.table(list(columns))


def trace(
    data: bytes, table: SourceTable, indicators: Mapping[str, Indicator], where: str
) -> dict[tuple[str, str], tuple[str, str, object]]:
    """Return per area and indicator its cell: place, column name and what stands there.

    Raises:
        DataError: as :func:`read_figures`.
    """
    book = _described(table, where)
    header, rows, place = _grid(data, book, where)
    columns = _columns(book, header, indicators, place)
    found: dict[tuple[str, str], tuple[str, str, object]] = {}
    for number, content in enumerate(rows, 2):
        row: Row = dict(zip(header, content, strict=False))
        for name, column in columns.items():
            at = f"{place}:{letters(header.index(column))}{number}"
            found[str(row[book.code]).strip(), name] = at, column, row[column]
    return found


def read_areas(data: bytes, table: SourceTable, *, boundary_year: int, where: str) -> pd.DataFrame:
    """Return the areas of a workbook as an AreaTable, water and buitenland left out.

    Raises:
        DataError: no workbook, or a column is missing.
    """
    import pandas as pd

    book = _described(table, where)
    header, rows, place = _grid(data, book, where)
    found = dict(_areas(rows, header, book, place))
    country = next((code for code in found if level_of(code) is Level.LAND), "")
    people = book.population if book.population in header else ""
    areas = [
        {
            "code": code,
            "name": plain_name(str(row[book.name])),
            "level": str(level_of(code)),
            "parent": parent_of(code, country),
            "boundary_year": boundary_year,
            "population": cells.number(_plain(row[people]))[0] if people else math.nan,
        }
        for code, row in found.items()
        if is_land(code, str(row[book.name]))
    ]
    return pd.DataFrame(areas, columns=list(AREA_COLUMNS))


def _described(table: SourceTable, where: str) -> Workbook:
    if table.workbook is None:
        raise DataError(
            f"{table.id} is not read from a workbook",
            "say under 'workbook' of the source table which columns hold what",
            where=where,
        )
    return table.workbook


def _grid(data: bytes, book: Workbook, where: str) -> tuple[list[str], list[list[object]], str]:
    """Return header, rows below it, and the name of the one sheet that has the code column."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: workbook.get_sheet_by_name(name) for name in workbook.sheet_names}
    except (CalamineError, zipfile.BadZipFile, OSError) as broken:
        raise DataError(f"is no workbook: {broken}", where=where) from broken
    for name, sheet in sheets.items():
        rows = sheet.to_python(skip_empty_area=False)
        header = [str(cell).strip() for cell in rows[0]] if rows else []
        if book.code in header:
            _require_single(header, f"{where}!{name}")
            return header, [list(row) for row in rows[1:]], f"{where}!{name}"
    raise DataError(
        f"no sheet has a column '{book.code}' in its first row",
        "sheets: " + ", ".join(sheets),
        where=where,
    )


def _require_single(header: Sequence[str], place: str) -> None:
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        problems = (Problem(place, f"the column '{name}' stands there twice") for name in doubled)
        raise DataError.of(problems, "nothing read")


def _columns(
    book: Workbook, header: Sequence[str], indicators: Mapping[str, Indicator], place: str
) -> dict[str, str]:
    """Return indicator → column; a topic that the workbook does not have is left out.

    Raises:
        DataError: it has none of the topics, or an indicator is unknown.
    """
    unknown = [name for name in book.topics if name not in indicators]
    if unknown:
        raise DataError.of(
            (
                Problem(place, f"'{name}' is no indicator{did_you_mean(name, indicators)}")
                for name in unknown
            ),
            "nothing read",
        )
    found = {
        topic: next((name for name in names if name in header), "")
        for topic, names in book.topics.items()
    }
    columns = {topic: name for topic, name in found.items() if name}
    if not columns:
        hint = "it has " + ", ".join(name for name in header if name)
        raise DataError("has none of the columns of 'workbook'", hint, where=place)
    return columns


def _areas(
    rows: Sequence[Sequence[object]], header: Sequence[str], book: Workbook, place: str
) -> list[tuple[str, Row]]:
    """Return code and cells of every row with a code.

    Raises:
        DataError: a code is none, or stands there twice.
    """
    found: list[tuple[str, Row]] = []
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for number, cells_of_row in enumerate(rows, 2):
        row: Row = dict(zip(header, cells_of_row, strict=False))
        code = str(row[book.code]).strip()
        if not code:
            continue
        if level_of(code) is None:
            problems.append(Problem(f"{place}:{number}", f"'{code}' is no CBS code"))
        elif code in first:
            message = f"{code} stands there twice, first in row {first[code]}"
            problems.append(Problem(f"{place}:{number}", message))
        else:
            first[code] = number
            found.append((code, row))
    if problems:
        raise DataError.of(problems[:_MOST], "nothing read")
    if not found:
        raise DataError("has no rows", where=place)
    return found


def _plain(cell: object) -> object:
    """Return a cell as the reader of StatLine cells takes it; an empty one is unknown."""
    if isinstance(cell, str):
        text = cell.strip().replace(",", ".")
        cell = text if text not in {"", "."} else None
    try:
        return None if isinstance(cell, str | int | float) and float(cell) <= _NONE else cell
    except ValueError:
        return cell

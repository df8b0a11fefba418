"""One sheet of an xlsx: values from calamine, and from its XML what calamine does not tell.

calamine gives an Excel error and a formula that was never computed as an empty cell or a zero, and
knows no number formats. Read so, ``#N/A`` would be "onbekend" and ``45%`` would be 0.45.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, did_you_mean
from wijkprofiel.sources.grid import Grid, Marks, Place, place_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from python_calamine import CalamineWorkbook

_LARGEST = 300_000_000
"""Bytes of one part, unpacked: a table of a GGD has a few million."""

_PERCENT_FORMATS = {"9", "10"}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_AS_XLSX = "open it in Excel and save it as .xlsx, or as CSV"


def read(data: bytes, sheet: str, where: str) -> Grid:
    """Return one sheet of a workbook.

    Args:
        data: an xlsx.
        sheet: its name; empty: the only one.
        where: the file, for errors.

    Raises:
        DataError: it is no xlsx, has no such sheet, has several and none is named, or the sheet
            is hidden.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        name = _chosen(book, sheet, where)
        found = book.get_sheet_by_name(name)
        rows = found.to_python(skip_empty_area=False)
        marks = _marks(data, name, tuple(found.merged_cell_ranges or ()))
    except (CalamineError, zipfile.BadZipFile, KeyError, SyntaxError, ValueError) as broken:
        raise DataError(f"is no workbook: {broken}", _AS_XLSX, where=where) from broken
    return Grid(f"{where}!{name}", rows, marks)


def _chosen(book: CalamineWorkbook, sheet: str, where: str) -> str:
    from python_calamine import SheetVisibleEnum

    names = book.sheet_names
    name = sheet or (names[0] if len(names) == 1 else "")
    if name not in names:
        what = f"has no sheet '{sheet}'{did_you_mean(sheet, names)}" if sheet else _SEVERAL
        raise DataError(what, "sheets: " + ", ".join(names), where=where)
    meta = next(meta for meta in book.sheets_metadata if meta.name == name)
    if meta.visible != SheetVisibleEnum.Visible:
        raise DataError(
            "the sheet is hidden: nobody sees what is read",
            "make it visible in Excel, or name another sheet",
            where=f"{where}!{name}",
        )
    return name


_SEVERAL = "has several sheets, and 'sheet' does not say which"


def _marks(data: bytes, sheet: str, merged: tuple[tuple[Place, Place], ...]) -> Marks:
    percent: set[Place] = set()
    broken: dict[Place, str] = {}
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = _parsed(archive, "xl/workbook.xml")
        path = _part(archive, book, sheet)
        stale = any(e.get("fullCalcOnLoad") in {"1", "true"} for e in _each(book, "calcPr"))
        percentages = _percent_styles(archive)
        root = _parsed(archive, path)
    for column in _each(root, "col"):
        if column.get("hidden") in {"1", "true"}:
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            hidden_columns.update(range(first - 1, min(last, first + 1000)))
    for number, row, cells in _rows(root):
        if row.get("hidden") in {"1", "true"}:
            hidden_rows.add(number)
        for at, cell in cells:
            if cell.get("s") in percentages:
                percent.add(at)
            if wrong := _wrong(cell, stale=stale):
                broken[at] = wrong
    return Marks(
        frozenset(percent), broken, frozenset(hidden_rows), frozenset(hidden_columns), merged
    )


def _rows(root: Element) -> Iterator[tuple[int, Element, list[tuple[Place, Element]]]]:
    """Yield every row with its number, and its cells with their places.

    Some programs leave the references out: then a row or cell follows the one before it.
    """
    number = -1
    for row in _each(root, "row"):
        number = int(row.get("r", number + 2)) - 1
        column = -1
        cells: list[tuple[Place, Element]] = []
        for cell in _each(row, "c"):
            column = place_of(cell.get("r", ""))[1] if cell.get("r") else column + 1
            cells.append(((number, column), cell))
        yield number, row, cells


def _wrong(cell: Element, *, stale: bool) -> str:
    value = next((e.text or "" for e in _each(cell, "v")), "")
    if cell.get("t") == "e":
        return f"Excel shows an error here ({value})"
    if next(_each(cell, "f"), None) is None:
        return ""
    if stale or (value == "" and cell.get("t") != "str"):
        return "a formula that was never computed"
    return ""


def _percent_styles(archive: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the cell styles that show a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    root = _parsed(archive, "xl/styles.xml")
    formats = {e.get("numFmtId", ""): e.get("formatCode", "") for e in _each(root, "numFmt")}
    shown = {name for name, code in formats.items() if "%" in _LITERAL.sub("", code)}
    shown |= _PERCENT_FORMATS - set(formats)
    cells = next(_each(root, "cellXfs"), None)
    if cells is None:
        return set()
    return {str(i) for i, style in enumerate(cells) if style.get("numFmtId", "0") in shown}


def _part(archive: zipfile.ZipFile, book: Element, sheet: str) -> str:
    """Return the path of a sheet inside the archive."""
    wanted = next(e for e in _each(book, "sheet") if e.get("name") == sheet)
    identity = next(value for key, value in wanted.attrib.items() if key.endswith("}id"))
    links = _parsed(archive, "xl/_rels/workbook.xml.rels")
    target = next(
        e.get("Target", "") for e in _each(links, "Relationship") if e.get("Id") == identity
    )
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _parsed(archive: zipfile.ZipFile, path: str) -> Element:
    from xml.etree import ElementTree as ET

    if archive.getinfo(path).file_size > _LARGEST:
        raise ValueError(f"{path} is far too large")
    content = archive.read(path)
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content[:2000]:
        raise ValueError(f"{path} declares entities, which no workbook does")
    return ET.fromstring(content)  # noqa: S314 - no entities, size checked just above


def _each(element: Element, name: str) -> Iterator[Element]:
    return (e for e in element.iter() if e.tag.rpartition("}")[2] == name)

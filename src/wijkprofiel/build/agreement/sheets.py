"""A workbook as passages: a row under the first row of its sheet, numbers as numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator

from wijkprofiel.build.agreement.passages import Passage


def read(content: bytes) -> Iterator[Passage]:
    """Yield the rows of every sheet of an .xlsx; the first names the columns."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        heads = tuple(str(cell) for cell in rows[0]) if rows else ()
        for number, row in enumerate(rows[1:], start=2):
            cells = tuple(_cell(cell) for cell in row)
            yield Passage(f"sheet {name} row {number}", cells, heads)


def _cell(cell: object) -> str | float:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    return " ".join(str(cell).split())

"""Native tables of PowerPoint: heads of columns and rows, hair lines, verdicts in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wijkprofiel.documents.slides_layout import ROWS_HEAD, TABLE_HEAD
from wijkprofiel.documents.slides_model import Chart, Placed, Rows, Table
from wijkprofiel.render.pptx_text import (
    INK,
    LINE,
    MUTE,
    Look,
    emu,
    paragraph,
    run,
    write_mark,
)

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office's own table style without fills and grid."""
KEY_PT, HEAD_PT, ROW_PT, NUMBER_PT, MORE_PT = 9.5, 12.0, 14.0, 16.0, 11.0
HEAD_LINE, ROW_LINE, MORE_LINE = 4.6, 5.8, 4.6
NUMBER, NUMBER_ALONE, SIGN_COLUMN, PAD = 14.0, 19.0, 12.0, 1.2
SPLIT = 0.5
"""Share of the room beside numbers and chart that the titles have."""
DOT = "○"
KEYS = {"area": ("■", INK), "gemeente": ("■", LINE), "country": ("□", INK)}
"""The key of a bar chart, in the head of its column."""
HAIR = 0.15


def add_table(slide: Any, placed: Placed) -> Any:
    """Add a plain table; its first column heads the rows."""
    block = placed.block
    assert isinstance(block, Table)  # noqa: S101  # the caller chose by kind
    frame, grid = _grid(slide, placed, block.widths, (TABLE_HEAD, *block.heights))
    for column, words in enumerate(block.head):
        _write(grid.cell(0, column), words, Look(HEAD_PT), 5.4, bottom=True)
    for number, row in enumerate(block.rows, start=1):
        for column, told in enumerate(row):
            cell = grid.cell(number, column)
            signed = column == 0 and any(block.colours)
            words = told.text
            if not words and block.votes and column:
                words = "  ".join([DOT] * block.votes)
            look = Look(block.pt, told.bold)
            _write(cell, words, look, block.line, left=SIGN_COLUMN if signed else 0)
            if told.more:
                more = paragraph(cell.text_frame, block.line)
                run(more, told.more, Look(block.pt, colour=MUTE))
    return frame


def add_rows(slide: Any, placed: Placed) -> tuple[Any, tuple[float, float] | None]:
    """Add a table of topics with their numbers and verdicts.

    Returns:
        Its frame, and where the chart that belongs to it lies over its empty column (mm).
    """
    block = placed.block
    assert isinstance(block, Rows)  # noqa: S101  # the caller chose by kind
    wide = block.figure if block.chart is not None else 0.0
    number = NUMBER if len(block.head[1]) > 1 else NUMBER_ALONE
    numbers = number * len(block.head[1])
    rest = placed.width - wide - numbers
    title, verdict = rest * SPLIT, rest * (1 - SPLIT)
    widths = [title, *([number] * len(block.head[1])), *([wide] if wide else []), verdict]
    frame, grid = _grid(slide, placed, widths, (ROWS_HEAD, *[block.height] * len(block.rows)))
    first, heads, last = block.head
    _write(grid.cell(0, 0), first, Look(HEAD_PT), HEAD_LINE, bottom=True)
    for column, words in enumerate(heads, start=1):
        _write(
            grid.cell(0, column),
            words,
            Look(HEAD_PT, column == 1),
            HEAD_LINE,
            bottom=True,
            right=True,
        )
    if block.chart is not None:
        _key(grid.cell(0, len(heads) + 1), block.chart, heads)
    _write(grid.cell(0, len(widths) - 1), last, Look(HEAD_PT), HEAD_LINE, bottom=True, left=3)
    for line, row in enumerate(block.rows, start=1):
        _write(grid.cell(line, 0), row.title, Look(ROW_PT), ROW_LINE)
        _more(grid.cell(line, 0), row.more)
        for column, words in enumerate(row.numbers, start=1):
            look = Look(NUMBER_PT if column == 1 else ROW_PT, column == 1)
            _write(grid.cell(line, column), words, look, ROW_LINE, right=True)
        cell = grid.cell(line, len(widths) - 1)
        _write(cell, "", Look(ROW_PT), ROW_LINE, left=3)
        write_mark(cell.text_frame.paragraphs[0], row.mark, ROW_PT)
        _more(cell, row.below)
    at = (placed.left + title + numbers, placed.top + ROWS_HEAD) if wide else None
    return frame, at


def _grid(slide: Any, placed: Placed, widths: Any, heights: Any) -> tuple[Any, Any]:
    place = [emu(value) for value in (placed.left, placed.top, sum(widths), sum(heights))]
    frame = slide.shapes.add_table(len(heights), len(widths), *place)
    grid = frame.table
    grid.first_row, grid.first_col, grid.horz_banding = True, True, False
    properties = grid._tbl.tblPr  # noqa: SLF001  # no public way
    properties.find(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
    ).text = PLAIN
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = emu(width)
    for row, height in zip(grid.rows, heights, strict=True):
        row.height = emu(height)
    for row in range(len(heights)):
        for column in range(len(widths)):
            _cell(grid.cell(row, column))
    return frame, grid


def _write(  # noqa: PLR0913  # a cell has these parts
    cell: Any,
    words: str,
    look: Look,
    line: float,
    *,
    left: float = 0.0,
    right: bool = False,
    bottom: bool = False,
) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    cell.margin_left, cell.margin_right = emu(left), emu(PAD)
    cell.margin_top = cell.margin_bottom = emu(PAD / 4 if bottom else PAD)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if bottom else MSO_ANCHOR.MIDDLE
    made = paragraph(cell.text_frame, line, first=True)
    if right:
        made.alignment = PP_ALIGN.RIGHT
    if words:
        run(made, words, look)


def _more(cell: Any, words: str) -> None:
    if words:
        run(paragraph(cell.text_frame, MORE_LINE), words, Look(MORE_PT, colour=MUTE))


def _key(cell: Any, chart: Chart, heads: Sequence[str]) -> None:
    """The names of the bars, in their order, on one line."""
    _write(cell, "", Look(HEAD_PT), HEAD_LINE, bottom=True, left=2)
    made = cell.text_frame.paragraphs[0]
    for series, head in zip(chart.series, heads, strict=True):
        sign, colour = KEYS[series.who]
        run(made, f"{sign} ", Look(KEY_PT, colour=colour))
        run(made, f"{head}  ", Look(KEY_PT))


def _cell(cell: Any) -> None:
    """No fill, and a hair line above."""
    from pptx.oxml import parse_xml

    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  # no public way
    names = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    width = round(HAIR * 36000)
    colour = f'<a:solidFill><a:schemeClr val="{LINE}"/></a:solidFill>'
    properties.append(parse_xml(f'<a:lnB {names} w="{width}">{colour}</a:lnB>'))
    properties.append(parse_xml(f"<a:noFill {names}/>"))

"""Where the blocks of a slide stand: measured once, for the PDF and for PowerPoint alike."""

from __future__ import annotations

from collections.abc import Sequence

from wijkprofiel.charts.fonts import Measure
from wijkprofiel.documents.slides_model import (
    Block,
    Bullets,
    Cell,
    Chart,
    Charts,
    Large,
    Picture,
    Placed,
    Rows,
    Signs,
    Table,
    Text,
)

ROLES: dict[str, tuple[float, float, int]] = {
    "lead": (22, 10, 400),
    "plain": (18, 8, 400),
    "claim": (18, 8, 700),
    "small": (13, 5.8, 400),
    "label": (14, 7, 700),
    "question": (20, 9, 700),
    "quote": (18, 8, 500),
    "by": (14, 6.5, 400),
}
"""Size in pt, line height in mm and weight of a paragraph, by its role; the stylesheets agree."""
HEADING = (18.0, 8.0)
"""Size and line height of a heading above a list or a chart."""
LARGE_HEADING = (21.0, 9.2)
INDENT, NUMBERED, ITEM_GAP, HEAD_GAP, WRITE_LINE = 7.0, 12.0, 1.6, 2.0, 12.0
ROWS_HEAD, TABLE_HEAD = 11.3, 9.0
SIGN_COLUMNS, SIGN_WIDTH, SIGN_GAP = 3, 96.0, 4.0
SIGN = (8.0, 16.0, 6.6)
"""Line height of a sign's word, size and line height of its meaning."""
GAP, SMALL_GAP, BY_GAP = 5.0, 2.4, 1.5
LARGE = (62.0, 28.0)
"""Size and height of a number that stands alone."""
FULL = 0.97
"""Part of a line that is filled on average, because words do not break."""


def stacked(
    blocks: Sequence[Block], left: float, width: float, top: float, measure: Measure
) -> tuple[Placed, ...]:
    """Return blocks below each other from ``top`` on."""
    found: list[Placed] = []
    y = top
    for order, block in enumerate(blocks):
        if order:
            y += gap(blocks[order - 1], block)
        high = height(block, width, measure)
        found.append(Placed(block, left, round(y, 2), width, round(high, 2)))
        y += high
    return tuple(found)


def total(blocks: Sequence[Block], width: float, measure: Measure) -> float:
    """Return the height of blocks below each other, in mm."""
    found = stacked(blocks, 0, width, 0, measure)
    return found[-1].top + found[-1].height if found else 0.0


def gap(above: Block, below: Block) -> float:
    """Return the white between two blocks, in mm."""
    if isinstance(above, Text) and above.role == "label":
        return 0.0
    if isinstance(above, Text) and isinstance(below, Text):
        if below.role == "by":
            return BY_GAP
        if above.role == below.role == "small":
            return SMALL_GAP
    return GAP


def height(block: Block, width: float, measure: Measure) -> float:  # noqa: PLR0911  # per kind
    """Return the height of a block in a column of ``width`` mm."""
    if isinstance(block, Text):
        pt, line, weight = ROLES[block.role]
        return line * len(measure.wrap(block.text, pt, width * FULL, weight=weight))
    if isinstance(block, Bullets):
        return _bullets(block, width, measure)
    if isinstance(block, Picture | Chart):
        return block.height
    if isinstance(block, Large):
        return LARGE[1]
    if isinstance(block, Charts):
        lines = -(-len(block.charts) // block.columns)
        return lines * (max(chart.height for chart in block.charts) + HEADING[1] + GAP)
    if isinstance(block, Rows):
        return ROWS_HEAD + block.height * len(block.rows)
    if isinstance(block, Table):
        return TABLE_HEAD + sum(block.heights)
    return _signs(block, measure)


def item_text(name: str, more: str) -> str:
    """Return a line of a list as it is read."""
    return f"{name} {more}" if more else name


def cell_lines(cell: Cell, width: float, pt: float, measure: Measure) -> int:
    """Return the lines that a cell takes."""
    weight = 700 if cell.bold else 400
    lines = len(measure.wrap(cell.text, pt, width * FULL, weight=weight))
    return lines + (len(measure.wrap(cell.more, pt, width * FULL)) if cell.more else 0)


def _bullets(block: Bullets, width: float, measure: Measure) -> float:
    taken = 0.0
    if block.title:
        pt, line = LARGE_HEADING if block.large else HEADING
        taken += line * len(measure.wrap(block.title, pt, width, weight=800)) + HEAD_GAP
    inner = (width - (NUMBERED if block.numbered else INDENT)) * FULL
    for order, item in enumerate(block.items):
        lines = measure.wrap(item_text(item.name, item.more), block.pt, inner, weight=500)
        taken += len(lines) * block.line + (ITEM_GAP if order else 0)
    return taken + block.gap + WRITE_LINE * block.writing


def _signs(block: Signs, measure: Measure) -> float:
    word, pt, line = SIGN
    high = [word + line * len(measure.wrap(m, pt, SIGN_WIDTH * FULL)) for _, m in block.items]
    rows = [high[i : i + SIGN_COLUMNS] for i in range(0, len(high), SIGN_COLUMNS)]
    return sum(max(row) + SIGN_GAP for row in rows)

"""What every slide shares: a title that fits, rows as high as their text, drawings enlarged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from wijkprofiel.documents import colophon
from wijkprofiel.documents import slides_layout as layouts
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import picture
from wijkprofiel.documents.slides_model import (
    COLUMNS,
    FOOT_TOP,
    KICKER,
    NARROW,
    TITLE_TOP,
    WIDE,
    Block,
    Cell,
    Layout,
    Placed,
    Slide,
    Table,
)
from wijkprofiel.errors import RenderError

TITLES = (36.0, 32.0, 28.0, 24.0)
THEME_TITLES, THEME_ROOM = (34.0, 30.0, 27.0, 24.0, 21.0, 19.0), 46.0
LEADING = 0.42
"""Millimetres of line height for each point of a title."""
LEAD_PT, LEAD_LINE = 20.0, 9.0
NOTE_PT, NOTE_LINE = 11.0, 5.0
AFTER, SLACK = 5.0, 0.3
CELL_PAD, ROW_PAD = 3.0, 3.6
"""White in a cell, beside and above and below its text, in mm."""
_SIZE = re.compile(r'(<svg[^>]*?) width="([\d.]+)mm" height="([\d.]+)mm"')


def slide(  # noqa: PLR0913  # a slide has these parts
    desk: Desk,
    name: str,
    title: str,
    layout: Layout = "wide",
    *,
    left: Sequence[Block] = (),
    right: Sequence[Block] = (),
    left_foot: Sequence[Block] = (),
    right_foot: Sequence[Block] = (),
    **parts: Any,
) -> Slide:
    """Return a slide with a title that fits, and every block in its place.

    Args:
        desk: the desk.
        name: id of the slide; the notes are the text ``notes_<name>``, where ``parts`` give none.
        title: the title.
        layout: how it is divided.
        left: blocks from the top of the left column down.
        right: the same of the right column.
        left_foot: blocks that close the left column.
        right_foot: the same of the right column.
        parts: what else :class:`Slide` takes.

    Raises:
        RenderError: a column is too small for what stands in it.
    """
    column = COLUMNS[layout][0][1]
    below = layouts.total([*left, *left_foot], column, desk.measure)
    shape = frame(desk, title, layout, parts.get("lead", ""), parts.get("note", ""), below)
    if "notes" not in parts:
        parts["notes"] = spoken(desk, name)
    placed: list[Placed] = []
    columns = zip(COLUMNS[layout], shape.tops, ((left, left_foot), (right, right_foot)),
                  strict=True)  # fmt: skip
    for (x, width), top, (blocks, foot) in columns:
        low = shape.bottom - layouts.total(foot, width, desk.measure)
        taken = top + layouts.total(blocks, width, desk.measure) + (layouts.GAP if foot else 0)
        if taken > low + SLACK and (blocks or foot):
            message = f"'{title}' is {taken - low:.1f} mm too small for its text"
            where = f"{desk.spec.id} {desk.profile.area.slug}"
            raise RenderError(message, "shorten the text", where=where)
        placed += layouts.stacked(blocks, x, width, top, desk.measure)
        placed += layouts.stacked(foot, x, width, low, desk.measure)
    return Slide(
        name,
        layout,
        title,
        shape.size,
        round(shape.size * LEADING, 2),
        round(shape.head, 2),
        tuple(placed),
        note_top=round(shape.note_top, 2),
        **parts,
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """The room that a slide has, in mm.

    Attributes:
        size: of the title, in pt.
        head: height of title and lead.
        tops: where the columns begin.
        bottom: where they end.
        note_top: where the note about the method begins.
    """

    size: float
    head: float
    tops: tuple[float, float]
    bottom: float
    note_top: float

    @property
    def height(self) -> float:
        """Height of the left column."""
        return self.bottom - self.tops[0]


def frame(  # what stands above and below the columns
    desk: Desk, title: str, layout: Layout, lead: str = "", note: str = "", below: float = 0.0
) -> Frame:
    """Return the room below a title and its lead, and above the note about the method.

    A title in a narrow column is as large as what stands ``below`` it (in mm) leaves room for.
    """
    themed = layout == "theme"
    told = len(desk.measure.wrap(note, NOTE_PT, WIDE * layouts.FULL)) if note else 0
    note_top = FOOT_TOP - 2.0 - told * NOTE_LINE
    bottom = note_top - (AFTER / 2 if note else AFTER)
    above = TITLE_TOP + (KICKER if themed else 0)
    sizes, width = (THEME_TITLES, NARROW) if themed else (TITLES, WIDE)
    room = 2 * TITLES[1] * LEADING + 1
    if themed:
        room = min(THEME_ROOM, bottom - above - 1 - AFTER - below)
    size, lines = _fitting(title, sizes, width, room, desk)
    head = lines * size * LEADING + 1
    if lead:
        head += LEAD_LINE * len(desk.measure.wrap(lead, LEAD_PT, WIDE * layouts.FULL)) + 1
    top = round(above + head + AFTER, 2)
    return Frame(size, head, (top, TITLE_TOP if themed else top), bottom, note_top)


def spoken(desk: Desk, name: str, *more: str, **facts: object) -> tuple[str, ...]:
    """Return the speaker's notes of a slide: what to say, then ``more``."""
    return tuple(note for note in (desk.text(f"notes_{name}", **facts), *more) if note)


def verdict_note(desk: Desk) -> str:
    """Return the note for slides with verdicts: margins, care, and where the figures come from."""
    source = colophon.footer(desk)
    told = [*colophon.page_notes(desk), colophon.caution(desk), source and source + "."]
    return " ".join(part for part in told if part)


def enlarged(svg: str, width: float) -> tuple[Markup, float, float]:
    """Return a chart drawn ``width`` mm wide, with its letters as much larger, and its size.

    >>> enlarged('<svg width="20mm" height="5mm" viewBox="0 0 20 5"></svg>', 40)[1:]
    (40, 10.0)
    """
    plain = str(svg)  # Markup would escape what is put into it
    found = _SIZE.search(plain)
    assert found is not None  # noqa: S101  # our charts say their size
    factor = width / float(found[2])
    height = round(float(found[3]) * factor, 2)
    resized = _SIZE.sub(rf'\g<1> width="{width:g}mm" height="{height:g}mm"', plain, count=1)
    return picture(resized), width, height


def table(  # noqa: PLR0913  # a table has these parts
    desk: Desk,
    *,
    alt: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    colours: Sequence[str] = (),
    pt: float = 14.0,
    right: Sequence[int] = (),
    least: float = 10.0,
) -> Table:
    """Return a table whose rows are as high as their text, ``least`` mm or more."""
    line = round(pt * 0.44, 2)
    heights = []
    for number, row in enumerate(rows):
        sign = 12.0 if colours and colours[number] else 0.0
        lines = [
            layouts.cell_lines(
                cell, width - CELL_PAD - (sign if order == 0 else 0), pt, desk.measure
            )
            for order, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        heights.append(round(max(least, max(lines) * line + ROW_PAD), 2))
    return Table(
        alt=alt,
        head=tuple(head),
        rows=tuple(tuple(row) for row in rows),
        widths=tuple(widths),
        heights=tuple(heights),
        colours=tuple(colours),
        pt=pt,
        line=line,
        right=tuple(right),
    )


def split(whole: Table, room: float) -> Iterator[Table]:
    """Yield a table in as many pieces as its rows need, each at most ``room`` mm high."""
    head = layouts.TABLE_HEAD
    start, taken = 0, head
    for order, height in enumerate(whole.heights):
        if taken + height > room and order > start:
            yield _rows(whole, start, order)
            start, taken = order, head
        taken += height
    yield _rows(whole, start, len(whole.rows))


def _rows(of: Table, start: int, end: int) -> Table:
    return Table(
        of.alt, of.head, of.rows[start:end], of.widths, of.heights[start:end],
        of.colours[start:end], of.pt, of.line, of.right,
    )  # fmt: skip


def _fitting(
    title: str, sizes: Sequence[float], width: float, room: float, desk: Desk
) -> tuple[float, int]:
    """The largest size at which a title fits in its room and breaks no word, and its lines."""
    for size in sizes:
        lines = desk.measure.wrap(title, size, width * 0.98, weight=800)
        widest = max(desk.measure.text_width(line, size, 800) for line in lines)
        if widest <= width and len(lines) * size * LEADING <= room:
            return size, len(lines)
    return sizes[-1], len(desk.measure.wrap(title, sizes[-1], width * 0.98, weight=800))

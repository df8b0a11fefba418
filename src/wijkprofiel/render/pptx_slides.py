"""One slide of PowerPoint: every block of ours as text, table, chart or picture of its own."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Sequence
from typing import Any

from wijkprofiel.charts import tokens
from wijkprofiel.documents.slides_layout import (
    GAP,
    HEADING,
    LARGE,
    SIGN,
    SIGN_COLUMNS,
    SIGN_GAP,
    SIGN_WIDTH,
    TABLE_HEAD,
    WRITE_LINE,
    gap,
    height,
)
from wijkprofiel.documents.slides_model import (
    KICKER,
    MARGIN,
    TITLE_TOP,
    Bullets,
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
from wijkprofiel.render import pptx_charts, pptx_master, pptx_tables
from wijkprofiel.render.pptx_page import Page, bar, sign
from wijkprofiel.render.pptx_shapes import decorative, named, plain
from wijkprofiel.render.pptx_text import (
    INK,
    LINE,
    MUTE,
    Look,
    emu,
    frame,
    paint,
    paragraph,
    run,
    write_bullets,
    write_mark,
    write_text,
)

LEAD_PT, LEAD_LINE, NOTE_PT, NOTE_LINE = 20.0, 9.0, 11.0, 5.0
KICKER_PT, SIGN_SIZE, SIGN_SMALL = 19.0, 13.0, 10.0
COVER_KICKER, COVER_LEAD = (22.0, 10.0, 20.0), (22.0, 10.0, 149.0)
"""Size, line and top of the lines above and below the name."""
BAR, BAR_SMALL = (25.0, 1.6), (8.0, 1.6)
CLOSE = 0.05
WIDER = 1.13
"""How much wider another font may be, where the house style's is not installed."""
SPARE = 2.0
"""Room in mm that a text has more than it needs, for another font."""


def fill(page: Page) -> None:
    """Fill a slide: head, blocks in reading order, note, footer, speaker's notes."""
    slide, made = page.slide, page.made
    page.free = {shape.placeholder_format.idx: shape for shape in slide.placeholders}
    _ground(page)
    _head(page)
    for group in _groups(made.placed):
        if len(group) > 1:
            _flow(page, group)
        else:
            _block(page, group[0])
    if made.note:
        box = page.last(page.free.pop(pptx_master.NOTE))
        text = frame(box, MARGIN, made.note_top, 306.67, 176.5 - made.note_top)
        run(paragraph(text, NOTE_LINE, first=True), made.note, Look(NOTE_PT, colour=MUTE))
    for unused in page.free.values():
        unused._element.getparent().remove(unused._element)  # noqa: SLF001  # no public way
    if made.layout != "cover":
        tree = slide.shapes._spTree  # noqa: SLF001  # no public way
        most = max(shape.shape_id for shape in slide.shapes)
        for shape in pptx_master.foot_shapes(page.deck, (most + 1, most + 2)):
            tree.append(shape)
    slide.notes_slide.notes_text_frame.text = "\n".join(made.notes)


def _ground(page: Page) -> None:
    made = page.made
    if made.colour:
        colour = tokens.theme(page.style, made.colour).tint
    elif made.plane:
        colour = tokens.colour(page.style, made.plane, "paper")
    else:
        return
    paint(page.slide.background.fill, colour)


def _head(page: Page) -> None:
    made, cover = page.made, page.made.layout == "cover"
    if made.kicker:
        _kicker(page)
    title = page.last(page.free.pop(0))
    top, width = 40.0 if cover else made.head_top, made.head_width
    lines = made.head
    if made.lead and not cover:
        lead_lines = len(page.measure.wrap(made.lead, LEAD_PT, 306.67 * 0.97))
        lines -= lead_lines * LEAD_LINE + 1
    text = frame(title, MARGIN, top, width, lines + SPARE)
    run(paragraph(text, made.leading, first=True), made.title,
        Look(_safe_size(page, width), bold=True, colour=page.ink))  # fmt: skip
    if made.lead:
        pt, line, at = (LEAD_PT, LEAD_LINE, made.head_top + lines) if not cover else COVER_LEAD
        box = page.last(page.free.pop(pptx_master.LEAD))
        text = frame(box, MARGIN, at, 150.0 if cover else 306.67, made.head - lines + SPARE
                     if not cover else 10.0)  # fmt: skip
        run(paragraph(text, line, first=True), made.lead, Look(pt, colour=page.ink))


def _safe_size(page: Page, width: float) -> float:
    """The size at which a title takes no more lines where another, wider font takes its place."""
    made = page.made
    lines = len(page.measure.wrap(made.title, made.size, width * 0.98, weight=800))
    size = made.size
    while size > made.size * 0.75:
        broken = page.measure.wrap(made.title, size * WIDER, width, weight=800)
        if len(broken) <= lines:
            break
        size -= 1
    return size


def _kicker(page: Page) -> None:
    made = page.made
    if made.layout == "cover":
        pt, line, top = COVER_KICKER
        left, width = MARGIN, 190.0
    else:
        pt, line, top = KICKER_PT, SIGN_SIZE, TITLE_TOP
        left, width = MARGIN + KICKER, 96.0
        if made.colour in page.signs:
            sign(page, made.colour, (MARGIN, TITLE_TOP), SIGN_SIZE)
        else:
            bar(page, made.colour, (MARGIN, TITLE_TOP - 4), BAR)
            left = MARGIN
    text = frame(page.last(page.free.pop(pptx_master.KICKER_AT)), left, top, width, line)
    if made.layout != "cover":
        from pptx.enum.text import MSO_ANCHOR

        text.vertical_anchor = MSO_ANCHOR.MIDDLE
        line = 8.0
    run(paragraph(text, line, first=True), made.kicker, Look(pt, bold=True, colour=page.ink))


def _groups(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Texts that follow each other go together: a wider font then pushes what is below it down."""
    found: list[list[Placed]] = []
    for at in placed:
        above = found[-1][-1] if found else None
        if above is not None and _flows(above) and _flows(at) and above.left == at.left:
            white = at.top - above.top - above.height
            if abs(white - gap(above.block, at.block)) < CLOSE:
                found[-1].append(at)
                continue
        found.append([at])
    return found


def _flows(placed: Placed) -> bool:
    block = placed.block
    return isinstance(block, Text) or (isinstance(block, Bullets) and not block.writing)


def _flow(page: Page, group: Sequence[Placed]) -> None:
    """Write several texts into one frame."""
    first, last = group[0], group[-1]
    whole = dataclasses.replace(first, height=last.top + last.height - first.top)
    text = _words(page, whole)
    for order, at in enumerate(group):
        block, after = at.block, 0.0
        if order + 1 < len(group):
            after = gap(block, group[order + 1].block)
        if isinstance(block, Text):
            write_text(text, block, page.deep, page.ink, first=not order, after=after)
        elif isinstance(block, Bullets):
            write_bullets(text, block, first=not order, after=after)


def _block(page: Page, placed: Placed) -> None:
    """Draw one block by its kind."""
    draw: dict[str, Callable[[Page, Placed, Any], None]] = {
        Text.kind: _text,
        Bullets.kind: _bullets,
        Picture.kind: _picture,
        Large.kind: _large,
        Chart.kind: _chart,
        Charts.kind: _charts,
        Rows.kind: _rows,
        Table.kind: _table,
        Signs.kind: _signs,
    }
    draw[placed.block.kind](page, placed, placed.block)


def _text(page: Page, placed: Placed, block: Text) -> None:
    write_text(_words(page, placed), block, page.deep, page.ink)


def _bullets(page: Page, placed: Placed, block: Bullets) -> None:
    write_bullets(_words(page, placed), block)
    _lines(page, placed, block)


def _picture(page: Page, placed: Placed, block: Picture) -> None:
    place = [emu(value) for value in (placed.left, placed.top, block.width, block.height)]
    image = io.BytesIO(page.images[str(block.svg)])
    named(page.last(page.slide.shapes.add_picture(image, *place)), block.alt)


def _large(page: Page, placed: Placed, block: Large) -> None:
    made = paragraph(_words(page, placed), LARGE[1], first=True)
    run(made, block.number, Look(LARGE[0], bold=True))
    run(made, block.unit, Look(LARGE[0] / 2, bold=True))


def _chart(page: Page, placed: Placed, block: Chart) -> None:
    drawn = pptx_charts.add(page.slide, block, (placed.left, placed.top))
    named(page.last(drawn), block.alt)


def _rows(page: Page, placed: Placed, block: Rows) -> None:
    """The table, and the chart that lies on its empty column."""
    grid, at = pptx_tables.add_rows(page.slide, placed)
    named(page.last(grid), block.alt)
    if block.chart is not None and at is not None:
        drawn = pptx_charts.add(page.slide, block.chart, at, bare=True)
        named(page.last(drawn), block.chart.alt)


def _table(page: Page, placed: Placed, block: Table) -> None:
    named(page.last(pptx_tables.add_table(page.slide, placed)), block.alt)
    _row_signs(page, placed, block)


def _words(page: Page, placed: Placed) -> Any:
    """A text frame for a block: the column's placeholder, or else a box of its own."""
    second = placed.left > MARGIN and page.made.layout in ("even", "side", "theme")
    number = pptx_master.RIGHT if second else pptx_master.LEFT
    box = page.free.pop(number, None)
    at = (placed.left, placed.top, placed.width, placed.height + SPARE)
    if box is None:
        box = page.slide.shapes.add_textbox(*map(emu, at))
    return frame(page.last(box), *at)


def _lines(page: Page, placed: Placed, block: Bullets) -> None:
    """Lines to write on, below a list."""
    told = height(dataclasses.replace(block, writing=0), placed.width, page.measure)
    for number in range(1, block.writing + 1):
        y = placed.top + told + number * WRITE_LINE
        ends = (placed.left, y, placed.left + placed.width, y)
        line = page.slide.shapes.add_connector(1, *map(emu, ends))
        plain(line)
        paint(line.line.fill, LINE)
        line.line.width = emu(0.3)
        decorative(page.last(line))


def _charts(page: Page, placed: Placed, block: Charts) -> None:
    high = max(chart.height for chart in block.charts) + HEADING[1] + GAP
    for number, chart in enumerate(block.charts):
        row, column = divmod(number, block.columns)
        left = placed.left + column * (chart.width + block.gap)
        top = placed.top + row * high
        title = Placed(Text(chart.title, "claim"), left, top, chart.width, HEADING[1])
        write_text(_words(page, title), Text(chart.title, "claim"), INK)
        drawn = pptx_charts.add(page.slide, chart, (left, top + HEADING[1]))
        named(page.last(drawn), chart.alt)


def _signs(page: Page, placed: Placed, block: Signs) -> None:
    """Marks with their meanings, so many beside each other."""
    word, pt, line = SIGN
    top = placed.top
    for start in range(0, len(block.items), SIGN_COLUMNS):
        row = block.items[start : start + SIGN_COLUMNS]
        high = [
            word + line * len(page.measure.wrap(meaning, pt, SIGN_WIDTH * 0.97))
            for _, meaning in row
        ]
        for column, (mark, meaning) in enumerate(row):
            left = placed.left + column * (SIGN_WIDTH + SIGN_GAP)
            text = _words(page, Placed(block, left, top, SIGN_WIDTH, high[column]))
            write_mark(paragraph(text, word, first=True), mark, 18)
            run(paragraph(text, line), meaning, Look(pt))
        top += max(high) + SIGN_GAP


def _row_signs(page: Page, placed: Placed, block: Table) -> None:
    y = placed.top + TABLE_HEAD
    for colour, high in zip(block.colours, block.heights, strict=False):
        if colour in page.signs:
            sign(page, colour, (placed.left, y + (high - SIGN_SMALL) / 2), SIGN_SMALL)
        elif colour:
            bar(page, colour, (placed.left, y + (high - BAR_SMALL[1]) / 2), BAR_SMALL)
        y += high

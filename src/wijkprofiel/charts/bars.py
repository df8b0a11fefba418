"""Bars for age groups: the area as a bar, the country as a mark across it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wijkprofiel.charts import fonts, svg, tokens
from wijkprofiel.charts.words import DUTCH, Words, printed
from wijkprofiel.model import HouseStyle


@dataclass(frozen=True, slots=True)
class Bar:
    """One row.

    Attributes:
        name: what stands before it.
        value: percentage of the area; None where it is not known.
        country: percentage of the country, or None.
        word: why there is no value ("onbekend").
    """

    name: str
    value: float | None
    country: float | None = None
    word: str = ""


def bars(  # noqa: PLR0913  # sizes and words have defaults that most callers keep
    rows: Sequence[Bar],
    *,
    style: HouseStyle,
    title: str,
    width: float = 88,
    row_height: float = 6,
    pt: float | None = None,
    most: float | None = None,
    words: Words = DUTCH,
) -> str:
    """Return one bar per row on a shared scale from zero, its value at the right.

    Args:
        rows: in the order they are drawn.
        style: size ``bar``.
        title: alternative text.
        width: in mm.
        row_height: in mm.
        pt: size of names and numbers; left out: the size ``note``.
        most: end of the scale, for charts beside each other; left out: the largest of these.
        words: gives the language of the numbers.
    """
    pt = pt or tokens.size(style, "note", 7.5)
    measure = fonts.shipped(style)
    start = max((measure.text_width(row.name, pt) for row in rows), default=0) + 3
    end = width - 12
    told = [v for row in rows for v in (row.value, row.country) if v is not None]
    top = max(told, default=1) if most is None else most
    parts = []
    for order, row in enumerate(rows):
        middle = row_height * (order + 0.5)
        reach = (end - start) / (top or 1)
        parts += _names(row, (middle, width), pt, style, words)
        parts += _bar(row, (start, middle), reach, style)
    return svg.document(width, row_height * len(rows), title, parts)


def _names(row: Bar, place: svg.Point, pt: float, style: HouseStyle, words: Words) -> list[str]:
    middle, width = place
    y = middle + 0.36 * pt * svg.MM_PER_PT
    family, ink = tokens.family(style), tokens.colour(style, "ink")
    name = svg.text((0, y), row.name, family=family, pt=pt, fill=ink)
    if row.value is None:
        word = row.word or "–"
        mute = tokens.colour(style, "mute")
        return [
            name,
            svg.text((width, y), word, family=family, pt=pt, fill=mute, text_anchor="end"),
        ]
    value = printed(row.value, 0, words.language) + "%"
    look: svg.Look = {"fill": ink, "font_weight": "700", "text_anchor": "end"}
    return [name, svg.text((width, y), value, family=family, pt=pt, **look)]


def _bar(row: Bar, start: svg.Point, reach: float, style: HouseStyle) -> list[str]:
    """The bar from zero, and the country as a mark in a white cut."""
    x, y = start
    ink, paper = tokens.colour(style, "ink"), tokens.paper(style)
    thick = tokens.size(style, "bar", 2.2)
    parts = []
    if row.value is not None and row.value > 0:
        size = (max(row.value * reach, 0.2), thick)
        corner = thick / 2 if tokens.look(style, "bars", "round") == "round" else None
        radius = None if corner is None else min(corner, size[0] / 2)
        parts.append(svg.rect((x, y - thick / 2), size, rx=radius, fill=ink))
    elif row.value is not None:
        parts.append(svg.line((x, y - thick / 2), (x, y + thick / 2), stroke=ink, stroke_width=0.3))
    if row.country is not None and row.value is not None:
        mark = x + row.country * reach
        half = thick / 2 + 0.7
        parts.append(svg.line((mark, y - half), (mark, y + half), stroke=paper, stroke_width=1.0))
        parts.append(svg.line((mark, y - half), (mark, y + half), stroke=ink, stroke_width=0.45))
    return parts

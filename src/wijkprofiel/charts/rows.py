"""The parts of which every row is made: scale, pill, ring, interval, sign, and an empty row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wijkprofiel.charts import fonts, svg, tokens, verdict
from wijkprofiel.model import HouseStyle, Outcome, ReferenceStats

NEAR = 0.5
"""A gemeente nearer to the area than this many mm is drawn as a ring around its mark."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from values to mm.

    Attributes:
        low, high: values at the ends.
        start, end: their places in mm.
    """

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return the place of ``value`` in mm, held within the ends."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on a row, in the unit of its scale."""

    area: float
    gemeente: float | None
    country: float | None
    interval: tuple[float, float] | None
    outcome: Outcome
    strength: int


def empty_row(word: str, style: HouseStyle, width: float, height: float) -> list[str]:
    """Return a dashed line over the whole row with the reason in the middle."""
    pad = tokens.size(style, "row_pad", 1.75)
    pt = tokens.size(style, "note", 7.5)
    middle = height / 2
    gap = fonts.shipped(style).text_width(word, pt) / 2 + 1 if word else 0
    look: svg.Look = {
        "stroke": tokens.colour(style, "line"),
        "stroke_width": tokens.size(style, "axis_line", 0.25),
        "stroke_dasharray": tokens.look(style, "dash", "0.8 0.7"),
    }
    parts = []
    if width / 2 - gap > pad + 1.5:
        left, right = (pad, middle), (width - pad, middle)
        parts.append(svg.line(left, (width / 2 - gap, middle), **look))
        parts.append(svg.line(right, (width / 2 + gap, middle), **look))
    if word:
        at = (width / 2, middle + 0.36 * pt * svg.MM_PER_PT)
        parts.append(
            svg.text(
                at,
                word,
                family=tokens.family(style),
                pt=pt,
                fill=tokens.colour(style, "mute"),
                text_anchor="middle",
            )
        )
    return parts


def has(stats: ReferenceStats, *percentiles: float) -> bool:
    """Return whether the reference knows all these percentiles."""
    return all(percentile in stats.percentiles for percentile in percentiles)


def ticks(places: Sequence[float], middle: float, style: HouseStyle) -> str:
    """Return thin upright lines, each a group of areas, so that density shows where they are."""
    reach = tokens.size(style, "tick", 3.0) / 2
    data = "".join(svg.trace([(x, middle - reach), (x, middle + reach)]) for x in places)
    return svg.path(data, fill="none", stroke=tokens.colour(style, "line"), stroke_width=0.13)


def pill(left: float, right: float, middle: float, style: HouseStyle, height: float) -> str:
    """Return the middle half of all areas: white, outlined, with round ends."""
    least = min(height, 2.0)
    if right - left < least:
        left, right = (left + right - least) / 2, (left + right + least) / 2
    return svg.rect(
        (left, middle - height / 2),
        (right - left, height),
        rx=min(height, right - left) / 2,
        fill=tokens.paper(style),
        stroke=tokens.colour(style, "line"),
        stroke_width=0.2,
    )


def axis(start: float, end: float, middle: float, style: HouseStyle) -> str:
    """Return the line of a row."""
    grey = tokens.colour(style, "line")
    return svg.line(
        (start, middle),
        (end, middle),
        stroke=grey,
        stroke_width=tokens.size(style, "axis_line", 0.25),
    )


def upright(x: float, top: float, bottom: float, style: HouseStyle, stroke: float) -> str:
    """Return an ink line across a row: the country."""
    ink = tokens.colour(style, "ink")
    return svg.line((x, top), (x, bottom), stroke=ink, stroke_width=stroke)


def draw(
    marks: Marks, scale: Scale, style: HouseStyle, middle: float, *, signed: bool = False
) -> list[str]:
    """Return the marks of a row, the area's own on top.

    Args:
        marks: what stands on the row.
        scale: of the row.
        style: look ``wijk_mark``.
        middle: height of the row's line in mm.
        signed: the area is its verdict sign whatever the style says.
    """
    signed = signed or tokens.look(style, "wijk_mark", "disc") == "verdict"
    at = (scale.place(marks.area), middle)
    parts = _country(marks, scale, style, middle)
    if signed and marks.outcome is not Outcome.NONE:
        r, gap = tokens.size(style, "sign", 1.3), tokens.size(style, "halo", 0.3)
        halo = verdict.halo(marks.outcome, r, style, at=at, gap=gap)
        mark = verdict.shape(marks.outcome, marks.strength, r, style, at=at)
    else:
        r = tokens.size(style, "mark", 1.25)
        halo = svg.circle(at, r + 0.3, fill=tokens.paper(style))
        mark = svg.circle(at, r, fill=tokens.colour(style, "ink"))
    parts += [halo, *_interval(marks, scale, style, middle)]
    if marks.gemeente is not None:
        x = scale.place(marks.gemeente)
        parts.append(ring((x, middle), ring_radius(x, at[0], scale, style), style))
    return [*parts, mark]


def _country(marks: Marks, scale: Scale, style: HouseStyle, middle: float) -> list[str]:
    if marks.country is None:
        return []
    reach = tokens.size(style, "country", 2.1)
    stroke = tokens.size(style, "country_line", 0.45)
    x = scale.place(marks.country)
    return [upright(x, middle - reach, middle + reach, style, stroke)]


def ring_radius(
    x: float, area: float, scale: Scale, style: HouseStyle, *, small: bool = False
) -> float:
    """Return the radius of the gemeente's ring: around the area's mark where that would hide it.

    Args:
        x: place of the ring in mm.
        area: place of the area's mark in mm.
        scale: its start is the room left of the lowest place.
        style: sizes ``mark``, ``ring`` and ``ring_line``.
        small: as in the spine, where rows are lower.
    """
    usual = tokens.size(style, "ring_small", 0.85) if small else tokens.size(style, "ring", 1.05)
    mark = tokens.size(style, "sign_small", 1.15) if small else tokens.size(style, "mark", 1.25)
    apart = abs(x - area)
    if apart >= NEAR:
        return usual
    room = scale.start + min(x - scale.start, scale.end - x)
    return min(apart + mark + 0.4, room - tokens.size(style, "ring_line", 0.4) / 2)


def ring(at: svg.Point, r: float, style: HouseStyle) -> str:
    """Return the gemeente's ring."""
    return svg.circle(
        at,
        r,
        fill=tokens.paper(style),
        stroke=tokens.colour(style, "ink"),
        stroke_width=tokens.size(style, "ring_line", 0.4),
    )


def _interval(marks: Marks, scale: Scale, style: HouseStyle, middle: float) -> list[str]:
    """The 95 % interval, only where the table has margins."""
    if marks.interval is None:
        return []
    places = [scale.place(value) for value in marks.interval]
    return bar(places, middle, style, tokens.size(style, "interval", 0.7))


def bar(places: Sequence[float], middle: float, style: HouseStyle, thick: float) -> list[str]:
    """Return a heavy line between two places, kept free from what lies behind it."""
    start, end = ((x, middle) for x in sorted(places))
    paper, ink = tokens.paper(style), tokens.colour(style, "ink")
    return [
        svg.line(start, end, stroke=paper, stroke_width=thick + 0.6),
        svg.line(start, end, stroke=ink, stroke_width=thick, stroke_linecap="round"),
    ]

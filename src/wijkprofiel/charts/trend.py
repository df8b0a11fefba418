"""A trend: the area as a line with every value printed, the country dashed behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wijkprofiel.charts import fonts, limits, svg, tokens
from wijkprofiel.charts.clearance import AIR, Box, Obstacles
from wijkprofiel.charts.words import DUTCH, Words, printed
from wijkprofiel.model import Figure, HouseStyle, Trend

HEAD, FOOT = 4.6, 9.8
"""Room above the highest and below the lowest point, in mm."""
FULL_YEAR = 8.0
"""Periods nearer to each other than this many mm are printed without their century."""
LONGEST = 0.4
"""Share of the chart that a name may take."""
DOT = 1.2
"""Radius of a point in mm."""
AXIS = 5.0
"""Height of the axis above the foot of the chart in mm."""
END = 2.4
"""Room in mm between the last point and the names of the lines."""
SPOTS = (
    (0.0, -2.1, 4.1),
    (0.0, -1.6, 3.6),
    (-0.5, -1.7, 3.7),
    (0.5, -1.7, 3.7),
    (-0.8, -1.4, 3.4),
    (0.8, -1.4, 3.4),
    (0.0, -3.2, 5.2),
)
"""Places of a value at its point: aside as a share of its width, and mm to its baseline above and
below the point; a later one is taken only where it hits less."""
FEWEST = 2
"""A trend is a line: fewer points with a value are none."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Places of periods and values in mm."""

    xs: tuple[float, ...]
    top: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        """Return the height of ``value`` on the page."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)


def trend(  # noqa: PLR0913  # size, names and measure have defaults that most callers keep
    trend: Trend,
    *,
    style: HouseStyle,
    theme: str,
    title: str,
    width: float = 56.5,
    height: float = 27,
    labels: tuple[str, str] = (DUTCH.area, DUTCH.country),
    decimals: int = 0,
    measure: fonts.Measure | None = None,
    words: Words = DUTCH,
) -> str | None:
    """Return the trend of one topic, or None when fewer than two periods have a value.

    A value stands above or below its point where it hits no line and no word, if need be a little
    to the side. Periods that are years stand at their own distance in time. A period without a
    value is a gap with a dash, and no line runs across it. Margins are a light plane behind the
    line. Small changes stay small: the height is
    at least ``trend_span`` (6) units of the figure, or a sixth of the highest value.

    Args:
        trend: periods that may be compared, oldest first.
        style: sizes ``trend_line`` and ``trend_gap``.
        theme: role of the theme's colours.
        title: alternative text.
        width: in mm.
        height: in mm.
        labels: what the area and the country are called at the ends of their lines; a name that
            is too long for the chart becomes the ``area`` of ``words``.
        decimals: of the values that are printed.
        measure: text widths; the shipped fonts' when left out.
        words: words inside the chart, and the language of its numbers.
    """
    area = [_value(point.area) for point in trend.points]
    country = [_value(point.country) for point in trend.points]
    if sum(value is not None for value in area) < FEWEST:
        return None
    measure = measure or fonts.shipped(style)
    told = [printed(v, decimals, words.language) if v is not None else "" for v in area]
    last = next((v for v in reversed(country) if v is not None), None)
    land = "" if last is None else f"{labels[1]} {printed(last, decimals, words.language)}"
    fits = measure.text_width(labels[0], _note(style), 700) <= LONGEST * width
    names = (labels[0] if fits else words.area, land)
    room = max(measure.text_width(name, _note(style), 700) for name in names) + 2.6
    margins = [limits.limits(point.area) for point in trend.points]
    shown = [*area, *country, *(value for pair in margins if pair for value in pair)]
    plot = _plot(shown, [p.period for p in trend.points], (width - room, height), style)
    deep = tokens.theme(style, theme).deep
    widths = [measure.text_width(word, _note(style), 700) for word in told]
    around = _obstacles(area, country, plot, style)
    around.boxes += [
        Box.of(plot.xs[-1] + END, y, room, _note(style))
        for y in _end_places(area, country, plot, style)
        if y is not None
    ]
    places = _places(widths, area, country, plot, around, _note(style))
    parts = [
        *limits.planes(margins, plot.xs, plot.y, tokens.theme(style, theme).full),
        *_periods(trend, area, plot, style, height),
        *_country(country, plot, style),
        *_area(area, plot, style, deep),
        *_values(told, places, style),
        *_ends(names, area, country, plot, style),
    ]
    return svg.document(width, height, title, parts)


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure else None


def _note(style: HouseStyle) -> float:
    return tokens.size(style, "note", 7.5)


def _plot(
    values: Sequence[float | None], periods: Sequence[str], size: svg.Point, style: HouseStyle
) -> _Plot:
    present = [value for value in values if value is not None]
    low, high = min(present), max(present)
    least = max(tokens.size(style, "trend_span", 6.0), max(abs(low), abs(high)) / 6)
    if all(abs(value) < least for value in present):
        least = max(abs(low), abs(high), 1e-6) / 2
    spare = max(least - (high - low), 0) / 2
    start, end = tokens.size(style, "trend_start", 5.0), size[0]
    whole = all(period.isdigit() for period in periods)
    steps = (
        [float(period) for period in periods] if whole else [float(i) for i in range(len(periods))]
    )
    span = (steps[-1] - steps[0]) or 1.0
    xs = tuple(start + (step - steps[0]) / span * (end - start) for step in steps)
    return _Plot(xs, HEAD, size[1] - FOOT, low - spare, high + spare)


def _runs(values: Sequence[float | None], plot: _Plot) -> list[list[svg.Point]]:
    """Stretches of neighbouring periods that have a value."""
    runs: list[list[svg.Point]] = [[]]
    for x, value in zip(plot.xs, values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, plot.y(value)))
    return [run for run in runs if run]


def _periods(
    trend: Trend, area: Sequence[float | None], plot: _Plot, style: HouseStyle, height: float
) -> list[str]:
    """The axis with its periods; a period without a value gets a dash above it."""
    y = height - AXIS
    grey, ink, mute = (tokens.colour(style, role) for role in ("line", "ink", "mute"))
    parts = [svg.line((0, y), (plot.xs[-1] + 5, y), stroke=grey, stroke_width=0.25)]
    names = _period_names([point.period for point in trend.points], plot.xs)
    look: svg.Look = {"text_anchor": "middle"}
    family, pt = tokens.family(style), _note(style)
    for x, name, value in zip(plot.xs, names, area, strict=True):
        parts.append(svg.text((x, y + 3.6), name, family=family, pt=pt, fill=ink, **look))
        if value is None:
            parts.append(svg.text((x, y - 1.4), "–", family=family, pt=pt, fill=mute, **look))
    return parts


def _period_names(periods: Sequence[str], xs: Sequence[float]) -> list[str]:
    """Periods as given; years that would touch lose their century."""
    close = min((b - a for a, b in pairwise(xs)), default=FULL_YEAR)
    if close >= FULL_YEAR or not all(len(p) == 4 and p.isdigit() for p in periods):
        return list(periods)
    return [f"’{period[2:]}" for period in periods]


def _country(values: Sequence[float | None], plot: _Plot, style: HouseStyle) -> list[str]:
    look: svg.Look = {
        "stroke": tokens.colour(style, "ink"),
        "stroke_width": tokens.size(style, "trend_country_line", 0.3),
        "stroke_dasharray": "0.9 0.6",
    }
    runs = [run for run in _runs(values, plot) if len(run) > 1]
    return [svg.path(svg.trace(run), fill="none", **look) for run in runs]


def _area(values: Sequence[float | None], plot: _Plot, style: HouseStyle, deep: str) -> list[str]:
    width = tokens.size(style, "trend_line", 0.9)
    look: svg.Look = {"stroke_width": width, "stroke_linejoin": "round", "stroke_linecap": "round"}
    runs = _runs(values, plot)
    parts = [
        svg.path(svg.trace(run), fill="none", stroke=deep, **look) for run in runs if len(run) > 1
    ]
    return parts + [svg.circle(at, DOT, fill=deep) for run in runs for at in run]


def _obstacles(
    area: Sequence[float | None], country: Sequence[float | None], plot: _Plot, style: HouseStyle
) -> Obstacles:
    """Both lines, the points of the area, and the field between the top and the axis."""
    lines = []
    for values, role, usual in (
        (area, "trend_line", 0.9),
        (country, "trend_country_line", 0.3),
    ):
        half = tokens.size(style, role, usual) / 2
        lines += [(a, b, half) for run in _runs(values, plot) for a, b in pairwise(run)]
    points = [(x, y) for run in _runs(area, plot) for x, y in run]
    dots = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in points]
    return Obstacles(lines, dots, Box(0, 0, plot.xs[-1], plot.bottom + FOOT - AXIS - AIR))


def _places(
    widths: Sequence[float],
    area: Sequence[float | None],
    country: Sequence[float | None],
    plot: _Plot,
    around: Obstacles,
    pt: float,
) -> list[svg.Point | None]:
    """Where the middle of each value's baseline stands; the first of the least bad places."""
    places: list[svg.Point | None] = []
    for order, (value, width) in enumerate(zip(area, widths, strict=True)):
        if value is None:
            places.append(None)
            continue
        x, y = plot.xs[order], plot.y(value)
        above = _above(order, area, country)
        spots = [
            (x + aside * width, y + (up if side else down))
            for aside, up, down in SPOTS
            for side in (above, not above)
        ]
        boxes = [Box.of(spot[0] - width / 2, spot[1], width, pt) for spot in spots]
        best = _least_bad(boxes, around)
        around.boxes.append(boxes[best])
        places.append(spots[best])
    return places


def _least_bad(boxes: Sequence[Box], around: Obstacles) -> int:
    """Which box hits least: the first of them, and no other is looked at once one hits nothing."""
    best, least = 0, math.inf
    for order, box in enumerate(boxes):
        cost = round(around.cost(box), 2)
        if cost < least:
            best, least = order, cost
        if least == 0:
            break
    return best


def _values(
    told: Sequence[str], places: Sequence[svg.Point | None], style: HouseStyle
) -> list[str]:
    look: svg.Look = {
        "font_weight": "700",
        "fill": tokens.colour(style, "ink"),
        "text_anchor": "middle",
    }
    return [
        svg.text(at, word, family=tokens.family(style), pt=_note(style), **look)
        for at, word in zip(places, told, strict=True)
        if at is not None
    ]


def _above(order: int, area: Sequence[float | None], country: Sequence[float | None]) -> bool:
    """Whether a value stands above its point: away from the lines that meet there."""
    here = area[order]
    assert here is not None  # noqa: S101  # only points with a value are labelled
    beside = [area[i] for i in (order - 1, order + 1) if 0 <= i < len(area)]
    rest = [value - here for value in beside if value is not None]
    land = country[order]
    if len(rest) == 2 and rest[0] * rest[1] > 0:
        return rest[0] < 0
    if land is not None and land != here:
        return land < here
    return sum(rest) <= 0


def _end_places(
    area: Sequence[float | None], country: Sequence[float | None], plot: _Plot, style: HouseStyle
) -> list[float | None]:
    """Baselines of the names of both lines, pushed apart so that they do not touch."""
    gap = tokens.size(style, "trend_gap", 3.3)
    last = [next((v for v in reversed(line) if v is not None), None) for line in (area, country)]
    places = [None if value is None else plot.y(value) + 0.95 for value in last]
    first, second = places
    if first is not None and second is not None and abs(first - second) < gap:
        middle = (first + second) / 2
        turn = 1 if first > second else -1
        places = [middle + turn * gap / 2, middle - turn * gap / 2]
    return places


def _ends(
    names: tuple[str, str],
    area: Sequence[float | None],
    country: Sequence[float | None],
    plot: _Plot,
    style: HouseStyle,
) -> list[str]:
    """Names at the ends of both lines."""
    places = _end_places(area, country, plot, style)
    parts = []
    for name, y, weight in zip(names, places, ("700", "400"), strict=True):
        if y is not None and name:
            parts.append(
                svg.text(
                    (plot.xs[-1] + END, y),
                    name,
                    family=tokens.family(style),
                    pt=_note(style),
                    font_weight=weight,
                    fill=tokens.colour(style, "ink"),
                )
            )
    return parts

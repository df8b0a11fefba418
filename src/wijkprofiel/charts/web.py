"""The web of a framework: scores on axes in a fixed order, never filled."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from wijkprofiel.charts import dots, fonts, svg, tokens, verdict
from wijkprofiel.charts.words import DUTCH, Words, printed
from wijkprofiel.model import DomainScore, FrameworkResult, HouseStyle, Outcome

FULL = 10.0
MIDDLE = 5.0
RINGS = (0.0, 2.5, 7.5, 10.0)
MISSING = 8.6
"""Score at which the dash of an axis without a score stands."""


@dataclass(frozen=True, slots=True)
class _Label:
    """Text at the end of an axis, and the box it takes with the axis end at (0, 0)."""

    lines: tuple[str, ...]
    anchor: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the web stands: middle and radius of score 10 in mm, number of axes.

    Score 0 lies on a small circle (``hub``), so that marks near 0 do not pile up in the middle.
    """

    x: float
    y: float
    radius: float
    axes: int
    hub: float

    def reach(self, score: float) -> float:
        """Return the distance of ``score`` from the middle."""
        return self.hub + (self.radius - self.hub) * score / FULL

    def at(self, axis: int, score: float) -> svg.Point:
        """Return the place of ``score`` on an axis; the first axis points up."""
        across, down = _direction(axis, self.axes)
        reach = self.reach(score)
        return (self.x + across * reach, self.y + down * reach)


def web(
    result: FrameworkResult,
    *,
    style: HouseStyle,
    title: str,
    size: tuple[float, float] = (88, 62),
    measure: fonts.Measure | None = None,
    words: Words = DUTCH,
) -> str:
    """Return the web of a framework's domains on a fixed scale from 0 to 10.

    The first domain points up, the others follow clockwise in the framework's order. The dashed
    ring is 5, the country. On every axis the middle half of the reference areas is shown, so that
    small differences can be read without stretching the axis. An axis without a score is dashed
    and says so; the line runs only between neighbours that both have a score.

    Args:
        result: domains in their fixed order.
        style: looks ``web`` and ``web_band``.
        title: alternative text.
        size: width and height in mm.
        measure: text widths; the shipped fonts' when left out.
        words: words inside the chart.
    """
    measure = measure or fonts.shipped(style)
    scores = result.domains
    labels = [
        _label(score, axis, len(scores), style, measure, words) for axis, score in enumerate(scores)
    ]
    frame = _frame(labels, size, style)
    parts = [
        *_band(scores, frame, style),
        *_grid(scores, frame, style),
        *_line(scores, frame, style),
        *_marks(scores, frame, style),
    ]
    for axis, label in enumerate(labels):
        parts += _label_text(label, frame.at(axis, FULL), scores[axis], style)
    return svg.document(size[0], size[1], title, parts)


def _direction(axis: int, axes: int) -> svg.Point:
    angle = 2 * pi * axis / axes
    return (sin(angle), -cos(angle))


def _label(
    score: DomainScore,
    axis: int,
    axes: int,
    style: HouseStyle,
    measure: fonts.Measure,
    words: Words,
) -> _Label:
    """A domain's name in lines and its score below, beside the end of its axis."""
    kind = _type(style)
    name = measure.wrap(
        score.domain.title, kind.pt, tokens.size(style, "web_label_width", 24), weight=kind.weight
    )
    large = kind.value if score.score is not None else kind.pt
    value = words.no_score if score.score is None else printed(score.score, 1, words.language)
    across, down = _direction(axis, axes)
    widths = [measure.text_width(line, kind.pt, 700) for line in name]
    width = max(*widths, measure.text_width(value, large, 700))
    height = len(name) * _leading(kind.pt) + _leading(large, below=not kind.first)
    lines = (value, *name) if kind.first else (*name, value)
    gap = tokens.size(style, "web_gap", 2.4)
    if abs(across) < 0.3:
        top = -gap - height if down < 0 else gap
        return _Label(lines, "middle", -width / 2, top, width, height)
    top = -height / 2 + down * height * 0.25
    if across > 0:
        return _Label(lines, "start", gap, top, width, height)
    return _Label(lines, "end", -gap - width, top, width, height)


@dataclass(frozen=True, slots=True)
class _Type:
    """How labels are set: sizes of name and score in pt, weight of the name, score above it."""

    pt: float
    value: float
    weight: int
    first: bool


def _type(style: HouseStyle) -> _Type:
    pt = tokens.size(style, "web_label", 7.5)
    first = tokens.look(style, "web_labels", "name") == "value"
    return _Type(pt, tokens.size(style, "web_value", pt), 400 if first else 700, first)


def _leading(pt: float, *, below: bool = False) -> float:
    """Height of a line in mm; large digits are close set, but not onto a name above them."""
    return pt * svg.MM_PER_PT * (1.27 if pt < 10 or below else 1.0)


def _frame(labels: list[_Label], size: tuple[float, float], style: HouseStyle) -> _Frame:
    """The largest web at which every label stays within ``size``, in steps of a quarter mm."""
    axes = len(labels)
    radius = min(size) / 2
    while True:
        ends = [_direction(axis, axes) for axis in range(axes)]
        tops = [down * radius + label.top for (_, down), label in zip(ends, labels, strict=True)]
        feet = [top + label.height for top, label in zip(tops, labels, strict=True)]
        lefts = [x * radius + label.left for (x, _), label in zip(ends, labels, strict=True)]
        rights = [left + label.width for left, label in zip(lefts, labels, strict=True)]
        top, foot = min(*tops, -radius), max(*feet, radius)
        wide = max(*rights, radius, *(-left for left in lefts))
        if (foot - top <= size[1] and wide <= size[0] / 2) or radius <= 5:
            hub = min(tokens.size(style, "web_hub", 3.4), radius / 4)
            return _Frame(size[0] / 2, (size[1] - foot - top) / 2, radius, axes, hub)
        radius -= 0.25


def _band(scores: tuple[DomainScore, ...], frame: _Frame, style: HouseStyle) -> list[str]:
    """The middle half of all reference areas: a soft ring, or a pill on each axis."""
    kind = tokens.look(style, "web_band", "ring")
    halves = [dots.middle_half(score) for score in scores]
    if kind == "none":
        return []
    if kind == "pills":
        return [
            _pill(frame, axis, half, style) for axis, half in enumerate(halves) if half is not None
        ]
    colour = tokens.colour(style, "band", "line")
    data = ""
    alone: list[str] = []
    for axis, half in enumerate(halves):
        following = (axis + 1) % frame.axes
        other = halves[following]
        if half is not None and other is not None:
            data += svg.trace(
                [
                    frame.at(axis, half[0]),
                    frame.at(axis, half[1]),
                    frame.at(following, other[1]),
                    frame.at(following, other[0]),
                ],
                close=True,
            )
        elif half is not None and halves[axis - 1] is None:
            alone.append(_bar(frame, axis, half, colour, 2.6))
    look: svg.Look = {"stroke": colour, "stroke_width": 0.6, "stroke_linejoin": "round"}
    return [*alone, svg.path(data, fill=colour, **look)] if data else alone


def _pill(frame: _Frame, axis: int, half: tuple[float, float], style: HouseStyle) -> str:
    """A pill as on a dot row: an outline, which is a heavier line behind a white one."""
    line, paper = tokens.colour(style, "line"), tokens.paper(style)
    return _bar(frame, axis, half, line, 2.6) + _bar(frame, axis, half, paper, 2.2)


def _bar(frame: _Frame, axis: int, half: tuple[float, float], colour: str, stroke: float) -> str:
    """A heavy line along an axis, with round ends."""
    data = svg.trace([frame.at(axis, half[0]), frame.at(axis, half[1])])
    look: svg.Look = {"stroke_width": stroke, "stroke_linecap": "round"}
    return svg.path(data, fill="none", stroke=colour, **look)


def _grid(scores: tuple[DomainScore, ...], frame: _Frame, style: HouseStyle) -> list[str]:
    """Rings or a hexagon, and the axes: dashed where there is no score."""
    grey, light = tokens.colour(style, "line"), tokens.colour(style, "grid", "line")
    ink = tokens.colour(style, "ink")
    hexagon = tokens.look(style, "web", "rings") == "hexagon"
    centre = (frame.x, frame.y)
    parts = []
    if not hexagon:
        for ring in RINGS:
            r = frame.reach(ring)
            parts.append(svg.circle(centre, r, fill="none", stroke=light, stroke_width=0.2))
    for axis, score in enumerate(scores):
        dash = "0.8 0.8" if score.score is None else None
        end = frame.at(axis, FULL)
        parts.append(
            svg.line(frame.at(axis, 0), end, stroke=grey, stroke_width=0.2, stroke_dasharray=dash)
        )
        if hexagon and score.score is not None:
            parts += [_notch(frame, axis, step, style) for step in RINGS[1:]]
    if hexagon:
        corners = [frame.at(axis, MIDDLE) for axis in range(frame.axes)]
        data = svg.trace(corners, close=True)
        parts.append(svg.path(data, fill="none", stroke=grey, stroke_width=0.25))
    else:
        r = frame.reach(MIDDLE)
        look: svg.Look = {"stroke": ink, "stroke_width": 0.35, "stroke_dasharray": "1.1 0.9"}
        parts.append(svg.circle(centre, r, fill="none", **look))
    return parts


def _notch(frame: _Frame, axis: int, score: float, style: HouseStyle) -> str:
    """A short mark across an axis."""
    x, y = frame.at(axis, score)
    across, down = _direction(axis, frame.axes)
    reach = 0.9 if score == FULL else 0.5
    grey = tokens.colour(style, "line")
    start, end = (x - down * reach, y + across * reach), (x + down * reach, y - across * reach)
    return svg.line(start, end, stroke=grey, stroke_width=0.2)


def _line(scores: tuple[DomainScore, ...], frame: _Frame, style: HouseStyle) -> list[str]:
    """The area's line, open where a neighbour has no score, and never filled."""
    data = ""
    for axis, score in enumerate(scores):
        following = (axis + 1) % len(scores)
        other = scores[following]
        if score.score is not None and other.score is not None and following != axis:
            data += svg.trace([frame.at(axis, score.score), frame.at(following, other.score)])
    if not data:
        return []
    width = tokens.size(style, "web_line", 0.75)
    ink = tokens.colour(style, "ink")
    look: svg.Look = {"stroke_width": width, "stroke_linejoin": "round", "stroke_linecap": "round"}
    return [svg.path(data, fill="none", stroke=ink, **look)]


def _marks(scores: tuple[DomainScore, ...], frame: _Frame, style: HouseStyle) -> list[str]:
    parts = []
    r = tokens.size(style, "sign_web", 1.5)
    for axis, score in enumerate(scores):
        if score.score is None:
            at = frame.at(axis, MISSING)
            parts.append(verdict.halo(Outcome.NONE, r, style, at=at))
            parts.append(verdict.shape(Outcome.NONE, 0, r, style, at=at))
            continue
        at = frame.at(axis, score.score)
        against = score.against_country
        outcome = Outcome.SIMILAR if against.outcome is Outcome.NONE else against.outcome
        parts.append(verdict.halo(outcome, r, style, at=at, gap=0.45))
        parts.append(verdict.shape(outcome, against.strength, r, style, at=at))
    return parts


def _label_text(label: _Label, end: svg.Point, score: DomainScore, style: HouseStyle) -> list[str]:
    kind = _type(style)
    x = end[0] + label.left + label.width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
    y = end[1] + label.top
    parts = []
    for order, words in enumerate(label.lines):
        is_value = order == (0 if kind.first else len(label.lines) - 1)
        missing = is_value and score.score is None
        pt = kind.value if is_value and not missing else kind.pt
        bold = is_value == kind.first
        leading = _leading(pt, below=order > 0)
        parts.append(
            svg.text(
                (x, y + 0.78 * leading),
                words,
                family=tokens.family(style),
                pt=pt,
                font_weight="700" if bold else "400",
                fill=tokens.colour(style, "mute" if missing else "ink"),
                text_anchor=label.anchor,
            )
        )
        y += leading
    return parts

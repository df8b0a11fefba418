"""The spine: all topics on one scale of standard deviations, right is favourable."""

from __future__ import annotations

from collections.abc import Sequence

from wijkprofiel.charts import rows, svg, tokens, verdict
from wijkprofiel.charts.words import DUTCH, Words
from wijkprofiel.model import HouseStyle, ReferenceStats, Topic

REACH = 3.0
"""Standard deviations on either side of the middle; what lies further stands at the end."""


def spine_row(
    topic: Topic,
    *,
    style: HouseStyle,
    title: str,
    width: float = 57,
    height: float = 4.7,
    words: Words = DUTCH,
) -> str:
    """Return a topic's row of the spine chart; rows of equal size tile into one column.

    The middle is the country, the plane around it is "similar" (±0.5 SD), the line runs from the
    worst to the best area (clipped at ±3 SD), the pill is the middle half of the areas, the ring
    is the gemeente and the area itself is its verdict sign, with its 95 % interval where the table
    has margins. Right is favourable (for a neutral topic: higher).

    Args:
        topic: figure, z-scores and reference.
        style: look ``spine``.
        title: alternative text.
        width: in mm.
        height: in mm.
        words: words inside the chart.
    """
    pad = tokens.size(style, "row_pad", 1.75)
    scale = rows.Scale(-REACH, REACH, pad, width - pad)
    middle = height / 2
    parts = _similar(scale, style, height)
    if topic.figure.value is None or topic.z is None:
        word = words.statuses.get(topic.figure.status, words.no_reference)
        parts += rows.empty_row(word, style, width, height)
        return svg.document(width, height, title, parts)
    stats, centre = topic.reference, topic.country.value
    margin: list[str] = []
    if stats is not None and centre is not None and stats.sd > 0:
        turn = _Turn(topic, centre)
        if rows.has(stats, 25, 75):
            parts += _all_areas(stats, turn, scale, style, middle)
        limits = (topic.figure.lower, topic.figure.upper)
        ends = [scale.place(turn(value, stats)) for value in limits if value is not None]
        bar = tokens.size(style, "interval_small", 0.5)
        margin = rows.bar(ends, middle, style, bar) if len(ends) == 2 else []
    parts += [_country(scale, style, height), *margin]
    at = (scale.place(topic.z), middle)
    r = tokens.size(style, "sign_small", 1.15)
    outcome, strength = topic.against_country.outcome, topic.against_country.strength
    parts.append(verdict.halo(outcome, r, style, at=at, gap=0.25))
    if topic.z_gemeente is not None:
        place = scale.place(topic.z_gemeente)
        radius = rows.ring_radius(place, at[0], scale, style, small=True)
        parts.append(rows.ring((place, middle), radius, style))
    parts.append(verdict.shape(outcome, strength, r, style, at=at))
    return svg.document(width, height, title, parts)


def spine_strip(
    topics: Sequence[Topic],
    *,
    style: HouseStyle,
    title: str,
    width: float = 110,
    height: float = 9,
    words: Words = DUTCH,
) -> str:
    """Return one topic of many areas on the scale of the spine: a dot for each, none of them named.

    Dots that would lie over each other are stacked around the row's line, so that their number
    can be seen. The ground is that of :func:`spine_row`. Areas without a figure are not drawn; the
    alternative text and the table say how many.

    Args:
        topics: the same topic of every area.
        style: look ``spine``.
        title: alternative text.
        width: in mm.
        height: in mm.
        words: words inside the chart.
    """
    pad = tokens.size(style, "row_pad", 1.75)
    scale = rows.Scale(-REACH, REACH, pad, width - pad)
    middle = height / 2
    parts = _similar(scale, style, height)
    known = [topic for topic in topics if topic.figure.value is not None and topic.z is not None]
    if not known:
        parts += rows.empty_row(words.no_reference, style, width, height)
        return svg.document(width, height, title, parts)
    stats, centre = known[0].reference, known[0].country.value
    if stats is not None and centre is not None and stats.sd > 0 and rows.has(stats, 25, 75):
        parts += _all_areas(stats, _Turn(known[0], centre), scale, style, middle)
    parts.append(_country(scale, style, height))
    r = tokens.size(style, "strip_mark", 0.8)
    ink, paper = tokens.colour(style, "ink"), tokens.paper(style)
    for at in _stacked([scale.place(topic.z or 0.0) for topic in known], r, height):
        parts.append(svg.circle(at, r, fill=ink, stroke=paper, stroke_width=0.2))
    return svg.document(width, height, title, parts)


def _stacked(xs: Sequence[float], r: float, height: float) -> list[svg.Point]:
    """Places of dots of radius ``r``: those in one step of a diameter above and below the line."""
    stacks: dict[int, list[float]] = {}
    for x in sorted(xs):
        stacks.setdefault(int(x // (2 * r)), []).append(x)
    found = []
    for stack in stacks.values():
        room = height - 2 * r
        step = min(2 * r, room / max(len(stack) - 1, 1))
        top = (height - step * (len(stack) - 1)) / 2
        found += [(x, top + step * order) for order, x in enumerate(stack)]
    return found


class _Turn:
    """Values of one topic in standard deviations from the country, + is favourable."""

    def __init__(self, topic: Topic, centre: float) -> None:
        self.sign = -1 if topic.direction == "worse" else 1
        self.centre = centre

    def __call__(self, value: float, stats: ReferenceStats) -> float:
        return self.sign * (value - self.centre) / stats.sd


def _similar(scale: rows.Scale, style: HouseStyle, height: float) -> list[str]:
    """The part of the scale that counts as similar to the country."""
    half = tokens.size(style, "similar", 0.5)
    left, right = scale.place(-half), scale.place(half)
    if tokens.look(style, "spine", "band") == "ticks":
        grey = tokens.colour(style, "line")
        look: svg.Look = {"stroke": grey, "stroke_width": 0.15, "stroke_dasharray": "0.2 0.6"}
        return [svg.line((x, 0), (x, height), **look) for x in (left, right)]
    return [svg.rect((left, 0), (right - left, height), fill=tokens.paper(style))]


def _all_areas(
    stats: ReferenceStats, turn: _Turn, scale: rows.Scale, style: HouseStyle, middle: float
) -> list[str]:
    """Worst to best as a line, the middle half as a pill (or a heavier line)."""
    ends = sorted(scale.place(turn(v, stats)) for v in (stats.minimum, stats.maximum))
    left, right = sorted(scale.place(turn(stats.percentiles[q], stats)) for q in (25, 75))
    if tokens.look(style, "spine", "band") == "ticks":
        if rows.has(stats, 2.5, 97.5):
            ends = sorted(scale.place(turn(stats.percentiles[q], stats)) for q in (2.5, 97.5))
        grey = tokens.colour(style, "line")
        heavy = svg.line((left, middle), (right, middle), stroke=grey, stroke_width=1.0)
        return [rows.axis(ends[0], ends[1], middle, style), heavy]
    pill = rows.pill(left, right, middle, style, tokens.size(style, "pill_small", 2.4))
    return [rows.axis(ends[0], ends[1], middle, style), pill]


def _country(scale: rows.Scale, style: HouseStyle, height: float) -> str:
    return rows.upright(scale.place(0), 0, height, style, 0.3)

"""Dot rows: one topic or one domain on a line, with all areas of the reference behind it."""

from __future__ import annotations

from collections.abc import Sequence

from wijkprofiel.charts import rows, svg, tokens, verdict
from wijkprofiel.charts.words import DUTCH, Words
from wijkprofiel.model import DomainScore, HouseStyle, Outcome, ReferenceStats, Topic

TICKS = tuple(1.25 + 2.5 * step for step in range(40))
LOW, HIGH = 2.5, 97.5


def dot_row(
    topic: Topic,
    *,
    style: HouseStyle,
    title: str,
    width: float = 34,
    height: float = 6,
    words: Words = DUTCH,
) -> str:
    """Return a topic's row: all areas, the country's tick, the gemeente's ring and the area.

    The scale runs from the 2.5 to the 97.5 percentile of the reference areas, low on the left,
    and grows where a mark lies outside. A figure without a value is a dashed line with its own
    word; a suppressed value is not in the drawing. Without a reference only the marks stand there.

    Args:
        topic: figure, comparators and reference.
        style: looks ``dots`` and ``wijk_mark``.
        title: alternative text.
        width: in mm.
        height: in mm.
        words: words inside the chart.
    """
    if topic.figure.value is None:
        word = words.statuses.get(topic.figure.status, words.no_score)
        return svg.document(width, height, title, rows.empty_row(word, style, width, height))
    marks = _marks(topic)
    scale = _scale(topic, marks, style, width)
    middle = height / 2
    parts = [
        *_ground(_reference(topic), scale, style, middle, marks),
        *rows.draw(marks, scale, style, middle),
    ]
    return svg.document(width, height, title, parts)


def domain_row(
    score: DomainScore,
    *,
    style: HouseStyle,
    title: str,
    width: float = 22,
    height: float = 10.2,
    words: Words = DUTCH,  # noqa: ARG001  # same call as dot_row
) -> str:
    """Return a domain's row: its score from 0 to 10, the country in the middle.

    The band holds the middle half of the reference areas, so that small differences can be read
    on the whole scale; rows of equal size touch, and the country's line runs on through them. A
    domain without a score is a dashed line.

    Args:
        score: the domain.
        style: colours ``band``, ``line`` and ``ink``.
        title: alternative text.
        width: in mm.
        height: in mm.
        words: words inside the chart.
    """
    pad = tokens.size(style, "row_pad", 1.75)
    scale = rows.Scale(0, 10, pad, width - pad)
    middle = height / 2
    country = rows.upright(scale.place(5), 0, height, style, 0.3)
    parts = [*_domain_ground(score, scale, style, height), country]
    if score.score is None:
        at = (scale.place(5), middle)
        r = tokens.size(style, "sign", 1.3)
        parts += rows.empty_row("", style, width, height)
        parts.append(svg.circle(at, r + 0.6, fill=tokens.paper(style)))
        parts.append(verdict.shape(Outcome.NONE, 0, r, style, at=at))
        return svg.document(width, height, title, parts)
    interval = None
    if score.lower is not None and score.upper is not None:
        interval = (score.lower, score.upper)
    against = score.against_country
    gemeente = None if score.gemeente_z is None else display(score.gemeente_z)
    marks = rows.Marks(score.score, gemeente, None, interval, against.outcome, against.strength)
    parts += rows.draw(marks, scale, style, middle, signed=True)
    return svg.document(width, height, title, parts)


def _domain_ground(
    score: DomainScore, scale: rows.Scale, style: HouseStyle, height: float
) -> list[str]:
    """All reference areas behind a score: forty ticks, or a line on the band of the middle half."""
    middle = height / 2
    stats = score.reference
    line = [] if score.score is None else [rows.axis(scale.start, scale.end, middle, style)]
    if tokens.look(style, "dots", "pill") == "ticks":
        if stats is None or stats.sd <= 0 or not rows.has(stats, *TICKS):
            return line
        shown = [display(stats.percentiles[step] / stats.sd) for step in TICKS]
        return [rows.ticks([scale.place(value) for value in shown], middle, style)]
    half = middle_half(score)
    if half is None:
        return line
    left, right = (scale.place(value) for value in half)
    band = tokens.colour(style, "band", "line")
    return [svg.rect((left, 0), (right - left, height), fill=band), *line]


def display(z: float) -> float:
    """Return a z-score as it is shown: clip(5 + 5z/3, 0, 10).

    >>> display(0), display(-0.6), display(9)
    (5.0, 4.0, 10.0)
    """
    return min(max(5 + 5 * z / 3, 0.0), 10.0)


def middle_half(score: DomainScore) -> tuple[float, float] | None:
    """Return the display scores between which the middle half of the reference areas lies.

    Percentiles of a domain are means before the division by their own SD (method.md §1.5), so
    they are divided here. None without a reference.
    """
    stats = score.reference
    if stats is None or stats.sd <= 0 or not rows.has(stats, 25, 75):
        return None
    return (display(stats.percentiles[25] / stats.sd), display(stats.percentiles[75] / stats.sd))


def _marks(topic: Topic) -> rows.Marks:
    figure = topic.figure
    assert figure.value is not None  # noqa: S101  # the caller has drawn the empty row
    interval = None
    if figure.lower is not None and figure.upper is not None:
        interval = (figure.lower, figure.upper)
    return rows.Marks(
        figure.value,
        topic.gemeente.value if topic.gemeente else None,
        topic.country.value,
        interval,
        topic.against_country.outcome,
        topic.against_country.strength,
    )


def _reference(topic: Topic) -> ReferenceStats | None:
    """The reference, when it has the percentiles that a row is drawn from."""
    stats = topic.reference
    return stats if stats is not None and rows.has(stats, *TICKS, LOW, 25, 75, HIGH) else None


def _scale(topic: Topic, marks: rows.Marks, style: HouseStyle, width: float) -> rows.Scale:
    """The percentiles of all areas, grown to hold every mark."""
    pad = tokens.size(style, "row_pad", 1.75)
    shown = [v for v in (marks.area, marks.gemeente, marks.country) if v is not None]
    low, high = min(shown), max(shown)
    stats = _reference(topic)
    if stats is not None:
        ends = _ends(style)
        low = min(low, stats.percentiles[ends[0]])
        high = max(high, stats.percentiles[ends[1]])
    else:
        spread = max(high - low, 10 if topic.indicator.unit == "percent" else abs(high) / 2)
        centre = (low + high) / 2
        low, high = centre - spread, centre + spread
    return rows.Scale(low, high, pad, width - pad)


def _ends(style: HouseStyle) -> tuple[float, float]:
    return (TICKS[0], TICKS[-1]) if tokens.look(style, "dots", "pill") == "ticks" else (LOW, HIGH)


def _ground(
    stats: ReferenceStats | None,
    scale: rows.Scale,
    style: HouseStyle,
    middle: float,
    marks: rows.Marks,
) -> list[str]:
    """All reference areas: forty ticks, or a line with the middle half as a pill."""
    if stats is None:
        return []
    ends = [scale.place(stats.percentiles[end]) for end in _ends(style)]
    parts = _beyond([marks.area, marks.gemeente, marks.country], scale, ends, style, middle)
    if tokens.look(style, "dots", "pill") == "ticks":
        places = [scale.place(stats.percentiles[step]) for step in TICKS]
        return [*parts, rows.ticks(places, middle, style)]
    left, right = (scale.place(stats.percentiles[quarter]) for quarter in (25, 75))
    pill_row = rows.pill(left, right, middle, style, tokens.size(style, "pill", 3.2))
    return [*parts, rows.axis(ends[0], ends[1], middle, style), pill_row]


def _beyond(
    values: Sequence[float | None],
    scale: rows.Scale,
    ends: Sequence[float],
    style: HouseStyle,
    middle: float,
) -> list[str]:
    """A dotted lead from the end of the line to a mark outside it."""
    places = [scale.place(value) for value in values if value is not None]
    leads = [(min(places), ends[0])] if min(places) < ends[0] else []
    leads += [(ends[1], max(places))] if max(places) > ends[1] else []
    grey = tokens.colour(style, "line")
    return [
        svg.line(
            (start, middle),
            (end, middle),
            stroke=grey,
            stroke_width=0.25,
            stroke_dasharray="0.25 0.6",
        )
        for start, end in leads
    ]

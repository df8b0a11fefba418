"""What stands on paper about a topic: every number, and how it was rounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wijkprofiel.explain.account import Row, Section, Step, step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.model import Figure, Indicator, Status, Topic
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import sentences
from wijkprofiel.wording.numbers import (
    COUNT_STEP,
    TENTHS_FROM,
    TENTHS_TO,
    counts_people,
    frequencies,
    frequency_words,
    printed,
    rounded,
)

MIDDLE = (25.0, 75.0)
"""Percentiles of the reference that are printed: the middle half."""


def rounding(indicator: Indicator) -> tuple[str, Mapping[str, int]]:
    """Return the formula by which a value ``x`` is rounded for print, and its other inputs."""
    if indicator.unit == "count" and indicator.decimals == 0 and counts_people(indicator):
        return "half_up(x / five, 0) * five", {"five": COUNT_STEP}
    if indicator.unit == "thousand-euro":
        return ("half_up(x * 1000, 0)" if indicator.decimals else "half_up(x, 0) * 1000"), {}
    return "half_up(x, d)", {"d": indicator.decimals}


def paper(desk: Desk, topic: Topic) -> Section:
    """Return every number that a document may print about a topic."""
    rows: list[Row] = []
    steps: list[Step] = []
    for name, what, figure in _figures(desk, topic):
        text = printed(figure, topic.indicator, desk.words)
        value = figure.value if figure.status is Status.OK else None
        rows.append(
            {
                "id": name,
                "what": what,
                "value": value,
                "status": figure.status.value,
                "printed": text.text,
            }
        )
        if value is not None:
            formula, inputs = rounding(topic.indicator)
            result = rounded(value, topic.indicator)
            steps.append(step(f"paper.{name}", what, formula, {"x": value, **inputs}, result))
    return Section("paper", "On paper", {"rounded": _RULE}, rows, steps)


_RULE = "half up, a half away from zero; people to five"


def _figures(desk: Desk, topic: Topic) -> Iterator[tuple[str, str, Figure]]:
    figure, country = topic.figure, desk.names.country
    yield "value", desk.names.area, figure
    if figure.lower is not None and figure.upper is not None:
        yield "lower", "lower limit", _as(figure, figure.lower)
        yield "upper", "upper limit", _as(figure, figure.upper)
    if topic.gemeente is not None:
        yield "gemeente", desk.names.gemeente, topic.gemeente
    yield "country", country, topic.country
    if topic.similar is not None:
        yield "similar", "similar wijken", topic.similar
    for name, verdict in (("gemeente", topic.against_gemeente), ("country", topic.against_country)):
        if verdict is not None and verdict.rest and verdict.other is not None:
            yield f"{name}.rest", f"rest of {name}", _as(figure, verdict.other)
    stats = topic.reference
    if stats is not None and set(MIDDLE) <= set(stats.percentiles):
        for border in MIDDLE:
            what = f"{border:g} % of the reference areas lie below"
            yield f"p{border:g}", what, _as(figure, stats.percentiles[border])
    for point in topic.trend.points if topic.trend else ():
        yield point.period, f"{desk.names.area} {point.period}", point.area
        if point.country is not None:
            yield f"{point.period}.country", f"{country} {point.period}", point.country


def _as(figure: Figure, value: float) -> Figure:
    return Figure(figure.indicator, figure.period, value, Status.OK, source=figure.source)


def frequency(desk: Desk, topic: Topic) -> Section | None:
    """Return the figure as so many of so many; None where it is told otherwise."""
    figures = [topic.figure, topic.gemeente, topic.country]
    values = [f.value for f in figures if f is not None and f.value is not None]
    if topic.indicator.unit != "percent" or topic.figure.value is None:
        return None
    found = frequencies(values)
    of = found[0].of
    if topic.indicator.phrase is not None:
        headline = sentences.headline(topic, desk.names, desk.words)
        told = {"sentence": headline.text, "compared": headline.compared}
    else:
        told = {"sentence": "", "compared": ""}
    names = [desk.names.area, desk.names.gemeente, desk.names.country]
    shown = [
        n for n, f in zip(names, figures, strict=True) if f is not None and f.value is not None
    ]
    rows: list[Row] = [
        {"what": name, "count": f.count, "of": f.of, "printed": frequency_words(f, desk.words)}
        for name, f in zip(shown, found, strict=True)
    ]
    return Section("frequency", "As so many of so many", told, rows, _counts(values, of, rows))


def _counts(values: Sequence[float], of: int, rows: Sequence[Row]) -> list[Step]:
    tenths = "half_up(half_up(x, 0) / 10, 0)"
    own = [int(half_up(half_up(value, 0) / 10, 0)) for value in values]
    whole = [half_up(value, 0) for value in values]
    choice = step(
        "frequency.of",
        "of 10, or of 100",
        "10 if min(whole) >= least and max(whole) <= most and clash == 0 else 100",
        {
            "whole": whole,
            "least": TENTHS_FROM,
            "most": TENTHS_TO,
            "clash": sum(tenth == own[0] for tenth in own[1:]),
        },
        of,
        "clash: comparators that would round to the same tenth",
    )
    formula = tenths if of == 10 else "half_up(x, 0)"
    return [choice] + [
        step(f"frequency.{number}", str(row["what"]), formula, {"x": value}, row["count"])
        for number, (value, row) in enumerate(zip(values, rows, strict=True), 1)
    ]

"""The trend of a topic: its points, the change between the first and the last, its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wijkprofiel.explain.account import Row, Section, Step, step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.explain.origin import Origin, trace
from wijkprofiel.explain.parts import put_together
from wijkprofiel.model import Change, Figure, Status, Topic
from wijkprofiel.scoring.difference import se_of_figure
from wijkprofiel.scoring.trends import ONE_SIDED, SLOPE_LIMIT
from wijkprofiel.scoring.uncertainty import Z95
from wijkprofiel.wording.numbers import printed
from wijkprofiel.wording.sentences import trend_sentence


def course(desk: Desk, topic: Topic) -> tuple[Section | None, list[Origin]]:
    """Return the trend of a topic, and the origins of its earlier figures."""
    trend = topic.trend
    if trend is None:
        return None, []
    rows: list[Row] = []
    steps: list[Step] = []
    origins: list[Origin] = []
    for point in trend.points:
        rows.append(
            {
                "period": point.period,
                "value": point.area.value,
                "lower": point.area.lower,
                "upper": point.area.upper,
                "printed": printed(point.area, topic.indicator, desk.words).text,
                "country": point.country.value if point.country else None,
            }
        )
        if point.period == topic.figure.period or point.area.status is Status.SUPPRESSED:
            continue
        made = put_together(desk, topic.indicator, point.area, f"trend.{point.period}")
        steps += made.steps
        origins += [*made.values, *made.weights]
        if point.country is not None:
            origins.append(trace(desk, country_code(desk, topic), topic.indicator.id, point.period))
    facts: dict[str, Any] = {"sentence": trend_sentence(trend, topic, desk.words)}
    if trend.change is not None:
        known = [p.area for p in trend.points if p.area.value is not None]
        facts |= _facts(trend.change)
        steps += _change(trend.change, known, topic)
    if trend.placing is not None:
        rank = "strongest rise" if trend.placing.outcome == "rise" else "strongest fall"
        basis = "tested" if trend.placing.tested else "described"
        facts["place"] = f"{rank} of {trend.placing.among} wijken of the gemeente ({basis})"
    return Section("trend", "Trend", facts, rows, steps), origins


def country_code(desk: Desk, topic: Topic) -> str:
    """Return the code of the country in the table of a topic."""
    from wijkprofiel.profile.index import shown_table

    table = shown_table(topic.indicator, desk.config)
    return desk.config.project.country.get(table, desk.profile.country.code)


def _facts(change: Change) -> dict[str, Any]:
    return {
        "method": change.method,
        "tested": change.tested,
        "outcome": change.outcome,
        "why": {
            "described": "no margins at both ends: described by the printed figures, not tested",
            "two-periods": "two periods with margins: z = difference / error of both",
            "slope": "five or more periods with margins: weighted slope",
        }[change.method],
    }


def _change(change: Change, known: Sequence[Figure], topic: Topic) -> list[Step]:
    first, last = known[0], known[-1]
    ends = {"first": first.value, "last": last.value}
    steps = [step("trend.difference", "change", "last - first", ends, change.difference)]
    if change.method == "described":
        d = {**ends, "d": topic.indicator.decimals}
        formula = "half_up(last, d) - half_up(first, d)"
        steps.append(step("trend.printed", "change on paper", formula, d))
        word = "'rise' if change > 0 else 'fall' if change < 0 else 'same'"
        inputs: dict[str, Any] = {"change": steps[-1].result}
        return [*steps, step("trend.outcome", "outcome", word, inputs, change.outcome)]
    if change.method == "two-periods":
        errors = {"se_first": se_of_figure(first), "se_last": se_of_figure(last)}
        inputs = {"difference": change.difference, **errors}
        formula = "difference / hypot(se_first, se_last)"
        steps.append(step("trend.statistic", "z of the change", formula, inputs, change.statistic))
        word = "'unclear' if abs(z) <= z95 else 'rise' if z > 0 else 'fall'"
        inputs = {"z": change.statistic, "z95": Z95}
        return [*steps, step("trend.outcome", "outcome", word, inputs, change.outcome)]
    return [*steps, *_slope(change, known)]


def _slope(change: Change, known: Sequence[Figure]) -> list[Step]:
    years = [float(figure.period[:4]) for figure in known]
    w = step(
        "trend.weights",
        "weights of the points",
        "1 / se ** 2",
        {"se": [se_of_figure(figure) for figure in known]},
    ).result
    series = {"w": w, "t": years, "y": [figure.value for figure in known]}
    found = [_line("trend.slope", "slope per year", series)]
    spread = step("trend.spread", "weighted spread of the years",
                  "sum(w * (t - sum(w * t) / sum(w)) ** 2)", {"w": w, "t": years})  # fmt: skip
    statistic = step("trend.statistic", "chi-square of the slope", "b ** 2 * spread",
                     {"b": found[0].result, "spread": spread.result}, change.statistic)  # fmt: skip
    without = [
        _line(f"trend.without.{one.period}", f"slope without {one.period}", _less(series, place))
        for place, one in enumerate(known)
    ]
    inputs = {
        "b": found[0].result,
        "chi": change.statistic,
        "limit": SLOPE_LIMIT,
        "others": [one.result for one in without],
    }
    word = "'unclear' if chi <= limit or min(b * others) <= 0 else 'rise' if b > 0 else 'fall'"
    outcome = step("trend.outcome", "outcome", word, inputs, change.outcome)
    return [*found, spread, statistic, *without, outcome]


def _line(name: str, title: str, series: dict[str, Any]) -> Step:
    formula = "sum(w * (t - sum(w * t) / sum(w)) * y) / sum(w * (t - sum(w * t) / sum(w)) ** 2)"
    return step(name, title, formula, series)


def _less(series: dict[str, Any], place: int) -> dict[str, Any]:
    return {name: [v for i, v in enumerate(s) if i != place] for name, s in series.items()}


def placed(desk: Desk, topic: Topic) -> Section | None:
    """Return the changes of all wijken of the gemeente, where one of them is placed first."""
    trend, gemeente = topic.trend, desk.profile.area.gemeente
    if trend is None or trend.placing is None or trend.change is None or gemeente is None:
        return None
    wijken = desk.index.wijken
    first, last = (
        wijken.column(topic.indicator.id, p) for p in (trend.change.first, trend.change.last)
    )
    rows: list[Row] = []
    for position in wijken.of(gemeente.code):
        start, end = float(first.figures[position]), float(last.figures[position])
        if start == start and end == end:  # noqa: PLR0124 - NaN
            code = wijken.codes[position]
            rows.append({"area": code, "name": desk.named(code), "first": start, "last": end})
    own = desk.profile.area.parts[0].code
    sign = 1 if trend.placing.outcome == "rise" else -1
    mine = next(row for row in rows if row["area"] == own)
    others = [row for row in rows if row["area"] != own]
    found = step(
        "placing.ahead",
        "least that it is ahead of another wijk",
        "min(sign * ((last - first) - (ends - starts)))",
        {
            "sign": sign,
            "first": mine["first"],
            "last": mine["last"],
            "starts": [row["first"] for row in others],
            "ends": [row["last"] for row in others],
        },
    )
    facts = {
        "rule": f"ahead of each other wijk by {ONE_SIDED} standard errors"
        if trend.placing.tested
        else "the largest change as printed, and before rounding: a description",
        "model figures": trend.placing.model_figures,
    }
    return Section("placing", "Among the wijken of the gemeente", facts, rows, [found])

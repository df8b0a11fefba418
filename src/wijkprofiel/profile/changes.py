"""The trend of a topic: comparable periods, what changed, and its place among the wijken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wijkprofiel.config import Config
from wijkprofiel.model import (
    Change,
    Figure,
    Indicator,
    Level,
    Placing,
    RankInterval,
    Status,
    Trend,
    TrendPoint,
)
from wijkprofiel.profile.comparisons import Setting, comparable_with_others, least
from wijkprofiel.profile.index import edition_of, shown_table
from wijkprofiel.scoring import groups, normalise, trends
from wijkprofiel.scoring.trends import Span

NEVER_MEASURED = frozenset({Status.NOT_MEASURED, Status.ABSENT})
"""Periods that a trend leaves out; a withheld or unknown one stays, as a gap."""


def periods_of(config: Config, indicator: Indicator) -> tuple[str, ...]:
    """Return the periods of a topic, the shown one last; none where no table is read."""
    table = shown_table(indicator, config)
    if not table:
        return ()
    shown = config.project.periods[table]
    edition = edition_of(table, config)
    sets = [s for s in edition.comparable if shown in s] if edition else []
    longest: tuple[str, ...] = max(sets, key=len, default=())
    return (*sorted(period for period in longest if period < shown), shown)


def trend(
    setting: Setting,
    indicator: Indicator,
    periods: tuple[str, ...],
    figure_of: Callable[[str], Figure],
    land: str,
) -> Trend | None:
    """Return the comparable periods of one edition; None with fewer than two figures.

    Args:
        setting: what the topics share.
        indicator: the topic.
        periods: that may be compared, oldest first.
        figure_of: the area's figure of a period.
        land: code of the country in the topic's table.
    """
    points = []
    for period in periods:
        figure = figure_of(period)
        if figure.status not in NEVER_MEASURED:
            country = setting.index.figure(land, indicator.id, period)
            points.append(TrendPoint(period, figure, country))
    change = trends.change([point.area for point in points], indicator.decimals)
    if change is None:
        return None
    made = Trend(indicator.id, tuple(points), tested=change.tested, change=change)
    return replace(made, placing=_placing(setting, indicator, change))


def ranks(setting: Setting, indicator: Indicator, period: str) -> RankInterval | None:
    """Return the ranks that a single wijk may have in its gemeente; None without margins."""
    place = _place(setting, indicator)
    if place is None:
        return None
    gemeente, position = place
    here = setting.index.wijken.of(gemeente)
    column = setting.index.wijken.column(indicator.id, period)
    sign = normalise.SIGN[indicator.direction]
    return groups.ranks(column.figures[here], column.errors[here], position, sign)


def _placing(setting: Setting, indicator: Indicator, change: Change) -> Placing | None:
    place = _place(setting, indicator)
    if place is None:
        return None
    gemeente, position = place
    wijken = setting.index.wijken
    here = wijken.of(gemeente)
    first, last = (wijken.column(indicator.id, p) for p in (change.first, change.last))
    source = setting.config.sources.get(shown_table(indicator, setting.config))
    return trends.placing(
        change,
        Span(first.figures[here], last.figures[here], first.errors[here], last.errors[here]),
        position,
        decimals=indicator.decimals,
        least=least(indicator),
        model_figures=source is not None and source.model_figures,
    )


def _place(setting: Setting, indicator: Indicator) -> tuple[str, int] | None:
    """Return the gemeente of a single wijk and its place among the wijken there."""
    own = setting.own
    if not own.single or own.level is not Level.WIJK or own.gemeente is None:
        return None
    if not comparable_with_others(indicator):
        return None
    wijken = setting.index.wijken
    codes = [wijken.codes[position] for position in wijken.of(own.gemeente.code)]
    code = own.parts[0].code
    return (own.gemeente.code, codes.index(code)) if code in codes else None

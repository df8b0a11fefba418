"""Every configured indicator as one area shows it: figure, comparators, verdicts, trend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wijkprofiel import areas
from wijkprofiel.config import Config
from wijkprofiel.model import (
    Area,
    Figure,
    Framework,
    Indicator,
    OwnArea,
    ReferenceStats,
    Status,
    Topic,
    Trend,
    TrendPoint,
    Verdict,
)
from wijkprofiel.profile.index import Cell, Index, edition_of, shown_table
from wijkprofiel.scoring import compare

NEVER_MEASURED = frozenset({Status.NOT_MEASURED, Status.ABSENT})
"""Periods that a trend leaves out; a withheld or unknown one stays, as a gap."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the topics of one area share.

    Attributes:
        country: the area that verdicts against the whole country name.
        yardstick: the first framework: its bands and its least number of reference areas.
    """

    own: OwnArea
    config: Config
    index: Index
    country: Area
    yardstick: Framework


def topics(setting: Setting) -> dict[str, Topic]:
    """Return a topic per configured indicator, in the order of the configs."""
    config, own = setting.config, setting.own
    chosen = {name: _periods(i, config) for name, i in config.indicators.items()}
    every = sorted({period for periods in chosen.values() for period in periods})
    rows = setting.index.rows(part.code for part in own.parts)
    figures = areas.figures_of(own, rows, config.indicators, every, setting.index.marked)
    return {
        name: _topic(setting, config.indicators[name], periods, figures)
        for name, periods in chosen.items()
    }


def comparable_with_others(indicator: Indicator) -> bool:
    """Return whether areas of different size can be compared on it: no counts, no classes."""
    return indicator.unit not in ("count", "class") and indicator.combine != "sum"


def _periods(indicator: Indicator, config: Config) -> tuple[str, ...]:
    """Return the periods of a topic, the shown one last; none where no table is read."""
    table = shown_table(indicator, config)
    if not table:
        return ()
    shown = config.project.periods[table]
    edition = edition_of(table, config)
    sets = [s for s in edition.comparable if shown in s] if edition else []
    longest: tuple[str, ...] = max(sets, key=len, default=())
    return (*sorted(period for period in longest if period < shown), shown)


def _topic(
    setting: Setting,
    indicator: Indicator,
    periods: tuple[str, ...],
    figures: Mapping[Cell, Figure],
) -> Topic:
    index, gemeente = setting.index, setting.own.gemeente
    period = periods[-1] if periods else ""
    table = shown_table(indicator, setting.config)
    land = setting.config.project.country.get(table, setting.country.code)
    figure = _own(setting, indicator, period, figures)
    country = index.figure(land, indicator.id, period)
    other = index.figure(gemeente.code, indicator.id, period) if gemeente else None
    stats = index.reference.get(("indicator", "", indicator.id, period))
    yardstick = _yardstick(setting, indicator, stats)
    return Topic(
        indicator=indicator,
        figure=figure,
        country=country,
        gemeente=other,
        against_country=_verdict(setting, indicator, figure, country, yardstick, setting.country),
        against_gemeente=None
        if gemeente is None or other is None
        else _verdict(setting, indicator, figure, other, yardstick, gemeente),
        reference=stats,
        z=_z(indicator, figure, country, yardstick),
        z_gemeente=_z(indicator, other, country, yardstick) if other else None,
        trend=_trend(setting, indicator, periods, figures, land),
    )


def _own(
    setting: Setting, indicator: Indicator, period: str, figures: Mapping[Cell, Figure]
) -> Figure:
    found = figures.get((indicator.id, period))
    if found is not None and found.status is not Status.ABSENT:
        return found
    reason = setting.index.reason(indicator.id, period)
    if not setting.own.single and indicator.combine == "none" and reason is Status.ABSENT:
        in_files = indicator.id in setting.index.topics
        reason = Status.NOT_APPLICABLE if in_files else Status.ABSENT
    return Figure(indicator.id, period, None, reason, source=found.source if found else "")


def _yardstick(
    setting: Setting, indicator: Indicator, stats: ReferenceStats | None
) -> ReferenceStats | None:
    """Return the reference that a z may be based on: enough areas, and a comparable unit."""
    if stats is None or not comparable_with_others(indicator):
        return None
    return stats if stats.n >= setting.yardstick.reference.minimum else None


def _verdict(
    setting: Setting,
    indicator: Indicator,
    figure: Figure,
    other: Figure,
    stats: ReferenceStats | None,
    comparator: Area,
) -> Verdict:
    if not comparable_with_others(indicator):
        return compare.no_verdict(comparator.code)
    against = compare.Against(comparator.code, other.value, stats, setting.yardstick.bands)
    return compare.verdict(
        figure, against, direction=indicator.direction, decimals=indicator.decimals
    )


def _z(
    indicator: Indicator, figure: Figure, country: Figure, stats: ReferenceStats | None
) -> float | None:
    if figure.value is None or country.value is None or stats is None:
        return None
    return compare.z_score(figure.value, country.value, indicator.direction, stats)


def _trend(
    setting: Setting,
    indicator: Indicator,
    periods: tuple[str, ...],
    figures: Mapping[Cell, Figure],
    land: str,
) -> Trend | None:
    """Return the comparable periods of one edition; None with fewer than two figures."""
    points = []
    for period in periods:
        figure = _own(setting, indicator, period, figures)
        if figure.status not in NEVER_MEASURED:
            country = setting.index.figure(land, indicator.id, period)
            points.append(TrendPoint(period, figure, country))
    if sum(point.area.status is Status.OK for point in points) < 2:
        return None
    return Trend(indicator.id, tuple(points))

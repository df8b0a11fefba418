"""Every configured indicator as one area shows it: figure, comparators, verdicts, trend."""

from __future__ import annotations

from collections.abc import Mapping

from wijkprofiel import areas
from wijkprofiel.config import Config
from wijkprofiel.model import Figure, Indicator, OwnArea, ReferenceStats, Status, Topic
from wijkprofiel.profile import changes, comparisons
from wijkprofiel.profile.cells import Cell
from wijkprofiel.profile.comparisons import Setting, comparable_with_others
from wijkprofiel.profile.index import Index, shown_table
from wijkprofiel.scoring import compare, groups

__all__ = ["Setting", "comparable_with_others", "figures_of", "topics"]


def figures_of(own: OwnArea, config: Config, index: Index) -> dict[Cell, Figure]:
    """Return the area's figures of every configured indicator and every period in use."""
    every = {p for i in config.indicators.values() for p in changes.periods_of(config, i)}
    codes = [part.code for part in own.parts]
    rows = index.rows.table(codes)
    found = areas.figures_of(own, rows, config.indicators, sorted(every), index.marked)
    # Of a survey the parts may be withheld where all together need not be.
    made = index.together(codes) if not own.single else {}
    return found | {cell: figure for cell, figure in made.items() if cell in found}


def topics(setting: Setting, figures: Mapping[Cell, Figure]) -> dict[str, Topic]:
    """Return a topic per configured indicator, in the order of the configs.

    Args:
        setting: the area, and what its topics share.
        figures: from :func:`figures_of`.
    """
    return {name: _topic(setting, i, figures) for name, i in setting.config.indicators.items()}


def _topic(setting: Setting, indicator: Indicator, figures: Mapping[Cell, Figure]) -> Topic:
    index, gemeente = setting.index, setting.own.gemeente
    periods = changes.periods_of(setting.config, indicator)
    period = periods[-1] if periods else ""
    table = shown_table(indicator, setting.config)
    land = setting.config.project.country.get(table, setting.country.code)
    figure = _own(setting, indicator, period, figures)
    country = index.figure(land, indicator.id, period)
    other = index.figure(gemeente.code, indicator.id, period) if gemeente else None
    stats = index.reference.get(("indicator", "", indicator.id, period))
    yardstick = _yardstick(setting, indicator, stats)
    alike, against_alike = comparisons.against_similar(setting, indicator, figure, yardstick)
    told = (setting, indicator, figure)
    return Topic(
        indicator=indicator,
        figure=figure,
        country=country,
        gemeente=other,
        against_country=comparisons.against(*told, country, yardstick, setting.country, figures),
        against_gemeente=None
        if gemeente is None or other is None
        else comparisons.against(*told, other, yardstick, gemeente, figures),
        reference=stats,
        z=_z(indicator, figure, country, yardstick),
        z_gemeente=_z(indicator, other, country, yardstick) if other else None,
        trend=changes.trend(
            setting, indicator, periods, lambda p: _own(setting, indicator, p, figures), land
        ),
        group=_group(indicator, figure, stats),
        ranks=changes.ranks(setting, indicator, period),
        similar=alike,
        against_similar=against_alike,
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


def _z(
    indicator: Indicator, figure: Figure, country: Figure, stats: ReferenceStats | None
) -> float | None:
    if figure.value is None or country.value is None or stats is None:
        return None
    return compare.z_score(figure.value, country.value, indicator.direction, stats)


def _group(indicator: Indicator, figure: Figure, stats: ReferenceStats | None) -> int | None:
    if figure.value is None or not comparable_with_others(indicator):
        return None
    return groups.group(figure.value, stats)

"""What a topic's figure is compared with: the gemeente, the country, similar wijken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wijkprofiel.config import Config
from wijkprofiel.model import (
    Area,
    Figure,
    Framework,
    Indicator,
    OwnArea,
    ReferenceStats,
    Verdict,
)
from wijkprofiel.profile.cells import Cell
from wijkprofiel.profile.index import Index, shown_table
from wijkprofiel.scoring import compare, similar
from wijkprofiel.scoring.difference import se_of_figure

PERCENT = (0.0, 100.0)
NO_LESS = (0.0, float("inf"))
"""Values that a percentage, and any other figure, can have."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the topics of one area share.

    Attributes:
        country: the area that verdicts against the whole country name.
        yardstick: the first framework: its bands and its least number of reference areas.
        alike: codes of the similar wijken, the nearest first.
    """

    own: OwnArea
    config: Config
    index: Index
    country: Area
    yardstick: Framework
    alike: tuple[str, ...] = ()


def comparable_with_others(indicator: Indicator) -> bool:
    """Return whether areas of different size can be compared on it: no counts, no classes."""
    return indicator.unit not in ("count", "class") and indicator.combine != "sum"


def least(indicator: Indicator) -> float:
    """Return the smallest printed difference that counts: one percentage point, or one unit."""
    return 1.0 if indicator.unit == "percent" else 10.0**-indicator.decimals


def against(  # noqa: PLR0913, PLR0917 - the two figures, what they are about, and who lives where
    setting: Setting,
    indicator: Indicator,
    figure: Figure,
    other: Figure,
    stats: ReferenceStats | None,
    comparator: Area,
    figures: Mapping[Cell, Figure],
) -> Verdict:
    """Return the verdict of the area's figure against that of an area that it lies in."""
    if not comparable_with_others(indicator):
        return compare.no_verdict(comparator.code)
    testing = setting.yardstick.testing
    return compare.verdict(
        figure,
        compare.Against(
            comparator.code,
            other.value,
            stats,
            setting.yardstick.bands,
            se=se_of_figure(other),
            share=_share(setting, indicator, comparator, figures),
            rest_above=testing.rest_above,
            bounds=PERCENT if indicator.unit == "percent" else NO_LESS,
            least=least(indicator),
        ),
        direction=indicator.direction,
        decimals=indicator.decimals,
    )


def against_similar(
    setting: Setting, indicator: Indicator, figure: Figure, stats: ReferenceStats | None
) -> tuple[Figure | None, Verdict | None]:
    """Return the mean of the similar wijken and the verdict against it; None where too few."""
    if not setting.alike or not comparable_with_others(indicator):
        return None, None
    period = figure.period
    theirs = [setting.index.figure(code, indicator.id, period) for code in setting.alike]
    mean = similar.mean(theirs, indicator.id, period)
    if mean is None:
        return None, None
    verdict = compare.verdict(
        figure,
        compare.Against(
            similar.COMPARATOR,
            mean.value,
            stats,
            setting.yardstick.bands,
            se=se_of_figure(mean),
            least=least(indicator),
        ),
        direction=indicator.direction,
        decimals=indicator.decimals,
    )
    return mean, verdict


def _share(
    setting: Setting, indicator: Indicator, comparator: Area, figures: Mapping[Cell, Figure]
) -> float:
    """Return the share of the comparator's people who live in the area, 0 where unknown.

    People: the population that the indicator is about (its weight), else the inhabitants. A
    figure that is no mean over people (a median, a class) has no rest.
    """
    if indicator.combine != "mean":
        return 0.0
    here, there = _weights(setting, indicator, comparator, figures)
    if not here or not there:
        people = [part.population for part in setting.own.parts]
        here = None if None in people else float(sum(p or 0 for p in people))
        there = comparator.population
    return here / there if here and there else 0.0


def _weights(
    setting: Setting, indicator: Indicator, comparator: Area, figures: Mapping[Cell, Figure]
) -> tuple[float | None, float | None]:
    """Return the weight of the area and of the comparator, in the period that is shown."""
    config = setting.config
    weight = config.indicators.get(indicator.weight or "")
    table = shown_table(weight, config) if weight else ""
    if weight is None or not table:
        return None, None
    period = config.project.periods[table]
    code = comparator.code
    if comparator == setting.country:
        code = config.project.country.get(table, code)
    here = figures.get((weight.id, period))
    return (here.value if here else None), setting.index.figure(code, weight.id, period).value

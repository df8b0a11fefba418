"""Figures that no table publishes: the sum of others, or one divided by another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wijkprofiel.model.computed import Status
from wijkprofiel.model.declared import Indicator
from wijkprofiel.tables import INDICATOR_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

Cell = tuple[float, str]
"""Value (NaN where there is none) and status."""

WORST = tuple(
    status.value
    for status in (
        Status.SUPPRESSED,
        Status.UNKNOWN,
        Status.NOT_MEASURED,
        Status.NOT_APPLICABLE,
    )
)
"""Which reason counts where the parts have different ones, the strongest first."""


def add(figures: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    """Return ``figures`` (IndicatorTable) with a row for every figure that can be derived.

    An indicator without sources is derived: ``sum_of`` adds its parts, ``ratio`` divides two
    figures and multiplies by its factor; all of one area, period and source. A part without a
    value gives its own status; a denominator of zero is not applicable; without a row for one
    of the parts there is no row.
    """
    import pandas as pd

    derived = _ordered(indicators)
    needed = {part for indicator in derived for part in _parts(indicator)}
    shelves = _shelves(figures[figures["indicator"].isin(needed)])
    rows: list[dict[str, object]] = []
    for indicator in derived:
        parts = _parts(indicator)
        for (area, period, source), shelf in shelves.items():
            if all(part in shelf for part in parts):
                value, status = _derive(indicator, [shelf[part] for part in parts])
                shelf[indicator.id] = value, status
                row = (area, indicator.id, period, value, math.nan, math.nan, math.nan)
                rows.append(dict(zip(INDICATOR_COLUMNS, (*row, status, source), strict=True)))
    if not rows:
        return figures
    return pd.concat([figures, pd.DataFrame(rows)], ignore_index=True)


def _ordered(indicators: Mapping[str, Indicator]) -> list[Indicator]:
    """Return the derived indicators, sums first: a ratio may divide by a sum."""
    derived = [i for i in indicators.values() if not i.sources and _parts(i)]
    return sorted(derived, key=lambda i: (not i.sum_of, i.id))


def _parts(indicator: Indicator) -> Sequence[str]:
    return indicator.sum_of or indicator.ratio or ()


def _shelves(figures: pd.DataFrame) -> dict[tuple[str, str, str], dict[str, Cell]]:
    """Return indicator → cell, per area, period and source."""
    shelves: dict[tuple[str, str, str], dict[str, Cell]] = {}
    columns = (figures[name] for name in ("area", "period", "source", "indicator"))
    for area, period, source, indicator, value, status in zip(
        *columns, figures["value"], figures["status"], strict=True
    ):
        shelves.setdefault((area, period, source), {})[indicator] = value, status
    return shelves


def _derive(indicator: Indicator, cells: Sequence[Cell]) -> Cell:
    for reason in WORST:
        if any(status == reason for _, status in cells):
            return math.nan, reason
    values = [value for value, _ in cells]
    if indicator.sum_of:
        return math.fsum(values), Status.OK.value
    above, below = values
    if below == 0:
        return math.nan, Status.NOT_APPLICABLE.value
    return above / below * indicator.ratio_factor, Status.OK.value

"""Values that cannot be, and values that moved so far that their unit may have changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wijkprofiel.config import Config
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.model.declared import Indicator
from wijkprofiel.sources.doctor.delivery import Delivery

if TYPE_CHECKING:
    import pandas as pd

FACTOR = 3.0
"""A median that moves by more than this from one period to the next has another unit or
definition: health figures of a whole country do not treble in a few years."""

_FEW = 5
"""Fewer areas than this have no median worth a word."""
_EXAMPLES = 3


def examine(config: Config, delivery: Delivery) -> Iterator[Finding]:
    """Yield values outside their unit's range, and medians that jump between periods."""
    figures = delivery.figures.dropna(subset="value")
    for name, rows in figures.groupby("indicator", sort=False):
        indicator = config.indicators.get(str(name))
        if indicator is not None:
            yield from _outside(indicator, rows, delivery)
            yield from _jumps(indicator, rows, delivery)


def limits(indicator: Indicator) -> tuple[float, float]:
    """Return the least and greatest value that the unit allows."""
    if indicator.unit == "percent":
        return 0.0, 100.0
    if indicator.unit in {"count", "km", "hectare", "per-km2"}:
        return 0.0, float("inf")
    if indicator.unit == "class" and indicator.classes:
        codes = [float(code) for code in indicator.classes]
        return min(codes), max(codes)
    return float("-inf"), float("inf")


def _outside(indicator: Indicator, rows: pd.DataFrame, delivery: Delivery) -> Iterator[Finding]:
    low, high = limits(indicator)
    wrong = rows[(rows["value"] < low) | (rows["value"] > high)]
    if len(wrong):
        told = "; ".join(
            f"{row.area} {row.period}: {row.value:g}"
            for row in wrong.head(_EXAMPLES).itertuples(index=False)
        )
        more = f" and {len(wrong) - _EXAMPLES} more" if len(wrong) > _EXAMPLES else ""
        span = f"{low:g} to {high:g}" if high < float("inf") else f"{low:g} or more"
        yield Finding(
            "value-impossible",
            Severity.ERROR,
            delivery.where,
            f"{indicator.id}: {len(wrong)} values are not {span} ({told}{more})",
            "mend 'unit' of the indicator if the table's unit changed; for a single error of the "
            "supplier: configs/corrections.yaml",
        )
    share = indicator.unit == "percent" and len(rows) >= _FEW
    if share and rows["value"].max() <= 1 and rows["value"].median() > 0:
        yield Finding(
            "unit-moved",
            Severity.ERROR,
            delivery.where,
            f"{indicator.id}: all {len(rows)} percentages lie between 0 and 1: fractions?",
            "the supplier may count in fractions now: ask, and wait with this edition",
        )


def _jumps(indicator: Indicator, rows: pd.DataFrame, delivery: Delivery) -> Iterator[Finding]:
    if indicator.unit == "class":
        return
    lowest = rows[~rows["area"].str.startswith("NL")]
    medians = lowest.groupby("period")["value"].agg(["median", "size"])
    medians = medians[(medians["size"] >= _FEW) & (medians["median"] > 0)].sort_index()
    pairs = zip(medians.index[:-1], medians.index[1:], strict=True)
    for before, after in pairs:
        old, new = medians.loc[before, "median"], medians.loc[after, "median"]
        if not 1 / FACTOR <= new / old <= FACTOR:
            yield Finding(
                "median-moved",
                Severity.WARNING,
                delivery.where,
                f"{indicator.id}: the median of the areas goes from {old:.4g} in {before} to "
                f"{new:.4g} in {after}",
                "look whether its unit or definition changed; if so, take the years apart in "
                "'comparable' of the edition",
            )

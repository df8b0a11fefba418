"""What two editions of one table say of the same area and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from wijkprofiel.config import Config
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.sources.doctor.delivery import Delivery
from wijkprofiel.sources.doctor.ranges import FACTOR

if TYPE_CHECKING:
    import pandas as pd

_SAME = 0.05
"""Published figures have one decimal: a smaller difference is one of rounding."""
_FEW = 5
_CELL = ["area", "indicator", "period"]


def examine(config: Config, found: Sequence[Delivery]) -> Iterator[Finding]:
    """Yield how each edition revises the one before it.

    Per topic that both hold for the same periods: how many figures differ, by how much at most,
    and the one that moved most. Only gemeenten and the country are compared where the editions
    follow different divisions: a code of a wijk may have become another area.
    """
    for old, new in pairwise(found):
        both = old.figures.merge(new.figures, on=_CELL, suffixes=("_old", "_new"))
        both = both.dropna(subset=["value_old", "value_new"])
        if old.edition.division != new.edition.division:
            both = both[both["area"].str.startswith(("GM", "NL"))]
        for name, rows in both.groupby("indicator", sort=False):
            if name in config.indicators:
                yield from _one(str(name), rows, old, new)


def _one(name: str, rows: pd.DataFrame, old: Delivery, new: Delivery) -> Iterator[Finding]:
    where = f"{old.edition.table} → {new.edition.table}"
    medians = rows["value_old"].median(), rows["value_new"].median()
    if len(rows) >= _FEW and min(medians) > 0:
        ratio = medians[1] / medians[0]
        if not 1 / FACTOR <= ratio <= FACTOR:
            yield Finding(
                "unit-moved",
                Severity.ERROR,
                where,
                f"{name}: the median of {len(rows)} figures of the same areas and periods goes "
                f"from {medians[0]:.4g} to {medians[1]:.4g}",
                "its unit or definition changed: mend the indicator before using this edition",
            )
            return
    change = (rows["value_new"] - rows["value_old"]).abs()
    differ = rows[change > _SAME]
    if differ.empty:
        return
    most = rows.iloc[int(change.to_numpy().argmax())]
    periods = ", ".join(sorted(differ["period"].unique()))
    yield Finding(
        "figures-revised",
        Severity.WARNING if old.shown or new.shown else Severity.INFO,
        where,
        f"{name}: {len(differ)} of {len(rows)} figures of the same period differ ({periods}), most "
        f"in {most['area']}, {most['period']}: {most['value_old']:g} is {most['value_new']:g} now",
        "take all years of a trend from one edition, and say with a figure which edition it is of",
    )

"""Figures that would betray somebody are withheld before anything is computed with them.

Own survey data only: CBS and RIVM have done their own. docs/method.md §6. This is the primary
rule. Secondary suppression (totals, complements, sums over levels, an own area minus its parts,
earlier editions) and the attack on the output are a later issue; until then
:func:`refuse_combined` refuses what the primary rule alone cannot keep safe.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from wijkprofiel.errors import DisclosureError
from wijkprofiel.model import Indicator, SourceTable, Status

if TYPE_CHECKING:
    import pandas as pd

MINIMUM_PEOPLE = 30
"""A figure based on fewer people than this is withheld."""

MINIMUM_CELL = 5
"""So is one where fewer people than this answered yes, or fewer answered no."""

NOISE = 6
"""Decimals of a number of people that count: 5 % of 100 is not exactly 5 in binary fractions."""


def suppress(
    figures: pd.DataFrame,
    sources: Mapping[str, SourceTable],
    indicators: Mapping[str, Indicator] | None = None,
    cells: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return ``figures`` with the cells of survey sources withheld that are too small.

    Withheld: n < 30, cell < 5 or n − cell < 5, so 0 and 100 % too; and any figure whose n is
    unknown, because nobody can tell. The cell is n · value / 100 for a percentage and the value
    itself for a count; a figure with another unit has no cell, only n counts. Where the unweighted
    cell is known, it must be large enough too: 15 % of 40 people can be two heavy ones. A withheld
    row has status ``suppressed``, and its value, lower, upper and n are wiped.

    Args:
        figures: IndicatorTable.
        sources: by id; only those with ``survey: true`` are touched.
        indicators: by id, for their unit; what is not there is taken as a percentage.
        cells: area, indicator, period, source and the unweighted number that said yes.
    """
    surveys = survey_sources(sources)
    own = figures["source"].isin(surveys) & (figures["status"] == Status.OK.value)
    if not own.any():
        return figures
    units = {name: indicator.unit for name, indicator in (indicators or {}).items()}
    unit = figures["indicator"].map(lambda name: units.get(name, "percent"))
    value, n = figures["value"], figures["n"]
    cell = value.where(unit == "count", n * value / 100).round(NOISE)
    few = n.isna() | (n < MINIMUM_PEOPLE)
    few |= unit.isin(["percent", "count"]) & ((cell < MINIMUM_CELL) | (n - cell < MINIMUM_CELL))
    if cells is not None and len(cells):
        people = _people(figures, cells)
        few |= people.notna() & ((people < MINIMUM_CELL) | (n - people < MINIMUM_CELL))
    withheld = own & few
    safe = figures.copy()
    safe.loc[withheld, ["value", "lower", "upper", "n"]] = float("nan")
    safe.loc[withheld, "status"] = Status.SUPPRESSED.value
    return safe


def _people(figures: pd.DataFrame, cells: pd.DataFrame) -> pd.Series[float]:
    """Return the unweighted cell of every figure, NaN where none is known."""
    key = ["area", "indicator", "period", "source"]
    joined = figures[key].merge(cells.drop_duplicates(key), on=key, how="left")
    return joined["cell"].astype(float).set_axis(figures.index)


def refuse_combined(
    name: str, parts: Collection[str], figures: pd.DataFrame, sources: Mapping[str, SourceTable]
) -> None:
    """Refuse an own area of several parts that would be computed from survey figures.

    Printed beside one of its parts, such a figure gives the other part away.

    Args:
        name: of the own area.
        parts: codes it is made of; a single part is never refused.
        figures: IndicatorTable.
        sources: by id.

    Raises:
        DisclosureError: a survey source has figures for its parts.
    """
    surveys = survey_sources(sources)
    if len(parts) < 2 or not surveys:
        return
    rows = figures[figures["source"].isin(surveys) & figures["area"].isin(set(parts))]
    if len(rows):
        found = ", ".join(sorted(set(rows["source"])))
        raise DisclosureError(
            f"'{name}' would be computed from survey figures of its parts ({found}), "
            "and could then give a part away",
            "leave that source out of the project, or build the parts one by one",
            where=name,
        )


def survey_sources(sources: Mapping[str, SourceTable]) -> frozenset[str]:
    """Return the ids of the tables that disclosure control applies to."""
    return frozenset(name for name, source in sources.items() if source.survey)

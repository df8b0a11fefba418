"""The first rule: which figures of a survey are too small to show by themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from wijkprofiel.errors import DisclosureError
from wijkprofiel.model import Indicator, SourceTable, Status, Thresholds

if TYPE_CHECKING:
    import pandas as pd

MINIMUM_PEOPLE: int = Thresholds.model_fields["people"].default
"""A figure based on fewer people than this is withheld, where a source says nothing else."""

MINIMUM_CELL: int = Thresholds.model_fields["cell"].default
"""So is one where fewer people than this answered yes, or fewer answered no."""

NOISE = 6
"""Decimals of a number of people that count: 5 % of 100 is not exactly 5 in binary fractions."""

KEY = ["area", "indicator", "period", "source"]


def suppress(
    figures: pd.DataFrame,
    sources: Mapping[str, SourceTable],
    indicators: Mapping[str, Indicator] | None = None,
    cells: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return ``figures`` with the cells of survey sources withheld that are too small.

    By the source's own thresholds (``disclosure:``; else n < 30, cell < 5 or n − cell < 5, so 0
    and 100 % too); and any figure whose n is unknown, because nobody can tell. The cell is n ·
    value / 100 for a percentage and the value itself for a count; a figure with another unit has
    no cell, only n counts. Where the unweighted cell is known, it must be large enough too: 15 %
    of 40 people can be two heavy ones. A withheld row has status ``suppressed``, and its value,
    lower, upper and n are wiped.

    Args:
        figures: IndicatorTable.
        sources: by id; only those with ``survey: true`` are touched.
        indicators: by id, for their unit; what is not there is taken as a percentage.
        cells: area, indicator, period, source and the unweighted number that said yes.
    """
    return wipe(figures, too_small(figures, sources, indicators or {}, cells))


def too_small(
    figures: pd.DataFrame,
    sources: Mapping[str, SourceTable],
    indicators: Mapping[str, Indicator],
    cells: pd.DataFrame | None = None,
) -> pd.Series[bool]:
    """Return which rows have a figure of a survey that is too small, see :func:`suppress`."""
    surveys = survey_sources(sources)
    own = figures["source"].isin(surveys) & (figures["status"] == Status.OK.value)
    if not own.any():
        return own
    asked = {name: sources[name].disclosure for name in surveys}
    people = figures["source"].map({name: rule.people for name, rule in asked.items()})
    least = figures["source"].map({name: rule.cell for name, rule in asked.items()})
    units = {name: indicator.unit for name, indicator in indicators.items()}
    unit = figures["indicator"].map(lambda name: units.get(name, "percent"))
    value, n = figures["value"], figures["n"]
    cell = value.where(unit == "count", n * value / 100).round(NOISE)
    few = n.isna() | (n < people)
    few |= unit.isin(["percent", "count"]) & ((cell < least) | (n - cell < least))
    if cells is not None and len(cells):
        counted = _counted(figures, cells)
        few |= counted.notna() & ((counted < least) | (n - counted < least))
    return own & few


def wipe(figures: pd.DataFrame, withheld: pd.Series[bool]) -> pd.DataFrame:
    """Return ``figures`` without what stands in the ``withheld`` rows."""
    if not withheld.any():
        return figures
    safe = figures.copy()
    safe.loc[withheld, ["value", "lower", "upper", "n"]] = float("nan")
    safe.loc[withheld, "status"] = Status.SUPPRESSED.value
    return safe


def is_small(rule: Thresholds, n: float, amount: float | None) -> bool:
    """Return whether ``amount`` of ``n`` people is too small; None: only the people count."""
    if round(n, NOISE) < rule.people:
        return True
    if amount is None:
        return False
    return round(min(amount, n - amount), NOISE) < rule.cell


def _counted(figures: pd.DataFrame, cells: pd.DataFrame) -> pd.Series[float]:
    """Return the unweighted cell of every figure, NaN where none is known."""
    joined = figures[KEY].merge(cells.drop_duplicates(KEY), on=KEY, how="left")
    return joined["cell"].astype(float).set_axis(figures.index)


def refuse_combined(
    name: str, parts: Collection[str], figures: pd.DataFrame, sources: Mapping[str, SourceTable]
) -> None:
    """Refuse an own area of several parts that disclosure control has not looked at.

    Printed beside one of its parts, its figure could give the other part away.

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
            f"'{name}' would be computed from survey figures of its parts ({found}), and could "
            "then give a part away: it is no area of the project, so nothing was withheld for it",
            f"declare it in configs/profiles/{name}.yaml, or build the parts one by one",
            where=name,
        )


def survey_sources(sources: Mapping[str, SourceTable]) -> frozenset[str]:
    """Return the ids of the tables that disclosure control applies to."""
    return frozenset(name for name, source in sources.items() if source.survey)

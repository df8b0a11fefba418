"""The table that says which areas of one division are the same in another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.sources.small import read_csv
from wijkprofiel.tables import CROSSWALK_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

LINKED = ("same", "changed")
"""Statuses under which a figure of one division may stand beside an area of another."""

_YEARS = ("from_year", "to_year")


def read(data: bytes, where: str) -> pd.DataFrame:
    """Return a CrosswalkTable (:mod:`wijkprofiel.tables`) from its CSV.

    Args:
        data: UTF-8, comma, one header row.
        where: the file it came from, for errors.

    Raises:
        DataError: a column is missing or unknown, a year is no number, or the table is empty.
    """
    text = [name for name in CROSSWALK_COLUMNS if name not in _YEARS]
    table = read_csv(data, where, text=text, numbers=_YEARS)
    return table.astype(dict.fromkeys(_YEARS, int))[list(CROSSWALK_COLUMNS)]


def link(
    figures: pd.DataFrame, table: pd.DataFrame, divisions: Mapping[str, int], year: int
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Finding, ...]]:
    """Return the figures that belong to an area of ``year``, and those that do not.

    A code that lives on may have become another area, so a figure of another division is taken
    only where the table says that the area is the same, or changed. The country has no borders
    here: its figures always belong.

    Args:
        figures: IndicatorTable of all sources.
        table: CrosswalkTable.
        divisions: per source the division that its areas follow; a source that is not named
            follows ``year``.
        year: division that the project shows.

    Returns:
        Linked figures, the others, and a finding for each division with areas that have none.
    """
    import pandas as pd

    division = figures["source"].map(dict(divisions)).fillna(year).astype(int)
    belongs = (division == year) | figures["area"].str.startswith("NL")
    findings: list[Finding] = []
    for other in sorted(division[~belongs].unique()):
        row = table[(table["from_year"] == other) & (table["to_year"] == year)]
        linked = set(row.loc[row["status"].isin(LINKED), "area"])
        own = ~belongs & (division == other)
        belongs |= own & figures["area"].isin(linked)
        findings += _unlinked(figures.loc[own & ~belongs, "area"], row, other, year)
    belongs = pd.Series(belongs, index=figures.index)
    return (
        figures[belongs].reset_index(drop=True),
        figures[~belongs].reset_index(drop=True),
        tuple(findings),
    )


def _unlinked(areas: pd.Series[str], row: pd.DataFrame, other: int, year: int) -> list[Finding]:
    codes = sorted(areas.unique())
    if not codes:
        return []
    shown = ", ".join(codes[:8]) + (f" and {len(codes) - 8} more" if len(codes) > 8 else "")
    return [
        Finding(
            "figures-not-linked",
            Severity.INFO if len(row) else Severity.WARNING,
            f"{other} → {year}",
            f"figures of {len(codes)} areas of {other} are left out: {shown}",
            "the crosswalk does not say that these areas are the same in the other division"
            if len(row)
            else "add a crosswalk: without one, figures and outlines of two years do not meet",
        )
    ]

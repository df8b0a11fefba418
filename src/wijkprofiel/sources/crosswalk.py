"""The table that says which areas of one division are the same in another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.sources.small import read_csv
from wijkprofiel.tables import CROSSWALK_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

LINKED = ("same", "changed")
"""Statuses under which a figure of one division may stand beside an area of another."""

_YEARS = ("from_year", "to_year")
_FROM = ("from_area", "weight")


def read(data: bytes, where: str) -> pd.DataFrame:
    """Return a CrosswalkTable (:mod:`wijkprofiel.tables`) from its CSV.

    ``from_area`` and ``weight`` may be left out. An area of several others has a row for each of
    them, with the people (or addresses, or any measure in proportion) that both share as its
    weight; an area that only has another number needs no weight.

    Args:
        data: UTF-8, comma, one header row.
        where: the file it came from, for errors.

    Raises:
        DataError: a column is missing or unknown, a year or weight is no number, or the table is
            empty.
    """
    text = [name for name in CROSSWALK_COLUMNS if name not in (*_YEARS, *_FROM)]
    table = read_csv(data, where, text=text, numbers=_YEARS, optional=_FROM)
    table = table.assign(weight=_weights(table, where))
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

    present = set(figures["source"].unique())
    others = {name: own for name, own in divisions.items() if own != year and name in present}
    if not others:
        return figures.reset_index(drop=True), figures.iloc[:0].copy(), ()
    belongs = ~figures["source"].isin(others) | figures["area"].str.startswith("NL")
    findings: list[Finding] = []
    for other in sorted(set(others.values())):
        row = table[(table["from_year"] == other) & (table["to_year"] == year)]
        linked = set(row.loc[row["status"].isin(LINKED), "area"])
        sources = {name for name, own in others.items() if own == other}
        own = ~belongs & figures["source"].isin(sources)
        belongs |= own & figures["area"].isin(linked)
        apart = own & ~belongs & ~figures["area"].isin(row["from_area"])
        findings += _unlinked(figures.loc[apart, "area"], row, other, year)
    belongs = pd.Series(belongs, index=figures.index)
    return (
        figures[belongs].reset_index(drop=True),
        figures[~belongs].reset_index(drop=True),
        tuple(findings),
    )


def _weights(table: pd.DataFrame, where: str) -> pd.Series[float]:
    """Return the weights: 1 for a lone ``from_area`` without one, NaN without a ``from_area``."""
    import pandas as pd

    written = table["weight"].str.strip()
    parsed = pd.to_numeric(written, errors="coerce").astype(float)
    lone = ~table.duplicated(["area", *_YEARS], keep=False) & (table["from_area"] != "")
    wrong = (parsed.isna() & (written != "")) | (parsed.isna() & (table["from_area"] != "") & ~lone)
    if wrong.any():
        raise DataError.of(
            [
                Problem(
                    f"{where}:{row + 2}",
                    f"weight: {written[row]!r} is no number",
                    "write the people that both areas share",
                )
                for row in table.index[wrong]
            ],
            "nothing read",
        )
    return parsed.mask(lone & parsed.isna(), 1.0)


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

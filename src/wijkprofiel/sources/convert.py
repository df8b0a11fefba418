"""Figures of one division on the areas of another, from the best ground that is at hand.

1. The crosswalk names the areas that an area comes from (``from_area``), with the people that both
   share. One area under another number keeps its published figure.
2. The figures of its buurten, weighted by their inhabitants.
3. Surface: a last resort, only where the project asks for it (:mod:`wijkprofiel.sources.areal`).

By the indicator's ``combine``: a mean is weighted by what area and source share and needs
:data:`MINIMUM_COVERAGE` of that weight; a sum takes from each source the share that lies in the
area, and needs every source; a class is taken when all sources have the same. Limits are the
weighted mean of the half intervals, as for an own area (docs/method.md §1.6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wijkprofiel.model.computed import Conversion, Level, Status
from wijkprofiel.model.declared import Indicator
from wijkprofiel.sources import derived
from wijkprofiel.tables import CROSSWALK_COLUMNS, FROM_ANOTHER, INDICATOR_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

MINIMUM_COVERAGE = 0.8
"""Share of the weight that must have a value, as for an own area of several parts."""

PIECES = ("area", "from_area", "weight", "share")
"""Columns of pieces: weight is in any one measure per area; share is how much of ``from_area``
lies in ``area``, from 0 to 1."""

_KEY = ["area", "indicator", "period", "source"]
_RANK = {
    status.value: rank
    for rank, status in enumerate(
        (
            Status.OK,
            Status.NOT_APPLICABLE,
            Status.ABSENT,
            Status.NOT_MEASURED,
            Status.UNKNOWN,
            Status.SUPPRESSED,
        )
    )
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What figures may be converted by.

    Attributes:
        walk: CrosswalkTable, rows of one pair of divisions.
        areas: AreaTable, rows of the division that is shown.
        indicators: by id.
    """

    walk: pd.DataFrame
    areas: pd.DataFrame
    indicators: Mapping[str, Indicator]


def declared(ground: Ground) -> dict[Conversion, pd.DataFrame]:
    """Return the pieces that the crosswalk declares, by the way of conversion."""
    rows = ground.walk[ground.walk["status"].isin(FROM_ANOTHER)]
    whole = rows.groupby("from_area")["weight"].transform("sum")
    pieces = rows.assign(share=rows["weight"] / whole)
    return {
        "renumbered": pieces.loc[pieces["status"] == "renumbered", list(PIECES)],
        "composed": pieces.loc[pieces["status"] == "composed", list(PIECES)],
    }


def by_buurten(ground: Ground, codes: Sequence[str], usable: set[str]) -> pd.DataFrame:
    """Return the pieces of the areas ``codes`` that have buurten with a linked figure.

    Args:
        ground: its areas give the inhabitants of the buurten.
        codes: wijken and gemeenten.
        usable: buurten whose figures are about the buurt as it is now.
    """
    buurten = ground.areas[
        (ground.areas["level"] == Level.BUURT.value) & (ground.areas["population"] > 0)
    ]
    tables = []
    for length in (8, 6):  # "WK" and "GM" with their digits
        wanted = {code[2:]: code for code in codes if len(code) == length}
        area = buurten["code"].str[2:length].map(wanted)
        own = buurten.assign(area=area)[area.notna()]
        tables.append(own.rename(columns={"code": "from_area", "population": "weight"}))
    import pandas as pd

    pieces = pd.concat(tables, ignore_index=True).assign(share=1.0)[list(PIECES)]
    here = pieces.loc[pieces["from_area"].isin(usable), "area"]
    return pieces[pieces["area"].isin(set(here))].reset_index(drop=True)


def convert(
    figures: pd.DataFrame, pieces: pd.DataFrame, way: Conversion, ground: Ground
) -> pd.DataFrame:
    """Return the figures of the areas in ``pieces`` (IndicatorTable).

    Args:
        figures: IndicatorTable of the areas in ``from_area``.
        pieces: columns :data:`PIECES`; one row per area for a renumbered one.
        way: how; a renumbered area takes its figure as published, with limits and n.
        ground: the indicators; those that are computed from others are computed again.
    """
    import pandas as pd

    if pieces.empty or figures.empty:
        return pd.DataFrame(columns=list(INDICATOR_COLUMNS))
    made = pieces.merge(figures.rename(columns={"area": "from_area"}), on="from_area", how="inner")
    if way == "renumbered":
        return made[list(INDICATOR_COLUMNS)]
    known = {name: i for name, i in ground.indicators.items() if i.sources}
    made = made[made["indicator"].isin(known)]
    combine = made["indicator"].map({name: i.combine for name, i in known.items()})
    totals = pieces.groupby("area")["weight"].agg(["sum", "size"])
    parts = []
    if len(own := made[combine == "mean"]):
        parts.append(_means(own, totals, known))
    if len(own := made[combine == "sum"]):
        parts.append(_sums(own, totals))
    if len(own := made[combine == "none"]):
        parts.append(_alike(own, totals))
    if not parts:
        return pd.DataFrame(columns=list(INDICATOR_COLUMNS))
    table = pd.concat(parts, ignore_index=True)[list(INDICATOR_COLUMNS)]
    return derived.add(table, _underived(ground.indicators))


def replaced(
    walk: pd.DataFrame, codes: Sequence[str], way: Conversion, basis: str, years: tuple[int, int]
) -> pd.DataFrame:
    """Return ``walk`` in which the areas ``codes`` are converted: one row each, without a source.

    Only for the ways that no crosswalk declares; the table then says what was done.
    """
    import pandas as pd

    from_year, to_year = years
    own = walk["area"].isin(codes) & (walk["from_year"] == from_year) & (walk["to_year"] == to_year)
    rows = pd.DataFrame(
        [(code, from_year, to_year, way, basis, "", np.nan) for code in codes],
        columns=list(CROSSWALK_COLUMNS),
    )
    return pd.concat([walk[~own], rows], ignore_index=True) if len(rows) else walk


def _underived(indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """Return the indicators, a ratio without its published sources: its parts are added up."""
    return {
        name: i.model_copy(update={"sources": ()}) if i.combine == "ratio" else i
        for name, i in indicators.items()
    }


def _means(
    made: pd.DataFrame, totals: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> pd.DataFrame:
    there = made["value"].notna()
    weight = made["weight"].where(there, 0.0)
    limits = made["lower"].notna() & made["upper"].notna()
    table = made.assign(
        present=weight,
        product=(weight * made["value"]).fillna(0.0),
        half=(weight * (made["upper"] - made["lower"]) / 2).fillna(0.0),
        bare=there & ~limits,
        rank=made["status"].map(_RANK),
    )
    found = table.groupby(_KEY, sort=False, as_index=False).agg(
        present=("present", "sum"),
        product=("product", "sum"),
        half=("half", "sum"),
        bare=("bare", "any"),
        rank=("rank", "max"),
    )
    total = found["area"].map(totals["sum"])
    suppressed = found["rank"] == _RANK[Status.SUPPRESSED.value]
    enough = (found["present"] >= MINIMUM_COVERAGE * total) & (found["present"] > 0) & ~suppressed
    value = (found["product"] / found["present"].where(enough)).where(enough)
    half = (found["half"] / found["present"].where(enough)).where(~found["bare"])
    percent = found["indicator"].map({n: i.unit == "percent" for n, i in indicators.items()})
    top = np.where(percent.astype(bool), 100.0, np.inf)
    return found.assign(
        value=value,
        lower=np.maximum(value - half, np.minimum(value, 0.0)),
        upper=np.minimum(value + half, top),
        n=np.nan,
        status=_status(enough, found["rank"]),
    )


def _sums(made: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    table = made.assign(
        part=(made["share"] * made["value"]).fillna(0.0),
        there=made["value"].notna(),
        rank=made["status"].map(_RANK),
    )
    found = table.groupby(_KEY, sort=False, as_index=False).agg(
        value=("part", "sum"), there=("there", "sum"), rank=("rank", "max")
    )
    enough = found["there"] == found["area"].map(totals["size"])
    return found.assign(
        value=found["value"].where(enough),
        lower=np.nan,
        upper=np.nan,
        n=np.nan,
        status=_status(enough, found["rank"]),
    )


def _alike(made: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """A class, or another figure that cannot be combined: only where all sources have the same."""
    found = made.groupby(_KEY, sort=False, as_index=False).agg(
        value=("value", "first"), kinds=("value", "nunique"), there=("value", "count")
    )
    enough = (found["kinds"] == 1) & (found["there"] == found["area"].map(totals["size"]))
    no = Status.NOT_APPLICABLE.value
    return found.assign(
        value=found["value"].where(enough),
        lower=np.nan,
        upper=np.nan,
        n=np.nan,
        status=np.where(enough, Status.OK.value, no),
    )


def _status(enough: pd.Series[bool], rank: pd.Series[int]) -> pd.Series[str]:
    """Return ok, or the strongest reason of the sources; a source without a row is unknown."""
    names = {number: name for name, number in _RANK.items()}
    names[_RANK[Status.OK.value]] = Status.UNKNOWN.value
    return rank.map(names).where(~enough, Status.OK.value)

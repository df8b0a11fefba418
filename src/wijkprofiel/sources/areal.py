"""Pieces of areas by surface, worked out by ``tobler``: the last resort between two divisions.

It takes people to live evenly over an area, which they do not; so it is done only where a project
asks for it (``interpolate: true``), and every page that shows such a figure says so.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection
from typing import TYPE_CHECKING

from wijkprofiel.errors import ConfigError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

SLIVER = 0.01
"""A source of which less than this share lies in an area, and that fills less than this share of
it, is a border that was drawn anew, not a move."""


def pieces(before: gpd.GeoDataFrame, now: gpd.GeoDataFrame, codes: Collection[str]) -> pd.DataFrame:
    """Return area, from_area, weight (m² that they share) and share (of ``from_area``).

    Args:
        before: outlines of the division that the figures follow (code, geometry in metres).
        now: outlines of the division that is shown.
        codes: areas of ``now`` that need a figure.

    Raises:
        ConfigError: ``tobler`` is not installed.
    """
    import pandas as pd

    wanted = now[now["code"].isin(codes)].reset_index(drop=True)
    near = before.sindex.query(wanted.geometry, predicate="intersects")[1]
    sources = before.iloc[sorted(set(near))].reset_index(drop=True)
    if wanted.empty or sources.empty:
        return pd.DataFrame(columns=["area", "from_area", "weight", "share"])
    names = [f"part {number}" for number in range(len(sources))]
    ones = pd.DataFrame(
        {name: (sources.index == number).astype(float) for number, name in enumerate(names)}
    )
    shares = _interpolate(sources[["code", "geometry"]].join(ones), wanted, names)
    table = pd.DataFrame(shares[names].to_numpy(), index=wanted["code"], columns=sources["code"])
    long = table.reset_index(names="area").melt("area", var_name="from_area", value_name="share")
    weight = long["share"] * long["from_area"].map(_surface(sources))
    filled = weight / long["area"].map(_surface(wanted))
    long = long.assign(weight=weight)[(long["share"] > SLIVER) | (filled > SLIVER)]
    return long[["area", "from_area", "weight", "share"]].reset_index(drop=True)


def _interpolate(
    sources: gpd.GeoDataFrame, targets: gpd.GeoDataFrame, names: list[str]
) -> pd.DataFrame:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what its dependencies say at import
            from tobler.area_weighted import area_interpolate
    except ImportError as missing:
        raise ConfigError(
            "interpolate: areal interpolation needs the package tobler, which is not installed",
            "install it: pip install 'wijkprofiel[interpolate]'; or take 'interpolate' out",
            where="wijkprofiel.yaml",
        ) from missing
    found: pd.DataFrame = area_interpolate(
        sources, targets, extensive_variables=names, allocate_total=False
    )
    return found


def _surface(outlines: gpd.GeoDataFrame) -> dict[str, float]:
    return dict(zip(outlines["code"], outlines.geometry.area, strict=True))

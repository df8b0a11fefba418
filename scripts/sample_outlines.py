"""Outlines of the sample: a coverage without slivers or overlaps, written as a GeoPackage."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from wijkprofiel.sources.names import is_land

CRS = "EPSG:28992"
GAP = 100.0
"""Metres. The supplier's borders were simplified one by one: slivers are up to 62 m wide."""
DECIMALS = 1
"""Of a metre. More digits than the source has are noise."""
STAMP = "2024-01-01T00:00:00Z"
"""A GeoPackage notes when it was changed; the same input must give the same bytes."""

PDOK = {
    "wijken": ["wijkcode", "wijknaam", "gemeentecode", "gemeentenaam", "water"],
    "gemeenten": ["gemeentecode", "gemeentenaam", "water"],
}


def read(path: Path, layer: str, gemeenten: list[str] | None) -> gpd.GeoDataFrame:
    """Return the outlines of ``gemeenten``, or of all (EPSG:28992), water left out, by code."""
    code, name = PDOK[layer][:2]
    table = gpd.read_file(f"/vsigzip/{path.resolve()}").to_crs(CRS)
    land = np.array([is_land(c, n) for c, n in zip(table[code], table[name], strict=True)])
    wanted = land if gemeenten is None else table["gemeentecode"].isin(gemeenten) & land
    table = table[wanted].assign(water="NEE")
    return table.sort_values(code, ignore_index=True)[[*PDOK[layer], "geometry"]]


def clean(wijken: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return ``wijken`` as a coverage: neighbours share their border, point by point.

    Raises:
        ValueError: the outcome is no coverage.
    """
    shapes = np.array([_polygons(shape) for shape in wijken.geometry])
    covered = shapely.coverage_clean(shapes, gap_width=GAP)
    covered = shapely.transform(covered, lambda xy: np.round(xy, DECIMALS))
    if not (shapely.coverage_is_valid(covered) and shapely.is_valid(covered).all()):
        raise ValueError("the cleaned outlines are no coverage")
    return wijken.set_geometry([_multi(shape) for shape in covered], crs=CRS)


def clean_each(wijken: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return ``wijken`` cleaned gemeente by gemeente, and the gemeenten where that does not go.

    Those keep the supplier's outlines, made valid.
    """
    parts, lost = [], []
    for code, group in wijken.groupby("gemeentecode", sort=True):
        try:
            parts.append(clean(group))
        except ValueError:
            lost.append(str(code))
            shapes = [_multi(_polygons(shape)) for shape in group.geometry]
            parts.append(group.set_geometry(shapes, crs=CRS))
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=CRS), lost


def dissolve(wijken: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the gemeenten as the union of their wijken."""
    rows = [
        {**group[PDOK["gemeenten"]].iloc[0], "geometry": _union(group.geometry.to_numpy())}
        for _, group in wijken.groupby("gemeentecode", sort=True)
    ]
    table = gpd.GeoDataFrame(rows, crs=CRS)
    return table.set_geometry([_multi(shape) for shape in table.geometry], crs=CRS)


def _union(shapes: np.ndarray) -> shapely.Geometry:
    """Return shapes as one; faster and cleaner where they are a coverage."""
    sound = shapely.coverage_is_valid(shapes)
    return shapely.coverage_union_all(shapes) if sound else shapely.union_all(shapes)


def write(path: Path, layers: dict[str, gpd.GeoDataFrame]) -> None:
    """Write a GeoPackage in the supplier's layout."""
    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STAMP})
    for layer, table in layers.items():
        pyogrio.write_dataframe(
            table[[*PDOK[layer], "geometry"]],
            path,
            layer=layer,
            driver="GPKG",
            append=path.exists(),
            geometry_type="MultiPolygon",
            layer_options={"GEOMETRY_NAME": "geom", "FID": "fid", "SPATIAL_INDEX": "NO"},
        )


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all([part for part in parts if "Polygon" in part.geom_type])


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.normalize(shapely.MultiPolygon(list(shapely.get_parts(shape))))

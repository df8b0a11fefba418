"""Outlines of gemeenten, wijken and buurten: GeoPackage or GeoJSON in the layout of PDOK.

The file says its coordinate system itself; whatever it is, EPSG:28992 (metres) comes out. Water
and buitenland are left out: their codes repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, did_you_mean
from wijkprofiel.model.computed import Finding, Level, Severity
from wijkprofiel.sources.names import is_land, parent_of, plain_name

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from shapely import Geometry

CRS = "EPSG:28992"
LAYERS = {Level.GEMEENTE: "gemeenten", Level.WIJK: "wijken", Level.BUURT: "buurten"}
OUTLINE_COLUMNS = ("code", "name", "level", "parent", "boundary_year", "geometry")
_LAND = {"nee", "n", "", "nan", "none"}


def read(
    path: Path,
    *,
    level: Level,
    year: int,
    where: str,
    gemeenten: Sequence[str] = (),
) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    """Return the outlines of one level, and what was mended in them.

    Args:
        path: the file; GDAL opens it itself.
        level: gemeente, wijk or buurt.
        year: division that the codes belong to.
        where: the file it came from, for errors.
        gemeenten: only areas of these gemeenten; empty: all.

    Returns:
        Columns code, name, level, parent, boundary_year, geometry (EPSG:28992), by code; and a
        warning for every outline that was invalid and is repaired.

    Raises:
        DataError: no such layer or columns, no coordinate system, a doubled or empty outline.
    """
    layer = _layer(path, level, where)
    raw = _read(path, layer, where, level, gemeenten)
    if raw.crs is None:
        raise DataError(
            "the outlines have no coordinate system (CRS)",
            f"write them again with one, for instance {CRS}",
            where=_place(where, layer),
        )
    table = _columns(raw, level, year, _place(where, layer))
    table = table[_is_land(table, raw)]
    if gemeenten:
        wanted = {gemeente[2:] for gemeente in gemeenten}
        table = table[table["code"].str[2:6].isin(wanted)]
    outlines = _outlines(table, raw, _place(where, layer))
    outlines, findings = _repair(outlines, _place(where, layer))
    return outlines.sort_values("code", ignore_index=True), findings


def read_names(path: Path, *, level: Level, where: str) -> dict[str, str]:
    """Return code → full name of one level, without reading the outlines.

    Raises:
        DataError: no such layer or columns.
    """
    from pyogrio import read_dataframe

    layer = _layer(path, level, where)
    code, name = f"{level}code", f"{level}naam"
    raw = read_dataframe(path, layer=layer, read_geometry=False)
    _require(raw, [code, name], _place(where, layer))
    codes = raw[code].astype(str).str.strip()
    return {
        c: plain_name(n) for c, n in zip(codes, raw[name].astype(str), strict=True) if is_land(c, n)
    }


def layers(path: Path, where: str) -> tuple[str, ...]:
    """Return the layers that the file has.

    Raises:
        DataError: it is no file with outlines.
    """
    from pyogrio import list_layers
    from pyogrio.errors import DataSourceError

    try:
        return tuple(str(row[0]) for row in list_layers(path))
    except DataSourceError as broken:
        raise DataError(
            "is no file with outlines", "a GeoPackage or GeoJSON was expected", where=where
        ) from broken


def _layer(path: Path, level: Level, where: str) -> str:
    """Return the name of the level's layer; a file with one layer need not name it so."""
    wanted = LAYERS.get(level)
    if wanted is None:
        raise DataError(f"outlines of level '{level}' are not read", where=where)
    found = layers(path, where)
    if wanted in found:
        return wanted
    near = [name for name in found if name.startswith(wanted)]
    if len(near) == 1:
        return near[0]
    raise DataError(
        f"has no layer '{wanted}'{did_you_mean(wanted, found)}",
        f"it has {', '.join(found) or 'no layer'}",
        where=where,
    )


def _read(
    path: Path, layer: str, where: str, level: Level, gemeenten: Sequence[str]
) -> gpd.GeoDataFrame:
    from pyogrio import read_dataframe, read_info

    place = _place(where, layer)
    info = read_info(path, layer=layer)
    fields = list(info["fields"])
    code = f"{level}code"
    if code not in fields:
        raise DataError(
            f"has no column '{code}'{did_you_mean(code, fields)}",
            f"it has {', '.join(fields)}",
            where=place,
        )
    if info["geometry_type"] is None:
        raise DataError("has no outlines", where=place)
    chosen = " OR ".join(f"{code} LIKE '__{g[2:6]}%'" for g in gemeenten if g[2:].isdecimal())
    wanted = [f for f in (code, f"{level}naam", "water") if f in fields]
    return read_dataframe(path, layer=layer, columns=wanted, where=chosen or None)


def _columns(raw: gpd.GeoDataFrame, level: Level, year: int, place: str) -> pd.DataFrame:
    import pandas as pd

    code, name = f"{level}code", f"{level}naam"
    _require(raw, [code, name], place)
    codes = raw[code].astype(str).str.strip()
    return pd.DataFrame(
        {
            "code": codes,
            "name": raw[name].astype(str).map(plain_name),
            "level": level.value,
            "parent": codes.map(parent_of),
            "boundary_year": year,
        }
    )


def _require(raw: pd.DataFrame, columns: Sequence[str], place: str) -> None:
    missing = [name for name in columns if name not in raw.columns]
    if missing:
        raise DataError(
            f"has no column {', '.join(missing)}",
            f"it has {', '.join(map(str, raw.columns))}",
            where=place,
        )


def _is_land(table: pd.DataFrame, raw: gpd.GeoDataFrame) -> pd.Series[bool]:
    """Return which rows are land; the column ``water`` says so, where there is one."""
    import pandas as pd

    named = [is_land(c, n) for c, n in zip(table["code"], table["name"], strict=True)]
    land = pd.Series(named, index=table.index)
    if "water" not in raw.columns:
        return land
    water = raw["water"].astype(str).str.strip().str.lower()
    return land & pd.Series(water.isin(_LAND), index=table.index)


def _outlines(table: pd.DataFrame, raw: gpd.GeoDataFrame, place: str) -> gpd.GeoDataFrame:
    import geopandas as gpd

    outlines = gpd.GeoDataFrame(table, geometry=raw.geometry.loc[table.index], crs=raw.crs)
    empty = outlines.loc[outlines.geometry.isna() | outlines.geometry.is_empty, "code"]
    doubled = outlines.loc[outlines["code"].duplicated(), "code"]
    for codes, what in ((empty, "without an outline"), (doubled, "more than once")):
        if len(codes):
            raise DataError(f"{', '.join(sorted(codes)[:5])} stands there {what}", where=place)
    if outlines.crs != CRS:
        outlines = outlines.to_crs(CRS)
    return outlines[list(OUTLINE_COLUMNS)]


def _repair(outlines: gpd.GeoDataFrame, place: str) -> tuple[gpd.GeoDataFrame, tuple[Finding, ...]]:
    broken = ~outlines.geometry.is_valid
    if not broken.any():
        return outlines, ()
    from shapely import get_parts, union_all

    def polygons(shape: Geometry) -> Geometry:
        return union_all([part for part in get_parts(shape) if "Polygon" in part.geom_type])

    outlines = outlines.copy()
    mended = outlines.loc[broken, "geometry"].make_valid().map(polygons)
    outlines.loc[broken, "geometry"] = mended
    return outlines, tuple(
        Finding(
            "outline-repaired",
            Severity.WARNING,
            place,
            f"the outline of {code} was invalid and is repaired",
            "tell the supplier",
        )
        for code in outlines.loc[broken, "code"]
    )


def _place(where: str, layer: str) -> str:
    return f"{where}!{layer}"

"""Outlines of wijken and gemeenten as plain coordinates, converted when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wijkprofiel.model import Level, Outline

if TYPE_CHECKING:
    import geopandas as gpd

DECIMALS = 1
"""Decimetres: finer than any map is drawn, and the same on every machine."""


class Outlines:
    """The outlines of one boundary year.

    Args:
        read: returns the GeoDataFrame of :mod:`wijkprofiel.sources.boundaries`; called once.
    """

    def __init__(self, read: Callable[[], gpd.GeoDataFrame]) -> None:
        self._read = read
        self._rows: dict[str, tuple[str, str, Any]] | None = None
        self._wijken: dict[str, list[str]] = {}
        self._made: dict[str, Outline] = {}

    def wijken(self, gemeente: str) -> list[str]:
        """Return the codes of the wijken of a gemeente, sorted."""
        self._load()
        return sorted(self._wijken.get(gemeente, []))

    def name(self, code: str) -> str | None:
        """Return an area's name, None where it has no outline."""
        row = self._load().get(code)
        return row[0] if row else None

    def outline(self, code: str) -> Outline | None:
        """Return an area's polygons in metres (EPSG:28992), None where it has none."""
        row = self._load().get(code)
        if row is None:
            return None
        if code not in self._made:
            self._made[code] = _outline(row[2])
        return self._made[code]

    def _load(self) -> dict[str, tuple[str, str, Any]]:
        if self._rows is None:
            table = self._read()
            self._rows = {}
            columns = (table["code"], table["name"], table["level"], table["parent"])
            for code, name, level, parent, shape in zip(*columns, table.geometry, strict=True):
                self._rows[code] = (name, level, shape)
                if level == Level.WIJK.value:
                    self._wijken.setdefault(parent, []).append(code)
        return self._rows


def _outline(shape: Any) -> Outline:
    polygons = getattr(shape, "geoms", (shape,))
    return Outline(
        tuple(
            tuple(_ring(ring) for ring in (polygon.exterior, *polygon.interiors))
            for polygon in polygons
        )
    )


def _ring(ring: Any) -> tuple[tuple[float, float], ...]:
    return tuple((round(x, DECIMALS), round(y, DECIMALS)) for x, y, *_ in ring.coords)

"""What maps are made of: shapes in millimetres, and the ways to draw them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from wijkprofiel.charts import svg, tokens
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.model import HouseStyle, MapArea, Outline

if TYPE_CHECKING:
    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

HATCH = 0.9
"""Distance between hatching lines in mm."""
DASH = (0.3, "1.3 0.7")
"""Width in mm of a broken outline, and the lengths of its dashes and gaps."""
CLOSE = 0.15
"""Gaps between neighbours up to twice this many mm are slivers of generalising, and are closed."""
PINHOLE = 0.8
"""Holes smaller than this many mm² are slivers too."""
SCRAP = 1.0
"""Lines shorter than this many mm look like dirt, as where a border just enters a map."""


def data_of(shape: BaseGeometry) -> str:
    """Return path data of a shape in mm: polygons with their holes, and lines."""
    from shapely import get_parts

    pieces = []
    for part in get_parts(shape):
        if part.geom_type == "Polygon":
            rings = [part.exterior, *part.interiors]
            pieces += [svg.trace(list(ring.coords)[:-1], close=True) for ring in rings]
        elif part.geom_type in ("LineString", "LinearRing"):
            pieces.append(svg.trace(list(part.coords)))
        elif part.geom_type in ("MultiLineString", "MultiPolygon", "GeometryCollection"):
            pieces.append(data_of(part))
    return "".join(pieces)


def without_scraps(lines: BaseGeometry) -> BaseGeometry:
    """Return lines in mm without the scraps: what is short together with all that it is joined to.

    Where there are none, they are the same lines.
    """
    import shapely

    found = shapely.get_parts(lines)
    parts = [one for one in found if one.geom_type == "LineString" and not one.is_empty]
    joined = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(parts)))
    scraps = joined[shapely.length(joined) < SCRAP]
    if not len(scraps):
        return lines
    return shapely.MultiLineString(
        [part for part in parts if not shapely.covers(scraps, part).any()]
    )


def union(areas: Sequence[MapArea], frame: Frame) -> BaseGeometry:
    """Return one shape in mm of several areas, without the slivers between them."""
    return _union(tuple(area.outline for area in areas), frame)


@lru_cache(maxsize=64)
def _union(outlines: tuple[Outline, ...], frame: Frame) -> BaseGeometry:
    """That shape: asked for more than once on one page, and by all areas of a gemeente."""
    import shapely

    shapes = [frame.shape(outline).buffer(CLOSE, join_style="mitre") for outline in outlines]
    whole = shapely.union_all(shapes).buffer(-CLOSE, join_style="mitre")
    parts = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon([_filled(part) for part in parts])


def dashed(shape: BaseGeometry, style: HouseStyle) -> list[str]:
    """Return the outline of what only holds the area: dashes in ink, on paper.

    Never the line of the area itself, so that no reader takes its surroundings for it.
    """
    paper = outlined(shape, style, stroke=3 * DASH[0], colour=tokens.paper(style))
    return [paper, outlined(shape, style, stroke=DASH[0], dashes=DASH[1])]


def outlined(
    shape: BaseGeometry,
    style: HouseStyle,
    *,
    stroke: float = 0.5,
    colour: str | None = None,
    dashes: str | None = None,
) -> str:
    """Return a shape's outline, in ink and unbroken unless told otherwise."""
    return svg.path(
        data_of(shape),
        fill="none",
        stroke=colour or tokens.colour(style, "ink"),
        stroke_width=stroke,
        stroke_linejoin="round",
        stroke_dasharray=dashes,
    )


def hatched(
    shapes: Sequence[BaseGeometry], colour: str, *, step: float = HATCH, stroke: float = 0.18
) -> list[str]:
    """Return lines at 45 degrees over shapes: no data, or an area without its own outline."""
    import shapely

    data = ""
    for shape in shapes:
        left, top, right, foot = shape.bounds
        tall = foot - top
        apart = step * 2**0.5
        numbers = range(int((left - foot) // apart), int((right - top) // apart) + 2)
        lines = shapely.MultiLineString(
            [[(n * apart + top, top), (n * apart + top + tall, foot)] for n in numbers]
        )
        data += data_of(shapely.intersection(lines, shape))
    if not data:
        return []
    return [svg.path(data, fill="none", stroke=colour, stroke_width=stroke)]


def seams(
    shapes: Sequence[BaseGeometry], whole: BaseGeometry, *, colour: str, stroke: float
) -> list[str]:
    """Return the borders between the parts of ``whole``, up to its own edge."""
    inner = whole.buffer(-0.3)
    data = "".join(data_of(shape.boundary.intersection(inner)) for shape in shapes)
    if len(shapes) < 2 or not data:
        return []
    look: svg.Look = {"stroke_linejoin": "round", "stroke_linecap": "round"}
    return [svg.path(data, fill="none", stroke=colour, stroke_width=stroke, **look)]


def _filled(polygon: BaseGeometry) -> Polygon:
    """A polygon without its pinholes."""
    import shapely

    holes = [
        ring for ring in shapely.get_rings(polygon)[1:] if shapely.Polygon(ring).area >= PINHOLE
    ]
    return shapely.Polygon(shapely.get_exterior_ring(polygon), holes)

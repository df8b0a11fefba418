"""The area as a flat shape: a decoration for the cover, with the names of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wijkprofiel.charts import fonts, ground, placing, svg, tokens
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.model import AreaMap, HouseStyle, MapArea

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

HATCH = 1.6
"""Distance between hatching lines in mm: half of it is filled."""
PLATE = 0.6
"""Room in mm around the name of a hatched wijk, on a plate of its own."""
ROUNDING = 0.012
"""Corners are rounded by this share of the square root of the surface."""


def silhouette(
    area_map: AreaMap,
    *,
    style: HouseStyle,
    title: str,
    width: float = 120,
    height: float = 62,
    measure: fonts.Measure | None = None,
) -> str:
    """Return the area's own shape, right-aligned in its box, its parts named where all fit.

    A part whose outline is not at hand is drawn as the wijk that holds it, hatched and with the
    name of that wijk; where a name does not fit, no such wijk is drawn.

    Args:
        area_map: wijken with outlines in metres.
        style: colours ``silhouette``, ``cover`` and ``ink``.
        title: alternative text.
        width: in mm.
        height: in mm.
        measure: text widths; the shipped fonts' when left out.

    Raises:
        ValueError: no wijk is the area's own, nor holds it.
    """
    measure = measure or fonts.shipped(style)
    own, around = area_map.own, area_map.around
    frame = _right([*own, *around], (width, height), HATCH / 4 if around else 0.0)
    amber = tokens.colour(style, "silhouette", "ink")
    parts = _around(around, frame, style, measure) if around else []
    if own:
        whole = ground.union(own, frame)
        parts.append(svg.path(ground.data_of(_rounded(whole)), fill=amber, fill_rule="evenodd"))
        shapes = [frame.shape(area.outline) for area in own]
        cover = tokens.colour(style, "cover", "paper")
        parts += ground.seams(shapes, whole, colour=cover, stroke=0.6)
        if len(own) > 1:
            parts += _part_names(own, shapes, style, measure)
    return svg.document(width, height, title, parts)


def _around(
    around: Sequence[MapArea], frame: Frame, style: HouseStyle, measure: fonts.Measure
) -> list[str]:
    """The wijken that only hold the area, each with its own name on a plate; nothing without."""
    type_ = placing.Type(measure, tokens.size(style, "part_name", 7.5), 700)
    shapes = [frame.shape(area.outline) for area in around]
    sheet = frame.sheet()
    placed = [
        placing.inside(area.name, shape, type_, sheet, [], least=0.9)
        or placing.beside(area.name, shape, type_, frame.size, shape)
        for area, shape in zip(around, shapes, strict=True)
    ]
    if any(place is None for place in placed):
        return []
    amber = tokens.colour(style, "silhouette", "ink")
    held = _rounded(ground.union(around, frame))
    parts = ground.hatched([held], amber, step=HATCH, stroke=HATCH / 2)
    parts.append(ground.outlined(held, style, stroke=HATCH / 2, colour=amber))
    family, ink = tokens.family(style), tokens.colour(style, "on-silhouette", "ink")
    for place in filter(None, placed):
        plate = place.box(PLATE).intersection(sheet)
        parts.append(svg.path(ground.data_of(plate), fill=amber))
        parts += place.draw(type_.pt, family=family, fill=ink, weight="700")
    return parts


def _right(areas: Sequence[MapArea], size: svg.Point, margin: float) -> Frame:
    """The frame in which areas just fit, at the right edge."""
    frame = Frame.around([area.outline for area in areas], size, margin)
    free = size[0] - margin - ground.union(areas, frame).bounds[2]
    return Frame(frame.scale, (frame.shift[0] + free, frame.shift[1]), size)


def _rounded(shape: BaseGeometry) -> BaseGeometry:
    """Corners outside and inside rounded alike."""
    r = ROUNDING * shape.area**0.5
    return shape.buffer(-r).buffer(2 * r).buffer(-r)


def _part_names(
    own: Sequence[MapArea],
    shapes: Sequence[BaseGeometry],
    style: HouseStyle,
    measure: fonts.Measure,
) -> list[str]:
    """The names of all parts, or of none: half of them would look like a choice."""
    type_ = placing.Type(measure, tokens.size(style, "part_name", 7.5), 700)
    placed = [
        placing.inside(area.name, shape, type_, shape, [], least=0.93)
        for area, shape in zip(own, shapes, strict=True)
    ]
    family, ink = tokens.family(style), tokens.colour(style, "on-silhouette", "ink")
    if any(place is None for place in placed):
        return []
    return [
        line
        for place in placed
        if place is not None
        for line in place.draw(type_.pt, family=family, fill=ink, weight="700")
    ]

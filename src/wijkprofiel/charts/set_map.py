"""The map of several areas in one gemeente, or in gemeenten that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.charts import basemap, fonts, ground, placing, svg, tokens
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.model import AreaMap, HouseStyle, MapArea

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WITHIN, AIR = 0.99, 0.3
"""Share of a name that must lie within its own area, and its distance in mm from the edge; else
the area gets its number."""
SEAM = 0.3


@dataclass(frozen=True, slots=True)
class Marked:
    """One of the areas on the map.

    Attributes:
        name: as it is called in the document.
        number: that stands on the map where the name does not fit; the list beside it says whose.
        pieces: its wijken or buurten; those that only hold it are drawn hatched.
    """

    name: str
    number: str
    pieces: tuple[MapArea, ...]


def set_map(  # noqa: PLR0913  # sizes and fonts have defaults that most callers keep
    area_map: AreaMap,
    marked: Sequence[Marked],
    *,
    style: HouseStyle,
    title: str,
    width: float = 84,
    height: float = 80,
    measure: fonts.Measure | None = None,
) -> str:
    """Return the areas inside their gemeente: all in one colour, so that none stands out.

    Args:
        area_map: gemeenten and the other wijken, with outlines in metres.
        marked: the areas, in the order of the document.
        style: colours ``land``, ``seam``, ``silhouette``, ``line`` and ``ink``.
        title: alternative text; it names every area.
        width: in mm.
        height: in mm.
        measure: text widths; the shipped fonts' when left out.
    """
    around = area_map.gemeenten or area_map.wijken
    frame = Frame.around([area.outline for area in around], (width, height))
    parts = _base(area_map, frame, style)
    shapes = [ground.union(area.pieces, frame) for area in marked]
    fill, ink = tokens.colour(style, "silhouette", "ink"), tokens.colour(style, "ink")
    for area, shape in zip(marked, shapes, strict=True):
        if area.pieces and all(piece.contains_own for piece in area.pieces):
            parts += ground.hatched([shape], ink)
        elif not shape.is_empty:
            parts.append(svg.path(ground.data_of(shape), fill=fill, fill_rule="evenodd"))
    drawn = [shape for shape in shapes if not shape.is_empty]
    parts += [ground.outlined(shape, style, stroke=SEAM) for shape in drawn]
    parts += _names(marked, shapes, style, measure or fonts.shipped(style))
    return svg.document(width, height, title, parts)


def _base(area_map: AreaMap, frame: Frame, style: HouseStyle) -> list[str]:
    areas = (*area_map.gemeenten, *area_map.wijken)
    data = basemap.drawn(tuple(area.outline for area in areas), frame)
    count = len(area_map.gemeenten)
    look: svg.Look = {"fill": "none", "stroke_linejoin": "round"}
    land, seam = tokens.colour(style, "land", "paper"), tokens.colour(style, "seam", "paper")
    rim = tokens.colour(style, "edge", "line")
    return [
        svg.path("".join(data[:count] or data), fill=land, fill_rule="nonzero"),
        svg.path("".join(data[count:]), stroke=seam, stroke_width=SEAM, **look),
        svg.path("".join(data[:count]), stroke=rim, stroke_width=SEAM, **look),
    ]


def _names(
    marked: Sequence[Marked],
    shapes: Sequence[BaseGeometry],
    style: HouseStyle,
    measure: fonts.Measure,
) -> list[str]:
    """Each name inside its area; where it does not fit the number, where that does."""
    pt, family = tokens.size(style, "map_name", 7), tokens.family(style)
    type_ = placing.Type(measure, pt, 700)
    on, off = tokens.colour(style, "on-silhouette", "ink"), tokens.colour(style, "ink")
    taken: list[BaseGeometry] = []
    parts: list[str] = []
    for area, shape in zip(marked, shapes, strict=True):
        room = shape.buffer(-AIR)
        if room.is_empty:
            continue
        place = None
        for word in (area.name, area.number):
            place = place or placing.inside(word, room, type_, room, taken, least=WITHIN)
        if place is None:
            continue
        taken.append(place.box(placing.SPACE))
        hatched = all(piece.contains_own for piece in area.pieces)
        parts += place.draw(pt, family=family, fill=off if hatched else on, weight="700")
    return parts

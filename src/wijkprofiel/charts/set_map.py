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
"""Share of a name or number that must lie within its own area, and its distance in mm from the
edge."""
SEAM, PLATE = 0.3, 0.7
"""Width in mm of outlines, and room around a name or number on a plate of its own."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One of the areas on the map.

    Attributes:
        name: as it is called in the document.
        number: that stands on a map with numbers; a key beside it says whose.
        pieces: its wijken or buurten, as far as there are outlines of them.
        around: the wijken that hold a part of it that has none.
    """

    name: str
    number: str
    pieces: tuple[MapArea, ...]
    around: tuple[MapArea, ...] = ()


def set_map(  # noqa: PLR0913  # sizes and fonts have defaults that most callers keep
    area_map: AreaMap,
    marked: Sequence[Marked],
    *,
    style: HouseStyle,
    title: str,
    width: float = 84,
    height: float = 80,
    numbered: bool = False,
    measure: fonts.Measure | None = None,
) -> str:
    """Return the areas inside their gemeente: all in one colour, so that none stands out.

    A map has names or numbers, never both. A wijk that only holds an area is hatched in a broken
    line.

    Args:
        area_map: gemeenten and the other wijken, with outlines in metres.
        marked: the areas, in the order of the document.
        style: colours ``land``, ``seam``, ``silhouette``, ``line`` and ``ink``.
        title: alternative text; it names every area.
        width: in mm.
        height: in mm.
        numbered: numbers instead of names; see :func:`names_fit`.
        measure: text widths; the shipped fonts' when left out.
    """
    frame = _frame(area_map, (width, height))
    parts = _base(area_map, frame, style)
    ink = tokens.colour(style, "ink")
    fill = tokens.colour(style, "silhouette", "ink")
    for area in marked:
        around = [ground.union([wijk], frame) for wijk in area.around]
        parts += ground.hatched(around, ink)
        parts += [line for shape in around for line in ground.dashed(shape, style)]
    for area in marked:
        shape = ground.union(area.pieces, frame)
        if not shape.is_empty:
            parts.append(svg.path(ground.data_of(shape), fill=fill, fill_rule="evenodd"))
            parts.append(ground.outlined(shape, style, stroke=SEAM))
    words = [area.number if numbered else area.name for area in marked]
    type_ = _type(style, measure)
    for area, place in zip(marked, _places(marked, words, frame, type_), strict=True):
        if place is not None:
            parts += _drawn(place, area, frame, style, type_.pt)
    return svg.document(width, height, title, parts)


def names_fit(
    area_map: AreaMap,
    marked: Sequence[Marked],
    size: svg.Point,
    style: HouseStyle,
    measure: fonts.Measure | None = None,
) -> bool:
    """Return whether every area can have its name on the map, within its own outline.

    An area that has no outline cannot: its name would stand in a wijk that is called otherwise.

    Args:
        area_map: gemeenten and the other wijken.
        marked: the areas.
        size: of the map in mm.
        style: gives the size of names.
        measure: text widths; the shipped fonts' when left out.
    """
    if any(area.around or not area.pieces for area in marked):
        return False
    frame = _frame(area_map, size)
    shapes = [ground.union(area.pieces, frame) for area in marked]
    taken: list[BaseGeometry] = []
    type_ = _type(style, measure)
    return all(_inside(a.name, s, type_, taken) for a, s in zip(marked, shapes, strict=True))


def _frame(area_map: AreaMap, size: svg.Point) -> Frame:
    around = area_map.gemeenten or area_map.wijken
    return Frame.around([area.outline for area in around], size)


def _type(style: HouseStyle, measure: fonts.Measure | None) -> placing.Type:
    return placing.Type(measure or fonts.shipped(style), tokens.size(style, "map_name", 7), 700)


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


def _places(
    marked: Sequence[Marked], words: Sequence[str], frame: Frame, type_: placing.Type
) -> list[placing.Placed | None]:
    """Where each name or number stands: within its area, else just beside it."""
    shapes = [ground.union(area.pieces or area.around, frame) for area in marked]
    land = frame.sheet()
    taken: list[BaseGeometry] = []
    found = [_inside(word, s, type_, taken) for word, s in zip(words, shapes, strict=True)]
    for order, (word, shape) in enumerate(zip(words, shapes, strict=True)):
        if found[order] is None and not shape.is_empty:
            near = placing.beside(word, shape, type_, frame.size, land, [*taken, *shapes])
            found[order] = near or placing.beside(word, shape, type_, frame.size, land, taken)
            place = found[order]
            taken += [place.box(placing.SPACE)] if place is not None else []
    return found


def _inside(
    word: str, shape: BaseGeometry, type_: placing.Type, taken: list[BaseGeometry]
) -> placing.Placed | None:
    """A place within a shape; it is taken from then on."""
    room = shape.buffer(-AIR)
    if room.is_empty:
        return None
    place = placing.inside(word, room, type_, room, taken, least=WITHIN)
    if place is not None:
        taken.append(place.box(placing.SPACE))
    return place


def _drawn(
    place: placing.Placed, area: Marked, frame: Frame, style: HouseStyle, pt: float
) -> list[str]:
    """A name or number on its area, or on a plate of paper beside it and over hatching."""
    shape = ground.union(area.pieces, frame)
    family = tokens.family(style)
    if not shape.is_empty and shape.contains(place.box()):
        on = tokens.colour(style, "on-silhouette", "ink")
        return place.draw(pt, family=family, fill=on, weight="700")
    plate = svg.path(ground.data_of(place.box(PLATE)), fill=tokens.paper(style))
    ink = tokens.colour(style, "ink")
    return [plate, *place.draw(pt, family=family, fill=ink, weight="700")]

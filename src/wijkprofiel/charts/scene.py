"""What the locator shows: the area and what lies around it as shapes in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from wijkprofiel.charts import basemap, ground, svg, tokens
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.model import AreaMap, HouseStyle, MapArea, Outline

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LEAST = 0.3
"""An area smaller than this share of the map gets a map of its surroundings."""
EDGE, AIR = 0.8, 0.3
"""Room in mm between a name and the edge of the map, and that of the gemeente."""
SHARE = 0.4
"""Share of that map that the area takes."""
INSET = (14.0, 11.0)
"""Size in mm of the whole gemeente in the corner of such a map."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything on one map as shapes in mm, cut to the map.

    Attributes:
        others: wijken that are not the area, with the shapes that are left of them.
        own: shapes of the area's parts; empty where only wijken that hold it are at hand.
        holds: wijken that hold a part of the area, with their shapes.
        shape: the area (or what holds it) as one.
        land: the gemeenten.
        room: where names may stand: the land, but not the very edge of the map.
    """

    area_map: AreaMap
    frame: Frame
    style: HouseStyle
    others: tuple[tuple[MapArea, BaseGeometry], ...]
    own: tuple[BaseGeometry, ...]
    holds: tuple[tuple[MapArea, BaseGeometry], ...]
    shape: BaseGeometry
    land: BaseGeometry
    room: BaseGeometry

    @classmethod
    def of(cls, area_map: AreaMap, frame: Frame, style: HouseStyle) -> Scene:
        """Return what lies within ``frame``."""
        sheet = frame.sheet()

        def cut(area: MapArea) -> BaseGeometry:
            return _cut(area.outline, frame)

        buurten = ground.union(area_map.buurten, frame)
        others = [(a, cut(a).difference(buurten)) for a in area_map.wijken if not a.own]
        around = area_map.around
        land = ground.union(area_map.gemeenten or area_map.wijken, frame).intersection(sheet)
        return cls(
            area_map,
            frame,
            style,
            tuple((area, shape) for area, shape in others if not shape.is_empty),
            tuple(shape for area in area_map.own if not (shape := cut(area)).is_empty),
            tuple((area, shape) for area in around if not (shape := cut(area)).is_empty),
            ground.union(marked(area_map), frame).intersection(sheet),
            land,
            _room(land, frame),
        )

    def gemeente(self) -> list[str]:
        """Return the shared base map: gemeenten as a plane, seams, and the outline on top."""
        areas = (*self.area_map.gemeenten, *self.area_map.wijken)
        data = basemap.drawn(tuple(area.outline for area in areas), self.frame)
        count = len(self.area_map.gemeenten)
        return _base(data[:count] or data, data[count:], data[:count], self.style)

    def surroundings(self) -> list[str]:
        """Return the same for a part of the gemeente, cut at the edges of the map."""
        shapes = [shape for _, shape in self.others] + list(self.own)
        inner = self.land.buffer(-0.2)
        seams = [ground.data_of(shape.boundary.intersection(inner)) for shape in shapes]
        sheet = self.frame.sheet()
        around = [self.frame.shape(g.outline).boundary for g in self.area_map.gemeenten]
        cut = [ground.without_scraps(border.intersection(sheet)) for border in around]
        return _base([ground.data_of(self.land)], seams, [*map(ground.data_of, cut)], self.style)

    def area(self) -> list[str]:
        """Return the area: plane, seams between its parts, hatching and outline."""
        usual = tokens.colour(self.style, "seam", "paper")
        seam = self.style.colours.get("seam-own", usual)
        holds = [shape for _, shape in self.holds]
        parts = ground.hatched(holds, tokens.colour(self.style, "ink"))
        if self.own:
            fill = tokens.colour(self.style, "silhouette", "ink")
            parts.append(svg.path(ground.data_of(self.shape), fill=fill, fill_rule="evenodd"))
            parts += ground.seams(self.own, self.shape, colour=seam, stroke=0.25)
        for shape in holds:
            parts += ground.dashed(shape, self.style)
        return [*parts, ground.outlined(self.shape, self.style)] if self.own else parts

    def corner(self) -> Frame | None:
        """Return a frame in the corner that has least land in it and nothing of the area."""
        from shapely.geometry import box

        wide, tall = self.frame.size
        keep = self.shape.buffer(1.0)
        found = []
        for order, (left, top) in enumerate(
            (x, y) for x in (0.0, wide - INSET[0]) for y in (0.0, tall - INSET[1])
        ):
            room = box(left, top, left + INSET[0], top + INSET[1])
            if not room.intersects(keep):
                found.append((round(room.intersection(self.land).area, 2), order, left, top))
        if not found:
            return None
        _, _, left, top = min(found)
        areas = self.area_map.gemeenten or self.area_map.wijken
        inner = Frame.around([a.outline for a in areas], INSET, margin=1.0)
        shift = (inner.shift[0] + left, inner.shift[1] + tall - INSET[1] - top)
        return Frame(inner.scale, shift, self.frame.size)


@lru_cache(maxsize=256)
def _cut(outline: Outline, frame: Frame) -> BaseGeometry:
    """What is left of an outline on the map: the same for areas that share a frame."""
    return frame.shape(outline).intersection(frame.sheet())


@lru_cache(maxsize=8)
def _room(land: BaseGeometry, frame: Frame) -> BaseGeometry:
    """Where names may stand."""
    return land.buffer(-AIR).intersection(frame.sheet().buffer(-EDGE))


def whole(area_map: AreaMap, size: svg.Point) -> Frame:
    """Return the frame of all gemeenten."""
    areas = area_map.gemeenten or area_map.wijken
    return Frame.around([area.outline for area in areas], size)


def marked(area_map: AreaMap) -> tuple[MapArea, ...]:
    """Return the parts of the area, or what holds it where no part has an outline."""
    return area_map.own or area_map.around


def near(area_map: AreaMap, whole: Frame) -> Frame | None:
    """Return the frame of the surroundings of a small area; None where the gemeente serves."""
    shown = marked(area_map)
    if not shown:
        return None
    left, top, right, foot = ground.union(shown, whole).bounds
    wide, tall = whole.size
    share = max((right - left) / wide, (foot - top) / tall)
    if share >= LEAST:
        return None
    scale = whole.scale * SHARE / share
    middle = ((left + right) / 2, tall - (top + foot) / 2)
    metres = [(m - s) / whole.scale for m, s in zip(middle, whole.shift, strict=True)]
    shift = (wide / 2 - metres[0] * scale, tall / 2 - metres[1] * scale)
    return Frame(scale, shift, whole.size)


def _base(
    plane: Sequence[str], seams: Sequence[str], edge: Sequence[str], style: HouseStyle
) -> list[str]:
    land, seam = tokens.colour(style, "land", "paper"), tokens.colour(style, "seam", "paper")
    rim = tokens.colour(style, "edge", "line")
    between, around = tokens.size(style, "map_seam", 0.5), tokens.size(style, "map_edge", 0.3)
    look: svg.Look = {"fill": "none", "stroke_linejoin": "round"}
    return [
        svg.path("".join(plane), fill=land, fill_rule="nonzero"),
        svg.path("".join(seams), stroke=seam, stroke_width=between, **look),
        svg.path("".join(edge), stroke=rim, stroke_width=around, **look),
    ]

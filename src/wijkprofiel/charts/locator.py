"""The locator: the area inside its gemeente, with its neighbours lightly drawn and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.charts import basemap, fonts, ground, placing, svg, tokens
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.charts.words import DUTCH, Words, printed
from wijkprofiel.model import AreaMap, HouseStyle, MapArea

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FOOT = 4.6
"""Room for the scale bar below the map, in mm."""
LEAST = 0.3
"""An area smaller than this share of the map gets a map of its surroundings."""
SHARE = 0.4
"""Share of that map that the area takes."""
INSET = (14.0, 11.0)
"""Size in mm of the whole gemeente in the corner of such a map."""
KILOMETRES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)


def locator(  # noqa: PLR0913  # sizes, fonts and words have defaults that most callers keep
    area_map: AreaMap,
    *,
    style: HouseStyle,
    title: str,
    width: float = 57.3,
    height: float = 42,
    name: str,
    measure: fonts.Measure | None = None,
    words: Words = DUTCH,
) -> str:
    """Return the area inside its gemeente.

    The area is filled and outlined in ink; a wijk that only holds it is hatched. Its own name
    comes first, then the neighbours that touch it, then the others by size; a name that would
    collide, leave the gemeente or lie mostly in another wijk is left out. A small area gets a map
    of its surroundings, with the whole gemeente in a corner.

    Args:
        area_map: wijken and gemeenten with outlines in metres.
        style: colours ``land``, ``seam``, ``silhouette``, ``line`` and ``ink``.
        title: alternative text; it names the neighbours, drawn or not.
        width: in mm.
        height: in mm, scale bar included.
        name: what the area is called; where it does not fit it becomes "deze wijk".
        measure: text widths; the shipped fonts' when left out.
        words: words inside the chart.
    """
    size = (width, height - FOOT)
    frame = _whole(area_map, size)
    near = _near(area_map, frame)
    scene = _Scene.of(area_map, near or frame, style)
    parts = scene.surroundings() if near else scene.gemeente()
    parts += scene.area()
    inset = scene.corner() if near else None
    if near and inset is not None:
        parts += _corner_map(area_map, inset, style)
    naming = _Naming(name, measure or fonts.shipped(style), words)
    parts += _names(scene, naming, inset)
    parts += _scale_bar(scene.frame, height, style)
    return svg.document(width, height, title, parts)


@dataclass(frozen=True, slots=True)
class _Naming:
    """What the area is called, and how names are measured."""

    name: str
    measure: fonts.Measure
    words: Words


@dataclass(frozen=True, slots=True)
class _Scene:
    """Everything on one map as shapes in mm, cut to the map.

    Attributes:
        others: wijken that are not the area, with their shapes.
        own: shapes of the area's parts; empty where only wijken that hold it are at hand.
        holds: shapes of wijken that hold a part of the area.
        shape: the area (or what holds it) as one.
        land: the gemeenten.
    """

    area_map: AreaMap
    frame: Frame
    style: HouseStyle
    others: tuple[tuple[MapArea, BaseGeometry], ...]
    own: tuple[BaseGeometry, ...]
    holds: tuple[BaseGeometry, ...]
    shape: BaseGeometry
    land: BaseGeometry

    @classmethod
    def of(cls, area_map: AreaMap, frame: Frame, style: HouseStyle) -> _Scene:
        from shapely.geometry import box

        sheet = box(0, 0, *frame.size)
        wijken = [(a, frame.shape(a.outline).intersection(sheet)) for a in area_map.wijken]
        wijken = [(area, shape) for area, shape in wijken if not shape.is_empty]
        own = [a for a in area_map.wijken if a.own]
        holds = [a for a in area_map.wijken if a.contains_own and not a.own]
        return cls(
            area_map,
            frame,
            style,
            tuple((a, s) for a, s in wijken if not a.own),
            tuple(s for a, s in wijken if a.own),
            tuple(s for a, s in wijken if a.contains_own and not a.own),
            ground.union(own or holds, frame).intersection(sheet),
            ground.union(area_map.gemeenten or area_map.wijken, frame).intersection(sheet),
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
        edge = [
            ground.data_of(self.frame.shape(g.outline).boundary.intersection(self._sheet()))
            for g in self.area_map.gemeenten
        ]
        return _base([ground.data_of(self.land)], seams, edge, self.style)

    def area(self) -> list[str]:
        """Return the area: plane, seams between its parts, hatching and outline."""
        usual = tokens.colour(self.style, "seam", "paper")
        seam = self.style.colours.get("seam-own", usual)
        parts = ground.hatched(self.holds, tokens.colour(self.style, "ink"))
        if self.own:
            fill = tokens.colour(self.style, "silhouette", "ink")
            parts.append(svg.path(ground.data_of(self.shape), fill=fill, fill_rule="evenodd"))
            parts += ground.seams(self.own, self.shape, colour=seam, stroke=0.25)
        parts += [ground.outlined(shape, self.style, stroke=0.3) for shape in self.holds]
        return parts if self.shape.is_empty else [*parts, ground.outlined(self.shape, self.style)]

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

    def _sheet(self) -> BaseGeometry:
        from shapely.geometry import box

        return box(0, 0, *self.frame.size)


def _whole(area_map: AreaMap, size: svg.Point) -> Frame:
    areas = area_map.gemeenten or area_map.wijken
    return Frame.around([area.outline for area in areas], size)


def _near(area_map: AreaMap, whole: Frame) -> Frame | None:
    """The frame of the surroundings of a small area, or None where the whole gemeente serves."""
    own = [a for a in area_map.wijken if a.own] or [a for a in area_map.wijken if a.contains_own]
    if not own:
        return None
    left, top, right, foot = ground.union(own, whole).bounds
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


def _corner_map(area_map: AreaMap, frame: Frame, style: HouseStyle) -> list[str]:
    """The whole gemeente, small, with the area in it."""
    areas = area_map.gemeenten or area_map.wijken
    data = "".join(basemap.drawn(tuple(area.outline for area in areas), frame))
    own = [a for a in area_map.wijken if a.own] or [a for a in area_map.wijken if a.contains_own]
    shape = ground.union(own, frame)
    land = ground.union(areas, frame)
    left, top, right, foot = land.bounds
    paper, ink = tokens.paper(style), tokens.colour(style, "ink")
    ground_look: svg.Look = {"stroke": tokens.colour(style, "line"), "stroke_width": 0.25}
    return [
        svg.rect((left - 1, top - 1), (right - left + 2, foot - top + 2), rx=1.0, fill=paper),
        svg.path(data, fill=tokens.colour(style, "land", "paper"), **ground_look),
        svg.path(
            ground.data_of(shape),
            fill=tokens.colour(style, "silhouette", "ink"),
            stroke=ink,
            stroke_width=0.25,
        ),
    ]


def _names(scene: _Scene, naming: _Naming, inset: Frame | None) -> list[str]:
    """The area's own name, then its neighbours' as far as there is room."""
    pt = tokens.size(scene.style, "map_name", 7)
    family = tokens.family(scene.style)
    taken: list[BaseGeometry] = []
    if inset is not None:
        areas = scene.area_map.gemeenten or scene.area_map.wijken
        taken.append(ground.union(areas, inset).envelope.buffer(1.0))
    parts: list[str] = []
    clears = tokens.look(scene.style, "map_names", "over") == "cleared"
    for own in _own_names(scene, naming, taken):
        taken.append(own.box(placing.SPACE))
        on = own.box().intersection(scene.shape).area > 0.5 * own.width * own.height
        fill = tokens.colour(scene.style, "on-silhouette" if on and scene.own else "ink")
        if on and clears and len(scene.own) > 1:
            parts += _cleared(own, scene.shape, scene.style, "silhouette")
        parts += own.draw(pt, family=family, fill=fill, weight="700")
    taken.append(scene.shape)
    type_ = placing.Type(naming.measure, pt)
    mute = tokens.colour(scene.style, "mute")
    for area, outline in _by_nearness(scene):
        placed = placing.inside(area.name, outline, type_, scene.land, taken)
        if placed is not None:
            taken.append(placed.box(placing.SPACE))
            if clears:
                parts += _cleared(placed, scene.land, scene.style, "land")
            parts += placed.draw(pt, family=family, fill=mute)
    return parts


def _cleared(name: placing.Placed, within: BaseGeometry, style: HouseStyle, role: str) -> list[str]:
    """The plane once more behind a name, so that no seam runs through its letters."""
    plane = name.box(0.1).intersection(within.buffer(-0.4))
    fill = tokens.colour(style, role, "ink")
    return [] if plane.is_empty else [svg.path(ground.data_of(plane), fill=fill)]


def _by_nearness(scene: _Scene) -> list[tuple[MapArea, BaseGeometry]]:
    """Neighbours that touch the area first, then the largest."""

    def order(item: tuple[MapArea, BaseGeometry]) -> tuple[bool, float, str]:
        area, shape = item
        return (shape.distance(scene.shape) > 0.3, -round(shape.area, 3), area.code)

    return sorted(scene.others, key=order)


def _own_names(
    scene: _Scene, naming: _Naming, taken: Sequence[BaseGeometry]
) -> list[placing.Placed]:
    """The area's name; an area in pieces that lie apart has the name of each piece instead."""
    if scene.shape.is_empty:
        return []
    type_ = placing.Type(naming.measure, tokens.size(scene.style, "map_name", 7), 700)
    pieces = _pieces(scene)
    if len(pieces) > 1:
        placed = [
            placing.inside(name, shape, type_, shape, taken, least=0.98)
            or placing.beside(name, shape, type_, scene.frame.size, scene.land, taken)
            for name, shape in pieces
        ]
        return [place for place in placed if place is not None]
    for name in (naming.name, naming.words.this_area):
        if scene.own:
            inside = placing.inside(name, scene.shape, type_, scene.shape, [], least=0.98)
            if inside is not None:
                return [inside]
        beside = placing.beside(name, scene.shape, type_, scene.frame.size, scene.land, taken)
        if beside is not None and (name != naming.name or _off(beside, scene)):
            return [beside]
    return []


def _off(placed: placing.Placed, scene: _Scene) -> bool:
    """Whether a name beside the area lies mostly off the land, or is short enough to stay close."""
    box = placed.box()
    short = len(placed.lines) == 1 and placed.width < scene.frame.size[0] / 3
    return short or box.intersection(scene.land).area < 0.4 * box.area


def _pieces(scene: _Scene) -> list[tuple[str, BaseGeometry]]:
    """Whole gemeenten and wijken of the area, when they do not all touch each other."""
    import shapely

    apart = [p for p in shapely.get_parts(scene.shape) if p.area > 0.05 * scene.shape.area]
    if len(apart) < 2 or not scene.own:
        return []
    gemeenten = [g for g in scene.area_map.gemeenten if g.own]
    inside = {g.code[2:] for g in gemeenten}
    wijken = [a for a in scene.area_map.wijken if a.own and a.code[2:6] not in inside]
    return [(a.name, scene.frame.shape(a.outline)) for a in (*gemeenten, *wijken)]


def _scale_bar(frame: Frame, height: float, style: HouseStyle) -> list[str]:
    """A bar of a round number of kilometres, at most a quarter of the map wide."""
    per_km = 1000 * frame.scale
    fits = [km for km in KILOMETRES if km * per_km <= frame.size[0] / 4]
    km = fits[-1] if fits else KILOMETRES[0]
    length = km * per_km
    y = height - 1.2
    corners = [(0.3, y - 1.0), (0.3, y), (0.3 + length, y), (0.3 + length, y - 1.0)]
    label = printed(km, 1 if km < 1 else 0) + " km"
    grey, mute = tokens.colour(style, "line"), tokens.colour(style, "mute")
    pt = tokens.size(style, "map_name", 7)
    return [
        svg.path(svg.trace(corners), fill="none", stroke=grey, stroke_width=0.25),
        svg.text((length + 1.6, y), label, family=tokens.family(style), pt=pt, fill=mute),
    ]

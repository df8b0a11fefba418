"""The locator: the area inside its gemeente, with its neighbours lightly drawn and named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from wijkprofiel.charts import basemap, fonts, ground, placing, svg, tokens
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.charts.scene import Scene, marked, near, whole
from wijkprofiel.charts.words import DUTCH, Words, printed
from wijkprofiel.model import AreaMap, HouseStyle, MapArea

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

FOOT = 4.6
"""Room for the scale bar below the map, in mm."""
CLEAR = 0.55
"""Room in mm between a name inside the area and the middle of its outline."""
NEXT = 0.3
"""Neighbours touch the area when they are at most this many mm apart."""
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

    The area is filled and outlined in ink. Its own name comes first, then the neighbours that
    touch it, then the others by size; a name that would collide, leave the gemeente, come too
    close to the edge of the map or lie mostly in another wijk is left out. A small area gets a
    map of its surroundings, with the whole gemeente in a corner. A wijk that only holds the area,
    whose own outline is not at hand, is hatched in a broken line and has its own name: the name
    of the area then stands nowhere on the map.

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
    frame = whole(area_map, size)
    close = near(area_map, frame)
    scene = Scene.of(area_map, close or frame, style)
    parts = scene.surroundings() if close else scene.gemeente()
    parts += scene.area()
    inset = scene.corner() if close else None
    if close and inset is not None:
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


def _corner_map(area_map: AreaMap, frame: Frame, style: HouseStyle) -> list[str]:
    """The whole gemeente, small, with the area in it."""
    areas = area_map.gemeenten or area_map.wijken
    data = "".join(basemap.drawn(tuple(area.outline for area in areas), frame))
    shape = ground.union(marked(area_map), frame)
    land = ground.union(areas, frame)
    left, top, right, foot = land.bounds
    paper, ink = tokens.paper(style), tokens.colour(style, "ink")
    ground_look: svg.Look = {"stroke": tokens.colour(style, "line"), "stroke_width": 0.25}
    fill = tokens.colour(style, "silhouette", "ink") if area_map.own else paper
    return [
        svg.rect((left - 1, top - 1), (right - left + 2, foot - top + 2), rx=1.0, fill=paper),
        svg.path(data, fill=tokens.colour(style, "land", "paper"), **ground_look),
        svg.path(ground.data_of(shape), fill=fill, stroke=ink, stroke_width=0.25),
    ]


def _names(scene: Scene, naming: _Naming, inset: Frame | None) -> list[str]:
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
    for own in _around_names(scene, naming, taken):
        taken.append(own.box(placing.SPACE))
        parts += _cleared(own, scene.land, scene.style, "land")
        parts += own.draw(pt, family=family, fill=tokens.colour(scene.style, "ink"), weight="700")
    taken += [scene.shape, *(shape for _, shape in scene.holds)]
    type_ = placing.Type(naming.measure, pt)
    mute = tokens.colour(scene.style, "mute")
    for area, outline in _by_nearness(scene):
        placed = placing.inside(area.name, outline, type_, scene.room, taken)
        if placed is not None:
            taken.append(placed.box(placing.SPACE))
            if clears:
                parts += _cleared(placed, scene.land, scene.style, "land")
            parts += placed.draw(pt, family=family, fill=mute)
    return parts


def _cleared(name: placing.Placed, within: BaseGeometry, style: HouseStyle, role: str) -> list[str]:
    """The plane once more behind a name, so that no seam runs through its letters."""
    plane = name.box(0.1).intersection(_inner(within))
    fill = tokens.colour(style, role, "ink")
    return [] if plane.is_empty else [svg.path(ground.data_of(plane), fill=fill)]


@lru_cache(maxsize=8)
def _inner(plane: BaseGeometry) -> BaseGeometry:
    """A plane without its edge, asked for behind every name."""
    return plane.buffer(-0.4)


def _by_nearness(scene: Scene) -> list[tuple[MapArea, BaseGeometry]]:
    """Neighbours that touch the area first, then the largest."""
    import shapely

    shapely.prepare(scene.shape)

    def order(item: tuple[MapArea, BaseGeometry]) -> tuple[bool, float, str]:
        area, shape = item
        far = not shapely.dwithin(scene.shape, shape, NEXT)
        return (far, -round(shape.area, 3), area.code)

    around = {area.code for area in scene.area_map.around}
    return sorted((item for item in scene.others if item[0].code not in around), key=order)


def _around_names(
    scene: Scene, naming: _Naming, taken: Sequence[BaseGeometry]
) -> list[placing.Placed]:
    """The own names of the wijken that hold the area: inside, or else just beside them."""
    type_ = placing.Type(naming.measure, tokens.size(scene.style, "map_name", 7), 700)

    def within(name: str, shape: BaseGeometry, named: list[BaseGeometry]) -> placing.Placed | None:
        return placing.inside(name, shape, type_, scene.room, named, least=0.9)

    holds = [(area.name, shape) for area, shape in scene.holds]
    return _each_named(holds, within, scene, type_, (taken, scene.own or ()))


def _each_named(
    pieces: Sequence[tuple[str, BaseGeometry]],
    within: Callable[[str, BaseGeometry, list[BaseGeometry]], placing.Placed | None],
    scene: Scene,
    type_: placing.Type,
    clear: tuple[Sequence[BaseGeometry], Sequence[BaseGeometry]],
) -> list[placing.Placed]:
    """The name of each piece: within it, or else beside it; what fits nowhere is left out.

    Args:
        pieces: names and shapes on the page.
        within: the place for a name inside its piece, clear of what is given.
        scene: the map.
        type_: how the names are set.
        clear: what every name keeps clear of, and what one beside its piece also keeps clear of.
    """
    taken, shunned = clear
    found: list[placing.Placed] = []
    for name, shape in pieces:
        named = [*taken, *(other.box(placing.SPACE) for other in found)]
        place = within(name, shape, named)
        if place is None:
            away = [*named, *shunned, *(other for _, other in pieces if other is not shape)]
            place = placing.beside(name, shape, type_, scene.frame.size, scene.land, away)
        if place is not None:
            found.append(place)
    return found


def _own_names(
    scene: Scene, naming: _Naming, taken: Sequence[BaseGeometry]
) -> list[placing.Placed]:
    """The area's name; pieces that lie apart, or are not all of it, have names of their own."""
    if scene.shape.is_empty or not scene.own:
        return []
    type_ = placing.Type(naming.measure, tokens.size(scene.style, "map_name", 7), 700)
    pieces = _pieces(scene)
    if pieces:
        return _piece_names(pieces, scene, type_, taken)
    for name in (naming.name, naming.words.this_area):
        inside = placing.inside(name, scene.shape, type_, scene.shape.buffer(-CLEAR), [])
        if inside is not None:
            return [inside]
        beside = placing.beside(name, scene.shape, type_, scene.frame.size, scene.land, taken)
        if beside is not None and (name != naming.name or _off(beside, scene)):
            return [beside]
    return []


def _piece_names(
    pieces: Sequence[tuple[str, BaseGeometry]],
    scene: Scene,
    type_: placing.Type,
    taken: Sequence[BaseGeometry],
) -> list[placing.Placed]:
    """The names of pieces, each clear of its outline, of the other pieces and of their names."""

    def within(name: str, shape: BaseGeometry, named: list[BaseGeometry]) -> placing.Placed | None:
        return placing.inside(name, shape, type_, shape.buffer(-CLEAR), named)

    return _each_named(pieces, within, scene, type_, (taken, [held for _, held in scene.holds]))


def _off(placed: placing.Placed, scene: Scene) -> bool:
    """Whether a name beside the area lies mostly off the land, or is short enough to stay close."""
    box = placed.box()
    short = len(placed.lines) == 1 and placed.width < scene.frame.size[0] / 3
    return short or box.intersection(scene.land).area < 0.4 * box.area


def _pieces(scene: Scene) -> list[tuple[str, BaseGeometry]]:
    """Whole gemeenten and parts of the area, when they do not all touch or some are not drawn."""
    import shapely

    apart = [p for p in shapely.get_parts(scene.shape) if p.area > 0.05 * scene.shape.area]
    if len(apart) < 2 and not scene.holds:
        return []
    gemeenten = [g for g in scene.area_map.gemeenten if g.own]
    inside = {g.code[2:] for g in gemeenten}
    parts = [a for a in scene.area_map.own if a.code[2:6] not in inside]
    return [(a.name, scene.frame.shape(a.outline)) for a in (*gemeenten, *parts)]


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

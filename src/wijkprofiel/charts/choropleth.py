"""The choropleth: one figure over the wijken of a gemeente, in five groups of all wijken."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from wijkprofiel.charts import basemap, fonts, ground, placing, svg, tokens
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.charts.words import DUTCH, Words, printed
from wijkprofiel.model import AreaMap, HouseStyle, MapArea, Outline

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LEGEND = 9.6
"""Room for the legend below the map, in mm."""
GROUPS = 5
AIR = 0.35
"""Room in mm between a value and the edge of its wijk: half the heaviest outline, and some air."""
OWN_AIR, OWN_LEAST = 0.15, 0.9
"""The same room for the area itself, and the share of its value that must lie inside: a reader
looks for that value first, so it is fitted closer before it is left out."""
OWN_CLEAR = 1.0
"""Room in mm that its value keeps from the middle of its outline, where it can."""
WHOLE = 0.99
"""Share of any other value that must lie inside its wijk."""
APART = 1.2
"""White in mm between two values, so that 50 and 49 on both sides of a seam never read as one."""
OUTLINE, HALO = 0.6, 1.4
"""Widths in mm of the outline of the area, and of the paper under it."""
DIGITS = 0.72
"""Height of a digit as a share of its size."""
STEP = 0.2
"""Distance in mm of the places that are tried for an own value."""
LIGHT = 3
"""Groups up to this one carry ink, the darker ones paper."""


def choropleth(  # noqa: PLR0913  # sizes, fonts and words have defaults that most callers keep
    area_map: AreaMap,
    *,
    style: HouseStyle,
    title: str,
    width: float = 88,
    height: float = 72,
    decimals: int = 0,
    measure: fonts.Measure | None = None,
    words: Words = DUTCH,
) -> str:
    """Return the wijken in five groups of the reference areas, each with its value.

    Steps of one hue say low to high, never good or bad. A value is printed where there is room; a
    wijk without one is hatched, with a dash. The area itself has a heavy outline, and its value
    may stand closer to the edge than others. An area within a wijk has its own step and value,
    and the rest of the wijk those of the wijk. Where only the wijk around it can be drawn, that
    has a broken outline and its own name, where it fits.

    Args:
        area_map: wijken with ``value`` and ``group``.
        style: colours ``ramp-1`` to ``ramp-5``.
        title: alternative text; it tells every value.
        width: in mm.
        height: in mm, legend included.
        decimals: of the values.
        measure: text widths; the shipped fonts' when left out.
        words: words inside the chart.
    """
    measure = measure or fonts.shipped(style)
    areas = area_map.gemeenten or area_map.wijken
    frame = Frame.around([area.outline for area in areas], (width, height - LEGEND))
    parts = _wijken(area_map, frame, style)
    parts += _areas(area_map, frame, style)
    told = tuple(_told(area, decimals, words) for area in area_map.valued)
    type_ = placing.Type(measure, tokens.size(style, "note", 7.5), 700)
    outlines = tuple(area.outline for area in area_map.valued)
    places = _places(outlines, told, frame, type_, len(area_map.inner))
    fitted = _own_first(area_map, told, places, frame, type_)
    fitted = _apart(area_map, told, fitted, frame, type_)
    fitted = _named(area_map, told, fitted, frame, type_)
    for area, place in zip(area_map.valued, fitted, strict=True):
        parts += _value(area, place, type_.pt, style)
    parts += _legend(style, (width, height), measure, words)
    return svg.document(width, height, title, parts)


def _wijken(area_map: AreaMap, frame: Frame, style: HouseStyle) -> list[str]:
    """Planes with white seams; a line around the gemeente holds the lightest ones."""
    areas = (*area_map.wijken, *area_map.gemeenten)
    data = basemap.drawn(tuple(area.outline for area in areas), frame)
    grey = tokens.colour(style, "line")
    look: svg.Look = {"fill": "none", "stroke": grey, "stroke_width": 0.2}
    planes = [_plane(area, d, style) for area, d in zip(area_map.wijken, data, strict=False)]
    edges = data[len(area_map.wijken) :]
    lines = [svg.path(d, stroke_linejoin="round", **look) for d in edges]
    empty = [frame.shape(area.outline) for area in area_map.wijken if area.group is None]
    return [*planes, *lines, *ground.hatched(empty, grey)]


def _areas(area_map: AreaMap, frame: Frame, style: HouseStyle) -> list[str]:
    """What lies over the wijken: the area where it has outlines, else the line around it."""
    shapes = [ground.union([area], frame) for area in area_map.inner]
    parts = []
    for area, shape in zip(area_map.inner, shapes, strict=True):
        parts.append(_plane(area, ground.data_of(shape), style))
        if area.group is None:
            parts += ground.hatched([shape], tokens.colour(style, "line"))
    for area in area_map.around:
        parts += ground.dashed(ground.union([area], frame), style)
    if area_map.own:
        shape = ground.union(area_map.own, frame)
        parts.append(ground.outlined(shape, style, stroke=HALO, colour=tokens.paper(style)))
        parts.append(ground.outlined(shape, style, stroke=OUTLINE))
    return parts


def _plane(area: MapArea, data: str, style: HouseStyle) -> str:
    seam = style.colours.get("seam-plane", tokens.colour(style, "seam", "paper"))
    fill = tokens.paper(style) if area.group is None else _step(style, area.group)
    look: svg.Look = {"stroke": seam, "stroke_width": 0.4, "stroke_linejoin": "round"}
    return svg.path(data, fill=fill, fill_rule="evenodd", **look)


def _step(style: HouseStyle, group: int) -> str:
    return tokens.colour(style, f"ramp-{group}", "ink")


def _told(area: MapArea, decimals: int, words: Words) -> str:
    """A wijk's value as it is printed, or a dash."""
    if area.value is None or area.group is None:
        return "–"
    return printed(area.value, decimals, words.language)


@lru_cache(maxsize=32)
def _places(
    outlines: tuple[Outline, ...],
    told: tuple[str, ...],
    frame: Frame,
    type_: placing.Type,
    inner: int,
) -> tuple[placing.Placed | None, ...]:
    """Where each value stands, None where there is no room: the same for all areas of a map.

    The last ``inner`` outlines lie over the others, whose values keep clear of them.
    """
    shapes = _rooms(outlines, frame, inner)
    return tuple(
        None if shape.is_empty else placing.inside(word, shape, type_, shape, [], least=WHOLE)
        for word, shape in zip(told, shapes, strict=True)
    )


@lru_cache(maxsize=32)
def _rooms(outlines: tuple[Outline, ...], frame: Frame, inner: int) -> tuple[BaseGeometry, ...]:
    """Where the value of each wijk may stand: the same for all areas of a map."""
    import shapely

    shapes: list[BaseGeometry] = [frame.shape(o).buffer(-AIR) for o in outlines]
    if inner:
        over = shapely.union_all([shape.buffer(2 * AIR + HALO / 2) for shape in shapes[-inner:]])
        shapes[:-inner] = [shape.difference(over) for shape in shapes[:-inner]]
    return tuple(shapes)


def _own_first(
    area_map: AreaMap,
    told: tuple[str, ...],
    places: tuple[placing.Placed | None, ...],
    frame: Frame,
    type_: placing.Type,
) -> list[placing.Placed | None]:
    """The places, with one for an own value clear of the outline, or else as close as can be.

    Other values make way for it.

    The value of a wijk that only holds the area is looked for as much.
    """
    found = list(places)
    own = [order for order, a in enumerate(area_map.valued) if a.own or a.contains_own]
    edge = ground.union([area_map.valued[order] for order in own], frame).boundary
    for order in own:
        area = area_map.valued[order]
        before = found[order]
        if area.group is None or (before and before.box().distance(edge) >= OWN_CLEAR):
            continue
        room = _own_room(area, edge, frame)
        place = _closest(told[order], room.difference(edge.buffer(OWN_CLEAR)), type_, WHOLE)
        if place is None and before is None:
            place = _closest(told[order], room, type_)
        if place is not None:
            box = place.box()
            found = [None if other and other.box().intersects(box) else other for other in found]
            found[order] = place
    return found


def _own_room(area: MapArea, edge: BaseGeometry, frame: Frame) -> BaseGeometry:
    """Where the digits of an own value may stand: clear of the outline of the whole area."""
    near = OUTLINE / 2 if area.group is None or area.group <= LIGHT else HALO / 2
    return frame.shape(area.outline).buffer(-OWN_AIR).difference(edge.buffer(near))


def _apart(
    area_map: AreaMap,
    told: tuple[str, ...],
    places: list[placing.Placed | None],
    frame: Frame,
    type_: placing.Type,
) -> list[placing.Placed | None]:
    """The places, with values that stand close together moved apart where their wijk has room."""
    import shapely

    found = list(places)
    outlines = tuple(area.outline for area in area_map.valued)
    rooms = _rooms(outlines, frame, len(area_map.inner))
    edge = ground.union(area_map.own, frame).boundary
    for order, place in enumerate(found):
        others = [other for at, other in enumerate(found) if other is not None and at != order]
        if place is None or not _close(place, others):
            continue
        area = area_map.valued[order]
        room = _own_room(area, edge, frame) if area.own else rooms[order]
        room = room.difference(shapely.union_all([other.box(APART) for other in others]))
        least = OWN_LEAST if area.own else WHOLE
        found[order] = _closest(told[order], room, type_, least) or place
    return found


def _close(place: placing.Placed, others: list[placing.Placed]) -> bool:
    return any(place.box(APART).intersects(other.box()) for other in others)


def _named(
    area_map: AreaMap,
    told: tuple[str, ...],
    places: list[placing.Placed | None],
    frame: Frame,
    type_: placing.Type,
) -> list[placing.Placed | None]:
    """The places, with the name of a wijk that only holds the area above its value."""
    found = list(places)
    for area in area_map.around:
        if area.group is None:
            continue
        order = area_map.valued.index(area)
        room = frame.shape(area.outline).buffer(-AIR)
        ways = [type_.stacked((*way.lines, told[order])) for way in type_.layouts(area.name)]
        found[order] = placing.fitted(ways, room, room, [], least=WHOLE) or found[order]
    return found


def _closest(
    word: str, room: BaseGeometry, type_: placing.Type, least: float = OWN_LEAST
) -> placing.Placed | None:
    """Where the digits themselves, without the air of a line, lie in ``room``; None if nowhere.

    Of the places where as much of them lies inside, the one nearest to the middle.
    """
    import numpy as np

    if room.is_empty:
        return None
    line = type_.layouts(word)[0]
    size = (line.width, DIGITS * (type_.pt * svg.MM_PER_PT))
    left, top, right, foot = room.bounds
    grid = np.meshgrid(np.arange(left, right, STEP), np.arange(top, foot, STEP))
    spots = np.dstack(grid).reshape(-1, 2)
    middle = room.representative_point() if not room.contains(room.centroid) else room.centroid
    off = np.hypot(*(spots - (middle.x, middle.y)).T)
    spots = spots[np.argsort(np.round(off, 2), kind="stable")]
    inside = placing.shares_of(spots, size, room, least)
    best = np.argmax(np.round(inside, 2))
    if inside[best] < least:
        return None
    x, y = map(float, spots[best])
    baseline = y + size[1] / 2
    return replace(line, at=(x, baseline - (0.76 - 0.5) * line.height))


def _value(area: MapArea, place: placing.Placed | None, pt: float, style: HouseStyle) -> list[str]:
    """A wijk's value, or a dash on paper; nothing where there is no room."""
    if place is None:
        return []
    family = tokens.family(style)
    ink, paper = tokens.colour(style, "ink"), tokens.paper(style)
    if area.value is None or area.group is None:
        disc = svg.circle(place.at, place.height * 0.65, fill=paper)
        return [disc, *place.draw(pt, family=family, fill=ink, weight="700")]
    fill = ink if area.group <= LIGHT else paper
    return place.draw(pt, family=family, fill=fill, weight="700")


def _legend(style: HouseStyle, size: svg.Point, measure: fonts.Measure, words: Words) -> list[str]:
    """Five steps from the lowest to the highest fifth of the reference areas."""
    width, top = size[0], size[1] - LEGEND + 2.4
    box = (width / GROUPS, 3.0)
    family, ink = tokens.family(style), tokens.colour(style, "ink")
    pt = tokens.size(style, "note", 7.5)
    parts = [
        svg.rect((box[0] * (group - 1), top), box, fill=_step(style, group))
        for group in range(1, GROUPS + 1)
    ]
    names = [(0.0, words.lowest, "start"), (width, words.highest, "end")]
    taken = sum(measure.text_width(name, pt) for _, name, _ in names)
    if taken + measure.text_width(words.middle, pt) + 6 <= width:
        names.append((width / 2, words.middle, "middle"))
    for x, name, anchor in names:
        at = (x, top + 6.1)
        parts.append(svg.text(at, name, family=family, pt=pt, fill=ink, text_anchor=anchor))
    return parts

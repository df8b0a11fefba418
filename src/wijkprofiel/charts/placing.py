"""Placing names on a map: at the roomiest point, measured, and left out rather than squeezed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from wijkprofiel.charts import fonts, svg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

STEPS = 7
"""Points per side of the grid of candidates inside a shape."""
INSIDE = 0.6
"""Share of a name that must lie within its own area."""
WHOLE = 0.95
"""A name of which this share lies within its area needs no better place."""
SPACE = 0.5
"""White around a name in mm."""
CROSSED = 1.0
"""What the edge of the land through a name costs, in mm of distance from its shape."""
GAPS = (0.6, 1.8, 3.4)
"""Distances in mm of a name beside its shape."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A name in lines around a middle point, with its size in mm."""

    lines: tuple[str, ...]
    width: float
    height: float
    at: svg.Point = (0.0, 0.0)

    def box(self, space: float = 0.0) -> BaseGeometry:
        """Return the box that the name takes, with ``space`` around it."""
        from shapely.geometry import box

        x, y = self.at
        half, tall = self.width / 2 + space, self.height / 2 + space
        return box(x - half, y - tall, x + half, y + tall)

    def draw(self, pt: float, *, family: str, fill: str, weight: str = "400") -> list[str]:
        """Return the lines as text elements."""
        leading = self.height / len(self.lines)
        top = self.at[1] - self.height / 2
        look: svg.Look = {"fill": fill, "font_weight": weight, "text_anchor": "middle"}
        return [
            svg.text(
                (self.at[0], top + leading * (order + 0.76)), words, family=family, pt=pt, **look
            )
            for order, words in enumerate(self.lines)
        ]


@dataclass(frozen=True, slots=True)
class Type:
    """How names are set: measure, size in pt and weight."""

    measure: fonts.Measure
    pt: float
    weight: int = 400

    def layouts(self, name: str) -> list[Placed]:
        """Return the ways to set a name: on one line, and broken as evenly as can be."""
        ways: list[tuple[str, ...]] = [(name,)]
        whole = self.measure.text_width(name, self.pt, self.weight)
        for share in (0.5, 0.56, 0.64, 0.72):
            lines = self.measure.wrap(name, self.pt, whole * share, weight=self.weight)
            if len(lines) == 2:
                ways.append(lines)
                break
        return [self.stacked(lines) for lines in ways]

    def stacked(self, lines: tuple[str, ...]) -> Placed:
        """Return lines above each other."""
        leading = self.pt * svg.MM_PER_PT * 1.12
        return Placed(lines, self._widest(lines), leading * len(lines))

    def _widest(self, lines: tuple[str, ...]) -> float:
        return max(self.measure.text_width(line, self.pt, self.weight) for line in lines)


@lru_cache(maxsize=512)
def roomiest(shape: BaseGeometry) -> tuple[svg.Point, ...]:
    """Return points inside the largest part of ``shape``, the one furthest from its edge first.

    Remembered: the wijken around an area lie on the maps of their neighbours as well.
    """
    import numpy as np
    import shapely

    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 0]
    if not parts:
        return ()
    part = max(parts, key=lambda p: (p.area, p.bounds))
    pole = shapely.maximum_inscribed_circle(part, tolerance=0.05).coords[0]
    left, top, right, foot = part.bounds
    middles = np.arange(STEPS) + 0.5
    grid = np.meshgrid(
        left + (right - left) * middles / STEPS, top + (foot - top) * middles / STEPS
    )
    spots = np.vstack([pole, np.dstack(grid).reshape(-1, 2)])
    shapely.prepare(part)
    spots = spots[shapely.contains_xy(part, spots)]
    edge = shapely.distance(shapely.points(spots), part.boundary)
    found = sorted(
        (-round(far, 3), x, y) for far, (x, y) in zip(edge.tolist(), spots.tolist(), strict=True)
    )
    return tuple((x, y) for _, x, y in found)


def inside(
    name: str,
    shape: BaseGeometry,
    type_: Type,
    within: BaseGeometry,
    taken: Sequence[BaseGeometry],
    *,
    least: float = INSIDE,
) -> Placed | None:
    """Return a place for a name inside its own shape, or None where there is none.

    It keeps clear of every shape in ``taken`` and lies within ``within``, and for at least the
    share ``least`` within its own shape, so that no reader takes it for a neighbour's. A name on
    one line is preferred to a broken one when it lies inside as well.
    """
    return fitted(type_.layouts(name), shape, within, taken, least=least)


def fitted(
    layouts: Sequence[Placed],
    shape: BaseGeometry,
    within: BaseGeometry,
    taken: Sequence[BaseGeometry],
    *,
    least: float = INSIDE,
) -> Placed | None:
    """Return a place for one of several layouts, as :func:`inside` does; earlier ones first."""
    import numpy as np

    best: Placed | None = None
    most = 0.0
    spots = np.array(roomiest(shape)).reshape(-1, 2)
    for layout in layouts:
        for some in (spots[:1], spots[1:]):
            free = _free(some, layout, within if within is not shape else None, taken)
            shares = shares_of(free, (layout.width, layout.height), shape, least)
            for spot, share in zip(free, shares, strict=True):
                if share >= least and share > most + 0.02:
                    best, most = replace(layout, at=(float(spot[0]), float(spot[1]))), share
            if most > WHOLE:
                return best
    return best


def _free(
    spots: NDArray[np.float64],
    layout: Placed,
    within: BaseGeometry | None,
    taken: Sequence[BaseGeometry],
) -> NDArray[np.float64]:
    """The spots where a layout lies within a shape, if there is one, and clear of all others."""
    import shapely

    if within is not None:
        shapely.prepare(within)
        spots = spots[shapely.contains(within, _boxes(spots, layout, 0.0))]
    return spots[_clear(_boxes(spots, layout, SPACE), taken)] if len(spots) else spots


def _clear(boxes: NDArray[np.object_], taken: Sequence[BaseGeometry]) -> NDArray[np.bool_]:
    """Which boxes touch nothing of what is taken."""
    import numpy as np
    import shapely

    clear = np.ones(len(boxes), dtype=bool)
    if taken:
        clear[shapely.STRtree(taken).query(boxes, predicate="intersects")[0]] = False
    return clear


def shares_of(
    spots: NDArray[np.float64], size: svg.Point, shape: BaseGeometry, least: float
) -> NDArray[np.float64]:
    """Return which share of a box around each spot lies in ``shape``, as far as it matters.

    It is 0 where less than ``least`` can, and for every spot after the first where all of the box
    does: no later one is better.

    Args:
        spots: middles of the boxes in mm, the most wanted first.
        size: width and height of the box in mm.
        shape: in mm.
        least: smaller shares are of no use.
    """
    import numpy as np
    import shapely

    shapely.prepare(shape)
    shares = np.zeros(len(spots))
    half, area = (size[0] / 2, size[1] / 2), size[0] * size[1]
    left, top, right, foot = shape.bounds
    within = np.minimum(spots + half, (right, foot)) - np.maximum(spots - half, (left, top))
    most = np.minimum(within.clip(0).prod(axis=1), shape.area) / area
    tried = np.flatnonzero(most >= least - 0.01)
    boxes = _around_spots(spots[tried], half)
    whole = shapely.covers(shape, boxes)
    if whole.any():
        first = int(whole.argmax())
        shares[tried[first]] = 1.0
        tried, boxes = tried[:first], boxes[:first]
    if len(tried):
        shares[tried] = shapely.area(shapely.intersection(boxes, shape)) / area
    return shares


def _boxes(spots: NDArray[np.float64], layout: Placed, space: float) -> NDArray[np.object_]:
    """The boxes that a layout takes at each spot, with ``space`` around."""
    return _around_spots(spots, (layout.width / 2 + space, layout.height / 2 + space))


def _around_spots(spots: NDArray[np.float64], half: svg.Point) -> NDArray[np.object_]:
    """Boxes of the same size, of which half is given, around spots."""
    import shapely

    x, y = spots[:, 0], spots[:, 1]
    return shapely.box(x - half[0], y - half[1], x + half[0], y + half[1])


def beside(
    name: str,
    shape: BaseGeometry,
    type_: Type,
    size: svg.Point,
    land: BaseGeometry,
    taken: Sequence[BaseGeometry] = (),
) -> Placed | None:
    """Return a place for a name just outside its shape, off the land if it can, or None.

    A name beside an area must not look like that of the wijk it lies in: off the land it cannot,
    and on the land it stays close. The edge of the land runs through it only where it must.
    """
    import numpy as np
    import shapely

    places = list(_around(type_.layouts(name), shape, size))
    clear = _clear(np.array([place.box(SPACE / 2) for place in places]), (shape, *taken))
    boxes = np.array([place.box() for place in places])
    free = np.flatnonzero(clear & shapely.contains(shapely.box(0, 0, *size), boxes))
    if not len(free):
        return None
    boxes = boxes[free]
    on_land = shapely.area(shapely.intersection(boxes, land)) / shapely.area(boxes)
    crossed = np.where(shapely.intersects(boxes, land.boundary), CROSSED, 0.0)
    costs = on_land + shapely.distance(boxes, shape) + crossed
    best = min(range(len(free)), key=lambda order: round(float(costs[order]), 3))
    return places[int(free[best])]


def _around(layouts: list[Placed], shape: BaseGeometry, size: svg.Point) -> Iterator[Placed]:
    """Places above, below, right and left of a shape, near before far, one line before two."""
    left, top, right, foot = shape.bounds
    for layout in layouts:
        half, tall = layout.width / 2, layout.height / 2
        x = min(max((left + right) / 2, half), size[0] - half)
        y = min(max((top + foot) / 2, tall), size[1] - tall)
        for gap in GAPS:
            for at in (
                (x, top - tall - gap),
                (x, foot + tall + gap),
                (right + half + gap, y),
                (left - half - gap, y),
            ):
                yield replace(layout, at=at)

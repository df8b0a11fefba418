"""Placing names on a map: at the roomiest point, measured, and left out rather than squeezed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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


def roomiest(shape: BaseGeometry) -> list[svg.Point]:
    """Return points inside the largest part of ``shape``, the one furthest from its edge first."""
    import shapely

    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 0]
    if not parts:
        return []
    part = max(parts, key=lambda p: (p.area, p.bounds))
    pole = shapely.maximum_inscribed_circle(part, tolerance=0.05).coords[0]
    left, top, right, foot = part.bounds
    points = [(pole[0], pole[1])] + [
        (left + (right - left) * (i + 0.5) / STEPS, top + (foot - top) * (j + 0.5) / STEPS)
        for i in range(STEPS)
        for j in range(STEPS)
    ]
    spots = shapely.points(points)
    shapely.prepare(part)
    edge = shapely.distance(spots, part.boundary)
    within = shapely.contains(part, spots)
    found = [
        (-round(float(d), 3), p) for d, p, is_in in zip(edge, points, within, strict=True) if is_in
    ]
    return [point for _, point in sorted(found)]


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
    import shapely

    best: Placed | None = None
    most = 0.0
    spots = np.array(roomiest(shape)).reshape(-1, 2)
    shapely.prepare(shape)
    for layout in layouts:
        for some in (spots[:1], spots[1:]):
            boxes = _boxes(some, layout, 0.0)
            cut = shapely.area(shapely.intersection(boxes, shape))
            shares = cut / (layout.width * layout.height)
            free = shares >= least
            if within is not shape:
                free &= shapely.contains(within, boxes)
            clear = _boxes(some, layout, SPACE)
            for other in taken:
                free &= ~shapely.intersects(other, clear)
            for spot, share in zip(some[free], shares[free], strict=True):
                if share > most + 0.02:
                    best, most = replace(layout, at=(float(spot[0]), float(spot[1]))), share
            if most > WHOLE:
                return best
    return best


def _boxes(spots: NDArray[np.float64], layout: Placed, space: float) -> NDArray[np.object_]:
    """The boxes that a layout takes at each spot, with ``space`` around."""
    import shapely

    half, tall = layout.width / 2 + space, layout.height / 2 + space
    x, y = spots[:, 0], spots[:, 1]
    return shapely.box(x - half, y - tall, x + half, y + tall)


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
    from shapely.geometry import box

    sheet = box(0, 0, *size)
    found: list[tuple[float, int, Placed]] = []
    for order, placed in enumerate(_around(type_.layouts(name), shape, size)):
        name_box = placed.box()
        free = not any(placed.box(SPACE / 2).intersects(other) for other in (shape, *taken))
        if free and sheet.contains(name_box):
            on_land = name_box.intersection(land).area / name_box.area
            far = name_box.distance(shape)
            crossed = CROSSED if name_box.intersects(land.boundary) else 0.0
            found.append((round(on_land + far + crossed, 3), order, placed))
    return min(found, key=lambda item: item[:2])[2] if found else None


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

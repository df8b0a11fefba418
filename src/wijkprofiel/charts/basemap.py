"""The base map of a gemeente: drawn with matplotlib once, shared by all its areas.

Outlines come in metres and go out as SVG path data in millimetres. Of matplotlib only its paths
and transforms are used (0.2 s to import, inside the function that draws): its SVG renderer costs
twice that and builds a font cache on a new machine, figures and pyplot cost four times that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from wijkprofiel.charts import svg
from wijkprofiel.model import Outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Frame:
    """Where metres land on paper: ``mm = metres · scale + shift``, north up.

    Attributes:
        scale: mm per metre.
        shift: mm added to both directions, y still upwards.
        size: width and height of the drawing in mm.
    """

    scale: float
    shift: svg.Point
    size: svg.Point

    @classmethod
    def around(cls, outlines: Iterable[Outline], size: svg.Point, margin: float = 0.6) -> Frame:
        """Return the frame in which ``outlines`` just fit in ``size``, in the middle.

        Raises:
            ValueError: there are no outlines.
        """
        rings = [ring for outline in outlines for part in outline.polygons for ring in part[:1]]
        xs = [x for ring in rings for x, _ in ring]
        ys = [y for ring in rings for _, y in ring]
        if not xs:
            raise ValueError("a map without outlines")
        wide, tall = max(xs) - min(xs), max(ys) - min(ys)
        free = (size[0] - 2 * margin, size[1] - 2 * margin)
        scale = min(free[0] / (wide or 1.0), free[1] / (tall or 1.0))
        left = (size[0] - wide * scale) / 2 - min(xs) * scale
        foot = (size[1] - tall * scale) / 2 - min(ys) * scale
        return cls(scale, (left, foot), size)

    def shape(self, outline: Outline) -> BaseGeometry:
        """Return an outline as a valid shape in mm, y downwards as on paper."""
        return _shape(outline, self)

    def sheet(self) -> BaseGeometry:
        """Return the whole drawing as a shape."""
        from shapely.geometry import box

        return box(0, 0, *self.size)

    def ring(self, ring: Sequence[svg.Point]) -> NDArray[np.float64]:
        """Return a ring of metres in mm, a row per point, y downwards."""
        import numpy as np

        x, y = np.array(ring).T
        right, up = x * self.scale + self.shift[0], y * self.scale + self.shift[1]
        return np.column_stack((right, self.size[1] - up))


@lru_cache(maxsize=512)
def _shape(outline: Outline, frame: Frame) -> BaseGeometry:
    """The shape of an outline: asked for often on one page, and by all areas of a gemeente."""
    import shapely

    polygons = [
        shapely.Polygon(frame.ring(part[0]), [frame.ring(hole) for hole in part[1:]])
        for part in outline.polygons
        if len(part[0]) >= 4
    ]
    return shapely.make_valid(shapely.MultiPolygon(polygons)).buffer(0)


@lru_cache(maxsize=32)
def drawn(outlines: tuple[Outline, ...], frame: Frame) -> tuple[str, ...]:
    """Return path data in mm for each outline, in order.

    Drawn once per gemeente and size: all areas of a gemeente share the result.
    """
    import numpy as np
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    scale, (left, foot) = frame.scale, frame.shift
    north_up = Affine2D().scale(scale, -scale).translate(left, frame.size[1] - foot)
    found = []
    for outline in outlines:
        rings = [ring for part in outline.polygons for ring in part if len(ring) >= 4]
        paths = [Path(ring, closed=True) for ring in rings]
        placed = Path.make_compound_path(*paths).to_polygons(north_up, closed_only=True)
        found.append("".join(_trace(np.asarray(ring)) for ring in placed))
    return tuple(found)


def _trace(ring: NDArray[np.float64]) -> str:
    """Path data of a closed ring, whose last point is its first."""
    return svg.trace([(float(x), float(y)) for x, y in ring[:-1]], close=True)

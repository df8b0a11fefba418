"""Where a value hits nothing: boxes of words, and the lines and boxes that they keep clear of."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from wijkprofiel.charts import svg

AIR = 0.25
"""Room in mm between a value and a line, a point or a word."""
DIGITS = 0.72
"""Height of a digit as a share of its size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A word on the page, in mm, or anything else that a value keeps clear of."""

    left: float
    top: float
    right: float
    foot: float

    @classmethod
    def of(cls, x: float, baseline: float, width: float, pt: float) -> Box:
        """Return the box of digits ``width`` wide that start at ``x``."""
        return cls(x, baseline - DIGITS * pt * svg.MM_PER_PT, x + width, baseline)

    def crossed(self, start: svg.Point, end: svg.Point, space: float) -> float:
        """Return how many mm of a line lie within ``space`` of the box."""
        first, last = 0.0, 1.0
        low, high = (self.left - space, self.top - space), (self.right + space, self.foot + space)
        for a, b, least, most in zip(start, end, low, high, strict=True):
            if a == b:
                if not least < a < most:
                    return 0.0
                continue
            near, far = sorted(((least - a) / (b - a), (most - a) / (b - a)))
            first, last = max(first, near), min(last, far)
        return max(last - first, 0.0) * hypot(end[0] - start[0], end[1] - start[1])

    def shared(self, other: Box, space: float) -> float:
        """Return how many mm of the width of another box lie within ``space`` of this one."""
        tall = min(self.foot, other.foot) - max(self.top, other.top) + space
        wide = min(self.right, other.right) - max(self.left, other.left) + space
        return max(wide, 0.0) if tall > 0 else 0.0


@dataclass(slots=True)
class Obstacles:
    """What a value keeps clear of: lines with half their width, and boxes."""

    lines: list[tuple[svg.Point, svg.Point, float]]
    boxes: list[Box]
    field: Box

    def cost(self, box: Box) -> float:
        """Return how many mm of lines and boxes a value at ``box`` would hit."""
        field = self.field
        out = max(field.left - box.left, field.top - box.top, box.foot - field.foot, 0.0)
        hit = sum(box.crossed(a, b, half + AIR) for a, b, half in self.lines)
        return 100 * out + hit + sum(box.shared(other, AIR) for other in self.boxes)

"""The 95 % limits of a figure, and the light plane between them behind a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wijkprofiel.charts import svg
from wijkprofiel.model import Figure

Pair = tuple[float, float]

OPACITY = 0.5
"""Of the plane between the limits: words and lines on it stay readable."""


def limits(figure: Figure) -> Pair | None:
    """Return the 95 % interval of a figure that is there; None without margins, or withheld."""
    if figure.value is None or figure.lower is None or figure.upper is None:
        return None
    return (figure.lower, figure.upper)


def planes(
    pairs: Sequence[Pair | None], xs: Sequence[float], y: Callable[[float], float], fill: str
) -> list[str]:
    """Return a plane between the limits for each stretch of periods that have them.

    Args:
        pairs: lower and upper limit per period, None without.
        xs: places of the periods in mm.
        y: gives the height of a value on the page.
        fill: colour, drawn half transparent.
    """
    stretches: list[list[tuple[float, float, float]]] = [[]]
    for x, pair in zip(xs, pairs, strict=True):
        if pair is None:
            stretches.append([])
        else:
            stretches[-1].append((x, *pair))
    outlines = [
        [*((x, y(high)) for x, _, high in part), *((x, y(low)) for x, low, _ in reversed(part))]
        for part in stretches
        if len(part) > 1
    ]
    return [
        svg.path(svg.trace(outline, close=True), fill=fill, fill_opacity=OPACITY)
        for outline in outlines
    ]

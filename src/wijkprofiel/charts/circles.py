"""Empty circles: to put a sticker in, or to colour."""

from __future__ import annotations

from wijkprofiel.charts import svg, tokens
from wijkprofiel.model import HouseStyle

ROOM = 0.72
"""Part of its cell that a circle takes."""


def circles(
    columns: int,
    rows: int,
    *,
    style: HouseStyle,
    title: str,
    width: float,
    height: float | None = None,
) -> str:
    """Return rows of empty circles as SVG.

    Args:
        columns: circles beside each other.
        rows: of them.
        style: colours ``paper`` and ``line``.
        title: alternative text: what the circles are for.
        width: in mm.
        height: in mm; by default so that cells are square.
    """
    across = width / columns
    down = across if height is None else height / rows
    radius = min(across, down) * ROOM / 2
    data = "".join(
        svg.disc(((column + 0.5) * across, (row + 0.5) * down), radius)
        for row in range(rows)
        for column in range(columns)
    )
    drawn = svg.path(
        data, fill=tokens.paper(style), stroke=tokens.colour(style, "line"), stroke_width=0.3
    )
    return svg.document(width, rows * down, title, [drawn])

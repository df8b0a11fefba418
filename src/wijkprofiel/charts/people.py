"""People: a share as figures or dots that agree with the sentence beside it, and a crowd."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import floor
from typing import Literal

from wijkprofiel.charts import svg, tokens
from wijkprofiel.model import HouseStyle
from wijkprofiel.scoring.rounding import half_up

Mode = Literal["ten", "hundred"]

HEIGHTS = (0.56, 0.84, 1.0, 0.96, 0.9)
"""Heights of the figures of five age groups, youngest first, as a share of the tallest."""
ROWS = 4
COLUMNS = 100 // ROWS
"""Rows and columns of the hundred dots."""
PLACES = (1, 6, 4, 0, 8, 3, 2, 7, 5, 9)
"""Places from left to right that the ten of a crowd take, youngest first, so that ages mix."""


def people(
    value: float,
    *,
    style: HouseStyle,
    theme: str,
    title: str,
    width: float = 57.3,
    mode: Mode | None = None,
) -> str:
    """Return ten figures or a hundred dots, so many filled as the percentage says.

    Args:
        value: percentage, 0–100.
        style: look ``people``.
        theme: role of the theme's colours; filled is its deep colour. "" for the ink of text.
        title: alternative text.
        width: in mm; the height follows.
        mode: "ten" or "hundred", as the sentence beside it says; left out: ten figures from 20
            to 94 %, else a hundred dots.

    Raises:
        ValueError: the value is no percentage.
    """
    if not 0 <= value <= 100:
        raise ValueError(f"{value} is no percentage")
    if (mode or usual_mode(value)) == "ten":
        return _ten(int(half_up(value / 10)), style, theme, title, width)
    return _hundred(int(half_up(value)), style, theme, title, width)


def usual_mode(value: float) -> Mode:
    """Return how a share is told by itself: of ten from 20 to 94 %, else of a hundred.

    >>> usual_mode(19.5), usual_mode(19.4), usual_mode(94.5)
    ('ten', 'hundred', 'hundred')
    """
    return "ten" if 20 <= half_up(value) <= 94 else "hundred"


def figure(at: svg.Point, height: float, style: HouseStyle, **look: str | float | None) -> str:
    """Return one person standing on ``at`` (the middle of the feet).

    The head is a disc of 0.165 of the height, the body 0.46 wide and 0.57 high with a round top.
    """
    x, y = at
    head, half, tall = 0.165 * height, 0.23 * height, 0.57 * height
    if tokens.look(style, "people", "figures") == "block":
        data = _block(x, y, height)
    else:
        foot = 0.045 * height
        data = (
            f"M{svg.number(x - half)} {svg.number(y - foot)}"
            f"V{svg.number(y - tall + half)}"
            f"A{svg.number(half)} {svg.number(half)} 0 0 1 "
            f"{svg.number(x + half)} {svg.number(y - tall + half)}"
            f"V{svg.number(y - foot)}"
            f"Q{svg.number(x + half)} {svg.number(y)} "
            f"{svg.number(x + half - foot)} {svg.number(y)}"
            f"H{svg.number(x - half + foot)}"
            f"Q{svg.number(x - half)} {svg.number(y)} "
            f"{svg.number(x - half)} {svg.number(y - foot)}Z"
        )
    return svg.path(data, **look) + svg.circle((x, y - height + head), head, **look)


def crowd(
    shares: Sequence[float],
    *,
    style: HouseStyle,
    title: str,
    width: float = 105,
    height: float = 31,
) -> str:
    """Return ten people on the cover, in proportion to the age groups.

    They stand on the bottom edge and the last runs off the right one; the smallest stand in front.
    Their colours mean nothing. It is a decoration: place it as a background.

    Args:
        shares: people per age group in any unit, youngest first, as many as :data:`HEIGHTS`;
            with nothing known, two of each.
        style: colours ``crowd-1`` and on, ``cover`` for the outline.
        title: alternative text.
        width: in mm.
        height: in mm.
    """
    ages = sorted(_mixed(ten_of(shares)).items())
    step = width / 9.6
    ground = tokens.colour(style, "cover", "paper")
    colours = [c for role, c in sorted(style.colours.items()) if role.startswith("crowd-")]
    colours = colours or [tokens.colour(style, "ink")]
    tallest = height / 1.03
    drawn = []
    for place, age in sorted(ages, key=lambda item: -HEIGHTS[item[1]]):
        look: svg.Look = {
            "fill": colours[place % len(colours)],
            "stroke": ground,
            "stroke_width": 1.2,
            "paint_order": "stroke",
        }
        at = (step * (place + 0.72), height + 1.5)
        drawn.append(figure(at, HEIGHTS[age] * tallest, style, **look))
    return svg.document(width, height, title, drawn)


def ten_of(shares: Sequence[float]) -> tuple[int, ...]:
    """Return how many of ten each group gets, by largest remainder (Hamilton); ties to the first.

    >>> ten_of([16, 11, 26, 26, 21])
    (2, 1, 3, 2, 2)
    """
    total = sum(shares)
    if total <= 0:
        return (2,) * len(HEIGHTS)
    exact = [10 * share / total for share in shares]
    counts = [floor(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda i: (counts[i] - exact[i], i))
    for i in order[: 10 - sum(counts)]:
        counts[i] += 1
    return tuple(counts)


def _mixed(counts: Sequence[int]) -> dict[int, int]:
    """Places 0–9 and the age group that stands there: neighbours of other ages."""
    by_age = [age for age, count in enumerate(counts) for _ in range(count)]
    return dict(zip(PLACES, by_age, strict=True))


def _ten(count: int, style: HouseStyle, theme: str, title: str, width: float) -> str:
    deep = _deep(style, theme)
    line = 0.45
    step = (width - line) / 9.92
    tall = step * 0.8 / 0.46
    height = tall + line
    parts = []
    for place in range(10):
        at = (line / 2 + step * (place + 0.46), height - line / 2)
        fill = deep if place < count else tokens.paper(style)
        parts.append(figure(at, tall, style, fill=fill, stroke=deep, stroke_width=line))
    return svg.document(width, height, title, parts)


def _hundred(count: int, style: HouseStyle, theme: str, title: str, width: float) -> str:
    """A hundred dots in four rows, filled column by column."""
    deep = _deep(style, theme)
    line = 0.25
    step = width / COLUMNS
    discs = _discs(step, step * 0.42 - line / 2)
    # Two paths and not a hundred circles: each element is styled and drawn by itself.
    parts = [
        svg.path("".join(some), fill=fill, stroke=deep, stroke_width=line)
        for some, fill in ((discs[:count], deep), (discs[count:], tokens.paper(style)))
        if some
    ]
    return svg.document(width, step * ROWS, title, parts)


@lru_cache(maxsize=16)
def _discs(step: float, r: float) -> tuple[str, ...]:
    """Path data of a hundred dots, column by column: the same in every document."""
    places = (divmod(place, ROWS) for place in range(100))
    return tuple(svg.disc((step * (x + 0.5), step * (y + 0.5)), r) for x, y in places)


def _deep(style: HouseStyle, theme: str) -> str:
    return tokens.theme(style, theme).deep if theme else tokens.colour(style, "ink")


def _block(x: float, y: float, height: float) -> str:
    """A person with straight sides: shoulders, arms and legs."""
    half, arm, tall, leg = 0.2 * height, 0.3 * height, 0.62 * height, 0.13 * height
    corners = [
        (x - leg, y),
        (x - leg, y - arm),
        (x - half, y - arm),
        (x - half, y - tall),
        (x + half, y - tall),
        (x + half, y - arm),
        (x + leg, y - arm),
        (x + leg, y),
    ]
    return svg.trace(corners, close=True)

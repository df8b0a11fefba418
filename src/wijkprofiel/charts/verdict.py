"""Verdict signs, drawn and never typed: one shape per outcome, its word stands beside it."""

from __future__ import annotations

from math import pi

from wijkprofiel.charts import svg, tokens
from wijkprofiel.model import HouseStyle, Outcome

NEUTRAL = (Outcome.HIGHER, Outcome.LOWER, Outcome.NEUTRAL_SIMILAR)
TRIANGLES = {Outcome.FAVOURABLE: -1, Outcome.UNFAVOURABLE: 1}
ROLES = {Outcome.FAVOURABLE: "favourable", Outcome.UNFAVOURABLE: "unfavourable"}


def shape(
    outcome: Outcome, strength: int, r: float, style: HouseStyle, *, at: svg.Point = (0, 0)
) -> str:
    """Return the sign of an outcome as an SVG fragment.

    Args:
        outcome: which sign: triangle up, disc, triangle down, dashed ring, bar or square.
        strength: 1 ("iets") draws an open triangle where the style's look ``slight`` is "open".
        r: radius in mm; a triangle and a square have about the same area as the disc.
        style: gives the colours ``favourable``, ``unfavourable``, ``similar`` and ``ink``.
        at: the middle of the sign in mm.
    """
    if outcome in TRIANGLES:
        return _triangle(outcome, strength, r, style, at)
    if outcome is Outcome.SIMILAR:
        return svg.circle(at, r, fill=tokens.colour(style, "similar", "mute"))
    if outcome is Outcome.UNCERTAIN:
        return _dashed_ring(r, style, at)
    if outcome in NEUTRAL:
        half, stroke = 0.86 * r, 0.3 * r
        side = 2 * half - stroke
        corner = (at[0] - side / 2, at[1] - side / 2)
        return svg.rect(
            corner,
            (side, side),
            fill=tokens.paper(style),
            stroke=tokens.colour(style, "neutral", "mute"),
            stroke_width=stroke,
        )
    return svg.line(
        (at[0] - r, at[1]),
        (at[0] + r, at[1]),
        stroke=tokens.colour(style, "missing", "mute"),
        stroke_width=0.36 * r,
    )


def halo(
    outcome: Outcome, r: float, style: HouseStyle, *, at: svg.Point = (0, 0), gap: float = 0.3
) -> str:
    """Return a white ground that keeps a sign free from lines behind it."""
    paper = tokens.paper(style)
    if outcome in TRIANGLES:
        data = svg.trace(_corners(outcome, r, style, at), close=True)
        return svg.path(
            data, fill=paper, stroke=paper, stroke_width=0.36 * r + 2 * gap, stroke_linejoin="round"
        )
    if outcome in NEUTRAL:
        half = 0.86 * r + gap
        return svg.rect((at[0] - half, at[1] - half), (2 * half, 2 * half), fill=paper)
    return svg.circle(at, r + gap, fill=paper)


def sign(outcome: Outcome, strength: int, r: float, style: HouseStyle, *, title: str) -> str:
    """Return the sign as a small document of its own, for instance as a CSS background."""
    side = 2.6 * r
    fragment = shape(outcome, strength, r, style, at=(side / 2, side / 2))
    return svg.document(side, side, title, [fragment])


def _corners(outcome: Outcome, r: float, style: HouseStyle, at: svg.Point) -> list[svg.Point]:
    """Corners of the line through the middle of the triangle's round-joined outline."""
    turn = TRIANGLES[outcome]
    width = tokens.size(style, "sign_triangle_width", 2.36) * r
    height = tokens.size(style, "sign_triangle_height", 2.0) * r
    inset = 0.18 * r
    half = width / 2 - 1.9 * inset
    top, base = -height / 2 + 1.8 * inset, height / 2 - inset
    x, y = at
    return [(x, y + turn * -top), (x + half, y + turn * -base), (x - half, y + turn * -base)]


def _triangle(outcome: Outcome, strength: int, r: float, style: HouseStyle, at: svg.Point) -> str:
    colour = tokens.colour(style, ROLES[outcome])
    is_open = strength == 1 and tokens.look(style, "slight", "full") == "open"
    return svg.path(
        svg.trace(_corners(outcome, r, style, at), close=True),
        fill=tokens.paper(style) if is_open else colour,
        stroke=colour,
        stroke_width=0.36 * r,
        stroke_linejoin="round",
    )


def _dashed_ring(r: float, style: HouseStyle, at: svg.Point) -> str:
    """A ring in eight equal dashes, so that no dash meets its own tail."""
    stroke = 0.3 * r
    radius = r - stroke / 2
    period = 2 * pi * radius / 8
    return svg.circle(
        at,
        radius,
        fill=tokens.paper(style),
        stroke=tokens.colour(style, "uncertain", "ink"),
        stroke_width=stroke,
        stroke_dasharray=f"{svg.number(0.58 * period)} {svg.number(0.42 * period)}",
    )

"""Less work for dots: a circle is four curves, 26 numbers that are made of ten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import floor, pi, sqrt
from typing import Any

from wijkprofiel.render.accelerate import Acceleration
from wijkprofiel.render.accelerate_css import WEASYPRINT

_SIDES = ("top", "right", "bottom", "left")
_DOT = b"\n".join((b"%b %b m", *4 * (b"%b %b %b %b %b %b c",), b"h"))


def quick_circles(_: Any) -> Any:
    """Draw a circle of a drawing with one line of formatting."""

    def circle(svg: Any, node: Any, font_size: float) -> None:
        radius = svg.length(node.get("r"), font_size)
        if radius:
            x, y = svg.point(node.get("cx"), node.get("cy"), font_size)
            svg.stream.stream.append(_dot(x, y, radius))

    return circle


def quick_dots(stock: Any) -> Any:
    """Draw the dots of a straight dotted line with one line of formatting each.

    What stock does for a plain line is what it does around the dots: the corners before them, and
    a clip after them as well.
    """

    def clip_border_segment(
        stream: Any, style: str, width: float, side: str, border_box: Any, *corners: Any
    ) -> None:
        widths, radii = corners or (None, ())
        if style != "dotted" or any(across or down for across, down in radii):
            stock(stream, style, width, side, border_box, *corners)
            return
        stock(stream, "solid", width, side, border_box, *corners)
        if widths:
            width = widths[_SIDES.index(side)]
        stream.stream += _dots(side, width, *border_box)
        stream.clip(even_odd=True)
        stream.end()

    return clip_border_segment


def _dots(
    side: str, width: float, x: float, y: float, across: float, down: float
) -> Iterator[bytes]:
    """Yield the dots along a side of a box: on both corners, and evenly spaced between."""
    level, half = side in ("top", "bottom"), width / 2
    length = across if level else down
    spaces = floor(length / width / 2)
    space = (length - (spaces + 1) * width) / spaces if spaces else 0
    for order in range(spaces + 2):
        advance = order * (space + width)
        if level:
            middle = y + half if side == "top" else y + down - half
            yield _dot(x + advance + half, middle, half)
        else:
            middle = x + half if side == "left" else x + across - half
            yield _dot(middle, y + advance + half, half)


def _dot(x: float, y: float, radius: float) -> bytes:
    """Return the outline of a circle: four curves."""
    left, west, middle, east, right = _steps(x, radius)
    top, north, centre, south, bottom = _steps(y, radius)
    return _DOT % (
        *(right, centre),
        *(right, south, east, bottom, middle, bottom),
        *(west, bottom, left, south, left, centre),
        *(left, north, west, top, middle, top),
        *(east, top, right, north, right, centre),
    )


@lru_cache(maxsize=8192)
def _steps(middle: float, radius: float) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """Return what a circle is drawn through in one direction, as written in a PDF."""
    import pydyf  # type: ignore[import-untyped]  # it ships no types

    write, ratio = pydyf._to_bytes, radius / sqrt(pi)  # noqa: SLF001
    return (
        write(middle - radius),
        write(middle - ratio),
        write(middle),
        write(middle + ratio),
        write(middle + radius),
    )


ALL = (
    Acceleration(
        "dots",
        *WEASYPRINT,
        ("weasyprint.draw.border", "clip_border_segment"),
        "624eca4b7d452596",
        quick_dots,
        "700 dots of dotted lines a factsheet, 26 numbers each",
    ),
    Acceleration(
        "circles",
        *WEASYPRINT,
        ("weasyprint.svg.shapes", "circle"),
        "23ab4dabfd31776e",
        quick_circles,
        "100 circles a factsheet that were not drawn before",
        also=(("weasyprint.svg", "TAGS.circle"),),
    ),
)

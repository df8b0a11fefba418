"""Writing SVG: numbers, elements and the document around them, always the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from xml.sax.saxutils import escape, quoteattr

MM_PER_PT = 25.4 / 72

ENDING = re.compile(r"\.?0+(?![\d.])")
"""Zeros at the end of a number with decimals, and the point where nothing else stands behind it."""

Point = tuple[float, float]
Look = dict[str, str | float | None]
"""Attributes that several elements share."""


def number(value: float) -> str:
    """Return ``value`` with at most three decimals, without trailing zeros or a negative zero.

    >>> number(2.5), number(-0.0001), number(10)
    ('2.5', '0', '10')
    """
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """Return an element; ``_`` in a name becomes ``-`` and attributes that are None are left out.

    >>> element("circle", cx=1.5, stroke_width=0.25, fill=None)
    '<circle cx="1.5" stroke-width="0.25"/>'
    """
    parts = [name]
    for key, value in attributes.items():
        if isinstance(value, str):
            parts.append(f"{_attribute(key)}={_quoted(value)}")
        elif value is not None:
            parts.append(f'{_attribute(key)}="{number(value)}"')
    head = " ".join(parts)
    inside = "".join(children)
    return f"<{head}>{inside}</{name}>" if inside else f"<{head}/>"


@lru_cache(maxsize=256)
def _attribute(key: str) -> str:
    """The name of an attribute as it is written."""
    return key.rstrip("_").replace("_", "-")


def _quoted(value: str) -> str:
    """A value between quotation marks; few hold a sign that must be written otherwise.

    Paths are long: looking for such a sign takes a tenth of replacing what is not there.
    """
    if "&" in value or "<" in value or ">" in value or '"' in value:
        return quoteattr(value)
    if "\n" in value or "\r" in value or "\t" in value:
        return quoteattr(value)
    return f'"{value}"'


def document(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """Return a whole ``<svg>`` of ``width`` by ``height`` millimetres, its title first.

    The title is the alternative text of the figure in the PDF (WeasyPrint 70 and later).
    """
    return element(
        "svg",
        f"<title>{escape(title)}</title>",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{number(width)}mm",
        height=f"{number(height)}mm",
        viewBox=f"0 0 {number(width)} {number(height)}",
    )


def text(at: Point, words: str, *, family: str, pt: float, **attributes: str | float | None) -> str:
    """Return live text with its baseline at ``at``; ``pt`` is its size in points."""
    return element(
        "text",
        escape(words),
        x=at[0],
        y=at[1],
        font_family=family,
        font_size=pt * MM_PER_PT,
        **attributes,
    )


def line(start: Point, end: Point, **attributes: str | float | None) -> str:
    """Return a straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def circle(at: Point, r: float, **attributes: str | float | None) -> str:
    """Return a circle."""
    return element("circle", cx=at[0], cy=at[1], r=r, **attributes)


def disc(at: Point, r: float) -> str:
    """Return path data of a circle, so that many can share one path.

    >>> disc((1, 2), 0.5)
    'M0.5 2a0.5 0.5 0 1 0 1 0a0.5 0.5 0 1 0 -1 0z'
    """
    half = f"a{number(r)} {number(r)} 0 1 0 "
    return f"M{number(at[0] - r)} {number(at[1])}{half}{number(2 * r)} 0{half}{number(-2 * r)} 0z"


def rect(at: Point, size: Point, **attributes: str | float | None) -> str:
    """Return a rectangle with its top left corner at ``at``."""
    return element("rect", x=at[0], y=at[1], width=size[0], height=size[1], **attributes)


def trace(points: Sequence[Point], *, close: bool = False) -> str:
    """Return path data through ``points``; nothing for no points.

    >>> trace([(0, 0), (1, 0.5)], close=True), trace([])
    ('M0 0L1 0.5Z', '')
    """
    if not points:
        return ""
    # As `number` writes them, but all at once: outlines have thousands of points.
    told = "L".join(["%.3f %.3f"] * len(points)) % tuple(chain.from_iterable(points))
    joined = ENDING.sub("", told.replace("-0.000", "0.000"))
    return f"M{joined}" + ("Z" if close else "")


def path(data: str, **attributes: str | float | None) -> str:
    """Return a path."""
    return element("path", d=data, **attributes)

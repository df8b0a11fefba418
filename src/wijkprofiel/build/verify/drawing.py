"""A drawing as it was asked for: its texts, and the points that each of its shapes goes through.

WeasyPrint draws an SVG in the SVG's own measure, so the points of a finished shape are those of
its source. Curves and arcs are compared by where they begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from wijkprofiel.render.html_check import SVG
from wijkprofiel.render.paper import Box, Shape
from wijkprofiel.render.paper.facts import Point, plain

NEAR = 0.0021
"""Two points are one within this, in the measure of the drawing: its third decimal."""
BLACK = "#000000"
SIDES = 4
"""Numbers of a viewBox."""
PER_MM = 72 / 25.4
"""Points to a millimetre."""
_POINTS = re.compile(r"([\d.]+)mm")
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_STRAIGHT = re.compile(r"[MLZ\d\s.,-]*")
"""Path data of lines from point to point, as outlines on a map are."""
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_SILENT = frozenset({"title", "desc", "text"})


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape as it was asked for; "" for a colour that it does not have."""

    points: tuple[Point, ...]
    fill: str
    stroke: str


@dataclass(frozen=True, slots=True)
class Word:
    """A text as it was asked for, without spaces: where it is held, and by which end."""

    text: str
    at: Point
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as it was asked for.

    Attributes:
        title: the alternative text.
        words: what is written in it.
        outlines: shapes in the order of drawing; None where it holds what cannot be read here
            (pixels, a group that is moved).
        room: left, top, width and height of what it shows, in its own measure; None for pixels.
        scale: points on the page to one of that measure.
        free: the stylesheet puts it somewhere on its own, where it may run off the page or behind
            a text: a picture, no chart.
    """

    title: str
    words: tuple[Word, ...] = ()
    outlines: tuple[Outline, ...] | None = None
    room: Box | None = None
    scale: float = 0.0
    free: bool = False

    @property
    def text(self) -> str:
        """All that is written in it, without spaces."""
        return "".join(word.text for word in self.words)


def drawing(element: ET.Element, *, free: bool = False) -> Drawing:
    """Return what an ``svg`` or ``img`` asks for."""
    if element.tag != f"{SVG}svg":
        return Drawing(element.get("alt", ""), free=free)
    outlines, room, scale = _outlines(element), *_measure(element)
    return Drawing(
        title=" ".join((element.findtext(f"{SVG}title") or "").split()),
        words=tuple(_word(text) for text in element.iter(f"{SVG}text")),
        outlines=outlines,
        room=room,
        scale=scale,
        free=free,
    )


def _word(text: ET.Element) -> Word:
    (x, y) = _numbers(text, "x", "y")
    return Word(plain("".join(text.itertext())), (x, y), text.get("text-anchor", "start"))


def _measure(svg: ET.Element) -> tuple[Box | None, float]:
    """What an SVG shows in its own measure, and points to one of it; not of an unknown measure."""
    width, height = (_POINTS.fullmatch(svg.get(name, "")) for name in ("width", "height"))
    shown = [float(number) for number in svg.get("viewBox", "").split()]
    if width is None or height is None or len(shown) != SIDES or not (shown[2] and shown[3]):
        return None, 0.0
    wide, high = (float(told[1]) * PER_MM for told in (width, height))
    left, top, across, down = shown
    return (left, top, across, down), min(wide / across, high / down)


@lru_cache(maxsize=64)
def outlines_of(svg: str) -> tuple[Outline, ...]:
    """Return the shapes of an SVG; nothing where it holds what cannot be read here."""
    return _outlines(ET.fromstring(svg)) or ()  # noqa: S314  # charts of ours wrote it


def same(shape: Shape, outline: Outline) -> bool:
    """Return whether a finished shape is the one that was asked for.

    The curves of an arc may have been cut in more pieces, so it may go through other points too.
    """
    if shape.stroke != outline.stroke or (shape.plane and shape.fill != outline.fill):
        return False
    if len(shape.points) == len(outline.points) and all(
        -NEAR <= a - c <= NEAR and -NEAR <= b - d <= NEAR
        for (a, b), (c, d) in zip(shape.points, outline.points, strict=True)
    ):
        return True
    rest = iter(shape.points)
    return all(any(_near(point, wanted) for point in rest) for wanted in outline.points)


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= NEAR and abs(one[1] - other[1]) <= NEAR


def _outlines(svg: ET.Element) -> tuple[Outline, ...] | None:
    found: list[Outline] = []
    for element in svg:
        name = element.tag.removeprefix(SVG)
        if name in _SILENT:
            continue
        points = _points(name, element)
        if points is None or element.get("transform") or len(element):
            return None
        fill, stroke = _colour(element, "fill", BLACK), _colour(element, "stroke", "")
        fill = "" if name == "line" else fill
        if points and (fill or stroke):
            found.append(Outline(tuple(points), fill, stroke))
    return tuple(found)


def _colour(element: ET.Element, name: str, usual: str) -> str:
    told = element.get(name, usual)
    return "" if told == "none" else told.upper()


def _points(name: str, element: ET.Element) -> list[Point] | None:
    """The points that a shape goes through, None for what is no shape."""
    if name == "path":
        return list(_path(element.get("d", "")))
    if name == "line":
        (x1, y1, x2, y2) = _numbers(element, "x1", "y1", "x2", "y2")
        return [(x1, y1), (x2, y2)]
    if name == "circle":
        (x, y, r) = _numbers(element, "cx", "cy", "r")
        return [(x + r, y), (x - r, y)] if r else []
    if name == "rect":
        return _rectangle(element)
    if name in ("polygon", "polyline"):
        told = [float(n) for n in _TOKEN.findall(element.get("points", ""))]
        return list(zip(told[::2], told[1::2], strict=False))
    return None


def _rectangle(element: ET.Element) -> list[Point]:
    (x, y, width, height, rx, ry) = _numbers(element, "x", "y", "width", "height", "rx", "ry")
    if not width or not height:
        return []
    if not (rx or ry):
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    round_ = min(rx or ry, width / 2)
    return [(x + round_, y), (x + width - round_, y), (x + width - round_, y + height)]


def _numbers(element: ET.Element, *names: str) -> Iterator[float]:
    return (float(element.get(name, "0")) for name in names)


def _path(data: str) -> Iterator[Point]:
    """Yield where the commands of path data end (SVG 1.1, 8.3); a close ends where it began."""
    tokens = _TOKEN.findall(data)
    if _STRAIGHT.fullmatch(data):
        told = [float(one) for one in tokens if not one.isalpha()]
        yield from zip(told[::2], told[1::2], strict=True)
        return
    at, x, y, command = 0, 0.0, 0.0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        count = _TAKES[command.upper()]
        told = [float(token) for token in tokens[at : at + count][-2:]]
        at += count
        if not told:
            continue
        x, y = _end(command, told, x, y)
        yield x, y
        command = {"M": "L", "m": "l"}.get(command, command)


def _end(command: str, told: Sequence[float], x: float, y: float) -> Point:
    moved = (x, y) if command.islower() else (0.0, 0.0)
    if command in "Hh":
        return moved[0] + told[0], y
    if command in "Vv":
        return x, moved[1] + told[0]
    return moved[0] + told[-2], moved[1] + told[-1]

"""What a PDF holds. Lengths in points from the lower left corner of the page; colours "#RRGGBB"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Point = tuple[float, float]
Mark = tuple[int, int]
"""Number of a page, and of marked content on it (ISO 32000-1, 14.6)."""
Matrix = tuple[float, float, float, float, float, float]
"""What takes a point of a drawing to the page (ISO 32000-1, 8.3.3)."""
NONE: Matrix = (1, 0, 0, 1, 0, 0)

LINE = 2
"""Points of a line."""
LINE_END_HYPHEN = "\x02"
"""What pdfium reads where a line ends in a hyphen, that of a name too."""
_LOOSE = re.compile("[\\s\u00ad\u200b-]|" + LINE_END_HYPHEN)


def plain(text: str) -> str:
    r"""Return a text as it can be compared however its lines end: without spaces and hyphens.

    >>> plain("Huis\u00adhoudens met\nlaag inkomen"), plain("Oost-\x02 en West")
    ('Huishoudensmetlaaginkomen', 'OostenWest')
    """
    return _LOOSE.sub("", text)


def moved(point: Point, matrix: Matrix) -> Point:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return (a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f)


def around(points: Sequence[Point]) -> Box:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text as it was set: a line, or the part of one in one style.

    Attributes:
        box: around its glyphs.
        mark: number of its marked content; -1 for none.
        colour: of its letters, over ``ground`` where they let it through.
        size: of the letters, in points.
        clip: what may be seen of it at most; None for all.
        ground: the colour around it.
        ink: the most of its own colour that a pixel in its box has, 0 (cannot be seen) to 1.
    """

    text: str
    box: Box
    mark: int
    colour: str
    size: float
    clip: Box | None
    ground: str = ""
    ink: float = 1.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or plane.

    Attributes:
        points: through which it goes, in its own measure, without the handles of curves.
        box: on the page.
        mark: as of a piece.
        fill, stroke: colour, "" for none.
        holder: number of the form that it is drawn in, -1 for the page itself.
        matrix: takes its points to the page.
        seen: it is there to see; of what something of its own drawing lies over, it is taken to be.
    """

    points: tuple[Point, ...]
    box: Box
    mark: int
    fill: str
    stroke: str
    holder: int = -1
    matrix: Matrix = NONE
    seen: bool = True

    @property
    def plane(self) -> bool:
        """Whether it has an inside, so that its fill shows."""
        return len(set(self.points)) > LINE


Drawn = TypeVar("Drawn", Piece, Shape)


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        number: from 1.
        room: what can be seen of it; with bleed it begins left of and below zero.
        pieces, shapes: in the order of drawing, those in forms too.
        pictures: boxes of images made of pixels.
        forms: boxes of what was drawn as a whole (a background, a transparent group).
    """

    number: int
    room: Box
    pieces: tuple[Piece, ...]
    shapes: tuple[Shape, ...]
    pictures: tuple[Box, ...]
    forms: tuple[Box, ...]

    @property
    def text(self) -> str:
        """All of it, in the order of drawing, with spaces between pieces."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element (ISO 32000-1, 14.7.2).

    Attributes:
        role: "P", "TH" ...
        page: number of its page; 0 where it does not say.
        alt: alternative text.
        language: its own; "" where it has none.
        scope: of a head of a table.
        span: columns and rows that a cell takes.
        kids: elements, and marks of content, in order.
    """

    role: str
    page: int
    alt: str
    language: str
    scope: str
    span: tuple[int, int]
    kids: tuple[Tag | Mark, ...]

    def walk(self) -> Iterator[Tag]:
        """Yield this element and all below it, in order."""
        todo = [self]
        while todo:
            tag = todo.pop()
            yield tag
            todo += [kid for kid in reversed(tag.kids) if isinstance(kid, Tag)]

    def marks(self, without: frozenset[str] = frozenset()) -> Iterator[Mark]:
        """Yield the marks below it, but not those below elements of some roles."""
        todo = [*reversed(self.kids)]
        while todo:
            kid = todo.pop()
            if not isinstance(kid, Tag):
                yield kid
            elif kid.role not in without:
                todo += reversed(kid.kids)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its alternative text, its marks, and what is drawn in it."""

    alt: str
    page: int
    marks: tuple[Mark, ...]
    pieces: tuple[Piece, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link.

    Attributes:
        page: it stands on.
        box: that is clicked.
        address: outside; "" for a place in the file.
        leads: whether it leads anywhere.
        printed: it has the flag that it is there on paper too.
        told: it has a description, for who does not see it.
    """

    page: int
    box: Box
    address: str
    leads: bool
    printed: bool
    told: bool


@dataclass(frozen=True, slots=True)
class Font:
    """A font: its name without the letters of a subset, and whether it is in the file."""

    name: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF as it was read.

    Attributes:
        title, language: of the file.
        tagged: it says that it is.
        accessible: it says that it is PDF/UA.
        root: of the structure; None without.
        elements: all of the structure, in the order of reading.
        marked: pieces of text by their mark.
        bookmarks: their texts, in order.
        about: what the file says of itself beside its title: subject, author, keywords ...
        active: what it holds that acts or is no page: a script, a form, another file.
    """

    pages: tuple[Page, ...]
    title: str
    language: str
    tagged: bool
    accessible: bool
    root: Tag | None
    elements: tuple[Tag, ...]
    marked: Mapping[Mark, tuple[str, ...]]
    links: tuple[Link, ...]
    fonts: tuple[Font, ...]
    bookmarks: tuple[str, ...]
    about: tuple[str, ...] = ()
    active: tuple[str, ...] = ()

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures in the order of reading, each with what is drawn in it."""
        pieces = _by_mark(self.pages, lambda page: page.pieces)
        shapes = _by_mark(self.pages, lambda page: page.shapes)
        found = []
        for tag in self.elements:
            if tag.role == "Figure":
                marks = tuple(tag.marks())
                told = tuple(piece for mark in marks for piece in pieces.get(mark, ()))
                drawn = tuple(shape for mark in marks for shape in shapes.get(mark, ()))
                page = marks[0][0] if marks else tag.page
                found.append(Figure(tag.alt, page, marks, told, drawn))
        return tuple(found)


def marked(pages: tuple[Page, ...]) -> dict[Mark, tuple[str, ...]]:
    """Return the pieces of text on pages by their mark."""
    found: dict[Mark, list[str]] = {}
    for page in pages:
        for piece in page.pieces:
            found.setdefault((page.number, piece.mark), []).append(piece.text)
    return {mark: tuple(texts) for mark, texts in found.items()}


def _by_mark(
    pages: tuple[Page, ...], of: Callable[[Page], tuple[Drawn, ...]]
) -> dict[Mark, list[Drawn]]:
    found: dict[Mark, list[Drawn]] = {}
    for page in pages:
        for one in of(page):
            found.setdefault((page.number, one.mark), []).append(one)
    return found

"""What a PDF holds. Lengths in points from the lower left corner of the page; colours "#RRGGBB"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Point = tuple[float, float]
Mark = tuple[int, int]
"""Number of a page, and of marked content on it (ISO 32000-1, 14.6)."""

LINE_END_HYPHEN = "\x02"
"""What pdfium reads where a line ends in a hyphen, that of a name too."""
_LOOSE = re.compile("[\\s\u00ad\u200b-]|" + LINE_END_HYPHEN)


def plain(text: str) -> str:
    r"""Return a text as it can be compared however its lines end: without spaces and hyphens.

    >>> plain("Huis\u00adhoudens met\nlaag inkomen"), plain("Oost-\x02 en West")
    ('Huishoudensmetlaaginkomen', 'OostenWest')
    """
    return _LOOSE.sub("", text)


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
    """

    points: tuple[Point, ...]
    box: Box
    mark: int
    fill: str
    stroke: str
    holder: int = -1


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
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def marks(self, without: frozenset[str] = frozenset()) -> Iterator[Mark]:
        """Yield the marks below it, but not those below elements of some roles."""
        for kid in self.kids:
            if not isinstance(kid, Tag):
                yield kid
            elif kid.role not in without:
                yield from kid.marks(without)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its alternative text, and what is drawn in it."""

    alt: str
    page: int
    texts: tuple[str, ...]
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

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures in the order of reading, each with what is drawn in it."""
        texts, shapes = self.marked, _shapes(self.pages)
        found = []
        for tag in self.elements:
            if tag.role == "Figure":
                marks = list(tag.marks())
                told = tuple(text for mark in marks for text in texts.get(mark, ()))
                drawn = tuple(shape for mark in marks for shape in shapes.get(mark, ()))
                page = tag.page or (marks[0][0] if marks else 0)
                found.append(Figure(tag.alt, page, told, drawn))
        return tuple(found)


def marked(pages: tuple[Page, ...]) -> dict[Mark, tuple[str, ...]]:
    """Return the pieces of text on pages by their mark."""
    found: dict[Mark, list[str]] = {}
    for page in pages:
        for piece in page.pieces:
            found.setdefault((page.number, piece.mark), []).append(piece.text)
    return {mark: tuple(texts) for mark, texts in found.items()}


def _shapes(pages: tuple[Page, ...]) -> dict[Mark, list[Shape]]:
    found: dict[Mark, list[Shape]] = {}
    for page in pages:
        for shape in page.shapes:
            found.setdefault((page.number, shape.mark), []).append(shape)
    return found

"""Slides before they are drawn: what they say and where it stands, for the PDF and PowerPoint.

Lengths are millimetres on a slide of 16:9, sizes of letters are points. Charts carry their values
(PowerPoint draws its own) and our drawing of them (the PDF shows that).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from markupsafe import Markup

from wijkprofiel.documents.marks import Mark

PAGE = (338.67, 190.5)
MARGIN = 16.0
WIDE = 306.67
EVEN, GUTTER = 144.33, 18.0
NARROW, BROAD = 112.0, 178.67
TITLE_TOP, KICKER = 16.0, 16.0
"""Top of a title, and the height of the name of a theme above it."""
FOOT_TOP = 178.0
"""Where the name of the area and the number of the slide stand."""

Layout = Literal["cover", "wide", "even", "side", "theme"]
"""wide: one column; even: two of one width; side: a narrow and a wide one; theme: the same, with
the title in the narrow column."""

COLUMNS: dict[str, tuple[tuple[float, float], ...]] = {
    "cover": ((MARGIN, 190.0), (MARGIN, WIDE)),
    "wide": ((MARGIN, WIDE), (MARGIN, WIDE)),
    "even": ((MARGIN, EVEN), (MARGIN + EVEN + GUTTER, EVEN)),
    "side": ((MARGIN, NARROW), (MARGIN + WIDE - BROAD, BROAD)),
    "theme": ((MARGIN, NARROW), (MARGIN + WIDE - BROAD, BROAD)),
}
"""Left edge and width of the left and the right column."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: a name, and what belongs to it."""

    name: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list under a small heading ("" for none).

    Attributes:
        pt: size of the letters; ``line`` is their line height in mm.
        writing: empty lines below it to write on.
        large: the heading is a question for the whole room.
        gap: white in mm above those lines, so that they stand level with those beside them.
    """

    kind: ClassVar[str] = "bullets"
    title: str
    items: tuple[Item, ...]
    numbered: bool = False
    pt: float = 18.0
    line: float = 8.0
    writing: int = 0
    large: bool = False
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: ``role`` is its place in the type scale; with ``url`` it is a link."""

    kind: ClassVar[str] = "text"
    text: str
    role: Literal["lead", "plain", "small", "claim", "question", "quote", "by", "label"]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of ours, or what the sender brings along, with its alternative text.

    Attributes:
        svg: markup: a drawing, or images of the project.
        photo: it fills a side of the cover.
    """

    kind: ClassVar[str] = "picture"
    svg: Markup
    alt: str
    width: float
    height: float
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Large:
    """One large number with its title, where the house style shows that instead of people."""

    kind: ClassVar[str] = "large"
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one place; None where there is none.

    Attributes:
        who: whose they are: "area", "gemeente", "country", or "parts" (the last is the whole).
    """

    name: str
    values: tuple[float | None, ...]
    who: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to draw.

    Attributes:
        form: lying bars, or a radar (never filled).
        unit: "%", or "" for scores from 0 to 10.
        labels: a number stands at each bar.
        most: end of the scale of bars; None: the chart's own.
        svg: our drawing, for the PDF.
    """

    kind: ClassVar[str] = "chart"
    form: Literal["bars", "radar"]
    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    width: float
    height: float
    svg: Markup | None = None
    labels: bool = False
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Charts:
    """Small charts of one size, in rows of so many."""

    kind: ClassVar[str] = "charts"
    charts: tuple[Chart, ...]
    columns: int
    gap: float


@dataclass(frozen=True, slots=True)
class Row:
    """One topic or dimension: its numbers as printed, our drawing, and a verdict."""

    title: str
    numbers: tuple[str, ...]
    svg: Markup
    mark: Mark
    more: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of rows with a drawing in each.

    Attributes:
        alt: what the table is.
        head: of the first column, of the numbers, of the verdicts.
        ends: words at the ends of the axis of the drawings.
        chart: the same as one chart, one category for each row; None where another block has it.
        height: of a row.
        figure: width of the drawings.
    """

    kind: ClassVar[str] = "rows"
    alt: str
    head: tuple[str, tuple[str, ...], str]
    ends: tuple[str, str]
    rows: tuple[Row, ...]
    height: float
    figure: float
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, bold or not, with a sign before it where it is a verdict."""

    text: str
    bold: bool = False
    mark: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A plain table; the first cell of each row heads the row.

    Attributes:
        alt: what the table is.
        widths: of the columns.
        colours: per row the role of a theme whose sign it bears, "" for none.
        heights: of the rows, as high as their text needs.
        right: columns of numbers, which are set to the right.
        votes: circles in a cell without text, to put a dot in.
    """

    kind: ClassVar[str] = "table"
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    colours: tuple[str, ...] = ()
    pt: float = 14.0
    line: float = 6.2
    right: tuple[int, ...] = ()
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Signs:
    """What the signs mean: mark and meaning, four beside each other."""

    kind: ClassVar[str] = "signs"
    alt: str
    items: tuple[tuple[Mark, str], ...]


Block = Bullets | Text | Picture | Large | Chart | Charts | Rows | Table | Signs


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its place on the slide, in mm from the upper left corner."""

    block: Block
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide.

    Attributes:
        id: what it is, in one word; unique in its deck.
        title: in the outline and the bookmarks.
        size, leading: of the title in pt and mm, measured so that it fits.
        head: height of title and lead together.
        lead: under the title, or on the cover the gemeente.
        kicker: above the title.
        colour: role of the theme whose plane it stands on, "" for paper.
        plane: role of the colour of the whole slide, "" for paper or the theme's.
        placed: blocks in the order in which they are read.
        note: about the method, "" where the slide says nothing that needs one.
        note_top: where that note begins.
        notes: what the speaker says, and what the figures may not be used for.
        title_width: of the title in mm; 0: as wide as its layout says.
    """

    id: str
    layout: Layout
    title: str
    size: float
    leading: float
    head: float
    placed: tuple[Placed, ...]
    notes: tuple[str, ...]
    lead: str = ""
    kicker: str = ""
    colour: str = ""
    plane: str = ""
    note: str = ""
    note_top: float = FOOT_TOP
    title_width: float = 0.0

    @property
    def head_top(self) -> float:
        """Where the title begins: on a theme's slide below the name of the theme."""
        return TITLE_TOP + (KICKER if self.layout == "theme" else 0)

    @property
    def head_width(self) -> float:
        """Width of the title."""
        usual = COLUMNS[self.layout][0][1] if self.layout == "theme" else WIDE
        return self.title_width or usual


@dataclass(frozen=True, slots=True)
class Deck:
    """All slides of one area.

    Attributes:
        area, subject: at the foot of every slide.
        author: in the properties of the file.
        locale: language and country, "nl-NL".
        date: of the edition (ISO).
        words: of PowerPoint's own parts: names of layouts and placeholders.
    """

    title: str
    area: str
    subject: str
    author: str
    locale: str
    date: str
    slides: tuple[Slide, ...]
    words: dict[str, str]

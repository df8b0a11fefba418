"""What a factsheet says, without how it looks: texts, tables and drawings, page by page.

Read from the markup of our own document, so that every other way prints the same words, the same
cells and the same drawings, and keeps up when a template changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
BLOCKS = frozenset({"div", "section", "header", "p", "ul", "ol", "table", "figure", "blockquote",
                    "h1", "h2", "h3", f"{SVG}svg"})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3"})
BESIDE = frozenset({"div", "ul", "table", "section", "blockquote"})
"""What stands beside another of its kind, unless the part is one of ``STACKED``."""
SIZE = ("width", "height")
NARROW = frozenset({"a", "lead", "map"})
"""Classes of a column that is half as wide as the one beside it."""
STACKED = frozenset({"page", "cover", "upper", "b", "a", "figures", "tell"})
"""Classes of a part whose blocks stand below each other."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look the same; a line break is a character too."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of ours.

    Attributes:
        place: class of the element around it: what kind of chart it is.
        width, height: millimetres.
    """

    svg: str
    alt: str
    place: str
    width: float
    height: float
    kind: Literal["drawing"] = "drawing"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    runs: tuple[Run, ...]
    drawing: Drawing | None = None
    header: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs).strip()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page.

    Attributes:
        kind: "heading", "paragraph", "item", "table" or "columns".
        runs: the text of a heading, a paragraph or an item.
        level: of a heading.
        rows: of a table, the first is its head.
        parts: columns, or a plain sequence when there is one.
        weights: relative widths of the columns.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    rows: tuple[tuple[Cell, ...], ...] = ()
    parts: tuple[tuple[Block | Drawing, ...], ...] = ()
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A factsheet.

    Attributes:
        pages: the blocks of each.
        foot: what stands at the bottom of every page.
    """

    title: str
    language: str
    foot: str
    pages: tuple[tuple[Block | Drawing, ...], ...]


def read(html: str, title: str, language: str) -> Content:
    """Return the content of a document.

    Args:
        html: well-formed XHTML, as :func:`wijkprofiel.documents.make` writes it.
        title: of the document.
        language: BCP 47 tag.
    """
    ET.register_namespace("", SVG[1:-1])
    body = ET.fromstring(html).find("body")  # noqa: S314 - our own templates wrote it
    assert body is not None  # noqa: S101 - every document has one
    foot = next((one for one in body if "foot" in _classes(one)), None)
    pages = tuple(tuple(_blocks(one)) for one in body if one.tag == "section")
    told = "" if foot is None else "".join(foot.itertext())
    return Content(title, language, " ".join(told.split()), pages)


def drawings(blocks: Sequence[Block | Drawing]) -> Iterator[Drawing]:
    """Yield all drawings below some blocks, in order."""
    for block in blocks:
        if isinstance(block, Drawing):
            yield block
            continue
        yield from (cell.drawing for row in block.rows for cell in row if cell.drawing)
        for part in block.parts:
            yield from drawings(part)


def _blocks(element: ET.Element, place: str = "") -> Iterator[Block | Drawing]:
    """Yield what an element holds; ``place`` is the class of the nearest element with one."""
    for one in element:
        if "foot" in _classes(one):
            continue
        here = (_classes(one) or [place])[0]
        if one.tag == f"{SVG}svg":
            yield _drawing(one, place or (_classes(element) or [""])[0])
        elif one.tag in HEADINGS:
            yield Block("heading", _joined(one), level=int(one.tag[1]))
        elif one.tag == "table":
            yield Block("table", rows=tuple(_rows(one)))
        elif one.tag in {"ul", "ol"}:
            yield from (Block("item", _joined(item)) for item in one)
        elif not any(child.tag in BLOCKS for child in one):
            runs = _joined(one)
            if runs:
                yield Block("paragraph", runs)
        else:
            yield from _part(one, here)


def _part(element: ET.Element, place: str) -> Iterator[Block | Drawing]:
    """Yield an element with blocks inside: side by side where they stand so, else in sequence."""
    beside = [child for child in element if child.tag in BESIDE or "tile" in _classes(child)]
    if len(beside) < 2 or STACKED & set(_classes(element)):
        yield from _blocks(element, place)
        return
    weights = tuple(1 if NARROW & set(_classes(child)) else 2 for child in beside)
    parts = tuple(tuple(_blocks(_around(child), place)) for child in beside)
    yield from _blocks(_around(*(child for child in element if child.tag in HEADINGS)), place)
    yield Block("columns", parts=parts, weights=weights)
    left = (child for child in element if child not in beside and child.tag not in HEADINGS)
    yield from _blocks(_around(*left), place)


def _around(*elements: ET.Element) -> ET.Element:
    around = ET.Element("div")
    around.extend(elements)
    return around


def _rows(table: ET.Element) -> Iterator[tuple[Cell, ...]]:
    for row in table.iter("tr"):
        yield tuple(_cell(one) for one in row if one.tag in {"td", "th"})


def _cell(one: ET.Element) -> Cell:
    inside = one.find(f"{SVG}svg")
    drawing = None if inside is None else _drawing(inside, "row")
    return Cell(_joined(one), drawing, one.tag == "th")


def _drawing(svg: ET.Element, place: str) -> Drawing:
    alt = svg.findtext(f"{SVG}title") or ""
    tail, svg.tail = svg.tail, None
    text = ET.tostring(svg, encoding="unicode")
    svg.tail = tail
    width, height = (float((svg.get(name) or "0").removesuffix("mm")) for name in SIZE)
    return Drawing(text, alt, place, width, height)


def _joined(element: ET.Element) -> tuple[Run, ...]:
    """Return the text of an element in runs, without its drawings."""
    runs: list[Run] = []
    for run in _runs(element, bold=element.tag in {"b", "th"}):
        text = re.sub(r"[^\S\n]+", " ", run.text) if run.text != "\n" else "\n"
        if runs and runs[-1].bold == run.bold:
            runs[-1] = Run(runs[-1].text + text, run.bold)
        elif text.strip() or text == "\n":
            runs.append(Run(text, run.bold))
    return tuple(runs) if any(run.text.strip() for run in runs) else ()


def _runs(element: ET.Element, *, bold: bool) -> Iterator[Run]:
    if element.tag == f"{SVG}svg":
        return
    if element.text:
        yield Run(element.text.replace("\n", " "), bold)
    for child in element:
        if child.tag == "br":
            yield Run("\n", bold)
        yield from _runs(child, bold=bold or child.tag == "b")
        if child.tag in {"div", "p", "span"}:
            yield Run(" ", bold)
        if child.tail:
            yield Run(child.tail.replace("\n", " "), bold)


def _classes(element: ET.Element) -> list[str]:
    return (element.get("class") or "").split()

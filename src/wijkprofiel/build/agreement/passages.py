"""What a file says, piece by piece: a row of a table under its heads, a paragraph, a heading.

Every reader (:mod:`.pdf`, :mod:`.page`, :mod:`.slides`, :mod:`.sheets`) makes the same tree of
nodes, and this module makes passages of it. A number then stands in the same passage as its title,
however the page is laid out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["part", "inline", "text", "block", "heading", "table", "row", "head", "cell",
               "figure"]  # fmt: skip
SOFT = ("\x02", "\u00ad")
"""What a word ends in that goes on in the next line; pdfium gives the first."""


@dataclass(slots=True)
class Node:
    """A piece of a file.

    Attributes:
        kind: "inline" stands in a line, "text" is a leaf, "head" and "cell" make a "row".
        text: of a leaf; of a figure its alternative text.
    """

    kind: Kind
    text: str = ""
    kids: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands together.

    Attributes:
        where: "page 2", "slide 3", "sheet Cijfers row 4".
        cells: one for running text, more for a row; a number where the file holds a number.
        heads: of the row's columns, as many as cells; empty where there are none.
        heading: it is one, and what follows is about it.
    """

    where: str
    cells: tuple[str | float, ...]
    heads: tuple[str, ...] = ()
    heading: bool = False

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(str(cell) for cell in self.cells if cell != "")


def passages(root: Node, where: str) -> Iterator[Passage]:
    """Yield the passages of a tree in the order of reading; empty ones are left out."""
    for passage in _walk(root, where):
        if passage.text:
            yield passage


def joined(pieces: Sequence[str]) -> str:
    r"""Return pieces of text in one line; a word that is broken off is made whole.

    Example:
        >>> joined(["Eenpersoonshuis\x02", "houdens", " 38", "%"])
        'Eenpersoonshuishoudens 38 %'
    """
    told = ""
    for piece in pieces:
        broken = told.rstrip().endswith(SOFT)
        told = told.rstrip()[:-1] + piece.lstrip() if broken else f"{told} {piece}"
    return " ".join(told.split())


def _walk(node: Node, where: str) -> Iterator[Passage]:
    if node.kind == "table":
        yield from _rows(node, where)
    elif node.kind == "figure":
        yield Passage(where, (joined([node.text]),))
    elif node.kind in ("block", "heading"):
        yield Passage(where, (joined(list(_texts(node))),), heading=node.kind == "heading")
        yield from _apart(node, where)
    elif node.kind == "row":
        yield _row(node, where, ())
        yield from _apart(node, where)
    else:
        yield from _part(node, where)


def _part(node: Node, where: str) -> Iterator[Passage]:
    """Pieces that stand in one line are one passage; the rest are passages of their own."""
    line: list[Node] = []
    for kid in node.kids:
        if _in_line(kid):
            line.append(kid)
            continue
        yield _line(line, where)
        line = []
        yield from _walk(kid, where)
    yield _line(line, where)


def _line(nodes: Sequence[Node], where: str) -> Passage:
    return Passage(where, (joined([text for node in nodes for text in _texts(node)]),))


def _in_line(node: Node) -> bool:
    return node.kind == "text" or (node.kind == "inline" and all(map(_in_line, node.kids)))


def _rows(table: Node, where: str) -> Iterator[Passage]:
    heads: tuple[str, ...] = ()
    for row in _of_kind(table, "row"):
        cells = [kid for kid in row.kids if kid.kind in ("head", "cell")]
        if len(cells) > 1 and all(cell.kind == "head" for cell in cells):
            heads = tuple(joined(list(_texts(cell))) for cell in cells)
        else:
            yield _row(row, where, heads)
        yield from _apart(row, where)


def _row(row: Node, where: str, heads: tuple[str, ...]) -> Passage:
    cells = tuple(joined(list(_texts(k))) for k in row.kids if k.kind in ("head", "cell"))
    return Passage(where, cells, heads if len(heads) == len(cells) else ())


def _of_kind(node: Node, kind: Kind) -> Iterator[Node]:
    for kid in node.kids:
        if kid.kind == kind:
            yield kid
        else:
            yield from _of_kind(kid, kind)


def _texts(node: Node) -> Iterator[str]:
    """The text of a node, without its figures and tables."""
    if node.kind == "text":
        yield node.text
    for kid in node.kids:
        if kid.kind not in ("figure", "table"):
            yield from _texts(kid)


def _apart(node: Node, where: str) -> Iterator[Passage]:
    """The figures and tables in a passage, each a passage of its own."""
    for kid in node.kids:
        if kid.kind in ("figure", "table"):
            yield from _walk(kid, where)
        else:
            yield from _apart(kid, where)

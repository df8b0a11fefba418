"""Where things stand: a cell in its row, a chart beside its own text, and over nothing else.

What is beside a figure tells a reader whose it is; tags alone do not. A picture that is no chart
(:attr:`~wijkprofiel.build.verify.drawing.Drawing.free`, without words) may lie behind a text or
run off the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.build.verify.drawing import Drawing
from wijkprofiel.build.verify.figures import pairs, upright
from wijkprofiel.build.verify.layout import within
from wijkprofiel.build.verify.problem import Problem, short
from wijkprofiel.build.verify.structure import CELLS
from wijkprofiel.render.paper import Box, Figure, Page, Paper, Tag
from wijkprofiel.render.paper.facts import Mark, around, moved

SLACK = 1.0
"""Points that things may stick into each other or out of the page, and be off in a column."""

Boxes = Mapping[Mark, Sequence[Box]]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A drawing with the room on the page that was asked for it."""

    asked: Drawing
    figure: Figure
    box: Box

    @property
    def picture(self) -> bool:
        """Whether it is no chart."""
        return self.asked.free and not self.asked.words


def problems(paper: Paper, asked: Sequence[Drawing]) -> Iterator[Problem]:
    """Yield every figure that stands off the page, over a text or not beside its own."""
    charts = [one for one in _placed(paper, asked) if not one.picture]
    texts = [np.array([piece.box for piece in page.pieces]).reshape(-1, 4) for page in paper.pages]
    for one in charts:
        page = paper.pages[one.figure.page - 1]
        if within(one.box, page.room, SLACK):
            yield from _over(page, one, texts[one.figure.page - 1])
        else:
            message = f"'{short(one.asked.title)}' runs off the page"
            yield Problem("verify-off-page", page.number, message)
    charts = [one for one in charts if _meet(one.box, paper.pages[one.figure.page - 1].room)]
    boxes = {mark: [one.box] for one in charts for mark in one.figure.marks[:1]}
    in_tables: set[Mark] = set()
    for table in _tables(paper):
        in_tables |= set(table.marks())
        yield from _columns(table, boxes)
    yield from _near(paper, [one for one in charts if one.figure.marks[0] not in in_tables])


def tables(paper: Paper) -> Iterator[Problem]:
    """Yield rows of tables whose cells do not stand beside each other, below the row before."""
    boxes = _drawn(paper)
    for table in _tables(paper):
        last: tuple[int, float] | None = None
        for row in _rows(table):
            found = [(cell, _boxes(cell, boxes)) for cell in row]
            pages = {page for _, own in found for page, _ in own}
            if len(pages) != 1:  # nothing in it, or a row over two pages
                continue
            (page,) = pages
            cells = [(cell, _around([box for _, box in own])) for cell, own in found if own]
            level = [box for cell, box in cells if cell.span[1] == 1]
            above = last[1] if last is not None and last[0] == page else None
            if not _in_row([box for _, box in cells], level, above):
                told = "".join("".join(paper.marked.get(m, ())) for c in row for m in c.marks())
                message = f"a cell of the row '{short(told)}' stands in another row or column"
                yield Problem("verify-place", page, message)
            last = (page, min(map(_middle, level))) if level else last


def _in_row(cells: Sequence[Box], level: Sequence[Box], above: float | None) -> bool:
    """Whether cells stand from left to right, level with the tallest, below the row before.

    Args:
        cells: all, in order.
        level: those that are of this row alone.
        above: the lowest middle of a cell in the row before.
    """
    across = [(box[0] + box[2]) / 2 for box in cells]
    if across != sorted(across):
        return False
    if not level:
        return True
    tallest = max(level, key=lambda box: box[3] - box[1])
    middles = [_middle(box) for box in level]
    if not all(tallest[1] <= middle <= tallest[3] for middle in middles):
        return False
    return above is None or max(middles) < above


def _columns(table: Tag, boxes: Boxes) -> Iterator[Problem]:
    """Yield what is drawn in a column further left or right than the rest: they share a scale."""
    columns: dict[tuple[int, int, int], list[tuple[int, float]]] = {}
    for row in _rows(table):
        for at, cell in enumerate(row):
            drawn = [(mark[0], box) for mark in cell.marks() for box in boxes.get(mark, ())]
            if len(drawn) == 1:
                ((page, box),) = drawn
                key = (len(row), at, round(box[2] - box[0]))
                columns.setdefault(key, []).append((page, box[0]))
    for found in columns.values():
        sides = sorted(left for _, left in found)
        usual = sides[len(sides) // 2]
        for page, left in found:
            if abs(left - usual) > SLACK:
                message = f"a figure in a table stands {left - usual:+.0f} points beside its column"
                yield Problem("verify-place", page, message)


def _over(page: Page, one: _Placed, texts: NDArray[np.float64]) -> Iterator[Problem]:
    """Yield texts that lie in the room of a chart and are not its own.

    Of what the stylesheet puts somewhere on its own, only what is drawn counts.

    Args:
        page: that it stands on.
        one: the chart.
        texts: the boxes of the pieces of the page, shape (pieces, 4).
    """
    own = {mark for _, mark in one.figure.marks}
    inside = [shape.box for shape in one.figure.shapes] if one.asked.free else [one.box]
    left, bottom, right, top = one.box
    low, high = texts[:, :2] < (right, top), texts[:, 2:] > (left, bottom)
    for at in np.flatnonzero(low.all(axis=1) & high.all(axis=1)).tolist():
        piece = page.pieces[at]
        strange = piece.mark not in own and piece.text.strip()
        if strange and any(_meet(piece.box, box, SLACK) for box in inside):
            message = f"'{short(one.asked.title)}' and '{short(piece.text)}' lie over each other"
            yield Problem("verify-overlap", page.number, message)


def _near(paper: Paper, charts: Sequence[_Placed]) -> Iterator[Problem]:
    """Yield charts that stand closer to the text of another chart than to their own."""
    drawn = {mark for one in charts for mark in one.figure.marks}
    texts = {mark: boxes for mark, boxes in _texts(paper).items() if mark not in drawn}
    homes = _homes(paper.root, {one.figure.marks[0] for one in charts}, texts)
    for one in charts:
        home = homes.get(one.figure.marks[0])
        if home is None:
            continue
        own = _distance(one.box, home, texts)
        for other in charts:
            theirs = homes.get(other.figure.marks[0], frozenset())
            same_page = one.figure.page == other.figure.page
            if not same_page or not theirs or theirs & home:
                continue
            if _alike(_offset(one.box, home, texts), _offset(other.box, theirs, texts)):
                continue  # both stand beside their texts in one way, so neither took a place
            if own > _distance(one.box, theirs, texts) + SLACK:
                title, beside = short(one.asked.title), short(other.asked.title)
                message = f"'{title}' stands where '{beside}' should"
                yield Problem("verify-place", one.figure.page, message)
                break


def _offset(box: Box, marks: frozenset[Mark], texts: Boxes) -> tuple[float, float]:
    """How far a figure begins to the right of its texts, and above them."""
    left, _, _, top = _around([other for mark in marks for other in texts[mark]])
    return box[0] - left, box[3] - top


def _alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= SLACK for a, b in zip(one, other, strict=True))


def _homes(tag: Tag | None, figures: set[Mark], texts: Boxes) -> dict[Mark, frozenset[Mark]]:
    """Of figures, the texts on their page in the smallest element around them that has any."""
    found: dict[Mark, frozenset[Mark]] = {}
    if tag is None:
        return found
    for kid in tag.kids:
        if isinstance(kid, Tag):
            found |= _homes(kid, figures, texts)
        elif kid in figures:
            found[kid] = frozenset()
    lonely = [figure for figure, home in found.items() if not home]
    if lonely:
        inside = [mark for mark in tag.marks() if mark in texts]
        found |= {fig: frozenset(m for m in inside if m[0] == fig[0]) for fig in lonely}
    return found


def _distance(box: Box, marks: frozenset[Mark], texts: Boxes) -> float:
    return min(_gap(box, other) for mark in marks for other in texts[mark])


def _placed(paper: Paper, asked: Sequence[Drawing]) -> Iterator[_Placed]:
    """Figures that were drawn upright, with their rooms."""
    for wanted, figure in pairs(asked, paper.figures()):
        if wanted is None or figure is None or wanted.room is None or not figure.shapes:
            continue
        if upright(wanted, figure):
            left, top, width, height = wanted.room
            corners = [(left, top), (left + width, top + height)]
            matrix = figure.shapes[0].matrix
            yield _Placed(wanted, figure, around([moved(one, matrix) for one in corners]))


def _tables(paper: Paper) -> Iterator[Tag]:
    return (tag for tag in paper.elements if tag.role == "Table")


def _rows(table: Tag) -> Iterator[list[Tag]]:
    for tag in table.walk():
        if tag.role == "TR":
            yield [kid for kid in tag.kids if isinstance(kid, Tag) and kid.role in CELLS]


def _texts(paper: Paper) -> dict[Mark, list[Box]]:
    found: dict[Mark, list[Box]] = {}
    for page in paper.pages:
        for piece in page.pieces:
            if piece.text.strip() and _meet(piece.box, page.room):
                found.setdefault((page.number, piece.mark), []).append(piece.box)
    return found


def _drawn(paper: Paper) -> dict[Mark, list[Box]]:
    """Boxes of all that can be seen on the pages, by mark; what lies off them is told already."""
    found = _texts(paper)
    for page in paper.pages:
        for shape in page.shapes:
            if _meet(shape.box, page.room):
                found.setdefault((page.number, shape.mark), []).append(shape.box)
    return found


def _boxes(cell: Tag, boxes: Boxes) -> list[tuple[int, Box]]:
    return [(mark[0], box) for mark in cell.marks() for box in boxes.get(mark, ())]


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _around(boxes: Sequence[Box]) -> Box:
    across = [side for box in boxes for side in box[::2]]
    along = [side for box in boxes for side in box[1::2]]
    return min(across), min(along), max(across), max(along)


def _meet(one: Box, other: Box, slack: float = 0.0) -> bool:
    """Whether two boxes lie over each other by more than the slack, both ways."""
    return (
        one[0] + slack < other[2]
        and one[2] - slack > other[0]
        and one[1] + slack < other[3]
        and one[3] - slack > other[1]
    )


def _gap(one: Box, other: Box) -> float:
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    return hypot(across, max(one[1] - other[3], other[1] - one[3], 0.0))

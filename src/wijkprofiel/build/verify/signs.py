"""The signs of verdicts: drawn as a background, so no tag tells of them; each must fit its word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from wijkprofiel.build.verify.drawing import Outline, outlines_of, same
from wijkprofiel.build.verify.problem import Problem, short
from wijkprofiel.documents.styles import verdict_signs
from wijkprofiel.model import HouseStyle
from wijkprofiel.render.paper import Box, Page, Paper, Piece, Shape
from wijkprofiel.render.paper.facts import plain

Words = Mapping[str, Sequence[str]]
REACH = 1.6
"""Heights of a sign that its word may stand from it, to the right or below."""


def problems(
    paper: Paper, asked: Sequence[str], style: HouseStyle, words: Words
) -> Iterator[Problem]:
    """Yield signs that are not those of the words beside them.

    Args:
        paper: the file.
        asked: of each verdict that was asked for the classes that draw its sign.
        style: draws them.
        words: verdict words without spaces → the classes that draw a sign for them.
    """
    drawn = {css: outlines_of(svg) for css, svg in verdict_signs(style).items()}
    found = [(page, box, css) for page in paper.pages for box, css in _signs(page, drawn)]
    wanted, seen = Counter(filter(None, asked)), Counter(css for _, _, css in found)
    for css in sorted({*wanted, *seen}):
        if wanted[css] != seen[css]:
            message = f"the sign '{css}' stands there {seen[css]} times, not {wanted[css]}"
            yield Problem("verify-sign", 0, message)
    texts = {page.number: _from_left(page) for page in paper.pages}
    for page, box, css in found:
        piece = _beside(texts[page.number], box)
        right = _meant(piece.text, words) if piece is not None else ()
        if piece is not None and right and css not in right:
            wanted_here = " or ".join(f"'{one}'" for one in right)
            message = f"beside '{short(piece.text)}' stands the sign '{css}', not {wanted_here}"
            yield Problem("verify-sign", page.number, message)


def _signs(page: Page, drawn: Mapping[str, Sequence[Outline]]) -> Iterator[tuple[Box, str]]:
    """What is drawn outside the tags as one of the signs."""
    held: dict[int, list[Shape]] = {}
    for shape in page.shapes:
        if shape.holder >= 0 and shape.mark < 0:
            held.setdefault(shape.holder, []).append(shape)
    for holder, shapes in held.items():
        for css, outlines in drawn.items():
            pairs = zip(shapes, outlines, strict=False)
            if len(shapes) == len(outlines) and all(same(*pair) for pair in pairs):
                yield page.forms[holder], css
                break


def _from_left(page: Page) -> list[Piece]:
    """The texts of a page by where they begin."""
    return sorted((one for one in page.pieces if one.text.strip()), key=_begins)


def _begins(piece: Piece) -> float:
    return piece.box[0]


def _beside(texts: Sequence[Piece], box: Box) -> Piece | None:
    """The nearest text that begins to the right of a sign on its line, or else just below it.

    Args:
        texts: of the page, from left to right.
        box: the sign's.
    """
    height = box[3] - box[1]
    middle = (box[1] + box[3]) / 2
    # A point more on both sides, so that rounding leaves none out.
    first = bisect_left(texts, box[2] - 2, key=_begins)
    last = bisect_right(texts, box[2] + REACH * height + 1, key=_begins)
    near = [
        (piece.box[0] - box[2], piece)
        for piece in texts[first:last]
        if -1 <= piece.box[0] - box[2] <= REACH * height and piece.box[1] <= middle <= piece.box[3]
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _meant(text: str, words: Words) -> Sequence[str]:
    """The signs for the verdict that a text begins with, none where it begins with none."""
    told = plain(text)
    found = [word for word in words if told.startswith(word)]
    return words[max(found, key=len)] if found else ()

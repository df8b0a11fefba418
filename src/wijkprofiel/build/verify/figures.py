"""Figures against the profile: what is drawn, what is written in them, what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from wijkprofiel.build.verify.drawing import Drawing, same
from wijkprofiel.build.verify.problem import Problem, short
from wijkprofiel.render.paper import Figure, Paper
from wijkprofiel.render.paper.facts import plain

EVEN = 0.01
"""How far a drawing may be off in size, and its parts off each other, in points."""
ASIDE = 0.4
"""Sizes that a text in a drawing may be off: the bearings of its letters, a dash above the line."""


def problems(paper: Paper, asked: Sequence[Drawing]) -> Iterator[Problem]:
    """Yield every figure that is not the one that belongs there."""
    found = paper.figures()
    for wanted, figure in pairs(asked, found):
        if figure is None and wanted is not None:
            yield Problem("verify-figure", 0, f"the figure '{short(wanted.title)}' is not there")
        elif wanted is None and figure is not None:
            message = f"a figure that does not belong there: '{short(figure.alt)}'"
            yield Problem("verify-figure", figure.page, message)
        elif figure is not None and wanted is not None:
            yield from _one(wanted, figure)


def pairs(
    asked: Sequence[Drawing], found: Sequence[Figure]
) -> Iterator[tuple[Drawing | None, Figure | None]]:
    """Yield pairs in order; where the numbers differ, by their alternative texts."""
    if len(asked) == len(found):
        yield from zip(asked, found, strict=True)
        return
    titles, alts = [one.title for one in asked], [" ".join(one.alt.split()) for one in found]
    for step, a, b, c, d in SequenceMatcher(None, titles, alts, autojunk=False).get_opcodes():
        if step in ("equal", "replace") and b - a == d - c:
            yield from zip(asked[a:b], found[c:d], strict=True)
        else:
            yield from ((wanted, None) for wanted in asked[a:b])
            yield from ((None, figure) for figure in found[c:d])


def _one(asked: Drawing, found: Figure) -> Iterator[Problem]:
    told = " ".join(found.alt.split())
    if not told:
        yield Problem("verify-alt", found.page, f"'{short(asked.title)}' is not said of its figure")
    elif told != asked.title:
        message = f"a figure is said to be '{short(told)}', not '{short(asked.title)}'"
        yield Problem("verify-alt", found.page, message)
    if asked.outlines is None:
        return
    written = plain("".join(piece.text for piece in found.pieces))
    if written != asked.text:
        message = f"in '{short(asked.title)}' stands '{short(written)}', not '{short(asked.text)}'"
        yield Problem("verify-chart-text", found.page, message)
    wrong = sum(not same(*pair) for pair in zip(found.shapes, asked.outlines, strict=False))
    wrong += abs(len(found.shapes) - len(asked.outlines))
    if wrong:
        message = f"'{short(asked.title)}' is drawn otherwise: {wrong} of its shapes"
        yield Problem("verify-chart", found.page, message)
    hidden = sum(not shape.seen for shape in found.shapes)
    if hidden:
        message = f"'{short(asked.title)}' cannot be seen: {hidden} of its shapes"
        yield Problem("verify-unseen", found.page, message)
    if found.shapes and asked.room is not None:
        yield from _set(asked, found, written)


def _set(asked: Drawing, found: Figure, written: str) -> Iterator[Problem]:
    """A drawing on its page: of the size that was asked for, not mirrored, its texts in place."""
    if not upright(asked, found):
        message = f"'{short(asked.title)}' is stretched, mirrored, or has parts that were moved"
        yield Problem("verify-place", found.page, message)
    elif written == asked.text:
        for word in _astray(asked, found):
            message = f"in '{short(asked.title)}', '{short(word)}' stands somewhere else"
            yield Problem("verify-place", found.page, message)


def upright(asked: Drawing, found: Figure) -> bool:
    """Return whether all shapes of a drawing are as large as was asked, and where they belong.

    On a page y runs up, in a drawing down.
    """
    e, f = found.shapes[0].matrix[4:]
    wanted = (asked.scale, 0.0, 0.0, -asked.scale, e, f)
    return all(
        abs(one - other) <= EVEN
        for shape in found.shapes
        for one, other in zip(shape.matrix, wanted, strict=True)
    )


def _astray(asked: Drawing, found: Figure) -> Iterator[str]:
    """The texts of a drawing that are not where they were asked for."""
    a, _, _, d, e, f = found.shapes[0].matrix
    pieces = [piece for piece in found.pieces if plain(piece.text)]
    for word in asked.words:
        told, own = "", []
        while pieces and len(told) < len(word.text):
            own.append(pieces.pop(0))
            told += plain(own[-1].text)
        if not own:
            continue
        x, y, size = a * word.at[0] + e, d * word.at[1] + f, own[0].size
        left, right = min(one.box[0] for one in own), max(one.box[2] for one in own)
        held = {"start": left, "end": right}.get(word.anchor, (left + right) / 2)
        bottom, top = min(one.box[1] for one in own), max(one.box[3] for one in own)
        if abs(held - x) > ASIDE * size or not bottom - ASIDE * size < y < top:
            yield word.text

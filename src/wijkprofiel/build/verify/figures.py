"""Figures against the profile: what is drawn, what is written in them, what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from wijkprofiel.build.verify.drawing import Drawing, same
from wijkprofiel.build.verify.problem import Problem, short
from wijkprofiel.render.paper import Figure, Paper
from wijkprofiel.render.paper.facts import plain


def problems(paper: Paper, asked: Sequence[Drawing]) -> Iterator[Problem]:
    """Yield every figure that is not the one that belongs there."""
    found = paper.figures()
    for wanted, figure in _pairs(asked, found):
        if figure is None and wanted is not None:
            yield Problem("verify-figure", 0, f"the figure '{short(wanted.title)}' is not there")
        elif wanted is None and figure is not None:
            message = f"a figure that does not belong there: '{short(figure.alt)}'"
            yield Problem("verify-figure", figure.page, message)
        elif figure is not None and wanted is not None:
            yield from _one(wanted, figure)


def _pairs(
    asked: Sequence[Drawing], found: Sequence[Figure]
) -> Iterator[tuple[Drawing | None, Figure | None]]:
    """Pairs in order; where the numbers differ, by their alternative texts."""
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
    written = plain("".join(found.texts))
    if written != asked.text:
        message = f"in '{short(asked.title)}' stands '{short(written)}', not '{short(asked.text)}'"
        yield Problem("verify-chart-text", found.page, message)
    wrong = sum(not same(*pair) for pair in zip(found.shapes, asked.outlines, strict=False))
    wrong += abs(len(found.shapes) - len(asked.outlines))
    if wrong:
        message = f"'{short(asked.title)}' is drawn otherwise: {wrong} of its shapes"
        yield Problem("verify-chart", found.page, message)

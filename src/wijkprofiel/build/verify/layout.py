"""What a reader sees: nothing cut off, nothing over another, and all of it light or dark enough."""

from __future__ import annotations

from collections.abc import Iterator

from wijkprofiel.build.verify.problem import Problem, short
from wijkprofiel.config import contrast
from wijkprofiel.render.paper import Box, Page, Paper, Piece

SLACK = 0.75
"""Points that a letter may stick out of what it may be seen in: smoothing."""
BEARING = 0.03
"""Sizes that it may: the side bearings of large numbers."""
OVER = 0.35
"""Share of the lower of two texts that may lie in the other: what hangs below a line reaches up."""
BESIDE = 1.0
"""Points that two texts in a line may lie over each other."""
CLOSER = 0.06
"""Sizes that they may: a large number and its sign, set closer."""
SEEN = 0.25
"""Least ink of a text; the thinnest letters at five points have 0.4."""
GAP = 0.3
"""Sizes that two letters of one word stand apart at most."""
LARGE = 18.0
"""Points from which text is large (WCAG 2.1, 1.4.3): then it needs less contrast."""
_MANY = 12


def problems(paper: Paper) -> Iterator[Problem]:
    """Yield what cannot be seen as it should, on any page."""
    figures = {mark for tag in paper.elements if tag.role == "Figure" for mark in tag.marks()}
    for page in paper.pages:
        pieces = [piece for piece in page.pieces if piece.text.strip()]
        found = [
            *(problem for piece in pieces for problem in _place(page, piece)),
            *(problem for run in _runs(pieces) for problem in _look(page, run)),
            *_overlaps(page, pieces),
            *_outside(page, {mark for number, mark in figures if number == page.number}),
        ]
        yield from found[:_MANY]


def _place(page: Page, piece: Piece) -> Iterator[Problem]:
    slack = max(SLACK, BEARING * piece.size)
    if not within(piece.box, page.room, slack):
        yield Problem("verify-off-page", page.number, f"'{short(piece.text)}' runs off the page")
    elif piece.clip is not None and not within(piece.box, piece.clip, slack):
        yield Problem("verify-clipped", page.number, f"'{short(piece.text)}' is cut off")


def _runs(pieces: list[Piece]) -> list[list[Piece]]:
    """Texts, those that a drawing sets letter by letter put together."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        if last is not None and _follows(last, piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _follows(last: Piece, piece: Piece) -> bool:
    letters = len(last.text.strip()) == len(piece.text.strip()) == 1
    alike = (last.mark, last.colour, last.size) == (piece.mark, piece.colour, piece.size)
    level = min(last.box[3], piece.box[3]) > max(last.box[1], piece.box[1])
    return letters and alike and level and abs(piece.box[0] - last.box[2]) < GAP * piece.size


def _look(page: Page, run: list[Piece]) -> Iterator[Problem]:
    """Yield what cannot be seen, or hardly, of most letters of a text.

    One letter of a number on a map may touch a line: what is behind it cannot be told then.
    """
    told = short("".join(piece.text for piece in run))
    unseen = [piece for piece in run if piece.ink < SEEN]
    ratios = [contrast.ratio(piece.colour, piece.ground) for piece in run if piece not in unseen]
    least = contrast.GRAPHIC if run[0].size >= LARGE else contrast.TEXT
    pale = [ratio for ratio in ratios if ratio < least]
    if len(unseen) * 2 > len(run):
        yield Problem("verify-unseen", page.number, f"'{told}' cannot be seen")
    elif (len(unseen) + len(pale)) * 2 > len(run):
        message = f"'{told}' has a contrast of {min(pale):.1f}, less than {least}"
        yield Problem("verify-contrast", page.number, message)


def within(box: Box, room: Box, slack: float) -> bool:
    """Return whether a box lies in a room, or at most ``slack`` points out of it."""
    return (
        box[0] >= room[0] - slack
        and box[1] >= room[1] - slack
        and box[2] <= room[2] + slack
        and box[3] <= room[3] + slack
    )


def _overlaps(page: Page, pieces: list[Piece]) -> Iterator[Problem]:
    """Pairs of texts of which one lies over the other; the same text twice is one with a halo."""
    ordered = sorted(pieces, key=lambda piece: piece.box[1])
    for at, one in enumerate(ordered):
        left, _, right, top = one.box
        for other in ordered[at + 1 :]:
            a, b, c, _ = other.box
            if b >= top:
                break
            beside = a >= right or c <= left  # most are, and then the rest needs no look
            if not beside and _over(one, other) and one.text != other.text:
                message = f"'{short(one.text)}' and '{short(other.text)}' lie over each other"
                yield Problem("verify-overlap", page.number, message)


def _over(one: Piece, other: Piece) -> bool:
    (a, b, c, d), (left, bottom, right, top) = one.box, other.box
    width, height = min(c, right) - max(a, left), min(d, top) - max(b, bottom)
    beside = max(BESIDE, CLOSER * max(one.size, other.size))
    return width > beside and height > OVER * min(d - b, top - bottom)


def _outside(page: Page, figures: set[int]) -> Iterator[Problem]:
    """Figures that lie off the page; part of one may, where a drawing runs over the edge."""
    for mark in sorted(figures):
        boxes = [shape.box for shape in page.shapes if shape.mark == mark]
        if boxes and not any(_meets(box, page.room) for box in boxes):
            yield Problem("verify-off-page", page.number, "a figure runs off the page")


def _meets(box: Box, room: Box) -> bool:
    return box[0] <= room[2] and box[2] >= room[0] and box[1] <= room[3] and box[3] >= room[1]

"""What a reader sees of a text: the page is drawn, and every text looked for in the pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil, floor
from typing import Any

from wijkprofiel.render.paper.facts import Box, Piece

SCALE = 1.0
"""Pixels to a point: 72 to an inch."""
AROUND = 2
"""Pixels around a text in which its ground is looked for; one is smoothed by the letters."""
NEAR = AROUND - 1
"""Of these, those that are too far from the letters to hold anything of them."""
BETWEEN = 0.1
"""Share of its box that the colour behind a text has at least."""
CLEAR = 128
"""Steps of grey, of 255, from which two colours are surely told apart."""
GREY = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in a grey."""


def seen(page: Any, room: Box, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the texts of a page with the colour behind each and how much of it is there to see.

    The ground is the colour that most pixels around the text have. Ink is how far the pixels in
    its box go from the grey of the ground to the grey of its own colour.

    Args:
        page: a pypdfium2.PdfPage.
        room: what is seen of it.
        pieces: its texts.
    """
    import numpy as np

    drawn = page.render(scale=SCALE, rev_byteorder=True).to_numpy()[:, :, :3]
    greys = drawn @ np.array(GREY, dtype=np.float32)
    colours = drawn.astype(np.uint32)
    packed = (colours[:, :, 0] << 16) | (colours[:, :, 1] << 8) | colours[:, :, 2]
    height, width = packed.shape
    for piece in pieces:
        left, bottom = piece.box[0] - room[0], piece.box[1] - room[1]
        right, top = piece.box[2] - room[0], piece.box[3] - room[1]
        x0, x1 = max(floor(left * SCALE) - AROUND, 0), ceil(right * SCALE) + AROUND
        y0 = max(height - ceil(top * SCALE) - AROUND, 0)
        y1 = height - floor(bottom * SCALE) + AROUND
        if not piece.colour or x0 >= min(x1, width) or y0 >= min(y1, height):
            yield replace(piece, ground=piece.colour, ink=0.0)
        elif piece.text.strip():
            ground = _ground(packed[y0:y1, x0:x1], piece.colour)
            inside = greys[y0 + NEAR : y1 - NEAR, x0 + NEAR : x1 - NEAR]
            ink = _ink(inside, ground, piece.colour) if inside.size else 0.0
            yield replace(piece, ground=ground, ink=ink)
        else:
            yield piece


def _ground(pixels: Any, own: str) -> str:
    """The colour behind a text: that of most pixels around it.

    Where its own colour could hardly be seen on that, as where lines of a map run by, it is that of
    most pixels between its letters.
    """
    around = Counter(pixels[0].tolist())
    for side in (pixels[-1], pixels[:, 0], pixels[:, -1]):
        around.update(side.tolist())
    ground = f"#{around.most_common(1)[0][0]:06X}"
    if abs(_grey(ground) - _grey(own)) >= CLEAR:
        return ground
    inside = pixels[NEAR:-NEAR, NEAR:-NEAR].ravel().tolist()
    number = int(own[1:], 16)
    between = Counter(pixel for pixel in inside if pixel != number).most_common(1)
    if between and between[0][1] >= BETWEEN * len(inside):
        return f"#{between[0][0]:06X}"
    return ground


def _ink(greys: Any, ground: str, colour: str) -> float:
    """How far the farthest pixel is on the way from the ground to a colour; 0 for the ground's."""
    behind, own = _grey(ground), _grey(colour)
    if abs(own - behind) < 1:
        return 0.0
    farthest = greys.min() if own < behind else greys.max()
    return float((farthest - behind) / (own - behind))


@lru_cache(maxsize=256)
def _grey(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return sum(part * weight for part, weight in zip(parts, GREY, strict=True))

"""What a reader sees: the page is drawn, and every text and shape looked for in the pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil, floor, hypot
from typing import Any

from wijkprofiel.render.paper.facts import Box, Piece, Shape

SCALE = 1.0
"""Pixels to a point: 72 to an inch."""
AROUND = 2
"""Pixels around a text in which its ground is looked for; one is smoothed by the letters."""
NEAR = AROUND - 1
"""Of these, those that are too far from the letters to hold anything of them."""
CLOSER = 4.0
"""Pixels to a point where that does not tell, as where the lines of a map run by."""
MARGIN = 0.5
"""Points around a text that are drawn closer with it: a dash fills its own box."""
OPEN = 0.25
"""Share of the box of a letter, drawn closer, in which its ground shows at least."""
EVEN = 0.5
"""Share of the pixels around a text that are of one colour on an even ground."""
STROKES = 0.1
"""Share of its box that the letters of a text take at least; the thinnest have 0.15."""
TOLD = 32
"""Steps of grey, of 255, from which a ground may be one; contrast says whether it is enough."""
BROAD = 2.0
"""Points of mean width from which a plane shows beside the line around it."""
ALIKE = 24
"""Steps of red, green and blue, of 255, within which a pixel has the colour of a shape."""
CLEAR = 128
"""Steps of grey, of 255, from which two colours are surely told apart."""
GREY = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in a grey."""


def seen(
    page: Any, room: Box, pieces: Sequence[Piece], shapes: Sequence[Shape]
) -> tuple[tuple[Piece, ...], tuple[Shape, ...]]:
    """Return the texts and shapes of a page with what of them is there to see.

    Args:
        page: a pypdfium2.PdfPage.
        room: what is seen of it.
        pieces: its texts.
        shapes: its lines and planes.
    """
    drawn = _drawn(page, SCALE)
    return (
        tuple(_texts(page, room, pieces, drawn)),
        tuple(_shapes(page, room, shapes, drawn[0])),
    )


def _texts(
    page: Any, room: Box, pieces: Sequence[Piece], drawn: tuple[Any, Any]
) -> Iterator[Piece]:
    """Yield texts with the colour behind each and how much of it is there to see.

    The ground is the colour that most pixels around the text have; where its own could hardly be
    seen on that, or other colours lie around it, the text is drawn closer, and it is that of most
    pixels between the letters. Ink is how far the pixels in its box go from the grey of the ground
    to the grey of its own colour.
    """
    colours, greys = drawn
    height, width = colours.shape
    for piece in pieces:
        left, bottom = piece.box[0] - room[0], piece.box[1] - room[1]
        right, top = piece.box[2] - room[0], piece.box[3] - room[1]
        x0, x1 = max(floor(left * SCALE) - AROUND, 0), ceil(right * SCALE) + AROUND
        y0 = max(height - ceil(top * SCALE) - AROUND, 0)
        y1 = height - floor(bottom * SCALE) + AROUND
        if not piece.colour or x0 >= min(x1, width) or y0 >= min(y1, height):
            yield replace(piece, ground=piece.colour, ink=0.0)
            continue
        if not piece.text.strip():
            yield piece
            continue
        ground, share = _ground(colours[y0:y1, x0:x1])
        if share < EVEN or abs(_grey(ground) - _grey(piece.colour)) < CLEAR:
            ground, ink = _closer(page, (left, bottom, right, top), piece.colour)
        else:
            inside = greys[y0 + NEAR : y1 - NEAR, x0 + NEAR : x1 - NEAR]
            ink = _ink(inside, ground, piece.colour) if inside.size else 0.0
        yield replace(piece, ground=ground, ink=ink)


def _shapes(page: Any, room: Box, shapes: Sequence[Shape], colours: Any) -> Iterator[Shape]:
    """Yield shapes with whether pixels of their own colours lie where they do.

    Only those are looked for over which nothing else of their own drawing lies.
    """
    bare = _bare(shapes)
    for at, shape in enumerate(shapes):
        hidden = at in bare and not _shows(page, room, shape, colours)
        yield replace(shape, seen=False) if hidden else shape


def _bare(shapes: Sequence[Shape]) -> set[int]:
    """The places of shapes with a mark of which no later one with that mark meets the box."""
    found: set[int] = set()
    over: dict[int, list[Box]] = {}
    for at in range(len(shapes) - 1, -1, -1):
        shape = shapes[at]
        if shape.mark >= 0:
            a, b, c, d = shape.box
            later = over.setdefault(shape.mark, [])
            if not any(a < x1 and c > x0 and b < y1 and d > y0 for x0, y0, x1, y1 in later):
                found.add(at)
            later.append(shape.box)
    return found


def _shows(page: Any, room: Box, shape: Shape, colours: Any) -> bool:
    """Whether a colour of a shape is in its box; of one that runs off the page it is.

    Of a narrow plane the line around it may be all there is to see: there one is enough.
    """
    height, width = colours.shape
    left, bottom = shape.box[0] - room[0], shape.box[1] - room[1]
    right, top = shape.box[2] - room[0], shape.box[3] - room[1]
    x0, x1, y0, y1 = (
        floor(left * SCALE),
        ceil(right * SCALE),
        floor(bottom * SCALE),
        ceil(top * SCALE),
    )
    if x0 < 0 or y0 < 0 or x1 > width or y1 > height:
        return True
    own = {shape.stroke, shape.fill if shape.plane else ""} - {""}
    enough = all if _broad(shape) or not own else any
    if enough(_holds(colours[height - y1 : height - y0, x0:x1], colour) for colour in own):
        return True
    sides = (left, bottom, width / SCALE - right, height / SCALE - top)
    closer, _ = _drawn(page, CLOSER, tuple(max(side - MARGIN, 0.0) for side in sides))
    return enough(_holds(closer, colour) for colour in own)


def _broad(shape: Shape) -> bool:
    """Whether a plane is so wide in the middle of its length that its line leaves room."""
    pairs = list(zip(shape.points, (*shape.points[1:], *shape.points[:1]), strict=True))
    twice = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs))
    length = sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairs)
    return length > 0 and twice / length * abs(shape.matrix[3]) >= BROAD


def _holds(pixels: Any, colour: str) -> bool:
    """Whether one of these pixels has a colour, or nearly."""
    import numpy as np

    number = int(colour[1:], 16)
    if (pixels == number).any():
        return True
    signed = pixels.astype(np.int32)
    near = np.ones(signed.shape, dtype=bool)
    for shift in (16, 8, 0):
        near &= abs((signed >> shift & 0xFF) - (number >> shift & 0xFF)) <= ALIKE
    return bool(near.any())


def _drawn(page: Any, scale: float, crop: tuple[float, ...] = (0, 0, 0, 0)) -> tuple[Any, Any]:
    """A page in pixels: colours as numbers, and greys; ``crop`` in points, off each side."""
    import numpy as np

    drawn = page.render(scale=scale, crop=crop, rev_byteorder=True).to_numpy()[:, :, :3]
    numbers = drawn.astype(np.uint32)
    packed = (numbers[:, :, 0] << 16) | (numbers[:, :, 1] << 8) | numbers[:, :, 2]
    return packed, drawn @ np.array(GREY, dtype=np.float32)


def _ground(pixels: Any) -> tuple[str, float]:
    """The colour that most pixels around a text have, and their share."""
    around = Counter(pixels[0].tolist())
    for side in (pixels[-1], pixels[:, 0], pixels[:, -1]):
        around.update(side.tolist())
    number, count = around.most_common(1)[0]
    return _named(number), count / around.total()


def _closer(page: Any, box: Box, own: str) -> tuple[str, float]:
    """The colour between the letters of a text, and the ink of these.

    Where hardly any other colour shows than its own, the ground is that.

    Args:
        page: as of :func:`seen`.
        box: of the text, from the lower left corner of what is seen.
        own: its colour.
    """
    import numpy as np

    width, height = page.get_size()
    left, bottom, right, top = box
    sides = (left, bottom, width - right, height - top)
    crop = tuple(max(side - MARGIN, 0.0) for side in sides)
    if crop[0] + crop[2] >= width or crop[1] + crop[3] >= height:
        return own, 0.0
    colours, greys = _drawn(page, CLOSER, crop)
    between = colours[np.abs(greys - _grey(own)) >= TOLD]
    if between.size < OPEN * colours.size:
        return own, 0.0
    ground = _named(Counter(between.tolist()).most_common(1)[0][0])
    # What is its own colour but lies at the edge only may be a line that runs by.
    share = STROKES if _grey(own) < _grey(ground) else 1 - STROKES
    return ground, _ink(np.quantile(greys, share), ground, own)


def _named(number: int) -> str:
    return f"#{number:06X}"


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

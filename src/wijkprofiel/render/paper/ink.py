"""What a reader sees: the page is drawn, and every text and shape looked for in the pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from math import ceil, floor, hypot
from operator import attrgetter
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
PARTS = 4
"""Bytes of a pixel: blue, green, red, and one that says nothing."""
ALIKE = 24
"""Steps of red, green and blue, of 255, within which a pixel has the colour of a shape."""
CLEAR = 128
"""Steps of grey, of 255, from which two colours are surely told apart."""
GREY = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in a grey."""
_READ = attrgetter(*(field.name for field in fields(Piece)[:-2]))
"""What of a text is known before it is looked at: all but its ground and ink."""


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
    colours = _drawn(page, SCALE)
    return (
        tuple(_texts(page, room, pieces, colours)),
        tuple(_shapes(page, room, shapes, colours)),
    )


def _texts(page: Any, room: Box, pieces: Sequence[Piece], colours: Any) -> Iterator[Piece]:
    """Yield texts with the colour behind each and how much of it is there to see.

    The ground is the colour that most pixels around the text have; where its own could hardly be
    seen on that, or other colours lie around it, the text is drawn closer, and it is that of most
    pixels between the letters. Ink is how far the pixels in its box go from the grey of the ground
    to the grey of its own colour.
    """
    found: list[tuple[str, float]] = []
    insides: dict[int, Any] = {}
    for at, piece in enumerate(pieces):
        ground, ink, inside = _looked(page, room, piece, colours)
        found.append((ground, ink))
        if inside is not None:
            insides[at] = inside
    for at, least, most in zip(insides, *_ends([*insides.values()]), strict=True):
        ground, own = found[at][0], pieces[at].colour
        found[at] = ground, _ink(least if _grey(own) < _grey(ground) else most, ground, own)
    made: Callable[..., Piece] = Piece
    for piece, (ground, ink) in zip(pieces, found, strict=True):
        yield made(*_READ(piece), ground=ground, ink=ink)


def _looked(page: Any, room: Box, piece: Piece, colours: Any) -> tuple[str, float, Any]:
    """Ground and ink of a text, and the pixels in its box where these are still to tell its ink."""
    height, width = colours.shape
    left, bottom = piece.box[0] - room[0], piece.box[1] - room[1]
    right, top = piece.box[2] - room[0], piece.box[3] - room[1]
    x0, x1 = max(floor(left * SCALE) - AROUND, 0), ceil(right * SCALE) + AROUND
    y0 = max(height - ceil(top * SCALE) - AROUND, 0)
    y1 = height - floor(bottom * SCALE) + AROUND
    if not piece.colour or x0 >= min(x1, width) or y0 >= min(y1, height):
        return piece.colour, 0.0, None
    if not piece.text.strip():
        return piece.ground, piece.ink, None
    ground, share = _ground(colours[y0:y1, x0:x1])
    if share < EVEN or abs(_grey(ground) - _grey(piece.colour)) < CLEAR:
        return *_closer(page, (left, bottom, right, top), piece.colour), None
    inside = colours[y0 + NEAR : y1 - NEAR, x0 + NEAR : x1 - NEAR]
    return ground, 0.0, inside if inside.size else None


def _ends(parts: Sequence[Any]) -> tuple[Any, Any]:
    """The least and the most grey of each of some parts of a page, which have pixels."""
    import numpy as np

    if not parts:
        return (), ()
    greys = _greys(np.concatenate([part.ravel() for part in parts]))
    starts = np.cumsum([0, *(part.size for part in parts[:-1])])
    return np.minimum.reduceat(greys, starts), np.maximum.reduceat(greys, starts)


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
    enough = any if len(own) > 1 and not _broad(shape) else all
    if enough(_holds(colours[height - y1 : height - y0, x0:x1], colour) for colour in own):
        return True
    sides = (left, bottom, width / SCALE - right, height / SCALE - top)
    closer = _drawn(page, CLOSER, tuple(max(side - MARGIN, 0.0) for side in sides))
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
    if not pixels.size:
        return False
    parts = pixels.view(np.uint8).reshape(*pixels.shape, PARTS).astype(np.int16)
    own = np.frombuffer(number.to_bytes(PARTS, "little"), dtype=np.uint8)
    return bool((abs(parts - own) <= ALIKE).all(axis=2).any())


def _drawn(page: Any, scale: float, crop: tuple[float, ...] = (0, 0, 0, 0)) -> Any:
    """The colours of a page in pixels, as numbers; ``crop`` in points, off each side."""
    drawn = page.render(scale=scale, crop=crop, prefer_bgrx=True).to_numpy()
    # Blue, green, red and a byte of nothing are one number, its least part first.
    packed = drawn.view("<u4")[:, :, 0]
    packed &= 0xFFFFFF
    return packed


def _greys(colours: Any) -> Any:
    """The grey of each of these colours."""
    import numpy as np

    red, green, blue = np.array(GREY, dtype=np.float32)
    grey = (colours >> 16).astype(np.float32) * red
    grey += (colours >> 8 & 0xFF).astype(np.float32) * green
    grey += (colours & 0xFF).astype(np.float32) * blue
    return grey


def _ground(pixels: Any) -> tuple[str, float]:
    """The colour that most pixels around a text have, and their share."""
    import numpy as np

    around = np.concatenate((pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]))
    number, size = int(around[0]), around.size
    count = int(np.count_nonzero(around == number))
    if 2 * count <= size:
        number, count = Counter(around.tolist()).most_common(1)[0]
    return _named(number), count / size


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
    colours = _drawn(page, CLOSER, crop)
    greys = _greys(colours)
    between = colours[np.abs(greys - _grey(own)) >= TOLD]
    if between.size < OPEN * colours.size:
        return own, 0.0
    ground = _named(Counter(between.tolist()).most_common(1)[0][0])
    # What is its own colour but lies at the edge only may be a line that runs by.
    share = STROKES if _grey(own) < _grey(ground) else 1 - STROKES
    return ground, _ink(np.quantile(greys, share), ground, own)


def _named(number: int) -> str:
    return f"#{number:06X}"


def _ink(grey: Any, ground: str, colour: str) -> float:
    """How far a grey is on the way from that of the ground to that of a colour."""
    behind, own = _grey(ground), _grey(colour)
    return 0.0 if abs(own - behind) < 1 else float((grey - behind) / (own - behind))


@lru_cache(maxsize=256)
def _grey(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return sum(part * weight for part, weight in zip(parts, GREY, strict=True))
